import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { batchOptions } from '../../operations/define/batchOptions';
import { type Field, FieldRefusal, type ReadParameter } from '../../operations/define/field';
import type { TextMessage } from '../../operations/define/textMessage';
import { textOf } from '../../text';
import { markdownToPlain, markdownToWhatsApp } from '../text/markdown';
import { LinkTooLongError, splitText } from '../text/splitText';

/** How long a text may be, as data of a provider. */
export interface TextLimit {
	/** Whose limit it is, as users know it. */
	by: string;
	characters: number;
}

/**
 * WhatsApp's own limit. Meta documents none for the app; 65,536 is the number that people report (unofficial sources). It holds
 * for providers that document no limit.
 */
export const WHATSAPP_LIMIT: TextLimit = { by: 'WhatsApp', characters: 65_536 };

/** The shortest part that can be chosen; see `splitText`. */
const SHORTEST_PART = 20;

/** Long enough for most answers, and short enough to be read on a phone without "Read more" many times. */
const USUAL_PART = 4_000;

const textFormatOption: INodeProperties = {
	displayName: 'Text Format',
	name: 'textFormat',
	type: 'options',
	options: [
		{ name: 'As Is', value: 'asIs', description: 'Send the text as it is written' },
		{
			name: 'Markdown to WhatsApp',
			value: 'markdown',
			description: 'Turn Markdown, as AI models write it, into what WhatsApp can show',
		},
	],
	default: 'markdown',
	description: 'How the text is written. Without this option, it is sent as is.',
};

const longTextsOption: INodeProperties = {
	displayName: 'Long Texts',
	name: 'longTexts',
	type: 'options',
	options: [
		{ name: 'Refuse', value: 'refuse', description: 'Send nothing if the text is too long for one message' },
		{ name: 'Split', value: 'split', description: 'Send several messages, in order' },
	],
	default: 'split',
	description: 'What to do with a text that is too long for one message. Without this option, it is refused.',
};

const longestPartOption: INodeProperties = {
	displayName: 'Longest Part',
	name: 'longestPart',
	type: 'number',
	typeOptions: { minValue: SHORTEST_PART, maxValue: WHATSAPP_LIMIT.characters },
	default: USUAL_PART,
	displayOptions: { show: { longTexts: ['split'] } },
	description:
		'How many characters each message may have when a long text is split. It is never more than what can be sent in one message, which is also the limit without this option.',
};

/** The options of a message whose text may be split. */
export const textOptions = [longestPartOption, longTextsOption, textFormatOption];

/** The options of a send whose text may be split. */
export const splitOptions: readonly INodeProperties[] = [...batchOptions, ...textOptions];

/** The options of a send whose text goes out whole, such as a caption. */
export const wholeOptions: readonly INodeProperties[] = [...batchOptions, textFormatOption];

/** The options of a change to a text that was sent. */
export const formatOptions: readonly INodeProperties[] = [textFormatOption];

/** What the options say. */
export interface TextSettings {
	isMarkdown: boolean;
	isSplit: boolean;
	longestPart?: number;
}

const LENGTH = `enter a whole number from ${SHORTEST_PART} to ${WHATSAPP_LIMIT.characters}`;

const schema = z.object({
	textFormat: z.enum(['asIs', 'markdown'], { error: 'choose As Is or Markdown to WhatsApp' }).default('asIs'),
	longTexts: z.enum(['refuse', 'split'], { error: 'choose Refuse or Split' }).default('refuse'),
	longestPart: z.coerce
		.number({ error: LENGTH })
		.int({ error: LENGTH })
		.min(SHORTEST_PART, { error: LENGTH })
		.max(WHATSAPP_LIMIT.characters, { error: LENGTH })
		.optional(),
});

/** @throws FieldRefusal naming the option */
function readSettings(parameter: ReadParameter): TextSettings {
	const read = (name: string): unknown => parameter(`options.${name}`) ?? undefined;
	const longTexts = read('longTexts');
	const parsed = schema.safeParse({
		textFormat: read('textFormat'),
		longTexts,
		// What the editor does not show does not count.
		longestPart: longTexts === 'split' ? read('longestPart') : undefined,
	});
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new FieldRefusal(['options', ...(issue?.path ?? [])].map(textOf).join('.'), issue?.message ?? '');
	}
	const { textFormat, longTexts: chosen, longestPart } = parsed.data;
	return { isMarkdown: textFormat === 'markdown', isSplit: chosen === 'split', longestPart };
}

/** The options, for an operation that formats and splits its text while it runs. */
export const textSettings: Field<TextSettings> = {
	properties: [],
	read: ({ parameter }) => readSettings(parameter),
	schema: z.custom<TextSettings>(),
};

/**
 * The text in the format that was chosen.
 *
 * @param property the field with the text
 * @param isPlain whether it goes to where WhatsApp's format means nothing
 * @throws FieldRefusal if nothing of it is left
 */
export function formatText(
	text: string,
	{ isMarkdown }: Pick<TextSettings, 'isMarkdown'>,
	{ property, isPlain }: { property: string; isPlain: boolean },
): string {
	if (!isMarkdown || text.trim() === '') return text;
	const formatted = isPlain ? markdownToPlain(text) : markdownToWhatsApp(text);
	if (formatted.trim() !== '') return formatted;
	throw new FieldRefusal(
		property,
		'nothing is left of this Markdown to show. Write some text, or set Text Format to As Is',
	);
}

