import { isPlain } from '../../merge';
import { overlap, wordsOf } from './words';

/** What a tool returned about one thing: plain fields only. */
export type Row = Record<string, string>;

const MAX_ROWS = 500;
const MAX_DEPTH = 6;
/** How many rows an answer is written from. */
const MAX_SHOWN = 3;

const TITLE = /^(question|title|topic|name|subject|product|pertanyaan|judul|nama)$/i;
const BODY = /^(answer|text|content|description|details?|info|body|response|jawaban|isi)$/i;
/** Fields of a table that are of no interest to a customer. */
const HIDDEN = /^(id|created_?at|updated_?at|pageContent|metadata|keywords?|tags?|type)$/i;

/** The rows in a tool's result: JSON in any nesting, or a text, which is one row. Never throws. */
export function rowsOf(result: string): Row[] {
	const rows: Row[] = [];
	collect(result, rows, 0);
	return rows;
}

function collect(value: unknown, rows: Row[], depth: number): void {
	if (depth > MAX_DEPTH || rows.length >= MAX_ROWS) return;
	if (typeof value === 'string') {
		const inner = jsonIn(value);
		if (inner !== undefined) collect(inner, rows, depth + 1);
		else if (value.trim() !== '') rows.push({ text: value.trim() });
	} else if (Array.isArray(value)) {
		for (const each of value.slice(0, MAX_ROWS)) collect(each, rows, depth + 1);
	} else if (isPlain(value)) {
		const nested = Object.values(value).filter((each) => typeof each === 'object' || jsonIn(each) !== undefined);
		const plain = Object.entries(value).filter(
			([, each]) => ['string', 'number', 'boolean'].includes(typeof each) && jsonIn(each) === undefined,
		);
		const shown = plain.filter(([key, each]) => !HIDDEN.test(key) && String(each).trim() !== '');
		if (shown.length > 0) rows.push(Object.fromEntries(plain.map(([key, each]) => [key, String(each)])));
		for (const each of nested) collect(each, rows, depth + 1);
	}
}

/** The list or object that a text holds as JSON. */
function jsonIn(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return undefined;
	}
}

/** The rows that are about the words, the best first; none if no row has any of them. */
export function rowsAbout(words: readonly string[], rows: readonly Row[]): Row[] {
	const scored = rows
		.map((row) => ({ row, score: overlap(words, Object.values(row).join(' ')) }))
		.filter(({ score }) => score > 0)
		.sort((one, other) => other.score - one.score);
	const best = scored[0]?.score ?? 0;
	return scored
		.filter(({ score }) => score === best)
		.slice(0, MAX_SHOWN)
		.map(({ row }) => row);
}

/** A row in Markdown: its title in bold, its text, its other fields as a list, links as links. */
export function writeRow(row: Row, more: string): string {
	const entries = Object.entries(row).filter(([key, value]) => !HIDDEN.test(key) && value.trim() !== '');
	const title = entries.find(([key]) => TITLE.test(key));
	const body =
		entries.find(([key]) => BODY.test(key)) ?? entries.find((entry) => entry !== title && !isUrl(entry[1]));
	const others = entries
		.filter((entry) => entry !== title && entry !== body)
		.map(([key, value]) => (isUrl(value) ? `- [${more}](${value})` : `- **${labelOf(key)}:** ${value}`));
	return [title && `**${title[1]}**`, body?.[1], others.join('\n')].filter(Boolean).join('\n\n');
}

const isUrl = (text: string): boolean => /^https?:\/\/[^\s()<>]+$/.test(text);

/** `openingHours` → "Opening hours". */
function labelOf(key: string): string {
	const words = wordsOf(key.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')).join(' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
