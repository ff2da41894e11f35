import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONTENTS, pairsIn, translationsIn, writeMarks } from '../../scripts/docs/translationFiles';
import { shapeFaults } from '../../scripts/docs/translationShape';
import {
	behind,
	LANGUAGES,
	marked,
	outdated,
	type Pair,
	sectionsOf,
	waitingSections,
} from '../../scripts/docs/translations';
import { targetsOf } from './links';

const root = path.join(__dirname, '..', '..');
const docs = path.join(root, 'docs');
const pairs = pairsIn(docs);
const folders = Object.keys(LANGUAGES);
const release = { version: '1.2.3', date: '2026-01-31' };

const fileOf = ({ language, name }: Pair): string => `docs/${language}/${name}`;

/** What is wrong, and what to do about it; empty if nothing is. */
function report(pair: Pair, faults: string[]): string {
	if (faults.length === 0) return '';
	const file = fileOf(pair);
	return [
		`${file} is not what docs/${pair.name} says now:`,
		...faults.map((fault) => `- ${fault}`),
		`Translate it (git log -p docs/${pair.name} shows the change), then run: npm run docs -- --translated ${file}`,
		`Or leave it to a translator, and tell the readers: npm run docs -- --outdated ${file}`,
	].join('\n');
}

describe.each(pairs.map((pair) => [fileOf(pair), pair] as const))('%s', (_file, pair) => {
	it('follows the English page, or says where it does not', () => {
		expect(report(pair, behind(pair))).toBe('');
	});

	it('has the messages, code, labels, numbers, links and tables of the English page', () => {
		expect(report(pair, shapeFaults(pair, translationsIn(docs, pair.language)))).toBe('');
	});

	it('says which version it follows, and which page is right', () => {
		const [, , , line = ''] = pair.translation.split('\n');
		expect(line).toMatch(/ \d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)/);
		expect(targetsOf(line)).toEqual([`../${pair.name}`]);
	});
});

describe('the folders', () => {
	it.each(folders)('%s lists all of its pages, and is listed itself', (language) => {
		const names = [...translationsIn(docs, language).keys()];
		const contents = targetsOf(readFileSync(path.join(docs, language, CONTENTS), 'utf8'));
		expect(contents.filter((target) => !target.startsWith('../')).sort()).toEqual(names);
		const linking = ['README.md', 'docs/README.md'].map((name) => readFileSync(path.join(root, name), 'utf8'));
		expect(targetsOf(linking[0] ?? '')).toContain(`docs/${language}/${CONTENTS}`);
		expect(targetsOf(linking[1] ?? '')).toContain(`${language}/${CONTENTS}`);
	});

	it('have the same pages', () => {
		const [first, ...others] = folders.map((language) => [...translationsIn(docs, language).keys()]);
		expect(first).toEqual(['first-workflow.md', 'safe-sending.md', 'triggers.md', 'troubleshooting.md']);
		for (const names of others) expect(names).toEqual(first);
	});

	it('are all that there are', () => {
		const found = readdirSync(docs, { withFileTypes: true }).filter((entry) => entry.isDirectory());
		const languages = found.map(({ name }) => name).filter((name) => /^[a-z]{2}$/.test(name));
		expect(languages.sort()).toEqual([...folders].sort());
	});
});

const english = `# Sending

Wait 1,500 ms, see [files](other.md#files).

## Options

Open *Options* and set \`wait\`.

| Message | Meaning |
|---|---|
| \`no wait\` | Nothing was waited for at all. |

\`\`\`sh
# not a heading
\`\`\`

## Limits

1. Read [Options](#options).
`;

const translation = `# Отправка

Ждите 1\u00a0500 мс, см. [файлы](../other.md#files).

## Опции

Откройте *Options* и задайте \`wait\`.

| Ошибка | Значение |
|---|---|
| \`no wait\` | Никто ничего не ждал. |

\`\`\`sh
# not a heading
\`\`\`

## Пределы

1. Прочитайте [Опции](#опции).
`;

const unmarked: Pair = { name: 'sending.md', language: 'ru', english, translation };
const pair: Pair = { ...unmarked, translation: marked(unmarked, release) };

function withEnglish(before: string, after: string): Pair {
	expect(english).toContain(before);
	return { ...pair, english: english.replace(before, after) };
}

function withTranslation(before: string, after: string): Pair {
	expect(pair.translation).toContain(before);
	return { ...pair, translation: pair.translation.replace(before, after) };
}

const shapeOf = (of: Pair): string[] => shapeFaults(of, new Map([[of.name, of.translation]]));

