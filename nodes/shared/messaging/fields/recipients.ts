import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Field, ItemReader } from '../../operations/define/field';
import { locator } from '../../operations/define/locator';
import { parseRecipient } from '../phoneNumber';
import { defaultCountryOf } from './options';

const phoneNumberProperty: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6281234567890',
	description:
		'The number with its country code, such as 6281234567890. Spaces, dashes and a leading + do not matter. For numbers starting with 0, set Default Country in the credential or the options.',
};

/** A number under the property's name, judged together with the Default Country. */
function numberIn(property: string): z.ZodType<string> {
	return z.object({ [property]: z.unknown(), defaultCountry: z.unknown() }).transform((raw, context) => {
		const country = typeof raw.defaultCountry === 'string' ? raw.defaultCountry : undefined;
		const parsed = parseRecipient(raw[property], country);
		if (parsed.ok && parsed.recipient.kind === 'phone') return parsed.recipient.digits;
		const message = parsed.ok ? `this is the id of a ${parsed.recipient.kind}, not a phone number` : parsed.problem;
		context.addIssue({ code: 'custom', path: [property], message });
		return z.NEVER;
	});
}

const writtenNumber = numberIn(phoneNumberProperty.name);

/** A person's phone number: digits with the country code, without "+". */
export const phoneNumber: Field<string> = {
	properties: [phoneNumberProperty],
	read: readNumber,
	schema: writtenNumber,
};

/** A person whom the provider lists, or anybody's number. */
export const contactProperty: INodeProperties = locator({
	displayName: 'Contact',
	name: 'contact',
	required: true,
	search: 'searchContacts',
	byHand: {
		label: 'By Phone Number',
		placeholder: 'e.g. 6281234567890',
		hint: 'The number with its country code',
	},
});

/** {@link contactProperty} as a phone number: digits with the country code, without "+". */
export const contactNumber: Field<string> = {
	properties: [contactProperty],
	read: (item) => ({ contact: item.parameter(contactProperty.name), defaultCountry: defaultCountryOf(item) }),
	schema: numberIn(contactProperty.name),
};

/** The recipient of a message, for providers that send to people and to groups by different requests. */
export type PersonOrGroup = { kind: 'person'; number: string } | { kind: 'group'; groupId: string };

const sendTo: INodeProperties = {
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
	const showFor = (kind: string, property: INodeProperties): INodeProperties => ({
		...property,
		displayOptions: { show: { sendTo: [kind] } },
	});
	const groupProperty = group.properties.map((property) => showFor('group', property));
	const groupName = groupProperty[0]?.name ?? 'group';
	const schema = z
		.object({ sendTo: z.enum(['person', 'group'], { error: 'choose Person or Group' }) })
		.loose()
		.transform((raw, context): PersonOrGroup => {
			const isPerson = raw.sendTo === 'person';
			const parsed = isPerson ? writtenNumber.safeParse(raw) : group.schema.safeParse(raw[groupName]);
			if (parsed.success) {
				return isPerson ? { kind: 'person', number: parsed.data } : { kind: 'group', groupId: parsed.data };
			}
			for (const { message } of parsed.error.issues) {
				const path = [isPerson ? phoneNumberProperty.name : groupName];
				context.addIssue({ code: 'custom', path, message });
			}
			return z.NEVER;
		});
	return {
		properties: [sendTo, showFor('person', phoneNumberProperty), ...groupProperty],
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
