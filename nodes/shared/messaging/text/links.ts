/** A stretch of a text: from its first character to the one after its last. */
export interface TextRange {
	start: number;
	end: number;
}

/** How a link begins that WhatsApp makes tappable. */
const START = /(?:https?|ftp):\/\/|www\./gi;

/** Characters that no link has, as people and Markdown write them. */
const END = /[\s<>"`\\|{}^\u2060]/;

/** Signs at the end of a link that belong to the sentence or to formatting. */
const TRAILING = '.,:;!?*_~\'"';

/**
 * Finds the links in a text, in order. Signs after a link that belong to the sentence are left out, and so is a bracket that
 * was opened before it. The time is linear.
 */
export function findLinks(text: string): TextRange[] {
	const links: TextRange[] = [];
	START.lastIndex = 0;
	for (let found = START.exec(text); found; found = START.exec(text)) {
		const body = found.index + found[0].length;
		const end = withoutTrailingSigns(text, body, endOf(text, body));
		if (end > body && !isInWord(text, found.index)) links.push({ start: found.index, end });
		START.lastIndex = Math.max(body, end);
	}
	return links;
}

/** A link may follow a sign or a letter of a script that has no spaces, but "awww." is no link. */
function isInWord(text: string, start: number): boolean {
	return start > 0 && /[a-z0-9]/i.test(text.charAt(start - 1));
}

function endOf(text: string, from: number): number {
	let round = 0;
	let square = 0;
	let at = from;
	for (; at < text.length; at++) {
		const character = text.charAt(at);
		if (END.test(character)) return at;
		if (character === '(') round++;
		if (character === '[') square++;
		if (character === ')' && --round < 0) return at;
		if (character === ']' && --square < 0) return at;
	}
	return at;
}

function withoutTrailingSigns(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && TRAILING.includes(text.charAt(at - 1))) at--;
	return at;
}
