import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import type { Field } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { language, name } from './template';
import { type Header, headerFields } from './templateParts';

/*
 * A template in the two ways in which the API reference shows it (Send Template): in the request by its number with plain
 * `variables`, and in the example with the answer by its name and language, with `components` in Meta's form.
 */

/** Only templates by name take more than the variables of the body. */
const BY_NAME = { templateBy: ['name'] };

const templateBy: INodeProperties = {
	displayName: 'Template By',
	name: 'templateBy',
	type: 'options',
	options: [
		{ name: 'ID', value: 'id', description: 'Takes values for the variables in the text only' },
		{
			name: 'Name and Language',
			value: 'name',
			description: 'Also takes values for the header and buttons, such as an image or the end of a link',
		},
	],
	default: 'id',
};

const templateProperty: INodeProperties = {
	...locator({
		displayName: 'Template',
		name: 'template',
		required: true,
		description: 'The template to send. Only APPROVED templates can be sent.',
		search: 'searchTemplates',
		byHand: { placeholder: 'e.g. 1234567890' },
	}),
	displayOptions: { show: { templateBy: ['id'] } },
};

const templateName: INodeProperties = {
	displayName: 'Template Name',
	name: 'templateName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. order_confirmation',
	description: 'The name of an APPROVED template, as Get Many returns it',
	displayOptions: { show: BY_NAME },
};

/** Which template to send. */
type TemplateChoice = { by: 'id'; id: string } | { by: 'name'; name: string; language: string };

const choices: Record<TemplateChoice['by'], z.ZodType<TemplateChoice>> = {
	id: z
		.object({ template: requiredId('choose a template from the list, or enter its templateId') })
		.transform(({ template: id }) => ({ by: 'id', id })),
	name: z
		.object({ templateName: name.schema, language: language.schema })
		.transform(({ templateName: chosen, language: code }) => ({ by: 'name', name: chosen, language: code })),
};

/** A template by its ID, or by its name and language. */
export const templateChoice: Field<TemplateChoice> = {
	properties: [
		templateBy,
		templateProperty,
		templateName,
		...language.properties.map((property) => ({ ...property, displayOptions: { show: BY_NAME } })),
	],
	read: ({ parameter }) => ({
		templateBy: parameter('templateBy'),
		template: parameter('template'),
		templateName: parameter('templateName'),
		language: parameter('language'),
	}),
	schema: z
		.object({ templateBy: z.enum(['id', 'name'], { error: 'choose ID or Name and Language' }) })
		.loose()
		.transform((raw, context): TemplateChoice => {
			const parsed = choices[raw.templateBy].safeParse(raw);
			if (parsed.success) return parsed.data;
			for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
			return z.NEVER;
		}),
};

/** The values of {{1}}, {{2}} and so on. Meta takes no empty ones. */
export const variables: Field<string[]> = {
	properties: [
		{
			displayName: 'Variables',
			name: 'variables',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add variable',
			default: {},
			description: 'The values of the variables in the template, in the order {{1}}, {{2}} and so on',
			options: [
				{
					displayName: 'Variable',
					name: 'variable',
					values: [
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. Sari',
						},
					],
				},
			],
		},
	],
	read: ({ parameter }) => ({ variables: parameter('variables') }),
	schema: z
		.object({
			variables: z
				.object({
					variable: z
						.array(z.object({ value: requiredText('enter the value of this variable') }))
						.default([]),
				})
				.nullish(),
		})
		.transform((given) => (given.variables?.variable ?? []).map(({ value }) => value)),
};

/** The value for the header of a template. */
export const headerValue: Field<Header> = headerFields({
	show: BY_NAME,
	headerType: { displayName: 'Header', description: 'The kind of header this template has, if it needs a value' },
	headerUrl: {
		displayName: 'Header File URL',
		description: 'Public URL of the image, video or document to send',
	},
	isShown: ({ parameter }) => parameter('templateBy') === 'name',
});

const BUTTON_KINDS = ['COPY_CODE', 'QUICK_REPLY', 'URL'] as const;

