import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { type Field, type ItemReader, showFor } from '../../operations/define/field';
import { locator } from '../../operations/define/locator';
import { parseRecipient, wrongKind } from '../phoneNumber';
import { lidOfId } from '../whatsAppId';
import { defaultCountryOf } from './options';

/** Shown under every field that takes a phone number. */
export const COUNTRY_CODE_HINT = 'Include the country code, for example 6281234567890';

/** {@link COUNTRY_CODE_HINT} for fields that take several. */
export const COUNTRY_CODES_HINT = 'Include the country codes and separate numbers with commas';

const phoneNumberProperty: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6281234567890',
	hint: COUNTRY_CODE_HINT,
	description:
		'Spaces, dashes and a leading + are fine. For numbers starting with 0, set Default Country in the credential or the options.',
};

/** A person by number, or by the LID that hides it. */
type PersonRecipient = { kind: 'person'; number: string } | { kind: 'lid'; lid: string };

/** A person under the property's name, judged together with the Default Country. */
function personIn(property: string): z.ZodType<PersonRecipient> {
	return z
		.object({ [property]: z.unknown(), defaultCountry: z.unknown() })
		.transform((raw, context): PersonRecipient => {
			const country = typeof raw.defaultCountry === 'string' ? raw.defaultCountry : undefined;
			const parsed = parseRecipient(raw[property], country);
			if (parsed.ok && parsed.recipient.kind === 'phone') {
				return { kind: 'person', number: parsed.recipient.digits };
			}
			// A LID names no device when something is sent to it.
			const lid = parsed.ok && parsed.recipient.kind === 'lid' ? lidOfId(parsed.recipient.id) : null;
			if (lid !== null) return { kind: 'lid', lid };
			const message = parsed.ok ? wrongKind(parsed.recipient.kind) : parsed.problem;
			context.addIssue({ code: 'custom', path: [property], message });
			return z.NEVER;
		});
}

/** The same for providers that know people by their numbers alone. */
function numberIn(property: string): z.ZodType<string> {
	return personIn(property).transform((person, context) => {
		if (person.kind === 'person') return person.number;
		context.addIssue({ code: 'custom', path: [property], message: wrongKind('lid') });
		return z.NEVER;
	});
}

const writtenNumber = numberIn(phoneNumberProperty.name);

const writtenPerson = personIn(phoneNumberProperty.name);

/** A person's phone number: digits with the country code, without "+". */
export const phoneNumber: Field<string> = {
	properties: [phoneNumberProperty],
	read: readNumber,
	schema: writtenNumber,
};

/** {@link phoneNumber}, or the LID of a person whose number WhatsApp hides, as the trigger gives it. */
export const phoneNumberOrLid: Field<PersonRecipient> = { ...phoneNumber, schema: writtenPerson };

/** A person from the provider's list, or any number. */
export const contactProperty: INodeProperties = locator({
	displayName: 'Contact',
	name: 'contact',
	required: true,
	search: 'searchContacts',
	byHand: {
		label: 'By Phone Number',
		placeholder: 'e.g. 6281234567890',
		hint: COUNTRY_CODE_HINT,
	},
});

/** {@link contactProperty} as a phone number: digits with the country code, without "+". */
export const contactNumber: Field<string> = {
	properties: [contactProperty],
	read: (item) => ({ contact: item.parameter(contactProperty.name), defaultCountry: defaultCountryOf(item) }),
	schema: numberIn(contactProperty.name),
};

/** The recipient of a message, for providers that send to people and to groups by different requests. */
export type PersonOrGroup = { kind: 'person'; number: string } | Group;

/** The same, for providers that know people by their LIDs as well. */
export type AnyRecipient = PersonRecipient | Group;

type Group = { kind: 'group'; groupId: string };

/** Whether a message goes to a person or to a group. */
export const sendTo: INodeProperties = {
	displayName: 'Send To',
	name: 'sendTo',
	type: 'options',
	options: [
		{ name: 'Person', value: 'person' },
		{ name: 'Group', value: 'group' },
	],
	default: 'person',
};

/**
 * "Send To" a person by number or a group, as one field.
 *
 * @param group how this provider lets a group be chosen
 */
export function personOrGroup(group: Field<string>): Field<PersonOrGroup> {
	return recipientField(
		group,
		writtenNumber.transform((number): PersonOrGroup => ({ kind: 'person', number })),
	);
}

/** {@link personOrGroup} that takes the LID of a person in place of the number. */
export function personLidOrGroup(group: Field<string>): Field<AnyRecipient> {
	return recipientField<AnyRecipient>(group, writtenPerson);
}

function recipientField<Recipient>(group: Field<string>, person: z.ZodType<Recipient>): Field<Recipient | Group> {
	const groupProperty = group.properties.map((property) => showFor({ sendTo: ['group'] }, property));
	const groupName = groupProperty[0]?.name ?? 'group';
	const groupSchema = group.schema.transform((groupId): Group => ({ kind: 'group', groupId }));
	const schema = z
		.object({ sendTo: z.enum(['person', 'group'], { error: 'choose Person or Group' }) })
		.loose()
		.transform((raw, context): Recipient | Group => {
			const isPerson = raw.sendTo === 'person';
			const parsed = isPerson ? person.safeParse(raw) : groupSchema.safeParse(raw[groupName]);
			if (parsed.success) return parsed.data;
			for (const { message } of parsed.error.issues) {
				const path = [isPerson ? phoneNumberProperty.name : groupName];
				context.addIssue({ code: 'custom', path, message });
			}
			return z.NEVER;
		});
	return {
		properties: [sendTo, showFor({ sendTo: ['person'] }, phoneNumberProperty), ...groupProperty],
		read: (item) => ({
			sendTo: item.parameter('sendTo'),
			[groupName]: item.parameter(groupName),
			...readNumber(item),
		}),
		schema,
	};
}

function readNumber(item: ItemReader) {
	return { phoneNumber: item.parameter('phoneNumber'), defaultCountry: defaultCountryOf(item) };
}
