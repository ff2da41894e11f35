import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { addressField, optionalTextField } from '../../shared/messaging/fields/content';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import { splitNumber } from '../../shared/messaging/phoneNumber';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { offsets, wholeList, type Paging } from '../../shared/operations/define/paging';
import { textOf } from '../../shared/text';
import { totalOf } from '../api/balesOtomatisApi';

/** Collection: `number_id`, the connected WhatsApp number that does the work. Left empty, it is the credential's. */
export const numberId: Field<string> = {
	properties: [
		locator({
			displayName: 'Number',
			name: 'number',
			description: 'The connected WhatsApp number that does the work',
			hint: 'Empty: the default number of the credential',
			search: 'searchNumbers',
			byHand: { placeholder: 'e.g. BO-0123456789abcde' },
		}),
	],
	read: ({ parameter, credential }) =>
		textOf(parameter('number')).trim() || textOf(credential('numberId')).trim(),
	schema: requiredId('choose a number from the list, or fill in Default Number ID in the credential'),
};

/** Collection: `licenses_key`, the key of a WhatsApp Business API number. Left empty, it is the credential's. */
export const licenseKey: Field<string> = {
	properties: [
		{
			displayName: 'License Key',
			name: 'licenseKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"The key of the WhatsApp Business API number (it starts with WB-). Left empty, it is the credential's Default License Key.",
		},
	],
	read: ({ parameter, credential }) =>
		textOf(parameter('licenseKey')).trim() || textOf(credential('licenseKey')).trim(),
	schema: requiredId('fill in the key of the number, or Default License Key in the credential'),
	secret: true,
};

/**
 * Collection: the pair `phone_no` and `country_code` ("62"), filled from one international number. The first without
 * country code and trunk 0: both forms are in use, and this one fits the pair (inferred).
 */
export const phonePair: Field<{ phone_no: string; country_code: string }> = {
	...phoneNumber,
	schema: phoneNumber.schema.transform((digits, context) => {
		const parts = splitNumber(digits);
		if (parts) return { phone_no: parts.national, country_code: parts.countryCode };
		const message = `"${digits}" does not begin with the code of a country. Write it like 6281234567890`;
		context.addIssue({ code: 'custom', path: ['phoneNumber'], message });
		return z.NEVER;
	}),
};

/** Collection: `group_id`, as folder Grabbing, Group gives it: without "@g.us". An id with the suffix is taken as well. */
export const group: Field<string> = field(
	locator({
		displayName: 'Group',
		name: 'group',
		required: true,
		description: 'A group of the number, which must be an admin of it',
		search: 'searchGroups',
		byHand: { placeholder: 'e.g. 120363322806000000' },
	}),
	requiredId('choose a group from the list, or give its ID')
		.transform((id) => id.replace(/@g\.us$/i, ''))
		.refine((id) => /^\d+(-\d+)?$/.test(id), {
			error: ({ input }) =>
				`"${textOf(input)}" is not a group ID. It is a long number such as 120363322806000000, with or without "@g.us"`,
		}),
);

const EXAMPLE_IMAGE = 'https://example.com/picture.png';
const EXAMPLE_FILE = 'https://example.com/invoice.pdf';

/** Collection: `image_url`, "contains extension". BalesOtomatis fetches the image itself; it takes no uploads. */
export const imageUrl = addressField({
	displayName: 'Image URL',
	name: 'imageUrl',
	example: EXAMPLE_IMAGE,
	description: 'Public address of the image, ending in its file extension',
});

/** Collection: `file_url`, as {@link imageUrl}. */
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
	description: 'The text that goes with the file; it may be empty',
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
	default: 'async',
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
	default: 'caption',
};

/** The choice behind `enable_typing`. */
export const typingEffectOption: INodeProperties = {
	displayName: 'Typing Effect',
	name: 'typingEffect',
	type: 'boolean',
	default: true,
	description: 'Whether the person sees "typing…" for a while before the message arrives',
};

/** What the options above must be; the defaults are what the collection's bodies show. */
export const sendingOptions = {
	delivery: z.enum(['async', 'sync'], { error: 'choose In the Background or Wait Until Sent' }).default('async'),
	textPlacement: z
		.enum(['caption', 'separate'], { error: 'choose Caption Under the Image or Separate Message' })
		.default('caption'),
	typingEffect: z.boolean({ error: 'switch it on or off' }).default(true),
};

/** Elements of one page; the collection's examples ask for 10 and 20 and name no upper bound. */
export const PAGE_SIZE = 100;

/** Collection: List Contacts and List Audiences, `start` and `length` in the body. */
export const listPages: Paging = offsets({
	offset: 'start',
	size: 'length',
	maxSize: PAGE_SIZE,
	in: 'json',
	total: totalOf,
});

/** Collection: folder Grabbing: all at once, contacts as a list, groups as an object by their id, nothing as either. */
export const grabPages: Paging = {
	...wholeList,
	elements: (data) =>
		Object.values(typeof data === 'object' && data !== null ? data : {}).filter(
			(element: unknown) => typeof element === 'object' && element !== null,
		),
};

/**
 * Collection: Get List Templates. Whether its `TotalRecords` counts all templates or those of the page cannot be told from
 * the one example, so it ends the list only on a page that is not full.
 */
export const templatePages: Paging = offsets({
	offset: 'start',
	size: 'length',
	maxSize: PAGE_SIZE,
	in: 'json',
	total: (envelope) => {
		const answer = z
			.object({ data: z.array(z.unknown()), TotalRecords: z.coerce.number().int().nonnegative() })
			.safeParse(envelope).data;
		return answer && answer.data.length < PAGE_SIZE ? answer.TotalRecords : undefined;
	},
});
