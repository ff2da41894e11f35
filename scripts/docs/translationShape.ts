/** What stays the same in every language: code, messages, labels, numbers, links, tables. */
import path from 'node:path';
import { targetsOf } from '../../test/docs/links';
import { languageOf, type Pair, type Section, sectionsOf, translatedSectionsOf } from './translations';

const FENCE = /^(```|~~~)[^\n]*\n[\s\S]*?^\1/gm;

/** The parts of a text that a translator leaves alone, each under the name that a fault calls it by. */
type Shape = Record<'code block' | 'code' | 'label' | 'link' | 'table row' | 'list item' | 'number', string[]>;

/**
 * Where a translation has another shape than the English page, a sentence each. Sections that say they are not up to
 * date are left out; those that are not translated are not named here.
 *
 * @param translations all pages of the language by name, which links between them lead to
 */
export function shapeFaults(pair: Pair, translations: ReadonlyMap<string, string>): string[] {
	const { name, language, english, translation } = pair;
	const originals = new Map(sectionsOf(english).map((section) => [section.anchor, section]));
	return translatedSectionsOf(translation, languageOf(language)).flatMap((section) => {
		const original = originals.get(section.follows?.anchor ?? '');
		if (!original || section.isOutdated) return [];
		const there = shapeOf(original, (target) => englishTarget(target, name));
		const here = shapeOf(section, (target) => targetInEnglish(target, pair, translations));
		const names = Object.keys(there) as Array<keyof Shape>;
		const faults = names.flatMap((part) => differences(part, there[part], here[part], [original, section]));
		if (section.level !== original.level)
			faults.push(`it is a heading of level ${section.level}, not ${original.level}`);
		const [first, second] = [messagesOf(original), messagesOf(section)];
		if (faults.length === 0 && both(first, second).join() !== both(second, first).join())
			faults.push('its rows or list items are in another order');
		const untranslated = sentencesOf(original).filter((sentence) => sentencesOf(section).includes(sentence));
		faults.push(...untranslated.map((sentence) => `"${sentence.slice(0, 60)}" is still English`));
		return faults.map(
			(fault) => `"${section.heading}" (line ${section.line}, English line ${original.line}): ${fault}`,
		);
	});
}

/** Where a link of an English page leads, as seen from docs. */
function englishTarget(target: string, page: string): string {
	if (isElsewhere(target)) return target;
	const [file = '', anchor] = target.split('#');
	return withAnchor(file === '' ? page : path.posix.normalize(file), anchor);
}

/**
 * Where the English page links to instead of a link of its translation.
 *
 * @returns if there is no such place, a text that no English page has
 */
function targetInEnglish(target: string, { name, language }: Pair, translations: ReadonlyMap<string, string>): string {
	if (isElsewhere(target)) return target;
	const [file = '', anchor] = decodeURI(target).split('#');
	const place = file === '' ? `${language}/${name}` : path.posix.join(language, file);
	if (!place.startsWith(`${language}/`)) {
		return withAnchor(translations.has(place) ? `${place} instead of its translation` : place, anchor);
	}
	const page = place.slice(language.length + 1);
	if (anchor === undefined) return page;
	const sections = translatedSectionsOf(translations.get(page) ?? '', languageOf(language));
	const found = sections.find((section) => section.anchor === anchor);
	return withAnchor(page, found?.follows?.anchor ?? `${anchor}, which is not there`);
}

const isElsewhere = (target: string): boolean => /^\w+:/.test(target);

const withAnchor = (file: string, anchor?: string): string => (anchor === undefined ? file : `${file}#${anchor}`);

function shapeOf({ body }: Section, toTarget: (target: string) => string): Shape {
	const prose = body.replace(FENCE, '');
	const withoutCode = prose.replace(/`[^`\n]*`/g, '');
	const rows = prose.split('\n').filter((line) => /^\|(?!---)/.test(line));
	return {
		'code block': body.match(FENCE) ?? [],
		code: prose.match(/`[^`\n]*`/g) ?? [],
		label: [...withoutCode.replaceAll('**', '').matchAll(/\*([^*\n]+)\*/g)].map(([, label = '']) => label),
		link: targetsOf(prose).map(toTarget),
		'table row': rows.map((row) => `${cellsOf(row).length} cells`),
		'list item': prose.match(/^ *(?:-|\d+\.) /gm) ?? [],
		number: numbersIn(withoutCode.replace(/\]\([^)]*\)/g, ']')),
	};
}

/** What table rows and list items begin with, in order. */
function messagesOf({ body }: Section): string[] {
	return [...body.matchAll(/^(?:\| |- )(`[^`\n]+`(?:(?:<br>|, )`[^`\n]+`)*)/gm)].map(([, messages = '']) => messages);
}

const both = (first: string[], second: string[]): string[] => first.filter((each) => second.includes(each));

/** Without the signs between digits, which differ: 65,536, 65.536, or a space that does not break. */
function numbersIn(text: string): string[] {
	return (text.replace(/^ *\d+\. |n8n/gm, '').match(/\d+(?:[.,\u00a0]\d+)*/g) ?? []).map((number) =>
		number.replace(/\D/g, ''),
	);
}

/** Parts whose number counts; of the others it is enough that they are there, as a sentence may name one twice. */
const COUNTED: ReadonlySet<keyof Shape> = new Set(['code block', 'link', 'table row', 'list item']);

function differences(part: keyof Shape, there: string[], here: string[], sections: [Section, Section]): string[] {
	if (part === 'number') {
		// What a message says in numbers may be said again in its explanation.
		const [original, section] = sections.map(({ body }) => numbersIn(body));
		const missing = there.filter((number) => !section?.includes(number));
		const extra = here.filter((number) => !original?.includes(number));
		return [...named('number missing', missing), ...named('number that is not in English', extra)];
	}
	const isCounted = COUNTED.has(part);
	return [
		...named(`${part} missing`, without(there, here, isCounted)),
		...named(`${part} that is not in English`, without(here, there, isCounted)),
	];
}

/** What of the first list is not in the second one, or not as often. */
function without(from: string[], others: string[], isCounted: boolean): string[] {
	const left = [...others];
	return from.filter((each) => {
		const place = left.indexOf(each);
		if (place >= 0 && isCounted) left.splice(place, 1);
		return place < 0;
	});
}

function named(what: string, found: string[]): string[] {
	return [...new Set(found)].map((each) => `${what}: ${each.trim()}`);
}

const cellsOf = (row: string): string[] => row.split(/(?<!\\)\|/).slice(1, -1);

/** Lines and cells of at least four words that are not code, labels, links or quoted. */
function sentencesOf({ body }: Section): string[] {
	const lines = body.replace(FENCE, '').split('\n');
	const parts = lines.flatMap((line) => (line.startsWith('|') ? cellsOf(line) : [line]));
	return parts
		.map((part) => part.replace(/`[^`]*`|\*[^*]+\*|"[^"]*"|\[[^\]]*\]\([^)]*\)/g, '').trim())
		.filter((part) => (part.match(/\p{L}{2,}/gu) ?? []).length >= 4);
}
