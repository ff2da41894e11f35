/** What WhatsApp can show of a text's style, besides code. */
export type Style = 'bold' | 'italic' | 'strike';

/** A piece of a text that is not styled itself. */
export interface TextPart {
	/** A link is an address that stays as it is. */
	kind: 'text' | 'code' | 'link';
	text: string;
}

/** Where a style begins. */
export interface OpenPart {
	kind: 'open';
	style: Style;
}

/** Where a style ends. */
export interface ClosePart {
	kind: 'close';
	style: Style;
}

/** A text with styles, as a list. Styles are nested: what opens last closes first. */
export type Part = TextPart | OpenPart | ClosePart | { kind: 'break' };

/** A part of a line. */
export type LinePart = TextPart | OpenPart | ClosePart;

/** The text alone, line breaks as spaces. */
export function plainText(parts: readonly Part[]): string {
	return parts.map((part) => ('text' in part ? part.text : part.kind === 'break' ? ' ' : '')).join('');
}

/** The same parts in a style. */
export function styled(style: Style, parts: readonly Part[]): Part[] {
	return [{ kind: 'open', style }, ...parts, { kind: 'close', style }];
}

/**
 * The lines of a text. A style that goes over the end of a line is closed there and opened again in the next, since WhatsApp
 * shows it within a line only; a style inside itself is open once.
 */
export function linesOf(parts: readonly Part[]): LinePart[][] {
	const lines: LinePart[][] = [[]];
	const depths: Record<Style, number> = { bold: 0, italic: 0, strike: 0 };
	const open: Style[] = [];
	for (const part of parts) {
		const line = lines.at(-1) ?? [];
		if (part.kind === 'break') {
			line.push(...open.toReversed().map((style) => ({ kind: 'close' as const, style })));
			lines.push(open.map((style) => ({ kind: 'open', style })));
		} else if (part.kind === 'open') {
			if (depths[part.style]++ > 0) continue;
			open.push(part.style);
			line.push(part);
		} else if (part.kind === 'close') {
			if (--depths[part.style] > 0) continue;
			open.pop();
			line.push(part);
		} else {
			line.push(part);
		}
	}
	return lines;
}
