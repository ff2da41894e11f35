import { withoutDepths } from '../../shared/text';

/** Texts of JSON, which are left alone, and whole numbers of more digits than JavaScript surely holds. */
const TEXTS_AND_LONG_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/** A message with its file elsewhere has some thousands. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The body of a call with whole numbers beyond 2^53 as texts. MAX counts its messages with 18 digits and more, which
 * JavaScript rounds: two of them may become one, and a reply goes to a message that is not there.
 *
 * @param rawBody as it came
 * @returns `body` itself where nothing is rounded
 */
export function withExactNumbers(body: unknown, rawBody: Buffer | undefined): unknown {
	if (!rawBody || rawBody.length > MOST_BYTES) return body;
	const text = rawBody.toString('utf8');
	if (!/\d{16}/.test(text)) return body;
	try {
		// What is no JSON, a form for example, is left alone: texts without an end would take the pattern very long.
		JSON.parse(text);
		const exact = text.replace(TEXTS_AND_LONG_NUMBERS, (part) => (part.startsWith('"') ? part : `"${part}"`));
		return withoutDepths(JSON.parse(exact));
	} catch {
		return body;
	}
}
