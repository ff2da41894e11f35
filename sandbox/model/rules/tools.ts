import { isPlain } from '../../merge';
import type { OfferedTool } from '../conversation';
import { isSame, topicWords, wordsOf } from './words';

/** What a tool is for, as its name or description says. */
const PURPOSES = {
	handOver: /\b(hand\w*[\s_-]?(over|off)|handover|human|person|people|team|staff|colleague|escalate\w*)\b/i,
	knowledge: /\b(know\w*|find\w*|search\w*|look\w*([\s_-]?up)?|faqs?|catalog\w*|products?|tables?)\b/i,
};

export type Purpose = keyof typeof PURPOSES;

/** The tool for a purpose: by its name, else by its description if its name says nothing else. */
export function toolFor(purpose: Purpose, tools: readonly OfferedTool[]): OfferedTool | undefined {
	const named = tools.map((tool) => ({ tool, name: tool.name.replace(/[_-]+/g, ' ') }));
	const isOther = (name: string): boolean =>
		Object.entries(PURPOSES).some(([other, pattern]) => other !== purpose && pattern.test(name));
	return (
		named.find(({ name }) => PURPOSES[purpose].test(name)) ??
		named.find(({ tool, name }) => !isOther(name) && PURPOSES[purpose].test(tool.description))
	)?.tool;
}

/** Below this nothing is filled in. */
const MAX_DEPTH = 4;
const MAX_FIELDS = 50;
const KEYWORD = /\b(keywords?|topic|term|word|subject)\b/i;

/**
 * The arguments of a call, by the tool's own JSON Schema. Whatever asks for text gets the text; a field for a keyword
 * gets one word of it, the description's own if it names one.
 */
export function argumentsFor({ parameters }: OfferedTool, text: string): unknown {
	return valueFor(parameters, text, '', 0);
}

function valueFor(schema: unknown, text: string, name: string, depth: number): unknown {
	if (!isPlain(schema) || depth > MAX_DEPTH) return depth === 0 ? {} : text;
	if (schema.default !== undefined) return schema.default;
	if (Array.isArray(schema.enum)) return chosen(schema.enum, text);
	const type: unknown = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	if (type === 'object' || (type === undefined && isPlain(schema.properties))) {
		const properties = isPlain(schema.properties) ? schema.properties : {};
		return Object.fromEntries(
			Object.entries(properties)
				.slice(0, MAX_FIELDS)
				.map(([key, inner]) => [key, valueFor(inner, text, key, depth + 1)]),
		);
	}
	if (depth === 0) return {};
	if (type === 'number' || type === 'integer') return typeof schema.minimum === 'number' ? schema.minimum : 1;
	if (type === 'boolean') return false;
	if (type === 'array') return [];
	const description = typeof schema.description === 'string' ? schema.description : '';
	return KEYWORD.test(`${name.replace(/[_-]+/g, ' ')} ${description}`) ? keywordOf(text, description) : text;
}

/** The word that a question is about. */
function keywordOf(text: string, description: string): string {
	const words = topicWords(text);
	const offered = wordsOf(description).find((word) => words.some((each) => isSame(each, word)));
	return offered ?? words[0] ?? text;
}

function chosen(values: readonly unknown[], text: string): unknown {
	const words = wordsOf(text);
	const fits = (value: unknown): boolean =>
		typeof value === 'string' && wordsOf(value).some((word) => words.some((each) => isSame(each, word)));
	return values.find(fits) ?? values[0];
}
