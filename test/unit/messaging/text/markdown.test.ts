import { markdownToPlain, markdownToWhatsApp } from '../../../../nodes/shared/messaging/text/markdown';
import { processorMs } from '../../../support/processorTime';

/** The invisible sign that keeps WhatsApp from formatting, as one that can be read. */
const shown = (text: string): string => markdownToWhatsApp(text).replaceAll('\u2060', '¦');
const lines = (...text: string[]): string => text.join('\n');

describe('formatting', () => {
	it.each([
		['**bold** __bold__', '*bold* *bold*'],
		['*italic* _italic_', '_italic_ _italic_'],
		['~~gone~~', '~gone~'],
		['***both***', '_*both*_'],
		['**bold *both***', '*bold _both_*'],
		['**Note:** (**yes**), "**no**"', '*Note:* (*yes*), "*no*"'],
		['`code *not bold*`', '`code *not bold*`'],
		['``a`b``', 'a`b'],
		['**bold [with](https://x.y) link**', '*bold with (https://x.y) link*'],
		['**two\nlines**', '*two*\n*lines*'],
		['**שלום** و**مرحبا**', '*שלום* ومرحبا'],
	])('%s', (markdown, expected) => {
		expect(shown(markdown)).toBe(expected);
	});

	it.each([
		['foo**bar**baz', 'foobarbaz'],
		['这是**重要**的', '这是重要的'],
		['foo`bar`baz', 'foobarbaz'],
		['**a\\* b**', 'a* b'],
	])('is left out where WhatsApp would not show it, or not whole: %s', (markdown, expected) => {
		expect(shown(markdown)).toBe(expected);
	});

	it.each([
		['\\*stars\\*', '¦*stars*'],
		['\\_lines\\_ and \\~waves\\~', '¦_lines_ and ¦~waves~'],
		['\\`ticks\\`', '¦`ticks`'],
		['&#42;stars&#42;', '¦*stars*'],
		['\\- none', '¦- none'],
		['\\> none', '¦> none'],
		['1986\\. A year', '¦1986. A year'],
		['Since\n2020. A year', 'Since\n¦2020. A year'],
	])('does not come from signs that are none: %s', (markdown, expected) => {
		expect(shown(markdown)).toBe(expected);
	});

	it.each(['2 * 3 * 4', 'snake_case_name', '5* hotel', '~100', "it's 5 > 4", '#hashtag', 'x^2'])(
		'leaves alone what WhatsApp leaves alone: %s',
		(text) => {
			expect(shown(text)).toBe(text);
		},
	);
});

describe('blocks', () => {
	it('turns headings into bold lines', () => {
		expect(shown('# One **bold**\n\nTwo\n---\n### Three `code`')).toBe('*One bold*\n\n*Two*\n\n*Three `code`*');
	});

	it('keeps lists, their numbers and their levels', () => {
		expect(shown('- a\n  - b\n    1. c\n- d')).toBe('- a\n    ◦ b\n        1. c\n- d');
		expect(shown('5. five\n6. six')).toBe('5. five\n6. six');
		expect(shown('* a\n\n* b')).toBe('- a\n\n- b');
	});

	it('keeps tasks', () => {
		expect(shown('- [ ] open\n- [x] **done**')).toBe('☐ open\n☑ *done*');
	});

	it('keeps quotes, as one level', () => {
		expect(shown('> a **b**\n> c\n> > d')).toBe('> a *b*\n> c\n>\n> d');
	});

	it('keeps code, without its language', () => {
		expect(shown('```js\nlet *a* = 1;\n\n  b();\n```')).toBe('```\nlet *a* = 1;\n\n  b();\n```');
		expect(shown('1. do\n   ```\n   code\n   ```')).toBe('1. do\n```\ncode\n```');
		expect(shown('> ```\n> code\n> ```')).toBe('> `code`');
	});

	it('shows a table of two columns side by side', () => {
		expect(shown('| Item | Price |\n|---|--:|\n| Tea | 5 |\n| Coffee \\| Latte | **7** |')).toBe(
			lines('*Item* | *Price*', 'Tea | 5', 'Coffee | Latte | *7*'),
		);
	});

	it('shows a larger table as one line for each cell, cells without a header included', () => {
		expect(shown('| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 | 4 |\n| 5 | | 6 |')).toBe(
			lines('*A:* 1', '*B:* 2', '*C:* 3 | 4', '', '*A:* 5', '*B:*', '*C:* 6'),
		);
	});

	it('draws a rule, and keeps line breaks', () => {
		expect(shown('a\nb  \nc\\\nd\r\ne\n\n---\n\nf')).toBe('a\nb\nc\nd\ne\n\n──────────\n\nf');
	});
});

describe('links', () => {
	it.each([
		['[text](https://x.y/a_b)', 'text (https://x.y/a_b)'],
		['[text](https://x.y "title")', 'text (https://x.y)'],
		['[https://x.y](https://x.y)', 'https://x.y'],
		['[x.y](https://x.y/)', 'https://x.y/'],
		['<https://x.y/_a_>', 'https://x.y/_a_'],
		['[Mail](mailto:a@b.co), <c@d.co>', 'Mail (a@b.co), c@d.co'],
		['![a cat](https://x.y/cat.png)', 'a cat (https://x.y/cat.png)'],
		['![](https://x.y/cat.png)', 'https://x.y/cat.png'],
		['[![cat](https://x.y/c.png)](https://x.y)', 'cat (https://x.y/c.png) (https://x.y)'],
		['**https://x.y**', 'https://x.y'],
		['**see https://x.y**', '*see* https://x.y'],
		['[a][1]\n\n[1]: https://x.y', 'a (https://x.y)'],
		['text\n\n[1]: https://x.y', 'text\n\n[1]: https://x.y'],
		['claim[^1]\n\n[^1]: source', 'claim[^1]\n\n[^1]: source'],
	])('%s', (markdown, expected) => {
		expect(shown(markdown)).toBe(expected);
	});

	it.each([
		'https://x.y/_a_/b__c__?q=*d*&e=~~f~~',
		'www.example.com/_path_/a*b*',
		'(https://x.y/a_(b)_c)',
		'http://ü.de/ä%20b',
	])('stay as they are: %s', (text) => {
		expect(shown(text)).toBe(text);
	});
});

