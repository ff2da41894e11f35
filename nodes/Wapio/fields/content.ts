import { z } from 'zod';
import { coordinate } from '../../shared/messaging/fields/coordinate';
import { defaultCountryOf } from '../../shared/messaging/fields/options';
import { COUNTRY_CODE_HINT } from '../../shared/messaging/fields/recipients';
import { onOrOff, requiredText, trimmedText } from '../../shared/messaging/fields/schemas';
import { parseRecipient } from '../../shared/messaging/phoneNumber';
import { field, type Field } from '../../shared/operations/define/field';

function degrees(displayName: string, name: string, most: 90 | 180, example: string): Field<number> {
	return field(
		{
			displayName,
			name,
			type: 'number',
			typeOptions: { minValue: -most, maxValue: most, numberPrecision: 6 },
			required: true,
			default: 0,
			description: `In degrees, for example ${example}`,
		},
		coordinate(most, `give degrees between -${most} and ${most}, for example ${example}`),
	);
}

/** API reference: Send Location Message; name and address may be left out. */
export const location = {
	latitude: degrees('Latitude', 'latitude', 90, '33.5731'),
	longitude: degrees('Longitude', 'longitude', 180, '-7.5898'),
	locationName: field(
		{
			displayName: 'Location Name',
			name: 'locationName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Casablanca',
			description: 'What the place is called',
		},
		trimmedText,
	),
	address: field(
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'e.g. Casablanca, Morocco',
			description: 'Where it is, in words',
		},
		trimmedText,
	),
};

/** Digits with the country code. */
const contactPhone: Field<string> = {
	properties: [
		{
			displayName: 'Contact Phone Number',
			name: 'contactPhone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6281234567890',
			hint: COUNTRY_CODE_HINT,
			description: 'The number on the card',
		},
	],
	read: (item) => ({ contactPhone: item.parameter('contactPhone'), country: defaultCountryOf(item) }),
	schema: z
		.object({ contactPhone: z.unknown(), country: z.string() })
		.transform(({ contactPhone: written, country }, context) => {
			const parsed = parseRecipient(written, country);
			if (parsed.ok && parsed.recipient.kind === 'phone') return parsed.recipient.digits;
			const message = parsed.ok
				? `this is the ID of a ${parsed.recipient.kind}, not a phone number`
				: parsed.problem;
			context.addIssue({ code: 'custom', path: ['contactPhone'], message });
			return z.NEVER;
		}),
};

/** API reference: Send Contact Message. */
export const contactCard = {
	contactName: field(
		{
			displayName: 'Contact Name',
			name: 'contactName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Nathan Smith',
			description: 'The full name on the card',
		},
		requiredText('fill in the name on the card').transform((name) => name.trim()),
	),
	contactPhone,
};

/** WhatsApp shows polls of 2 to 12 different answers. */
const answers = z
	.array(z.object({ text: requiredText('fill in the answer').transform((text) => text.trim()) }))
	.min(2, { error: 'give at least 2 answers to choose from' })
	.max(12, { error: 'WhatsApp takes at most 12 answers' })
	.transform((options) => options.map(({ text }) => text))
	.refine((options) => new Set(options).size === options.length, {
		error: 'the answers must differ from each other',
	});

/** API reference: Send Poll Message. */
export const poll = {
	question: field(
		{
			displayName: 'Question',
			name: 'question',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Which time works best?',
			description: 'The question of the poll',
		},
		requiredText('write the question'),
	),
	pollOptions: {
		properties: [
			{
				displayName: 'Answers',
				name: 'pollOptions',
				type: 'fixedCollection' as const,
				typeOptions: { multipleValues: true, sortable: true },
				placeholder: 'Add Answer',
				required: true,
				default: {},
				description: '2 to 12 answers to choose from, all different',
				options: [
					{
						displayName: 'Answer',
						name: 'option',
						values: [
							{
								displayName: 'Text',
								name: 'text',
								type: 'string' as const,
								default: '',
								placeholder: 'e.g. Morning',
							},
						],
					},
				],
			},
		],
		read: ({ parameter }) => ({ pollOptions: parameter('pollOptions') }),
		schema: z
			.object({
				pollOptions: z.preprocess((given) => ({ option: [], ...(given ?? {}) }), z.object({ option: answers })),
			})
			.transform(({ pollOptions }) => pollOptions.option),
	} satisfies Field<string[]>,
	multiSelect: field(
		{
			displayName: 'Several Answers',
			name: 'multiSelect',
			type: 'boolean',
			default: false,
			description: 'Whether one may choose several answers',
		},
		onOrOff,
	),
};
