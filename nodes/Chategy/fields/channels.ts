import type { DisplayCondition, IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import { IS_TEXT } from '../../shared/operations/define/wholeExpressions';
import type { Field } from '../../shared/operations/define/field';

/**
 * Channels of a message: API reference, Delivery, `dispatch_routing[]`; SMS is only in its prose, and MAX bots are from the
 * documentation of another service on the same platform.
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
	error: 'choose one of these: whatsapp, tdlib, telegram, notify, max, max_bot or sms',
});

const EXISTS: DisplayCondition[] = [{ _cnd: { exists: true } }];

/** While a channel is added, or all channels come from one expression. */
const hasChannels: IDisplayOptions['hide'] = {
	'/channels.channel': EXISTS,
	'/channels': IS_TEXT,
};

/** A notice while the list is empty; n8n shows the description of a list only on hover, and no hint. */
function channelsNotice(
	labels: Pick<INodeProperties, 'displayName' | 'name'>,
	{ show, hide }: IDisplayOptions,
): INodeProperties {
	return {
		...labels,
		type: 'notice',
		default: '',
		displayOptions: { ...(show && { show }), hide: { ...hasChannels, ...hide } },
	};
}

const defaultChannels = {
	displayName:
		"No channel added: Chategy uses your account's default channels. To see them, run Account > Get and look at dispatch_routing.",
	name: 'defaultChannelsNotice',
};

/** All recipients but a phone number are refused without a channel that reaches them. */
const recipientNotices = [
	channelsNotice(defaultChannels, { hide: { '/sendTo': ['maxId', 'telegramId', 'username', 'whatsAppLid'] } }),
	channelsNotice(
		{ displayName: 'Add a channel that can reach this recipient.', name: 'channelNeededNotice' },
		{ hide: { '/sendTo': ['phone'] } },
	),
];

/** n8n ignores `hide` while the value of `show` is an expression, so the last two must be true with channels, too. */
const bulkNotices = [
	channelsNotice(defaultChannels, {
		hide: { '/options.usernames': EXISTS, '/options.telegramUserId': EXISTS },
	}),
	channelsNotice(
		{
			displayName: 'Telegram usernames need the channel Telegram (Account).',
			name: 'usernamesChannelNotice',
		},
		{ show: { '/options.usernames': EXISTS } },
	),
	channelsNotice(
		{
			displayName: 'A Telegram user or group ID needs the channel Telegram (Account).',
			name: 'telegramIdChannelNotice',
		},
		{ show: { '/options.telegramUserId': EXISTS } },
	),
];

/** The channels of a message in the order they are tried; undefined for the account's default. */
export const channels: Field<string[] | undefined> = {
	properties: [
		{
			displayName: 'Channels',
			name: 'channels',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add channel',
			default: {},
			description:
				"The channels to try, from top to bottom, until one delivers the message. Leave empty to use your account's default channels.",
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
		...recipientNotices,
	],
	read: ({ parameter }) => ({ channels: parameter('channels') }),
	schema: z
		.object({ channels: z.object({ channel: z.array(z.object({ name: channel })).nullish() }).nullish() })
		.transform(({ channels: chosen }, context) => {
			const names = (chosen?.channel ?? []).map(({ name }) => name);
			const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
			if (twice >= 0) {
				const path = ['channels', 'channel', twice, 'name'];
				const label = channelOptions.find(({ value }) => value === names[twice])?.name ?? '';
				const message = `${label} is in the list twice. Remove one: each channel is tried only once`;
				context.addIssue({ code: 'custom', path, message });
				return z.NEVER;
			}
			return names.length > 0 ? names : undefined;
		}),
};

/** {@link channels} of a message to many, where options may add recipients that need a channel. */
export const bulkChannels: Field<string[] | undefined> = {
	...channels,
	properties: [...channels.properties.filter(({ type }) => type !== 'notice'), ...bulkNotices],
};

/** The default channels of an account. */
export const accountChannels: INodeProperties = {
	displayName: 'Channels',
	name: 'channels',
	type: 'multiOptions',
	options: channelOptions,
	default: [],
	description: "Default channels for messages that don't choose their own",
};

/** Judges {@link accountChannels}; if none is chosen, none is sent. */
export const accountChannelsSchema = z
	.array(channel)
	.transform((chosen) => (chosen.length > 0 ? [...new Set(chosen)] : undefined))
	.optional();