/** Where a text goes. */
interface Where {
	/** The field with the text. */
	property: string;
	limit: TextLimit;
	/** What comes at the end in one piece, such as links. */
	last?: string;
}

/**
 * A text in parts of the allowed length, or whole if it is short enough.
 *
 * @throws FieldRefusal if it is too long and may not be split, or something in it cannot be
 */
function partsOfText(
	text: string,
	{ isSplit, longestPart = Infinity }: Omit<TextSettings, 'isMarkdown'>,
	{ property, limit, last = '' }: Where,
): string[] {
	const whole = text + last;
	if (!isSplit) {
		assertShort(whole, property, limit, { canBeSplit: true });
		return [whole];
	}
	const most = Math.min(longestPart, limit.characters);
	if (whole.length <= most) return [whole];
	const end = last.trim();
	if (end.length > most) {
		const message = `the links below it have ${end.length} characters, but a part has at most ${most}. Increase Longest Part, or use shorter labels`;
		throw new FieldRefusal(property, message);
	}
	const parts = split(text, most, property);
	if (end === '') return parts;
	const withEnd = (parts.at(-1) ?? '') + last;
	return withEnd.length <= most ? [...parts.slice(0, -1), withEnd] : [...parts, end];
}

/** Characters as people count them: an emoji beyond the first plane is one. */
function lengthOf(text: string): number {
	return [...text].length;
}

function assertShort(
	text: string,
	property: string,
	{ by, characters }: TextLimit,
	{ canBeSplit }: { canBeSplit: boolean },
): void {
	const length = lengthOf(text);
	if (length <= characters) return;
	throw new FieldRefusal(
		property,
		canBeSplit
			? `the text has ${length} characters; ${by} accepts at most ${characters}. Shorten it, or set Long Texts to Split`
			: `the text has ${length} characters; ${by} accepts at most ${characters}. Shorten it`,
	);
}

/** @throws FieldRefusal if a link in it is longer than a part */
function split(text: string, most: number, property: string): string[] {
	const parts = tryToSplit(text, most);
	if (Array.isArray(parts)) return parts;
	const message = `a link in it has ${parts.link.length} characters, but a part has at most ${most}. Use a shorter link, or increase Longest Part`;
	throw new FieldRefusal(property, message);
}

function tryToSplit(text: string, most: number): string[] | LinkTooLongError {
	try {
		return splitText(text, most);
	} catch (error) {
		return asLinkTooLong(error);
	}
}

function asLinkTooLong(error: unknown): LinkTooLongError {
	if (error instanceof LinkTooLongError) return error;
	throw error;
}

/**
 * A text as it goes out: formatted, and in parts if it is too long.
 *
 * @param mustBeWhole what keeps it from being sent in parts
 * @throws FieldRefusal as {@link formatText} and {@link partsOfText}, and what `mustBeWhole` returns
 */
export function textsToSend(
	text: string,
	settings: TextSettings,
	{ isPlain, mustBeWhole, ...where }: Where & { isPlain: boolean; mustBeWhole: () => FieldRefusal | undefined },
): string[] {
	const formatted = formatText(text, settings, { property: where.property, isPlain });
	const parts = partsOfText(formatted, settings, where);
	const refusal = parts.length > 1 ? mustBeWhole() : undefined;
	if (refusal) throw refusal;
	return parts;
}

interface TextSend<V> {
	/** The field with the text. */
	field?: string;
	/** The field with the recipient. */
	to?: string;
	limit: TextLimit;
	/** Whether the message goes to where WhatsApp's format means nothing, such as SMS. */
	isPlain?: (values: V) => boolean;
	/** What keeps the message from being sent in parts: the option, and what to do about it. */
	mustBeWhole?: (values: V) => FieldRefusal | undefined;
}

/** A text message, which can be sent in parts. */
export function textMessage<V>(send: TextSend<V>): TextMessage<V> {
	const { field = 'text', to = 'recipient', limit, isPlain, mustBeWhole } = send;
	return {
		field,
		to,
		options: splitOptions,
		parts: (text, values, parameter) => {
			const where = { property: field, limit, isPlain: isPlain?.(values) ?? false };
			return textsToSend(text, readSettings(parameter), { ...where, mustBeWhole: () => mustBeWhole?.(values) });
		},
	};
}

/** A text that goes out whole: one that comes with something else, or at a set time. */
export function wholeText<V>({
	field = 'caption',
	to = 'recipient',
	limit,
	isPlain,
	options = wholeOptions,
}: Omit<Partial<TextSend<V>>, 'mustBeWhole'> & { options?: readonly INodeProperties[] } = {}): TextMessage<V> {
	return {
		field,
		to,
		options,
		parts: (text, values, parameter) => {
			const property = { property: field, isPlain: isPlain?.(values) ?? false };
			const formatted = formatText(text, readSettings(parameter), property);
			if (limit) assertShort(formatted, field, limit, { canBeSplit: false });
			return [formatted];
		},
	};
}
