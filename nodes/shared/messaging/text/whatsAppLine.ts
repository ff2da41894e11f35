import { canComeAfter, canComeBefore, characterAt, characterBefore, isSpace, isWord, WORD_JOINER } from './characters';
import { findLinks } from './links';
import { type LinePart, plainText, type Style, type TextPart } from './parts';

/** Signs with which WhatsApp formats a text (https://faq.whatsapp.com/539178204879377). */
const STYLE_SIGNS: Readonly<Record<Style, string>> = { bold: '*', italic: '_', strike: '~' };
const CODE_SIGN = '`';
const SIGNS = [...Object.values(STYLE_SIGNS), CODE_SIGN];

/** What WhatsApp makes a list or a quote of, at the start of a line. */
const LINE_START = /^(?:>|[-*] |\d{1,9}\. )/;

/** A stretch of a line with a sign on each side. */
interface Span {
	sign: string;
	start: number;
	end: number;
}

/**
 * Writes a line in WhatsApp's format. WhatsApp has no way to escape a sign, so
 *
 * - a style is left out where WhatsApp would not show it (inside a word), or would end it too early (its sign is in its text);
 * - a sign that is none, but that WhatsApp would take for one, gets an invisible word joiner before it;
 * - links stay as they are, and no sign touches one.
 *
 * WhatsApp does not publish where formatting begins and ends. The rules here are on the safe side of those that the Matrix
 * bridge reads messages with (https://github.com/mautrix/whatsapp): it begins at the start of a line, after a space or another
 * sign, and ends before anything but a Latin letter or a digit.
 */
export function whatsAppLine(parts: readonly LinePart[]): string {
	return isPlain(parts) ? plainText(parts) : new Line(parts).write();
}

/** Whether there is nothing to write or to keep from being formatting, which is so for most lines. */
function isPlain(parts: readonly LinePart[]): boolean {
	return (
		parts.every((part) => part.kind === 'text' && !/[*_~`]/.test(part.text)) && !LINE_START.test(plainText(parts))
	);
}

class Line {
	/** What a reader sees. */
	private text = '';
	/** For each character what it belongs to: links and code do not change. */
	private readonly kinds: Array<TextPart['kind']> = [];
	/** What is written, the outer before the inner ones. */
	private readonly spans: Span[] = [];
	/** Where signs may be written. */
	private readonly edges = new Set<number>();
	/** For each sign: how many places at which it could end formatting come before each place. */
	private readonly ends = new Map(SIGNS.map((sign) => [sign, [0]]));
	/** For each sign: the last place at which it could end formatting. */
	private readonly lastEnd = new Map<string, number>();

	constructor(parts: readonly LinePart[]) {
		const styles: Span[] = [];
		const codes: Span[] = [];
		const open: Span[] = [];
		for (const part of parts) {
			const start = this.text.length;
			if (part.kind === 'open') {
				const span = { sign: STYLE_SIGNS[part.style], start, end: start };
				open.push(span);
				styles.push(span);
			} else if (part.kind === 'close') {
				const span = open.pop();
				if (span) span.end = start;
			} else {
				this.append(part);
				if (part.kind === 'code') codes.push({ sign: CODE_SIGN, start, end: this.text.length });
			}
		}
		for (const span of [...styles, ...codes]) this.shrink(span);
		this.findEnds();
		for (const span of styles) this.addStyle(span);
		for (const span of codes) this.addCode(span);
	}

	write(): string {
		const { before, after } = this.signsByPlace();
		let written = LINE_START.test(this.text) && !before.has(0) ? WORD_JOINER : '';
		for (let at = 0; at <= this.text.length; at++) {
			const signs = (after.get(at) ?? '') + (before.get(at) ?? '');
			const isTaken = this.kinds[at] === 'text' && this.wouldBegin(at, signs !== '');
			written += signs + (isTaken ? WORD_JOINER : '') + this.text.charAt(at);
		}
		return written;
	}

	private append({ kind, text }: TextPart): void {
		const start = this.text.length;
		this.text += text;
		for (let at = start; at < this.text.length; at++) this.kinds.push(kind);
		if (kind !== 'text') return;
		for (const link of findLinks(text)) this.kinds.fill('link', start + link.start, start + link.end);
	}

	private findEnds(): void {
		for (let at = 0; at < this.text.length; at++) {
			const character = this.text.charAt(at);
			for (const [sign, counts] of this.ends) {
				const isEnd = character === sign && this.couldEnd(at);
				counts.push((counts[at] ?? 0) + (isEnd ? 1 : 0));
				if (isEnd) this.lastEnd.set(sign, at);
			}
		}
	}

	/** After a space as well, since a word joiner may come between. */
	private couldEnd(at: number): boolean {
		if (this.edges.has(at + 1)) return true;
		const after = this.text.charAt(at + 1);
		const isAlone = !this.edges.has(at) && isSpace(this.text.charAt(at - 1)) && isSpace(after);
		return !isAlone && !/[a-z0-9]/i.test(after);
	}

	private wouldBegin(at: number, isAfterSign: boolean): boolean {
		const sign = this.text.charAt(at);
		if (!this.ends.has(sign)) return false;
		// Three of them are code inside words as well, and over the ends of lines.
		if (sign === CODE_SIGN && this.text.charAt(at - 1) === CODE_SIGN) return true;
		const canBegin = isAfterSign || !isWord(characterBefore(this.text, at));
		return canBegin && !isSpace(this.text.charAt(at + 1)) && (this.lastEnd.get(sign) ?? -1) > at;
	}

	/** Leaves out the spaces at the ends of a span, and the links at those of a style: a sign would become a part of them. */
	private shrink(span: Span): void {
		const isOutside = (at: number): boolean =>
			isSpace(this.text.charAt(at)) || (span.sign !== CODE_SIGN && this.kinds[at] === 'link');
		while (span.start < span.end && isOutside(span.start)) span.start++;
		while (span.end > span.start && isOutside(span.end - 1)) span.end--;
		this.edges.add(span.start).add(span.end);
	}

	private addStyle(span: Span): void {
		const ends = this.ends.get(span.sign) ?? [];
		if (ends[span.end] === ends[span.start] && this.isShown(span)) this.add(span);
	}

	private addCode(span: Span): void {
		const { start, end } = span;
		const code = this.text.slice(start, end);
		if (code.includes(CODE_SIGN)) span.sign = CODE_SIGN.repeat(3);
		if (!code.includes(CODE_SIGN.repeat(3)) && this.isShown(span)) this.add(span);
		else this.kinds.fill('text', start, end);
	}

	/** Whether WhatsApp would show it: there is a text, at the ends of words, and no other sign of its kind beside its own. */
	private isShown({ sign, start, end }: Span): boolean {
		const isDoubled = [start - 1, start, end - 1, end].some((at) => sign.charAt(0) === this.text.charAt(at));
		const isAtWords = canComeBefore(characterBefore(this.text, start)) && canComeAfter(characterAt(this.text, end));
		return start < end && !isDoubled && isAtWords;
	}

	private add(span: Span): void {
		this.spans.push(span);
		const sign = span.sign.charAt(0);
		this.lastEnd.set(sign, Math.max(this.lastEnd.get(sign) ?? -1, span.end));
	}

	/** The signs of spans that begin before, and that end after, each place. */
	private signsByPlace(): { before: Map<number, string>; after: Map<number, string> } {
		const before = new Map<number, string>();
		const after = new Map<number, string>();
		for (const { sign, start, end } of this.spans) {
			before.set(start, (before.get(start) ?? '') + sign);
			after.set(end, sign + (after.get(end) ?? ''));
		}
		return { before, after };
	}
}
