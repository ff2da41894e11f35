/**
 * Guides in the users' languages, in a folder each below docs, and the version of the English page that they follow.
 *
 * Below each heading a translation has a mark: the section of the English page and a hash of what it said. When the
 * English section changes, the mark no longer fits. The mark is set by whoever translated the change, never by itself.
 */
import { createHash } from 'node:crypto';
import { anchorsOf } from '../../test/docs/links';

/** What a translation says about itself. `{…}` is filled in. */
interface Language {
	/** The line below the title: which version this is, and which page is right if they differ. */
	follows: string;
	/** The line in a section whose English text has changed since. */
	outdated: string;
}

/** By folder below docs. */
export const LANGUAGES: Record<string, Language> = {
	id: {
		follows:
			'*Halaman ini mengikuti halaman bahasa Inggris paket versi {version} ({date}). Kalau isinya berbeda, yang benar adalah [halaman bahasa Inggris]({page}).*',
		outdated: '> **Bagian ini belum diperbarui.** Yang benar adalah [halaman bahasa Inggris]({page}).',
	},
	ru: {
		follows:
			'*Эта страница соответствует английской для пакета версии {version} ({date}). Если они расходятся, верна [английская страница]({page}).*',
		outdated: '> **Этот раздел ещё не обновлён.** Верна [английская страница]({page}).',
	},
};

/** A heading and the text below it, up to the next heading of any level. */
export interface Section {
	/** Of the heading, as GitHub makes it. */
	anchor: string;
	heading: string;
	/** 1 for the title of the page. */
	level: number;
	/** The number of the heading's line, from 1. */
	line: number;
	body: string;
}

/** A section of a translation. Its body is without the lines that a program wrote. */
export interface TranslatedSection extends Section {
	/** The English section and its hash when it was translated; undefined without a mark. */
	follows?: { anchor: string; hash: string };
	/** Whether it tells its readers that the English section has changed. */
	isOutdated: boolean;
}

