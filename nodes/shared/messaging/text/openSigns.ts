import { canComeAfter, canComeBefore, characterAt, characterBefore, isSpace } from './characters';
import type { TextRange } from './links';

/** Something that WhatsApp formats, by the places of its two signs. */
interface Format {
	sign: string;
	start: number;
	end: number;
}

/** The places at which a sign can end formatting, in order, and how many of them were passed. */
interface Ends {
	places: number[];
	passed: number;
}

/**
 * Which of WhatsApp's signs are open at each place of a text, the outer ones first: before the `b` of `*a _b_*` it is `*_`.
 * The time is linear.
 *
 * @param fixed links and blocks of code, in which there are no signs; in order
 * @returns by place; undefined where none is open
 */
export function openSigns(text: string, fixed: readonly TextRange[]): ReadonlyArray<string | undefined> {
	const open: Array<string | undefined> = [];
	for (const { sign, start, end } of formatsIn(text, fixed)) {
		const signs = (open[start] ?? '') + sign;
		for (let at = start + 1; at <= end; at++) open[at] = signs;
	}
	return open;
}

/** What WhatsApp formats, the outer before the inner: a sign counts together with the next of its kind that can end it. */
function formatsIn(text: string, fixed: readonly TextRange[]): Format[] {
	const places = signsIn(text, fixed);
	const ends = endsBySign(text, places);
	const formats: Format[] = [];
	let around: Format[] = [];
	let lineEnd = -1;
	for (const start of places) {
		if (lineEnd < start) lineEnd = lineEndAt(text, start);
		around = around.filter(({ end }) => end >= start);
		const sign = text.charAt(start);
		const isTaken = around.some((outer) => outer.sign === sign || outer.sign === '`');
		if (isTaken || !canBegin(text, start)) continue;
		const end = nextEnd(ends.get(sign), start + 1);
		if (end >= (around.at(-1)?.end ?? lineEnd)) continue;
		const format = { sign, start, end };
		formats.push(format);
		around.push(format);
	}
	return formats;
}

function signsIn(text: string, fixed: readonly TextRange[]): number[] {
	const places: number[] = [];
	let range = 0;
	for (const { index } of text.matchAll(/[`*_~]/g)) {
		while ((fixed[range]?.end ?? Infinity) <= index) range++;
		if ((fixed[range]?.start ?? Infinity) > index) places.push(index);
	}
	return places;
}

function endsBySign(text: string, places: readonly number[]): Map<string, Ends> {
	const ends = new Map<string, Ends>();
	for (const at of places) {
		if (isSpace(text.charAt(at - 1)) || !canComeAfter(characterAt(text, at + 1))) continue;
		const sign = text.charAt(at);
		const known = ends.get(sign) ?? { places: [], passed: 0 };
		known.places.push(at);
		ends.set(sign, known);
	}
	return ends;
}

/** The first place after this one; the places that are asked for only grow. */
function nextEnd(ends: Ends | undefined, after: number): number {
	if (!ends) return Infinity;
	while ((ends.places[ends.passed] ?? Infinity) <= after) ends.passed++;
	return ends.places[ends.passed] ?? Infinity;
}

function canBegin(text: string, at: number): boolean {
	return canComeBefore(characterBefore(text, at)) && !isSpace(characterAt(text, at + 1));
}

function lineEndAt(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	return end < 0 ? text.length : end;
}