describe('a translation', () => {
	it('is divided at its headings', () => {
		expect(sectionsOf(english).map(({ level, anchor, line }) => [level, anchor, line])).toEqual([
			[1, 'sending', 1],
			[2, 'options', 5],
			[2, 'limits', 17],
		]);
	});

	it('gets its marks, the version and the date, and nothing else', () => {
		expect(pair.translation).toMatch(
			/^# Отправка\n\n<!-- follows: #sending [0-9a-f]{8} -->\n\*Эта страница .* 1\.2\.3 \(2026-01-31\)\. .*\(\.\.\/sending\.md\)\.\*\n\nЖдите/,
		);
		expect(pair.translation).toMatch(/## Пределы\n\n<!-- follows: #limits [0-9a-f]{8} -->\n\n1\. Прочитайте/);
		const own = /^(<!--.*|\*Эта страница.*)\n/gm;
		expect(pair.translation.replace(own, '').replace(/\n{3,}/g, '\n\n')).toBe(translation);
		expect(behind(pair)).toEqual([]);
		expect(shapeOf(pair)).toEqual([]);
	});

	it('keeps the date while it follows the page', () => {
		expect(marked(pair, { version: '2.0.0', date: '2027-01-31' })).toBe(pair.translation);
	});

	it.each<[string, Pair, RegExp]>([
		[
			'a changed section',
			withEnglish('set `wait`', 'add `wait`'),
			/^"Options" .*line 5\) has changed, "Опции" in line/,
		],
		['a changed heading', withEnglish('## Limits', '## All limits'), /^"All limits" .* is not translated$/],
		['a changed level', withEnglish('## Limits', '### Limits'), /^"Limits" .* has changed/],
		['a changed table', withEnglish('waited for at all', 'waited for'), /^"Options" .* has changed/],
		['a changed block of code', withEnglish('# not a', '# no'), /^"Options" .* has changed/],
		[
			'a new section',
			withEnglish('## Limits', '## New\n\n## Limits'),
			/^"New" \(docs\/sending\.md, line 17\) is not/,
		],
		[
			'a heading without a mark',
			withTranslation('## Пределы', '## Ещё\n\n## Пределы'),
			/"Ещё" in line \d+ has no mark/,
		],
		[
			'a section that is gone',
			withEnglish('## Limits\n\n1. Read [Options](#options).\n', ''),
			/"Пределы" .*no longer/,
		],
		[
			'a section that is there twice',
			withTranslation('<!-- follows: #limits', '<!-- follows: #options'),
			/^"Options" .* is translated twice/,
		],
	])('has fallen behind with %s', (_what, fallen, fault) => {
		expect(behind(fallen).join('\n')).toMatch(new RegExp(fault.source, 'm'));
	});

	it('has its sections in the order of the English page', () => {
		const [first = '', ...others] = pair.translation.split(/^(?=## )/m);
		expect(behind({ ...pair, translation: [first, ...others.reverse()].join('\n') })).toEqual([
			'the sections are in another order',
		]);
	});

	it.each<[string, Pair, string[]]>([
		[
			'a message',
			withTranslation('no wait', 'no weight'),
			['code missing: `no wait`', 'code that is not in English: `no weight`'],
		],
		[
			'a row',
			withTranslation('| `no wait` | Никто ничего не ждал. |\n', ''),
			['code missing: `no wait`', 'table row missing: 2 cells'],
		],
		['a block of code', withTranslation('# not a heading\n', ''), ['code block missing', 'code block that is not']],
		[
			'a label',
			withTranslation('*Options*', '*Опции*'),
			['label missing: Options', 'label that is not in English'],
		],
		[
			'a number',
			withTranslation('1\u00a0500', '15\u00a0000'),
			['number missing: 1500', 'number that is not in English: 15000'],
		],
		[
			'a link',
			withTranslation('../other.md#files', '../other.md'),
			['link missing: other.md#files', 'link that is not in English: other.md'],
		],
		[
			'a link to another heading',
			withTranslation('(#опции)', '(#отправка)'),
			['link missing: sending.md#options', 'link that is not in English: sending.md#sending'],
		],
		[
			'a link past the translation',
			withTranslation('(#опции)', '(../sending.md#options)'),
			['link missing: sending.md#options', 'link that is not in English: sending.md instead of its translation'],
		],
		['a list', withTranslation('1. Проч', 'Проч'), ['list item missing: 1.']],
		[
			'a sentence',
			withTranslation('Никто ничего не ждал.', 'Nothing was waited for at all.'),
			['"Nothing was waited for at all." is still English'],
		],
	])('has to keep %s', (_what, changed, faults) => {
		const found = shapeOf(changed);
		expect(found).toHaveLength(faults.length);
		for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
	});

	it('keeps the order of messages, so that each has its own explanation', () => {
		const english = '# Limits\n\n| `too long` | A. |\n| `too short` | B. |\n\n- `one`\n- `two`\n';
		const of = { ...pair, english, translation: english };
		expect(shapeOf({ ...of, translation: marked(of, release) })).toEqual([]);
		for (const [before, after] of [
			['`too long` | A. |\n| `too short`', '`too short` | A. |\n| `too long`'],
			['- `one`\n- `two`', '- `two`\n- `one`'],
		] as const) {
			const translation = english.replace(before, after);
			expect(shapeOf({ ...of, translation: marked({ ...of, translation }, release) })).toEqual([
				expect.stringMatching(/another order$/),
			]);
		}
	});

	it('may say a number of a message again', () => {
		const english = '# Limits\n\n- `at most 12 answers`\n';
		const of: Pair = {
			...pair,
			english,
			translation: '# Пределы\n\n- `at most 12 answers`: не больше 12 ответов\n',
		};
		expect(shapeOf({ ...of, translation: marked(of, release) })).toEqual([]);
	});
});

describe('a translation that has to wait', () => {
	const changed = withEnglish('set `wait`', 'add `wait` and `more`');
	const waiting: Pair = { ...changed, translation: outdated(changed) };

	it('tells its readers where, and is no fault until then', () => {
		expect(behind(changed)).toHaveLength(1);
		expect(waiting.translation).toMatch(
			/## Опции\n\n<!-- follows: #options [0-9a-f]{8} -->\n\n> \*\*Этот раздел ещё не обновлён\.\*\* .*\(\.\.\/sending\.md#options\)\.\n\nОткройте/,
		);
		expect(waiting.translation.match(/^> /gm)).toHaveLength(1);
		expect([behind(waiting), shapeOf(waiting)]).toEqual([[], []]);
		expect([waitingSections(pair), waitingSections(waiting)]).toEqual([[], ['Опции']]);
		expect(outdated(waiting)).toBe(waiting.translation);
	});

	it('does so once the English page is as it was', () => {
		expect(behind({ ...waiting, english })).toEqual([
			expect.stringContaining('says it is not up to date, but it is'),
		]);
		expect(outdated({ ...waiting, english })).toBe(pair.translation);
	});

	it('loses the note when it is translated', () => {
		const done = { ...waiting, translation: waiting.translation.replace('`wait`', '`wait` и `more`') };
		const page = marked(done, release);
		expect(page).not.toContain('> ');
		expect([behind({ ...done, translation: page }), shapeOf({ ...done, translation: page })]).toEqual([[], []]);
	});

	it('gets the headings of new sections, where they are', () => {
		const added = withEnglish('## Limits', '## New\n\nText.\n\n## Limits');
		const page = outdated(added);
		expect(page).toMatch(/## New\n\n<!-- follows: #new 0{8} -->\n\n> .*\(\.\.\/sending\.md#new\)\.\n\n## Пределы/);
		expect(behind({ ...added, translation: page })).toEqual([]);
	});

	it('leaves it to a person what a section is that the English page lost', () => {
		expect(() => outdated(withEnglish('## Limits', '## All limits'))).toThrow(
			/docs\/ru\/sending\.md, line \d+: "Пределы" follows "#limits".*Remove the section, or write the new anchor/,
		);
	});
});

describe('the marks on disk', () => {
	let folder: string;
	beforeEach(() => {
		folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'translations-')));
		for (const language of folders) mkdirSync(path.join(folder, language));
		writeFileSync(path.join(folder, 'sending.md'), english);
		writeFileSync(path.join(folder, 'ru', 'sending.md'), translation);
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const page = (): string => readFileSync(path.join(folder, 'ru', 'sending.md'), 'utf8');

	it('are written once', () => {
		expect(writeMarks(folder, ['docs/ru/sending.md'], 'translated', '1.2.3')).toEqual(['docs/ru/sending.md']);
		expect(behind({ ...pair, translation: page() })).toEqual([]);
		expect(writeMarks(folder, ['./docs/ru/sending.md'], 'translated', '1.2.3')).toEqual([]);
	});

	it('are not written while something is missing', () => {
		const lacking = translation.replace('`no wait`', '');
		writeFileSync(path.join(folder, 'ru', 'sending.md'), lacking);
		expect(() => writeMarks(folder, ['docs/ru/sending.md'], 'translated', '1.2.3')).toThrow(
			/^Not written.*\ndocs\/ru\/sending\.md: "Опции" .*code missing: `no wait`$/,
		);
		writeFileSync(path.join(folder, 'ru', 'sending.md'), lacking.replace('## Пределы', ''));
		expect(() => writeMarks(folder, ['docs/ru/sending.md'], 'translated', '1.2.3')).toThrow(
			'docs/ru/sending.md has other headings than docs/sending.md: none where English has "## Limits" (line 17)',
		);
		expect(page()).not.toContain('follows');
	});

	it.each([
		['docs/ru/nothing.md', /There is no translation "docs\/ru\/nothing\.md"/],
		['docs/sending.md', /There is no translation/],
		['docs/xx/sending.md', /There is no translation/],
		['docs/constructor/sending.md', /There is no translation/],
		['docs/ru/README.md', /There is no translation/],
		['ru/sending.md', /Name a page such as docs\/ru\/triggers\.md/],
		['docs/ru/../sending.md', /There is no translation/],
	])('are refused for %s', (file, message) => {
		expect(() => writeMarks(folder, [file], 'translated', '1.2.3')).toThrow(message);
	});

	it('need an English page', () => {
		writeFileSync(path.join(folder, 'ru', 'alone.md'), translation);
		expect(() => writeMarks(folder, ['docs/ru/alone.md'], 'translated', '1.2.3')).toThrow(
			'docs/ru/alone.md has no English page: there is no docs/alone.md',
		);
	});
});
