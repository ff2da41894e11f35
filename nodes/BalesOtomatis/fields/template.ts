import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { ifFilled, onOrOff, requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import { bodyProblem, complain, filled, LIMITS, plainTextProblem, variablesIn } from './templateRules';

/** API reference: `name`, "lokasi_toko". */
export const name: Field<string> = field(
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. order_confirmation',
		description: 'Lowercase letters, digits and underscores',
	},
	requiredId('enter a name, for example order_confirmation')
		.refine((value) => /^[a-z0-9_]+$/.test(value), {
			error: 'only lowercase letters, digits and underscores are allowed, for example order_confirmation',
		})
		.refine((value) => value.length <= LIMITS.name, { error: `at most ${LIMITS.name} characters are allowed` }),
);

/** API reference: `language`, "id". */
export const language: Field<string> = field(
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. en_US',
		description: "Meta's code for the language, such as en_US for American English",
	},
	requiredId('enter the code of the language, for example id').refine(
		(value) => /^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(value),
		{ error: 'this is not a Meta language code. Write it like id or en_US' },
	),
);

/** API reference: `category`, "UTILITY". */
export const category: Field<string> = field(
	{
		displayName: 'Category',
		name: 'category',
		type: 'options',
		options: [
			{ name: 'Authentication', value: 'AUTHENTICATION', description: 'One-time passwords' },
			{ name: 'Marketing', value: 'MARKETING', description: 'Offers and news' },
			{ name: 'Utility', value: 'UTILITY', description: "About the person's order or account" },
		],
		default: 'UTILITY',
	},
	z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY'], { error: 'choose Authentication, Marketing or Utility' }),
);

const bodyProperty: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Hello {{1}}, your order {{2}} is on its way.',
	description:
		'The text of the template. Write variables as {{1}}, {{2}} and so on, in order. None may be at the start or the end.',
};

const variablesProperty: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add variable',
	default: {},
	description: 'One entry for each variable in the body, in the order {{1}}, {{2}} and so on',
	options: [
		{
			displayName: 'Variable',
			name: 'variable',
			values: [
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Name',
					description: 'What the variable stands for',
				},
				{
					displayName: 'Example',
					name: 'example',
					type: 'string',
					default: '',
					placeholder: 'e.g. Sari',
					description: 'An example value for Meta to see when it reviews the template',
				},
			],
		},
	],
};

const listedVariables = z
	.object({
		variable: z
			.array(
				z.object({ label: ifFilled(requiredText()), example: requiredText('enter an example of its value') }),
			)
			.default([]),
	})
	.nullish();

/** The body and its variables, which have to fit each other. API reference: `variables` with placeholder, label, example. */
export const content: Field<{ body: string; variables?: IDataObject[] }> = {
	properties: [bodyProperty, variablesProperty],
	read: ({ parameter }) => ({ body: parameter('body'), variables: parameter('variables') }),
	schema: z
		.object({ body: requiredText('write the text of the template'), variables: listedVariables })
		.superRefine(({ body, variables }, context) => {
			const problem = bodyProblem(body);
			if (problem !== undefined) return complain(context, ['body'], problem);
			const [wanted, given] = [variablesIn(body).length, variables?.variable.length ?? 0];
			const mismatch = `the body has ${wanted} variable${wanted === 1 ? '' : 's'}, but ${given} ${given === 1 ? 'is' : 'are'} listed here. Add one with an example for each`;
			return complain(context, ['variables'], wanted === given ? undefined : mismatch);
		})
		.transform(({ body, variables }) => ({
			body,
			variables: filled(variables?.variable)?.map(({ label, example }, index) => ({
				placeholder: `{{${index + 1}}}`,
				label: label ?? `Variable ${index + 1}`,
				example,
			})),
		})),
};

/** API reference: `submitToFacebook`. Without it the template is only a draft (observed in use). */
export const submit: Field<boolean> = field(
	{
		displayName: 'Submit to Meta',
		name: 'submit',
		type: 'boolean',
		default: true,
		description:
			'Whether to submit the template to Meta for review right away. If off, it is only saved as a draft in BalesOtomatis.',
	},
	onOrOff,
);

/** Get List Templates shows a footer; that Create Template takes it as `footer` is inferred. */
export const footerOption: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	placeholder: 'e.g. Reply STOP to unsubscribe',
	description: 'A small line under the text',
};

/** What the footer must be. */
export const footerSchema = ifFilled(
	requiredText().superRefine((text, context) => complain(context, [], plainTextProblem(text, LIMITS.footer))),
);
