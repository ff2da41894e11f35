import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { collectionField, field, type Field, type InputFile, type ItemReader } from '../../operations/define/field';
import { locator } from '../../operations/define/locator';
import { textOf } from '../../text';
import { isCountry, parseRecipient } from '../phoneNumber';
import { requiredId, requiredText, webAddress } from './schemas';

/** The option that gives national numbers ("0812…") their country. Every operation with a number offers it. */
export const defaultCountryOption: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'string',
	default: '',
	placeholder: 'e.g. ID',
	description:
		'Two-letter code of the country that numbers starting with 0 belong to, for example ID for Indonesia. Without it, such numbers are refused, since their country cannot be known.',
};

/** The option that ends the wait for an answer. */
export const timeLimitOption: INodeProperties = {
	displayName: 'Time Limit (Seconds)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3600 },
	default: 60,
	description: 'How long to wait for an answer before giving up',
};

const options = z.object({
	defaultCountry: z
		.string()
		.trim()
		.refine((code) => code === '' || isCountry(code), {
			error: 'use the two-letter code of a country, for example ID (the United Kingdom is GB)',
		})
		.optional(),
	timeLimit: z.coerce
		.number()
		.min(1, { error: 'give 1 to 3600 seconds' })
		.max(3600, { error: 'give 1 to 3600 seconds' })
		.optional(),
});

/**
 * The Options collection of an operation.
 *
 * @param properties which options it offers
 * @param own what the provider's own options among them must be, by name; all of them may be absent
 */
export function optionsField<S extends z.ZodRawShape = Record<never, never>>(
	properties: INodeProperties[],
	own: S = {} as S,
): Field<z.output<typeof options> & z.output<z.ZodObject<S>>> {
	return collectionField(
		{ displayName: 'Options', name: 'options', placeholder: 'Add option' },
		properties,
		z.intersection(options, z.object(own)),
	);
}

/** Milliseconds of the Time Limit option, or undefined for the usual limit. */
export function timeLimitMs(chosen: { timeLimit?: number }): number | undefined {
	return chosen.timeLimit === undefined ? undefined : chosen.timeLimit * 1000;
}

const phoneNumberProperty: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6281234567890',
	description:
		'The number with its country code, such as 6281234567890. Spaces, dashes and a leading + do not matter. For numbers starting with 0, set Default Country in the options.',
};

/** A number under the property's name, judged together with Default Country, which stands beside it. */
function numberIn(property: string): z.ZodType<string> {
	return z
		.object({ [property]: z.unknown(), defaultCountry: z.unknown() })
		.transform((raw, context) => {
			const country = typeof raw.defaultCountry === 'string' ? raw.defaultCountry : undefined;
			const parsed = parseRecipient(raw[property], country);
			if (parsed.ok && parsed.recipient.kind === 'phone') return parsed.recipient.digits;
			const message = parsed.ok
				? `this is the id of a ${parsed.recipient.kind}, not a phone number`
				: parsed.problem;
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
export const contact: Field<string> = {
	properties: [contactProperty],
	read: ({ parameter }) => ({
		contact: parameter(contactProperty.name),
		defaultCountry: parameter('options.defaultCountry'),
	}),
	schema: numberIn(contactProperty.name),
};

/** Whom a message goes to, for providers that send to people and to groups by different requests. */
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
			const parsed = isPerson
				? writtenNumber.safeParse(raw)
				: group.schema.safeParse(raw[groupName]);
			if (parsed.success) {
				return isPerson
					? { kind: 'person', number: parsed.data }
					: { kind: 'group', groupId: parsed.data };
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

/** The text of a message. */
export const text: Field<string> = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		description: 'The text of the message',
	},
	requiredText('write the text of the message'),
);

/**
 * An address that the provider goes to by itself: to fetch a file, or to post to.
 *
 * @param labels `example`: an address like the ones expected, shown in the empty field and in refusals
 */
export function addressField(labels: {
	displayName: string;
	name: string;
	example: string;
	description: string;
}): Field<string> {
	const { example, ...property } = labels;
	return field(
		{ ...property, type: 'string', required: true, default: '', placeholder: `e.g. ${example}` },
		webAddress(example),
	);
}

/** A text that may be empty, such as the one under a file. */
export function optionalTextField(
	labels: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): Field<string> {
	return field(
		{ ...labels, type: 'string', typeOptions: { rows: 3 }, default: '' },
		z.unknown().transform(textOf),
	);
}

/** What a file must be to be taken. */
export interface FileRules {
	/** MIME types; `image/*` stands for all images. Any if absent. */
	accepts?: string[];
	maxBytes?: number;
}

/** A file of the input item, for providers that take uploads. It is checked before anything is sent. */
export function binaryInput(rules: FileRules = {}): Field<InputFile> {
	const property: INodeProperties = {
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the input binary field containing the file to be sent',
	};
	return {
		properties: [property],
		read: ({ parameter, file }) => {
			const name = textOf(parameter(property.name)).trim();
			return { name, file: file(name) };
		},
		schema: z
			.object({ name: z.string(), file: z.custom<InputFile | undefined>() })
			.transform(({ name, file }, context) => {
				const message = file ? fileProblem(file, rules) : `this item has no file in the field "${name}"`;
				if (file && !message) return file;
				context.addIssue({ code: 'custom', message });
				return z.NEVER;
			}),
	};
}

function fileProblem(file: InputFile, { accepts, maxBytes }: FileRules): string | undefined {
	const family = `${file.mimeType.split('/')[0]}/*`;
	if (accepts && !accepts.includes(file.mimeType) && !accepts.includes(family)) {
		return `the file is ${file.mimeType}; taken are ${accepts.join(', ')}`;
	}
	if (maxBytes !== undefined && file.size !== undefined && file.size > maxBytes) {
		const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
		return `the file has ${megabytes(file.size)} MB; at most ${megabytes(maxBytes)} MB are taken`;
	}
	return undefined;
}

/** The item's field that a downloaded file is put into. */
export const binaryOutput: Field<string> = field(
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
	},
	requiredId('name the output field, for example data'),
);

function readNumber({ parameter }: ItemReader) {
	return {
		phoneNumber: parameter('phoneNumber'),
		defaultCountry: parameter('options.defaultCountry'),
	};
}
