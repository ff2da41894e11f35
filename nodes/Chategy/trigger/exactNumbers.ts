import { withoutDepths } from '../../shared/text';

/** A message whose file is elsewhere has a few thousand. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The body of a call with whole numbers beyond 2^53 as text. MAX uses message IDs with 18 or more digits, which
 * JavaScript rounds: two of them may become one, and a reply may go to a message that does not exist.
 *
 * @param rawBody as it came
 * @returns `body` itself if nothing is rounded
 */
export function withExactNumbers(body: unknown, rawBody: Buffer | undefined): unknown {
	if (!rawBody || rawBody.length > MOST_BYTES) return body;
	const text = rawBody.toString('utf8');
	if (!/\d{16}/.test(text)) return body;
	try {
		return withoutDepths(JSON.parse(withQuotedNumbers(text)));
	} catch {
		// It is not JSON, but for example a form.
		return body;
	}
}

/** JSON with its long whole numbers as strings; numbers inside strings stay as they are. */
function withQuotedNumbers(json: string): string {
	const pieces: string[] = [];
	let at = 0;
	while (at < json.length) {
		const opening = json.indexOf('"', at);
		const end = opening < 0 ? json.length : opening;
		pieces.push(json.slice(at, end).replace(/-?\d[\d.eE+-]*/g, quoted));
		if (opening < 0) break;
		at = endOfText(json, opening);
		pieces.push(json.slice(opening, at));
	}
	return pieces.join('');
}

function quoted(number: string): string {
	return /^-?\d{16,}$/.test(number) ? `"${number}"` : number;
}

/** The position after the closing quotation mark of a string; one after an odd number of backslashes is escaped. */
function endOfText(json: string, opening: number): number {
	for (let mark = json.indexOf('"', opening + 1); mark >= 0; mark = json.indexOf('"', mark + 1)) {
		let slashes = 0;
		while (json[mark - 1 - slashes] === '\\') slashes++;
		if (slashes % 2 === 0) return mark + 1;
	}
	return json.length;
}
