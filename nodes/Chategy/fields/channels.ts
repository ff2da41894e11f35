import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import { pageNumbers, type Paging } from '../../shared/operations/define/paging';
import { lastPage } from '../api/chategyApi';

/** Ways of a message to its recipient: collection, Delivery, `dispatch_routing[]`, and SMS from its prose. */
export const CHANNELS = ['max', 'notify', 'sms', 'tdlib', 'telegram', 'whatsapp'] as const;

/** The channels as the editor offers them. */
export const channelOptions: INodePropertyOptions[] = [
	{ name: 'MAX', value: 'max' },
	{ name: 'Notify (VK and OK)', value: 'notify' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Telegram (Account)', value: 'tdlib' },
	{ name: 'Telegram (Bot)', value: 'telegram' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

const channel = z.enum(CHANNELS, {
	error: 'choose one of the list: whatsapp, tdlib, telegram, notify, max or sms',
});

/** The channels of a message in the order in which they are tried; undefined for the account's own. */
export const channels: Field<string[] | undefined> = {
	properties: [
		{
			displayName: 'Channels',
			name: 'channels',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Channel',
			default: {},
			description:
				"Tried from top to bottom until one delivers the message. Without any, the account's default is used.",
			options: [
				{
					displayName: 'Channel',
					name: 'channel',
					values: [
						{
							displayName: 'Channel',
							name: 'name',
							type: 'options',
							options: channelOptions,
							default: 'whatsapp',
						},
					],
				},
			],
		},
	],
	read: ({ parameter }) => ({ channels: parameter('channels') }),
	schema: z
		.object({ channels: z.object({ channel: z.array(z.object({ name: channel })).nullish() }).nullish() })
		.transform(({ channels: chosen }, context) => {
			const names = (chosen?.channel ?? []).map(({ name }) => name);
			const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
			if (twice >= 0) {
				const path = ['channels', 'channel', twice, 'name'];
				const message = `${names[twice]} stands there twice. Each channel is tried once: take one of them out`;
				context.addIssue({ code: 'custom', path, message });
				return z.NEVER;
			}
			return names.length > 0 ? names : undefined;
		}),
};

/** The channels of an account, of which several can be chosen at once. */
export const accountChannels: INodeProperties = {
	displayName: 'Channels',
	name: 'channels',
	type: 'multiOptions',
	options: channelOptions,
	default: [],
	description: 'The channels of messages that name none themselves',
};

/** Judges {@link accountChannels}; none chosen is none sent. */
export const accountChannelsSchema = z
	.array(channel)
	.transform((chosen) => (chosen.length > 0 ? [...new Set(chosen)] : undefined))
	.optional();

/** Ids of deliveries, customers and instances are whole numbers. */
export function numericId(missing: string): z.ZodType<string> {
	return requiredId(missing).refine((id) => /^\d+$/.test(id), { error: missing });
}

/** A message that was sent. */
export const messageId: Field<string> = field(
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 94396942',
		description: 'The ID of the message: messageId in the output of Send or Send File',
	},
	numericId('fill in the ID that Send gave, a whole number, for example {{ $json.messageId }}'),
);

/** Tokens and keys stay out of the output unless they are asked for. */
export const includeSecrets: Field<boolean> = field(
	{
		displayName: 'Include Secrets',
		name: 'includeSecrets',
		type: 'boolean',
		default: false,
		description:
			'Whether to put out tokens and keys as well. They can then be read in the executions of this workflow.',
	},
	z.unknown().transform((value) => value === true),
);

/** A text message: collection, Delivery, `text`. The limit is from the provider's documentation. */
export const MAX_TEXT = 3_500;

/** The text of a message. */
export const deliveryText: Field<string> = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		description: `The text of the message, up to ${MAX_TEXT} characters`,
	},
	requiredText('write the text of the message').superRefine((text, context) => {
		const { length } = [...text];
		if (length <= MAX_TEXT) return;
		const message = `the text has ${length} characters; at most ${MAX_TEXT} are taken`;
		context.addIssue({ code: 'custom', message });
	}),
);

/**
 * Collection, Getting information about all instances: `page` and `per_page`, 1 to 100; the answer's `meta` tells how many
 * there are in all.
 */
export const instancePages: Paging = pageNumbers({
	page: 'page',
	size: 'per_page',
	maxSize: 100,
	lastPage,
});
