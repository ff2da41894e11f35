import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { defaultCountryOf } from '../../shared/messaging/fields/options';
import { COUNTRY_CODE_HINT } from '../../shared/messaging/fields/recipients';
import { requiredText, webAddress } from '../../shared/messaging/fields/schemas';
import { parseRecipient } from '../../shared/messaging/phoneNumber';
import { isObject } from '../../shared/object';
import type { Field, ItemReader } from '../../shared/operations/define/field';
import { latitude, longitude } from './coordinate';
import { buttonsProblem, complain, filled, LIMITS, plainTextProblem } from './templateRules';

const MEDIA_HEADERS = ['IMAGE', 'VIDEO', 'DOCUMENT'];

/** How two operations with a header differ. */
interface HeaderLabels {
	headerType: Pick<INodeProperties, 'displayName' | 'description'>;
	headerUrl: Pick<INodeProperties, 'displayName' | 'description'>;
	/** When the header is shown; always if absent. */
	show?: Record<string, string[]>;
	isShown?: (item: ItemReader) => boolean;
}

const headerProperties = ({ headerType, headerUrl, show }: HeaderLabels): INodeProperties[] => [
	{
		...headerType,
		name: 'headerType',
		type: 'options',
		options: [
			{ name: 'Document', value: 'DOCUMENT' },
			{ name: 'Image', value: 'IMAGE' },
			{ name: 'Location', value: 'LOCATION' },
			{ name: 'None', value: 'NONE' },
			{ name: 'Text', value: 'TEXT' },
			{ name: 'Video', value: 'VIDEO' },
		],
		default: 'NONE',
		...(show && { displayOptions: { show } }),
	},
	{
		displayName: 'Header Text',
		name: 'headerText',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Your order',
		displayOptions: { show: { ...show, headerType: ['TEXT'] } },
	},
	{
		...headerUrl,
		name: 'headerUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/picture.png',
		displayOptions: { show: { ...show, headerType: MEDIA_HEADERS } },
	},
	{
		displayName: 'Header Location',
		name: 'headerLocation',
		type: 'collection',
		placeholder: 'Add detail',
		default: { name: '', address: '', latitude: '', longitude: '' },
		displayOptions: { show: { ...show, headerType: ['LOCATION'] } },
		options: [
			{
				displayName: 'Address',
				name: 'address',
				type: 'string',
				default: '',
				placeholder: 'e.g. Jl. Sudirman 1, Jakarta',
			},
			{ displayName: 'Latitude', name: 'latitude', type: 'string', default: '', placeholder: 'e.g. -6.2' },
			{ displayName: 'Longitude', name: 'longitude', type: 'string', default: '', placeholder: 'e.g. 106.8' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Main store' },
		],
	},
];

const headerKinds = z.discriminatedUnion(
	'headerType',
	[
		z.object({ headerType: z.literal('NONE') }),
		z.object({
			headerType: z.literal('TEXT'),
			headerText: requiredText('write the text of the header').superRefine((text, context) =>
				complain(context, [], plainTextProblem(text, LIMITS.headerText)),
			),
		}),
		z.object({
			headerType: z.enum(['IMAGE', 'VIDEO', 'DOCUMENT']),
			headerUrl: webAddress('https://example.com/picture.png'),
		}),
		z.object({
			headerType: z.literal('LOCATION'),
			headerLocation: z.object(
				{
					name: requiredText('enter the name of the place'),
					address: requiredText('enter the address of the place'),
					latitude,
					longitude,
				},
				{ error: 'enter the name, address, latitude and longitude of the place' },
			),
		}),
	],
	{ error: 'choose a kind of header from the list' },
);

/** What appears above the text of a template. */
export type Header = z.output<typeof headerKinds>;

/** The header of a template to create, or its value in one to send. */
export function headerFields(labels: HeaderLabels): Field<Header> {
	const { isShown = () => true } = labels;
	return {
		properties: headerProperties(labels),
		read: (item) => ({
			headerType: isShown(item) ? (item.parameter('headerType') ?? 'NONE') : 'NONE',
			headerText: item.parameter('headerText'),
			headerUrl: item.parameter('headerUrl'),
			headerLocation: item.parameter('headerLocation') ?? undefined,
		}),
		schema: headerKinds,
	};
}

const written = headerFields({
	headerType: { displayName: 'Header', description: 'What appears above the text' },
	headerUrl: {
		displayName: 'Header File URL',
		description: 'Public URL of an example of the image, video or document',
	},
});

/**
 * The header. API reference: one of the kind LOCATION in Create Template, one of the kind TEXT with its `content` in Get List
 * Templates. That images, videos and documents also have their URL in `content` is inferred.
 */
export const header: Field<IDataObject | undefined> = {
	...written,
	schema: written.schema.transform((chosen): IDataObject | undefined => {
		switch (chosen.headerType) {
			case 'NONE':
				return undefined;
			case 'TEXT':
				return { type: 'TEXT', content: chosen.headerText };
			case 'LOCATION':
				return { type: 'LOCATION', ...chosen.headerLocation };
			default:
				return { type: chosen.headerType, content: chosen.headerUrl };
		}
	}),
};

const buttonsProperty: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add button',
	default: {},
	options: [
		{
			displayName: 'Button',
			name: 'button',
			values: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Call a Phone Number', value: 'PHONE_NUMBER' },
						{ name: 'Open a Link', value: 'URL' },
						{ name: 'Quick Reply', value: 'QUICK_REPLY' },
					],
					default: 'QUICK_REPLY',
				},
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Thank you',
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/orders',
					displayOptions: { show: { type: ['URL'] } },
				},
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. 6281234567890',
					hint: COUNTRY_CODE_HINT,
					displayOptions: { show: { type: ['PHONE_NUMBER'] } },
				},
			],
		},
	],
};

