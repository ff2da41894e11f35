import { z } from 'zod';
import { groupField } from '../../shared/messaging/fields/group';
import { defaultCountryOf } from '../../shared/messaging/fields/options';
import { contactProperty, COUNTRY_CODE_HINT } from '../../shared/messaging/fields/recipients';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { personOf } from '../../shared/messaging/person';
import { describeKind, parseRecipient } from '../../shared/messaging/phoneNumber';
import { field, type Field, type ItemReader } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { listOf } from '../../shared/text';

const USER_SERVER = '@s.whatsapp.net';

/** API reference: `groupJid`, the id with "@g.us". An id without it is accepted, too. */
export const group: Field<string> = groupField({
	description: 'A group that the session is a member of',
	example: '120363000000000000@g.us',
	hasSuffix: true,
});

/** API reference: `phone` in the path: digits. */
export const contactPhone: Field<string> = {
	properties: [contactProperty],
	read: (item) => ({ contact: item.parameter('contact'), ...countryOf(item) }),
	schema: person('contact', (recipient) =>
		recipient.kind === 'phone'
			? { ok: true, value: recipient.digits }
			: {
					ok: false,
					problem: `this is ${describeKind(recipient.kind)}, not a phone number${adviceFor(recipient)}`,
				},
	),
};

/** A LID, with or without its suffix. */
export const lid: Field<string> = field(
	{
		displayName: 'LID',
		name: 'lid',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 203948576102938@lid',
		description: 'The ID that WhatsApp uses to hide a phone number: sender.lid in the output of the trigger',
	},
	requiredId('enter the LID, for example {{ $json.sender.lid }}').transform((written, context) => {
		const found = personOf(written, 'lid').lid;
		if (found !== null) return found;
		context.addIssue({
			code: 'custom',
			message: 'this is not a LID. A LID is a number, with or without "@lid", for example 203948576102938@lid',
		});
		return z.NEVER;
	}),
);

/** API reference: `jid` in the path: the number as a WhatsApp id; other ids keep their form. */
export const contactJid: Field<string> = {
	...contactPhone,
	schema: person('contact', (recipient) => ({ ok: true, value: jidOf(recipient) })),
};

/** API reference: Mark one or more messages as read, `chat_jid`. */
export const chatJid: Field<string> = {
	properties: [
		locator({
			displayName: 'Chat',
			name: 'chatJid',
			required: true,
			description:
				'The chat that the messages are in: a group, a contact, a phone number, or chat.id in the output of the trigger',
			search: 'searchChats',
			byHand: { placeholder: 'e.g. 6281234567890' },
		}),
	],
	read: (item) => ({ chatJid: item.parameter('chatJid'), ...countryOf(item) }),
	schema: person('chatJid', (recipient) => ({ ok: true, value: jidOf(recipient) })),
};

/** API reference: `participants`, a list of numbers. A LID, which is all that is known of some members, stays a LID. */
export const participants: Field<string[]> = {
	properties: [
		{
			displayName: 'Participants',
			name: 'participants',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add participant',
			required: true,
			default: {},
			description: 'Phone numbers of the people, with country code',
			options: [
				{
					displayName: 'Participant',
					name: 'participant',
					values: [
						{
							displayName: 'Phone Number',
							name: 'phoneNumber',
							type: 'string',
							default: '',
							placeholder: 'e.g. 6281234567890',
							hint: COUNTRY_CODE_HINT,
						},
					],
				},
			],
		},
	],
	read: (item) => ({ participants: item.parameter('participants'), ...countryOf(item) }),
	schema: z
		.object({
			participants: z
				.object({ participant: z.array(z.object({ phoneNumber: z.unknown().optional() })).default([]) })
				.nullish()
				.transform((given) => given?.participant ?? []),
			country: z.string(),
		})
		.transform(({ participants: members, country }, context) => {
			if (members.length === 0) {
				context.addIssue({ code: 'custom', path: ['participants'], message: 'add at least one participant' });
			}
			return members.map(({ phoneNumber }, index) => {
				const path = ['participants', 'participant', String(index), 'phoneNumber'];
				const parsed = parseRecipient(phoneNumber, country);
				if (parsed.ok && parsed.recipient.kind === 'phone') return parsed.recipient.digits;
				if (parsed.ok && parsed.recipient.kind === 'lid') return parsed.recipient.id;
				const message = parsed.ok
					? `this is ${describeKind(parsed.recipient.kind)}, not a person`
					: parsed.problem;
				context.addIssue({ code: 'custom', path, message });
				return z.NEVER;
			});
		}),
};

/** API reference: a channel's id, "must be the channel JID that ends with @newsletter". */
export const channel: Field<string> = field(
	locator({
		displayName: 'Channel',
		name: 'channel',
		required: true,
		description:
			'A channel that the session can post in. The list shows channels with messages: to see yours, first send any message in it from your phone.',
		search: 'searchChannels',
		byHand: { placeholder: 'e.g. 120363000000000000@newsletter' },
	}),
	requiredText('choose a channel from the list, or enter its ID, which ends with @newsletter').transform(
		(written, context) => {
			const parsed = parseRecipient(written);
			if (parsed.ok && parsed.recipient.kind === 'channel') return parsed.recipient.id;
			context.addIssue({
				code: 'custom',
				message:
					'a channel ID ends with @newsletter, for example 120363000000000000@newsletter. To find it, send any message in the channel from your phone, run Channel > Get Message Logs, and look for an ID with this ending',
			});
			return z.NEVER;
		},
	),
);

/**
 * Numbers to mention, separated by commas, as WhatsApp ids (provider documentation: `mentions`).
 *
 * @returns the first problem, if there is one
 */
export function mentionsOf(written: unknown, country: string | undefined): string[] | { problem: string } {
	const jids: string[] = [];
	for (const part of listOf(written)) {
		const parsed = parseRecipient(part, country);
		if (!parsed.ok) return { problem: parsed.problem };
		const { recipient } = parsed;
		if (recipient.kind !== 'phone' && recipient.kind !== 'lid') {
			return { problem: `"${part}" is ${describeKind(recipient.kind)}, not a person` };
		}
		jids.push(jidOf(recipient));
	}
	return [...new Set(jids)];
}

type Known = Extract<ReturnType<typeof parseRecipient>, { ok: true }>['recipient'];

function jidOf(recipient: Known): string {
	return recipient.kind === 'phone' ? recipient.digits + USER_SERVER : recipient.id;
}

/** How to get the number that is needed in place of what was written. */
function adviceFor({ kind }: Known): string {
	return kind === 'lid' ? '. Use Contact > Get Phone by LID to find the number behind it' : '';
}

function countryOf(item: ItemReader): { country: string } {
	return { country: defaultCountryOf(item) };
}

/** Judges a property that holds a recipient; national numbers belong to the Default Country. */
function person(
	property: string,
	accept: (recipient: Known) => { ok: true; value: string } | { ok: false; problem: string },
): z.ZodType<string> {
	return z
		.object({ country: z.string() })
		.loose()
		.transform(({ country, ...raw }, context) => {
			const parsed = parseRecipient(raw[property], country);
			const accepted = parsed.ok ? accept(parsed.recipient) : parsed;
			if (accepted.ok) return accepted.value;
			context.addIssue({ code: 'custom', path: [property], message: accepted.problem });
			return z.NEVER;
		});
}
