import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { field, type Field } from '../../operations/define/field';
import { textOf } from '../../text';
import { requiredText } from '../fields/schemas';
import { pageSettings } from './settings';

const anyQuestion = z.discriminatedUnion('kind', [
	// Labels left empty come in the language of the page.
	z.object({ kind: z.literal('approval'), approve: z.string(), decline: z.string().optional() }),
	z.object({ kind: z.literal('choice'), choices: z.array(z.string()) }),
	z.object({ kind: z.literal('freeText') }),
]);

/** What a person is asked. */
export type Question = z.output<typeof anyQuestion>;

/** The question, kept for the page that the link leads to. */
export const keptQuestion = z.object({ message: z.string(), question: anyQuestion, page: pageSettings });

/** Whatsapp shows about as many lines without folding the message away. */
const MOST_CHOICES = 20;

/** The names of these fields are n8n's own, which its human-review tools for AI agents look for. */
export const message: Field<string> = field(
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Can we ship order 1042 today?',
		description: 'The question to send. The answer link is added below it.',
	},
	requiredText('write the message'),
);

const responseType: INodeProperties = {
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	options: [
		{ name: 'Approval', value: 'approval', description: 'One or two buttons' },
		{ name: 'Choice', value: 'choice', description: 'One answer from a list' },
		{ name: 'Free Text', value: 'freeText', description: 'Their own text' },
	],
	default: 'approval',
};

const approvalOptions: INodeProperties = {
	displayName: 'Approval Options',
	name: 'approvalOptions',
	type: 'fixedCollection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { responseType: ['approval'] } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Type of Approval',
					name: 'approvalType',
					type: 'options',
					options: [
						{ name: 'Approve Only', value: 'single' },
						{ name: 'Approve and Decline', value: 'double' },
					],
					default: 'double',
				},
				{
					displayName: 'Approve Label',
					name: 'approveLabel',
					type: 'string',
					default: '',
					placeholder: 'e.g. Approve',
					description: "Leave empty to use the page's language",
				},
				{
					displayName: 'Decline Label',
					name: 'disapproveLabel',
					type: 'string',
					default: '',
					placeholder: 'e.g. Decline',
					description: "Leave empty to use the page's language",
					displayOptions: { show: { approvalType: ['double'] } },
				},
			],
		},
	],
};

const choices: INodeProperties = {
	displayName: 'Choices',
	name: 'choices',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add choice',
	default: {},
	displayOptions: { show: { responseType: ['choice'] } },
	options: [
		{
			displayName: 'Choice',
			name: 'choice',
			values: [
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					default: '',
					placeholder: 'e.g. Tomorrow morning',
				},
			],
		},
	],
};

const label = z
	.unknown()
	.optional()
	.transform((written) => textOf(written).trim());

const USUAL = { approvalType: 'double', approveLabel: '', disapproveLabel: '' };

const approval = z
	.object({
		values: z
			.object({
				approvalType: z.string().default(USUAL.approvalType),
				approveLabel: label,
				disapproveLabel: label,
			})
			.default(USUAL),
	})
	.default({ values: USUAL });

const list = z
	.object({ choice: z.array(z.object({ text: z.unknown() })).default([]) })
	.default({ choice: [] })
	.transform(({ choice }) => choice.map(({ text }) => textOf(text).trim()).filter((text) => text !== ''));

const judged = z
	.object({ responseType: z.unknown(), approvalOptions: z.unknown(), choices: z.unknown() })
	.transform((raw, context): Question => {
		const refuse = (property: string, problem: string): never => {
			context.addIssue({ code: 'custom', path: [property], message: problem });
			return z.NEVER;
		};
		if (raw.responseType === 'freeText') return { kind: 'freeText' };
		if (raw.responseType === 'choice') {
			const texts = list.safeParse(raw.choices ?? undefined).data ?? [];
			if (texts.length < 2) return refuse('choices', 'add at least two choices');
			if (texts.length > MOST_CHOICES) return refuse('choices', `add at most ${MOST_CHOICES} choices`);
			if (new Set(texts).size < texts.length) return refuse('choices', 'two choices are the same');
			return { kind: 'choice', choices: texts };
		}
		if (raw.responseType !== 'approval') return refuse('responseType', 'choose Approval, Choice or Free Text');
		const { values } = approval.parse(raw.approvalOptions ?? undefined);
		const { approvalType, approveLabel: approve, disapproveLabel: decline } = values;
		return approvalType === 'single' ? { kind: 'approval', approve } : { kind: 'approval', approve, decline };
	});

/** What is asked, as one field. */
export const question: Field<Question> = {
	properties: [responseType, approvalOptions, choices],
	read: ({ parameter }) => ({
		responseType: parameter('responseType'),
		approvalOptions: parameter('approvalOptions'),
		choices: parameter('choices'),
	}),
	schema: judged,
};

/** An execution waits for one answer; the other items would be lost. */
export const oneItemOnly: { Items: Field } = {
	Items: {
		properties: [],
		read: (item) => item.count(),
		schema: z.unknown().superRefine((count, context) => {
			if (count === 1) return;
			context.addIssue({
				code: 'custom',
				message: `this operation waits for one response at a time but got ${String(count)} items. Put a Loop Over Items node with batch size 1 before it, or run a sub-workflow for each item`,
			});
		}),
	},
};