const buttonLabel = requiredText('write the label of the button').superRefine((label, context) =>
	complain(context, [], plainTextProblem(label, LIMITS.label)),
);

const buttonAddress = webAddress('https://example.com/orders').superRefine((url, context) =>
	complain(context, [], plainTextProblem(url, LIMITS.url)),
);

const listedButton = z.discriminatedUnion(
	'type',
	[
		z.object({ type: z.literal('QUICK_REPLY'), label: buttonLabel }),
		z.object({ type: z.literal('URL'), label: buttonLabel, url: buttonAddress }),
		z.object({
			type: z.literal('PHONE_NUMBER'),
			label: buttonLabel,
			phoneNumber: z.unknown().optional(),
			country: z.string(),
		}),
	],
	{ error: 'choose a type of button from the list' },
);

/**
 * A number is checked together with the Default Country, which {@link buttons} adds to it. Not within the union: zod 3.25,
 * which n8n ships, finds the type of no object that is transformed.
 */
const button = listedButton.transform((listed, context) => {
	if (listed.type !== 'PHONE_NUMBER') return listed;
	const { country, phoneNumber: written, ...rest } = listed;
	const parsed = parseRecipient(written, country);
	if (parsed.ok && parsed.recipient.kind === 'phone') return { ...rest, phoneNumber: parsed.recipient.digits };
	complain(context, ['phoneNumber'], parsed.ok ? 'this is not a phone number' : parsed.problem);
	return z.NEVER;
});

/**
 * API reference: `buttons`, each with its `type` and `data`; `label` is shown for quick replies. That a link has its `url` and
 * a call its `phoneNumber` is inferred.
 */
export const buttons: Field<IDataObject[] | undefined> = {
	properties: [buttonsProperty],
	read: (item) => {
		const given = item.parameter('buttons');
		const entries: unknown = isObject(given) ? given.button : undefined;
		if (!Array.isArray(entries)) return { buttons: given };
		const country = defaultCountryOf(item);
		return {
			buttons: { button: entries.map((entry: unknown) => (isObject(entry) ? { ...entry, country } : entry)) },
		};
	},
	schema: z
		.object({ buttons: z.object({ button: z.array(button).default([]) }).nullish() })
		.superRefine(({ buttons: chosen }, context) =>
			complain(context, ['buttons'], buttonsProblem((chosen?.button ?? []).map(({ type }) => type))),
		)
		.transform(({ buttons: chosen }) => filled(chosen?.button)?.map(({ type, ...data }) => ({ type, data }))),
};
