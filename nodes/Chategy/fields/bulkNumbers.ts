import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { defaultCountryOf } from '../../shared/messaging/fields/options';
import { COUNTRY_CODE_HINT, COUNTRY_CODES_HINT } from '../../shared/messaging/fields/recipients';
import { describeKind, parseRecipient } from '../../shared/messaging/phoneNumber';
import { type Field, listsToo } from '../../shared/operations/define/field';
import { listOf, textOf } from '../../shared/text';

const PLACES = ['field', 'items'] as const;

const properties: INodeProperties[] = [
	{
		displayName: 'Numbers From',
		name: 'numbersFrom',
		type: 'options',
		options: [
			{
				name: 'Field',
				value: 'field',
				description: 'Each input item has a list of numbers and becomes one request',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'Each input item has one number, and all of them together become one request',
			},
		],
		default: 'field',
	},
	{
		displayName: 'Phone Numbers',
		name: 'phoneNumbers',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. 995598464533, 995598464534',
		hint: COUNTRY_CODES_HINT,
		description: 'The numbers, separated by commas or on separate lines, or a list from an expression',
		...listsToo,
		displayOptions: { show: { numbersFrom: ['field'] } },
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.phone }}',
		hint: COUNTRY_CODE_HINT,
		description:
			"Each item's number. This field is read for every input item; all others are read from the first one.",
		displayOptions: { show: { numbersFrom: ['items'] } },
	},
];

const given = z.object({
	numbersFrom: z.enum(PLACES, { error: 'choose Field or Input Items' }),
	/** As entered, in the field or in all items. */
	written: z.array(z.unknown()),
	defaultCountry: z.string(),
	/** Whether there are recipients other than phone numbers. */
	hasOthers: z.boolean(),
});

/** One of many recipients. */
interface BulkNumber {
	/** With the country code. */
	digits: string;
	/** The input items with this number; undefined where one item has all numbers. */
	items?: number[];
}

/** The numbers of a bulk message, each once, in the order they were given. */
export const bulkNumbers: Field<BulkNumber[]> = {
	properties,
	read: (item) => {
		const { parameter, everyItem } = item;
		const numbersFrom = parameter('numbersFrom');
		const others = [parameter('options.usernames'), parameter('options.telegramUserId')];
		return {
			numbersFrom,
			written: numbersFrom === 'items' ? everyItem('phoneNumber') : listOf(parameter('phoneNumbers')),
			defaultCountry: defaultCountryOf(item),
			hasOthers: others.some((other) => textOf(other).trim() !== ''),
		};
	},
	schema: given.transform(({ numbersFrom, written, defaultCountry, hasOthers }, context) => {
		const isItems = numbersFrom === 'items';
		const complain = (message: string) => {
			context.addIssue({ code: 'custom', path: [isItems ? 'phoneNumber' : 'phoneNumbers'], message });
			return z.NEVER;
		};
		const numbers = new Map<string, number[]>();
		for (const [index, number] of written.entries()) {
			const parsed = parseRecipient(number, defaultCountry);
			const place = `${isItems ? 'item' : 'number'} ${index + 1}: `;
			if (!parsed.ok) return complain(place + parsed.problem);
			const { recipient } = parsed;
			if (recipient.kind !== 'phone') {
				return complain(`${place}this is ${describeKind(recipient.kind)}, not a phone number`);
			}
			const known = numbers.get(recipient.digits);
			if (known) known.push(index);
			else numbers.set(recipient.digits, [index]);
		}
		if (numbers.size === 0 && !hasOthers) return complain('enter at least one phone number');
		return [...numbers].map(([digits, items]) => (isItems ? { digits, items } : { digits }));
	}),
};

/** Whether each input item has one number, so that all items become one request. */
export function isOnePerItem({ parameter }: { parameter: (name: string) => unknown }): boolean {
	return parameter('numbersFrom') === 'items';
}
