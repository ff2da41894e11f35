import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Field } from '../../operations/define/field';
import { textOf } from '../../text';
import { languageOptions, LANGUAGES, languageTags, type PageTexts } from './language';

/** Options that replace a text of the page, and which. */
const TEXTS = {
	linkText: 'link',
	pageAnswerLabel: 'answerLabel',
	pageButton: 'button',
	pageHeading: 'heading',
	pageOver: 'overText',
	pageThanks: 'thanks',
	pageThanksText: 'recorded',
} as const satisfies Record<string, keyof PageTexts>;

/** What is added to the options of a send. */
export const responseOptions: INodeProperties[] = [
	{
		displayName: 'Wait Limit (Minutes)',
		name: 'waitLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description:
			'How long to wait for the response. Then the workflow continues with the items that came into this node. Without this option it waits forever.',
	},
	{
		displayName: 'Link Text',
		name: 'linkText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Answer here',
		description: "Text before the link, for Choice and Free Text. Leave empty to use the page's language.",
	},
	{
		displayName: 'Page Answer Label',
		name: 'pageAnswerLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your answer',
		description: "Shown above the choices or the text box. Leave empty to use the page's language.",
	},
	{
		displayName: 'Page Button Label',
		name: 'pageButton',
		type: 'string',
		default: '',
		placeholder: 'e.g. Send',
		description: "Label of the button that sends a choice or a text. Leave empty to use the page's language.",
	},
	{
		displayName: 'Page Expired Text',
		name: 'pageOver',
		type: 'string',
		default: '',
		placeholder: 'e.g. This question was already answered, or it has expired.',
		description:
			"Shown when someone opens the link to an earlier question while this node, in a loop, waits for the response to the next one. In all other cases n8n shows its own page. Leave empty to use the page's language.",
	},
	{
		displayName: 'Page Heading',
		name: 'pageHeading',
		type: 'string',
		default: '',
		placeholder: 'e.g. Please respond',
		description: "Heading of the page that the link opens. Leave empty to use the page's language.",
	},
	{
		displayName: 'Page Language',
		name: 'pageLanguage',
		type: 'options',
		options: languageOptions,
		default: 'id',
		description: 'Language of the page, its buttons and the link text. Without this option they are in English.',
	},
	{
		displayName: 'Page Thank-You Text',
		name: 'pageThanksText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your response was recorded. You can close this page.',
		description: "Shown after the response. Leave empty to use the page's language.",
	},
	{
		displayName: 'Page Thank-You Title',
		name: 'pageThanks',
		type: 'string',
		default: '',
		placeholder: 'e.g. Thank you',
		description: "Heading after the response. Leave empty to use the page's language.",
	},
];

/** Longer than any heading or sentence. */
const LONGEST_TEXT = 1_000;

/** How the page looks: its language, and texts in place of the language's own. */
export const pageSettings = z.object({
	language: z.enum(languageTags),
	texts: z.record(z.string(), z.string()),
});

export type PageSettings = z.output<typeof pageSettings>;

/** The texts of a page. */
export function textsOf({ language, texts }: PageSettings): PageTexts {
	return { ...LANGUAGES[language].texts, ...texts };
}

interface ResponseSettings {
	waitMinutes?: number;
	page: PageSettings;
}

const optional = z
	.unknown()
	.optional()
	.transform((written) => textOf(written).trim());

/** What {@link responseOptions} ask for. */
export const responseSettings: Field<ResponseSettings> = {
	properties: [],
	read: ({ parameter }) => ({
		options: {
			waitLimit: parameter('options.waitLimit') ?? undefined,
			pageLanguage: parameter('options.pageLanguage') ?? undefined,
			...Object.fromEntries(Object.keys(TEXTS).map((name) => [name, parameter(`options.${name}`)])),
		},
	}),
	// Below the collection that they are members of, by which a refusal names them.
	schema: z
		.object({
			options: z
				.object({
					waitLimit: z.coerce
						.number({ error: 'enter a number of minutes' })
						.min(1, { error: 'enter at least 1 minute' })
						.max(5_000_000, { error: 'enter at most 5000000 minutes' })
						.optional(),
					pageLanguage: z
						.enum(languageTags, { error: `choose one of ${languageTags.join(', ')}` })
						.default('en'),
				})
				.catchall(optional)
				.transform(
					({ waitLimit: waitMinutes, pageLanguage: language, ...written }, context): ResponseSettings => {
						const given = Object.entries(TEXTS).map(([name, text]) => ({
							name,
							text,
							value: written[name] ?? '',
						}));
						const tooLong = given.find(({ value }) => value.length > LONGEST_TEXT);
						if (tooLong) {
							const message = `use at most ${LONGEST_TEXT} characters`;
							context.addIssue({ code: 'custom', path: [tooLong.name], message });
							return z.NEVER;
						}
						const texts = given
							.filter(({ value }) => value !== '')
							.map(({ text, value }) => [text, value] as const);
						return { waitMinutes, page: { language, texts: Object.fromEntries(texts) } };
					},
				),
		})
		.transform(({ options }) => options),
};

/** n8n's own nodes wait until then, and n8n knows it as "without end". */
const FOREVER = new Date('3000-01-01T00:00:00.000Z');

/** Until when to wait, beginning now. */
export function waitUntil({ waitMinutes }: { waitMinutes?: number }): Date {
	return waitMinutes === undefined ? FOREVER : new Date(Date.now() + waitMinutes * 60_000);
}
