import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { phoneNumberOrLid as phoneNumber } from '../../shared/messaging/fields/recipients';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { type Field, showFor } from '../../shared/operations/define/field';
import { channels } from './channels';

/** The recipient of a message, as the API reference names it (Delivery, query). */
export type Recipient =
	| { phone: string }
	| { username: string }
	| { tdlib_user_id: string }
	| { max_user_id: string }
	| { whatsapp_lid: string };

const WAYS = ['phone', 'maxId', 'telegramId', 'username', 'whatsAppLid'] as const;
type Way = (typeof WAYS)[number];

const sendTo: INodeProperties = {
	displayName: 'Send To',
	name: 'sendTo',
	type: 'options',
	options: [
		{ name: 'MAX User ID', value: 'maxId' },
		{ name: 'Phone Number', value: 'phone' },
		{ name: 'Telegram User or Group ID', value: 'telegramId' },
		{ name: 'Telegram Username', value: 'username' },
		{ name: 'WhatsApp LID', value: 'whatsAppLid' },
	],
	default: 'phone',
};

const properties: INodeProperties[] = [
	sendTo,
	...phoneNumber.properties.map((property) => ofWay('phone', property)),
	ofWay('maxId', {
		displayName: 'MAX User ID',
		name: 'maxUserId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 14087921',
		description: 'The ID of a MAX user. In the output of the Chategy Trigger it is chat.address.',
	}),
	ofWay('telegramId', {
		displayName: 'Telegram User or Group ID',
		name: 'telegramUserId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 379163707',
		description:
			'The ID of a Telegram user, or the negative ID of a group. In the output of the Chategy Trigger it is chat.address.',
	}),
	ofWay('username', {
		displayName: 'Telegram Username',
		name: 'username',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. @username',
		description: "The recipient's Telegram username, with or without @",
	}),
	ofWay('whatsAppLid', {
		displayName: 'WhatsApp LID',
		name: 'whatsAppLid',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 43445322325@lid',
		description: 'The ID that WhatsApp uses for a person whose phone number is hidden',
	}),
];

function ofWay(way: Way, property: INodeProperties): INodeProperties {
	return showFor({ sendTo: [way] }, property);
}

/** API reference: `tdlib_user_id`, above zero a person, below zero a group. */
export const telegramUserId = requiredId('enter the ID of a Telegram user or group').refine(
	(id) => /^-?[1-9]\d*$/.test(id),
	{ error: 'this is not the ID of a Telegram user or group. IDs are whole numbers, negative for groups' },
);

/** API reference: `username`, "username, @username". */
export const telegramUsername = requiredId('enter the username, for example @username').refine(
	(name) => /^@?\w+$/.test(name),
	{ error: 'this is not a Telegram username. Usernames have letters, digits and underscores, for example @username' },
);

/** Seen in a reference of the same platform: `max_user_id`. That the trigger's `chat_id` is one is inferred. */
const maxUserId = requiredId('enter the ID of a MAX user').refine((id) => /^-?[1-9]\d*$/.test(id), {
	error: 'this is not the ID of a MAX user. IDs are whole numbers',
});

const lid = requiredId('enter the LID, for example 43445322325@lid').refine((id) => /^\d+(@lid)?$/.test(id), {
	error: 'this is not a LID. A LID is a number, with or without "@lid", for example 43445322325@lid. To send to either a phone number or a LID, choose Phone Number under Send To, which accepts both',
});

const schemas: Record<Way, z.ZodType<Recipient>> = {
	phone: phoneNumber.schema.transform((person): Recipient =>
		person.kind === 'lid' ? { whatsapp_lid: person.lid } : { phone: person.number },
	),
	maxId: z.object({ maxUserId }).transform(({ maxUserId: max_user_id }) => ({ max_user_id })),
	telegramId: z.object({ telegramUserId }).transform(({ telegramUserId: tdlib_user_id }) => ({ tdlib_user_id })),
	username: z.object({ username: telegramUsername }),
	whatsAppLid: z.object({ whatsAppLid: lid }).transform(({ whatsAppLid: whatsapp_lid }) => ({ whatsapp_lid })),
};

const WHATSAPP_LID = needs(['whatsapp'], 'a WhatsApp LID works only with the channel WhatsApp. Add it to Channels');

/**
 * API reference: a Telegram name or ID is "used only when sending via tdlib", a LID "only when sending to WhatsApp". That a
 * bot takes the ID of someone who wrote to it is inferred.
 */ const NEEDED: Partial<Record<Way, { channels: string[]; problem: string }>> = {
	maxId: needs(
		['max', 'max_bot'],
		'a MAX ID works only with the channel MAX or MAX (Bot). Add one of them to Channels',
	),
	telegramId: needs(
		['tdlib', 'telegram'],
		'a Telegram ID works only with the channel Telegram (Account), or with Telegram (Bot) for people who wrote to your bot. Add one of them to Channels',
	),
	username: needs(
		['tdlib'],
		'a Telegram username works only with the channel Telegram (Account). Add it to Channels',
	),
	whatsAppLid: WHATSAPP_LID,
};

function needs(channels: string[], problem: string) {
	return { channels, problem };
}

/** Whether the channels set in the node are valid and lack the wanted ones. Invalid channels are refused on their own. */
export function lacksChannel(given: unknown, ...wanted: string[]): boolean {
	const chosen = channels.schema.safeParse({ channels: given });
	return chosen.success && !chosen.data?.some((channel) => wanted.includes(channel));
}

/** "Send To" with its number, name or ID, as one field. It is judged together with the channels. */
export const recipient: Field<Recipient> = {
	properties,
	read: (item) => ({
		sendTo: item.parameter('sendTo'),
		channels: item.parameter('channels'),
		maxUserId: item.parameter('maxUserId'),
		telegramUserId: item.parameter('telegramUserId'),
		username: item.parameter('username'),
		whatsAppLid: item.parameter('whatsAppLid'),
		...(phoneNumber.read(item) as object),
	}),
	schema: z
		.object({ sendTo: z.enum(WAYS, { error: 'choose one from the list' }), channels: z.unknown() })
		.loose()
		.transform((raw, context): Recipient => {
			const parsed = schemas[raw.sendTo].safeParse(raw);
			// The recipient of a reply may be a number or, if that is hidden, a LID: both go into the same field.
			const isLid = raw.sendTo === 'phone' && parsed.success && 'whatsapp_lid' in parsed.data;
			const needed = isLid ? WHATSAPP_LID : NEEDED[raw.sendTo];
			// Without channels the account's default applies, which may include WhatsApp.
			const isFree = isLid && channels.schema.safeParse({ channels: raw.channels }).data === undefined;
			if (needed && !isFree && lacksChannel(raw.channels, ...needed.channels)) {
				context.addIssue({ code: 'custom', path: ['sendTo'], message: needed.problem });
				return z.NEVER;
			}
			if (parsed.success) return parsed.data;
			for (const { path, message } of parsed.error.issues) {
				context.addIssue({ code: 'custom', path, message });
			}
			return z.NEVER;
		}),
};