/** A value for one of the template's buttons. */
interface ButtonValue {
	/** Its place among the buttons, the first being 1. */
	number: number;
	kind: (typeof BUTTON_KINDS)[number];
	value: string;
}

/** Meta allows ten buttons. */
const MOST_BUTTONS = 10;

/** The values of those buttons of a template that take one. */
export const buttonValues: Field<ButtonValue[]> = {
	properties: [
		{
			displayName: 'Button Values',
			name: 'buttonValues',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add button value',
			default: {},
			description: 'Values for the buttons that need one',
			displayOptions: { show: BY_NAME },
			options: [
				{
					displayName: 'Button',
					name: 'button',
					values: [
						{
							displayName: 'Button Number',
							name: 'number',
							type: 'number',
							typeOptions: { minValue: 1, maxValue: MOST_BUTTONS },
							default: 1,
							description: 'Which button it is, counted from the top',
						},
						{
							displayName: 'Type',
							name: 'kind',
							type: 'options',
							options: [
								{
									name: 'Code to Copy',
									value: 'COPY_CODE',
									description: 'The code that the button copies',
								},
								{ name: 'Link', value: 'URL', description: 'The end of the link' },
								{
									name: 'Quick Reply',
									value: 'QUICK_REPLY',
									description: 'A text that is sent back to you when the person taps the button',
								},
							],
							default: 'URL',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. ORDER-1042',
							description: 'The code, the end of the link or the reply text, depending on the type',
						},
					],
				},
			],
		},
	],
	read: ({ parameter }) => ({ buttonValues: parameter('templateBy') === 'name' ? parameter('buttonValues') : {} }),
	schema: z
		.object({
			buttonValues: z
				.object({
					button: z
						.array(
							z.object({
								number: z.coerce
									.number({ error: 'enter the number of the button, starting with 1' })
									.int({ error: 'enter the number of the button, starting with 1' })
									.min(1, { error: 'enter the number of the button, starting with 1' })
									.max(MOST_BUTTONS, { error: `a template has at most ${MOST_BUTTONS} buttons` }),
								kind: z.enum(BUTTON_KINDS, { error: 'choose a type of button from the list' }),
								value: requiredText('enter the value of this button'),
							}),
						)
						.default([]),
				})
				.nullish(),
		})
		.transform(({ buttonValues: given }, context): ButtonValue[] => {
			const values = given?.button ?? [];
			const twice = values.find(({ number }, index) => values.findIndex((one) => one.number === number) < index);
			if (!twice) return values;
			const message = `button ${twice.number} has two values. Give each button one`;
			context.addIssue({ code: 'custom', path: ['buttonValues'], message });
			return z.NEVER;
		}),
};

/**
 * The values of a template in Meta's form. API reference: Send Template, with its answer, shows the body's; those of header
 * and buttons are Meta's documentation of the same `components` (inferred to be handed on).
 */
export function componentsOf(header: Header, body: string[], buttons: ButtonValue[]): IDataObject[] {
	const headerParameter = headerParameterOf(header);
	return [
		...(headerParameter ? [{ type: 'header', parameters: [headerParameter] }] : []),
		...(body.length > 0 ? [{ type: 'body', parameters: body.map((text) => ({ type: 'text', text })) }] : []),
		...buttons.map(({ number, kind, value }) => ({
			type: 'button',
			sub_type: kind.toLowerCase(),
			index: String(number - 1),
			parameters: [buttonParameterOf(kind, value)],
		})),
	];
}

function headerParameterOf(header: Header): IDataObject | undefined {
	switch (header.headerType) {
		case 'NONE':
			return undefined;
		case 'TEXT':
			return { type: 'text', text: header.headerText };
		case 'LOCATION':
			return { type: 'location', location: header.headerLocation };
		default: {
			const type = header.headerType.toLowerCase();
			return { type, [type]: { link: header.headerUrl } };
		}
	}
}

function buttonParameterOf(kind: ButtonValue['kind'], value: string): IDataObject {
	if (kind === 'URL') return { type: 'text', text: value };
	return kind === 'QUICK_REPLY' ? { type: 'payload', payload: value } : { type: 'coupon_code', coupon_code: value };
}
