import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import type { Field } from '../../shared/operations/define/field';

/**
 * Ways of a message to its recipient: API reference, Delivery, `dispatch_routing[]`, SMS from its prose, and MAX bots from the
 * documentation of another service of the same platform.
 */
const CHANNELS = ['max', 'max_bot', 'notify', 'sms', 'tdlib', 'telegram', 'whatsapp'] as const;

/** The channels as the editor offers them. */
const channelOptions: INodePropertyOptions[] = [
	{ name: 'MAX', value: 'max' },
	{ name: 'MAX (Bot)', value: 'max_bot' },
	{ name: 'Notify (VK and OK)', value: 'notify' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Telegram (Account)', value: 'tdlib' },
	{ name: 'Telegram (Bot)', value: 'telegram' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

const channel = z.enum(CHANNELS, {
	error: 'choose one of the list: whatsapp, tdlib, telegram, notify, max, max_bot or sms',
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
