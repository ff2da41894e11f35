import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { addressField, captionField } from '../../shared/messaging/fields/content';
import { onOrOff } from '../../shared/messaging/fields/schemas';

const EXAMPLE_IMAGE = 'https://example.com/picture.png';

const EXAMPLE_FILE = 'https://example.com/invoice.pdf';

/** API reference: `image_url`, "contains extension". BalesOtomatis downloads the image; it accepts no uploads. */
export const imageUrl = addressField({
	displayName: 'Image URL',
	name: 'imageUrl',
	example: EXAMPLE_IMAGE,
	description: 'Public URL of the image, ending in its file extension',
});

/** API reference: `file_url`, as {@link imageUrl}. */
export const fileUrl = addressField({
	displayName: 'File URL',
	name: 'fileUrl',
	example: EXAMPLE_FILE,
	description: 'Public URL of the file, ending in its file extension',
});

/** API reference: `message` of a request with an image or a file. */
export const caption = captionField();

/** The choice behind `method_send`. */
export const deliveryOption: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'options',
	options: [
		{
			name: 'In the Background',
			value: 'async',
			description: 'BalesOtomatis responds immediately and sends the message afterwards',
		},
		{
			name: 'Wait Until Sent',
			value: 'sync',
			description: 'BalesOtomatis responds when the message has been handed to WhatsApp',
		},
	],
	default: 'sync',
	description: 'When BalesOtomatis responds. Without this option, it sends in the background.',
};

/** The choice behind `send_as_caption`. */
export const captionPlacementOption: INodeProperties = {
	displayName: 'Caption Placement',
	name: 'captionPlacement',
	type: 'options',
	options: [
		{ name: 'Under the Image', value: 'caption' },
		{ name: 'Separate Message', value: 'separate' },
	],
	default: 'separate',
	description: 'Where the caption appears. Without this option, it is under the image.',
};

/** The choice behind `enable_typing`. */
export const showTypingOption: INodeProperties = {
	displayName: 'Show Typing',
	name: 'showTyping',
	type: 'boolean',
	default: false,
	description: 'Whether to show "typing…" before the message arrives. Without this option, it is shown.',
};

/** What the options above must be; the defaults are what the API reference's bodies show. */
export const messageOptions = {
	delivery: z.enum(['async', 'sync'], { error: 'choose In the Background or Wait Until Sent' }).default('async'),
	captionPlacement: z
		.enum(['caption', 'separate'], { error: 'choose Under the Image or Separate Message' })
		.default('caption'),
	showTyping: onOrOff.default(true),
};