/** The sections of a page in order. */
export function sectionsOf(page: string): Section[] {
	const sections: Section[] = [];
	const anchors = [...anchorsOf(page)];
	let fence = '';
	page.split('\n').forEach((line, index) => {
		const [mark = ''] = /^(?:```|~~~)/.exec(line) ?? [];
		if (fence === '') fence = mark;
		else if (mark === fence) fence = '';
		const [, signs, heading] = (fence === '' && /^(#{1,6})\s+(.*?)\s*#*$/.exec(line)) || [];
		if (signs !== undefined && heading !== undefined) {
			const anchor = anchors[sections.length] ?? '';
			sections.push({ anchor, heading, level: signs.length, line: index + 1, body: '' });
		} else {
			const section = sections.at(-1);
			if (section) section.body += `${line}\n`;
		}
	});
	return sections.map((section) => ({ ...section, body: section.body.trim() }));
}

/** What a mark remembers of an English section: any change to its heading or text changes it. */
export function hashOf({ level, heading, body }: Section): string {
	return createHash('sha256').update(`${level} ${heading}\n${body}`).digest('hex').slice(0, 8);
}

const MARK = /^<!-- follows: #(\S+) ([0-9a-f]{8}) -->$/;

/** A line of {@link LANGUAGES} begins like this, whatever was filled in. */
const beginningOf = (line: string): string => line.slice(0, line.indexOf('{')).replace(/ \[.*$/, '');

/** The sections of a translation in order. */
export function translatedSectionsOf(page: string, { follows, outdated }: Language): TranslatedSection[] {
	return sectionsOf(page).map((section) => {
		const lines = section.body.split('\n');
		const [, anchor, hash] = MARK.exec(lines[0] ?? '') ?? [];
		const written = lines.filter(
			(line) =>
				!MARK.test(line) && !line.startsWith(beginningOf(follows)) && !line.startsWith(beginningOf(outdated)),
		);
		return {
			...section,
			body: written.join('\n').trim(),
			isOutdated: lines.some((line) => line.startsWith(beginningOf(outdated))),
			...(anchor !== undefined && hash !== undefined && { follows: { anchor, hash } }),
		};
	});
}

/** Two pages, and the names that they have: `triggers.md` in docs, and in the folder of the language. */
export interface Pair {
	name: string;
	language: string;
	english: string;
	translation: string;
}

/** @throws Error if docs has no folder for this language */
export function languageOf(folder: string): Language {
	const language = LANGUAGES[folder];
	if (!language)
		throw new Error(`docs has no folder for the language "${folder}": ${Object.keys(LANGUAGES).join(', ')}`);
	return language;
}

/**
 * Where a translation has fallen behind, a sentence each; none if it follows the English page or says where it does not.
 */
export function behind({ name, language, english, translation }: Pair): string[] {
	const sections = sectionsOf(english);
	const translated = translatedSectionsOf(translation, languageOf(language));
	const faults: string[] = [];
	for (const section of sections) {
		const where = `"${section.heading}" (docs/${name}, line ${section.line})`;
		const [found, another] = translated.filter(({ follows }) => follows?.anchor === section.anchor);
		if (!found) faults.push(`${where} is not translated`);
		else if (another) faults.push(`${where} is translated twice, in lines ${found.line} and ${another.line}`);
		else if (found.follows?.hash !== hashOf(section) && !found.isOutdated)
			faults.push(`${where} has changed, "${found.heading}" in line ${found.line} has not`);
		else if (found.follows?.hash === hashOf(section) && found.isOutdated)
			faults.push(`"${found.heading}" in line ${found.line} says it is not up to date, but it is`);
	}
	const anchors = new Set(sections.map(({ anchor }) => anchor));
	for (const { heading, line, follows } of translated) {
		if (!follows) faults.push(`"${heading}" in line ${line} has no mark`);
		else if (!anchors.has(follows.anchor))
			faults.push(
				`"${heading}" in line ${line} follows "#${follows.anchor}", which is no longer in docs/${name}`,
			);
	}
	const order = translated.flatMap(({ follows }) => follows?.anchor ?? []);
	const wanted = sections.map(({ anchor }) => anchor).filter((anchor) => order.includes(anchor));
	if (faults.length === 0 && order.join() !== wanted.join()) faults.push('the sections are in another order');
	return faults;
}

/** The headings of the sections in which a translation tells its readers that it has fallen behind. */
export function waitingSections({ language, translation }: Pair): string[] {
	const sections = translatedSectionsOf(translation, languageOf(language));
	return sections.filter(({ isOutdated }) => isOutdated).map(({ heading }) => heading);
}

/**
 * A translation with marks that say it follows the English page as it is now.
 *
 * @param release what the line below the title names
 * @throws Error if the headings differ: then something is not translated
 */
export function marked(pair: Pair, release: { version: string; date: string }): string {
	const { name, language, english, translation } = pair;
	const { follows } = languageOf(language);
	const sections = sectionsOf(english);
	const translated = translatedSectionsOf(translation, languageOf(language));
	const length = Math.max(sections.length, translated.length);
	for (let index = 0; index < length; index++) {
		const [there, here] = [sections[index], translated[index]];
		if (there?.level === here?.level) continue;
		throw new Error(
			`docs/${language}/${name} has other headings than docs/${name}: ${shown(here)} where English has ${shown(there)}`,
		);
	}
	if (behind(pair).length === 0 && translated.every(({ isOutdated }) => !isOutdated)) return translation;
	return written(
		translated.map((section, index) => {
			const original = sections[index] ?? section;
			const line = index === 0 ? [filled(follows, { ...release, page: `../${name}` })] : [];
			return { ...section, lines: [markOf(original.anchor, hashOf(original)), ...line] };
		}),
	);
}

/**
 * A translation that says in each section that has fallen behind that the English page is right. Sections that are new
 * get their English heading.
 *
 * @throws Error if a section follows one that is no longer in the English page: whether it was renamed or removed is for a person to say
 */
export function outdated({ name, language, english, translation }: Pair): string {
	const { follows, outdated: note } = languageOf(language);
	const sections = sectionsOf(english);
	const translated = translatedSectionsOf(translation, languageOf(language));
	const titleLine = translation.split('\n').find((line) => line.startsWith(beginningOf(follows))) ?? '';
	const stray = translated.find(({ follows: from }) => !sections.some(({ anchor }) => anchor === from?.anchor));
	if (stray) {
		throw new Error(
			`docs/${language}/${name}, line ${stray.line}: "${stray.heading}" follows "#${stray.follows?.anchor ?? ''}", which is not in docs/${name}. Remove the section, or write the new anchor into its mark`,
		);
	}
	return written(
		sections.map((section, index) => {
			const found = translated.find(({ follows: from }) => from?.anchor === section.anchor);
			const isBehind = found?.follows?.hash !== hashOf(section);
			const lines = [
				markOf(section.anchor, found?.follows?.hash ?? '0'.repeat(8)),
				...(index === 0 ? [titleLine] : []),
				...(isBehind ? ['', filled(note, { page: `../${name}#${section.anchor}` })] : []),
			];
			return { ...(found ?? { ...section, body: '' }), lines };
		}),
	);
}

const shown = (section?: Section): string =>
	section ? `"${'#'.repeat(section.level)} ${section.heading}" (line ${section.line})` : 'none';

const markOf = (anchor: string, hash: string): string => `<!-- follows: #${anchor} ${hash} -->`;

const filled = (line: string, values: Record<string, string>): string =>
	line.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');

/** The page of sections, each with the lines of its own below the heading. */
function written(sections: Array<Section & { lines: string[] }>): string {
	const texts = sections.map(({ level, heading, lines, body }) =>
		[`${'#'.repeat(level)} ${heading}`, lines.join('\n'), body].filter((part) => part !== '').join('\n\n'),
	);
	return `${texts.join('\n\n')}\n`;
}
