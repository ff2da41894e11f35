/** The translated pages on disk. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shapeFaults } from './translationShape';
import { LANGUAGES, marked, outdated, type Pair } from './translations';

/** The page in a folder of translations that has no English one: it lists the others. */
export const CONTENTS = 'README.md';

/**
 * The translations of a language by name, such as `triggers.md`.
 *
 * @param docs the folder with the English pages
 */
export function translationsIn(docs: string, language: string): Map<string, string> {
	const folder = path.join(docs, language);
	const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== CONTENTS);
	return new Map(names.sort().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

/** Every translation with its English page. @throws Error if there is no English page of this name */
export function pairsIn(docs: string): Pair[] {
	return Object.keys(LANGUAGES).flatMap((language) =>
		[...translationsIn(docs, language)].map(([name, translation]) => {
			const english = readFileSync(path.join(docs, name), 'utf8');
			return { name, language, english, translation };
		}),
	);
}

/**
 * Writes the marks of translations: all of these pages, or none.
 *
 * @param files as the user names them, from the top of the repository: `docs/ru/triggers.md`
 * @param how `translated` if they follow the English pages as these are now, `outdated` if their readers have to wait
 * @param version of the package
 * @returns the files that changed
 * @throws Error if a file is not a translation, or if something of its English page is missing in it
 */
export function writeMarks(docs: string, files: string[], how: 'translated' | 'outdated', version: string): string[] {
	const date = new Date().toISOString().slice(0, 10);
	const pages = files.map((file) => {
		const pair = pairOf(docs, file);
		const page = how === 'translated' ? marked(pair, { version, date }) : outdated(pair);
		return { file, before: pair.translation, pair: { ...pair, translation: page } };
	});
	const faults = pages.flatMap(({ file, pair }) => {
		if (how === 'outdated') return [];
		const others = pages.filter(({ pair: { language } }) => language === pair.language);
		const marks = others.map(({ pair: { name, translation } }) => [name, translation] as const);
		const all = new Map([...translationsIn(docs, pair.language), ...marks]);
		return shapeFaults(pair, all).map((fault) => `${file}: ${fault}`);
	});
	if (faults.length > 0)
		throw new Error(`Not written, because a page differs from the English one:\n${faults.join('\n')}`);
	const changed = pages.filter(({ before, pair }) => before !== pair.translation);
	for (const { pair } of changed) writeFileSync(path.join(docs, pair.language, pair.name), pair.translation);
	return changed.map(({ file }) => file);
}

function pairOf(docs: string, file: string): Pair {
	const [top, language = '', name = '', ...rest] = path.posix.normalize(file).split('/');
	const isTranslation = top === 'docs' && rest.length === 0 && name.endsWith('.md') && name !== CONTENTS;
	if (!isTranslation || !Object.hasOwn(LANGUAGES, language) || !existsSync(path.join(docs, language, name)))
		throw new Error(`There is no translation "${file}". Name a page such as docs/ru/triggers.md`);
	if (!existsSync(path.join(docs, name))) throw new Error(`${file} has no English page: there is no docs/${name}`);
	const read = (page: string): string => readFileSync(path.join(docs, page), 'utf8');
	return { name, language, english: read(name), translation: read(path.join(language, name)) };
}
