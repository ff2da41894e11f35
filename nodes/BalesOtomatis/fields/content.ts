import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { addressField, optionalTextField } from '../../shared/messaging/fields/content';
import { onOrOff } from '../../shared/messaging/fields/schemas';

const EXAMPLE_IMAGE = 'https://example.com/picture.png';

const EXAMPLE_FILE = 'https://example.com/invoice.pdf';

/** API reference: `image_url`, "contains extension". BalesOtomatis fetches the image itself; it takes no uploads. */
export const imageUrl = addressField({
	displayName: 'Image URL',
	name: 'imageUrl',
	example: EXAMPLE_IMAGE,
	description: 'Public address of the image, ending in its file extension',
});

/** API reference: `file_url`, as {@link imageUrl}. */
export const fileUrl = addressField({
	displayName: 'File URL',
	name: 'fileUrl',
	example: EXAMPLE_FILE,
	description: 'Public address of the file, ending in its file extension',
});

/** The text beside a file, which may be empty. */
export const optionalText = optionalTextField({
	displayName: 'Text',
	name: 'text',
	description: 'Optional text to send with the file',
});

/** The choice behind `method_send`. */
export const deliveryOption: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'options',
	options: [
		{
			name: 'In the Background',
			value: 'async',
			description: 'BalesOtomatis answers at once and sends the message afterwards',
		},
		{
			name: 'Wait Until Sent',
			value: 'sync',
			description: 'BalesOtomatis answers when the message has been handed to WhatsApp',
		},
	],
	default: 'sync',
	description: 'When BalesOtomatis answers. Without this option, it sends in the background.',
};

/** The choice behind `send_as_caption`. */
export const textPlacementOption: INodeProperties = {
	displayName: 'Text Placement',
	name: 'textPlacement',
	type: 'options',
	options: [
		{ name: 'Caption Under the Image', value: 'caption' },
		{ name: 'Separate Message', value: 'separate' },
	],
	default: 'separate',
	description: 'Where the text goes. Without this option, it is the caption of the image.',
};

/** The choice behind `enable_typing`. */
export const typingEffectOption: INodeProperties = {
	displayName: 'Typing Effect',
	name: 'typingEffect',
	type: 'boolean',
	default: false,
	description:
		'Whether the person sees "typing…" for a while before the message arrives. Without this option, they do.',
};

/** What the options above must be; the defaults are what the API reference's bodies show. */
export const messageOptions = {
	delivery: z.enum(['async', 'sync'], { error: 'choose In the Background or Wait Until Sent' }).default('async'),
	textPlacement: z
		.enum(['caption', 'separate'], { error: 'choose Caption Under the Image or Separate Message' })
		.default('caption'),
	typingEffect: onOrOff.default(true),
};