describe('HTML', () => {
	it.each([
		['one<br>two<br/>three', 'one\ntwo\nthree'],
		['<b>bold</b> <i>italic</i> <del>gone</del>', '*bold* _italic_ ~gone~'],
		['<code>a_b</code> <u>under</u>', '`a_b` under'],
		['<a href="https://x.y">text</a>', 'text (https://x.y)'],
		['<div>one</div><div>two</div>', 'one\ntwo'],
		['<unknown> and <b>no end', '<unknown> and <b>no end'],
		['a < b &amp;&amp; c &gt; d &lt;b&gt;', 'a < b && c > d <b>'],
		['m<sup>2</sup> H<sub>2</sub>O <!-- hidden -->', 'm^2 H2O'],
		['<b>crossed <i>tags</b></i>', '*crossed <i>tags*</i>'],
	])('%s', (markdown, expected) => {
		expect(shown(markdown)).toBe(expected);
	});
});

describe('text without formatting', () => {
	it('has ASCII signs alone, so that an SMS holds 160 characters', () => {
		const text =
			'# Title\n\n- **a**\n  - `b`\n- [x] c\n\n---\n\n> d\n\n```\ne_f\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |';
		const plain = markdownToPlain(text);
		expect(plain).toBe(
			lines(
				...[
					'Title',
					'',
					'- a',
					'    - b',
					'[x] c',
					'',
					'----------',
					'',
					'> d',
					'',
					'e_f',
					'',
					'A | B',
					'1 | 2',
				],
			),
		);
		expect(plain).toMatch(/^[\n\x20-\x7e]*$/);
	});

	it('keeps signs as they are', () => {
		expect(markdownToPlain('\\*a\\* \\- 1\\. https://x.y/_a_')).toBe('*a* - 1. https://x.y/_a_');
	});
});

it('keeps emoji, joiners and directions byte for byte', () => {
	const text = '👩‍👩‍👧 🇮🇩 ❤️ e\u0301 \u200fשלום\u200e می‌خواهم a\u00a0b \u2060';
	expect(markdownToWhatsApp(text)).toBe(text.trim());
	expect(markdownToPlain(text)).toBe(text.trim());
});

it.each(['', ' \n ', '<!-- nothing -->', '```\n```'])('makes nothing of nothing: %j', (text) => {
	expect(markdownToWhatsApp(text)).toBe('');
	expect(markdownToPlain(text)).toBe('');
});

it('keeps what is nested deeper than anybody writes', () => {
	expect(markdownToWhatsApp(`${'> '.repeat(500)}deep`)).toMatch(/deep$/);
	expect(markdownToWhatsApp(`${'- '.repeat(500)}deep`)).toMatch(/deep$/);
	expect(markdownToWhatsApp(`${'['.repeat(500)}deep`)).toMatch(/deep$/);
});

describe('a hostile text of 100 KB', () => {
	const SIZE = 100_000;
	/** Linear work takes a fraction of a second on an idle machine; quadratic work takes minutes. */
	const QUADRATIC_MS = 10_000;
	const filled = (...pieces: string[]): string =>
		pieces.map((piece) => piece.repeat(Math.ceil(SIZE / pieces.length / piece.length))).join('');

	it.each([
		...[
			'>',
			'> ',
			'> a\n',
			'- ',
			'*',
			'**a',
			'*a ',
			'_a_ ',
			'~~a ',
			'[',
			'![',
			'[a](',
			'`',
			'`a',
			'<',
			'<a ',
			'<b>',
			'<!--',
		],
		...[
			'&',
			'&amp;',
			'\\',
			'\\*',
			'http://',
			'www.',
			'https://x.y/_a_ ',
			'[a]: b\n',
			'# **a** b\n',
			'**a\nb',
			'```\n',
			'\n',
		],
		...['- a\n\n', 'a\n=\n', '<b></i>', '<code>', '[a]', '| a | b | c |\n'],
	])('is not read in quadratic time: %j again and again', async (piece) => {
		await expectFast(filled(piece));
	});

	it.each([
		['emphasis', filled('*a ', 'b* ')],
		['strong emphasis', filled('**a *b ', 'c* d** ')],
		['tags', filled('<b>', '</b>')],
		['code tags', filled('<code>', '</code>')],
		['lists', Array.from({ length: 440 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n')],
		['runs of backticks', Array.from({ length: 440 }, (_, length) => '`'.repeat(length)).join(' a ')],
		['a wide table', `${'|a'.repeat(300)}\n${'|-'.repeat(300)}\n${'|b\n'.repeat(30_000)}`],
		['a long table', `|a|b|c|\n|-|-|-|\n${filled('|b|c|d|\n')}`],
		['brackets in a link', `https://x.y/${filled('(')}`],
	])('is not read in quadratic time: %s', async (_what, text) => {
		await expectFast(text);
	});

	async function expectFast(text: string): Promise<void> {
		let written = '';
		expect(await processorMs(() => (written = markdownToWhatsApp(text)))).toBeLessThan(QUADRATIC_MS);
		expect(written.length).toBeLessThan(4 * SIZE);
	}
});
