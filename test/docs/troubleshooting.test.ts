import { readFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, partOf } from '../support/provider';
import { providers } from '../support/providers';
import { shownTexts } from './shownTexts';

const root = path.join(__dirname, '..', '..');
const texts = shownTexts(root, ['credentials', 'nodes']);

/** Where the messages are: one page for all providers, and on each provider's own page those that only it has. */
const shared = readFileSync(path.join(root, 'docs', 'troubleshooting.md'), 'utf8');
const pages = [
	shared,
	...providers.map((provider) => readFileSync(path.join(root, 'docs', `${folderOf(provider)}.md`), 'utf8')),
];

const excused = providers.flatMap(({ noMessages }) => partOf(noMessages) ?? []);

/** Files whose texts are no messages. */
const FILES_WITHOUT: Record<string, string> = {
	'nodes/shared/http/transport/multipart.ts': 'the headers of a body',
	'nodes/shared/messaging/accountRefusals.ts': 'what gateways say, and where that is from',
	'nodes/shared/messaging/response/page.ts': 'the page that asks for a response',
	'nodes/shared/messaging/response/language.ts': 'the page that asks for a response, in several languages',
	'nodes/shared/trigger/eventsDescription.ts': 'a description in the editor',
	'nodes/shared/trigger/options.ts': 'labels and descriptions in the editor',
	...Object.fromEntries(
		providers.map(({ type, name }) => [
			`nodes/${name}/${type.toLowerCase()}.capabilities.ts`,
			'what the provider can do, and where that is from',
		]),
	),
	...Object.fromEntries(excused.flatMap(({ files }) => Object.entries(files))),
};

/** Texts of the shared code that are not messages, by the reason. */
const NO_MESSAGES: Record<string, string[]> = {
	'a value of the output': ['not sent', 'partly sent'],
	'what keys are derived with': ['WhatsApp … Keys'],
	'part of another message': [
		'a person whose phone number WhatsApp hides',
		'choose another provider',
		'choose another way under File From or Send To',
		'send a file from a binary field to a group',
		'send a file to a group by its URL',
		'send a file from a binary field',
		'send a file by its URL',
		'check numbers',
		'wait for a response',
		'write to …',
		'send to a person',
		'… (required by …)',
		'a phone number',
		'broadcast list',
		'the file',
		'no address',
		'… not sent',
		'…. Nothing was changed.',
	],
	'told by n8n or luxon, and looked for': ['[object Date]', 'Invalid DateTime'],
	'told by other words: who stopped it knows, and a time-out names its seconds': [
		'the execution was stopped',
		'no response within the time limit',
	],
	'how far a run is, and what started nothing, in the log': ['…: … of … messages done', 'An event started nothing'],
	'a label in the editor': [
		"Leave empty to use the credential's default …",
		'Choose the provider of each trigger that leads here',
		'The providers whose messages are answered, each through the one that received it',
		'e.g. Hello, your order is on its way.',
		'Include the country code, for example 6281234567890',
		'Include the country codes and separate numbers with commas',
		'By ID',
		'API Key',
		'The … in the Credential',
		'Default Country in the credential',
	],
	'a defect of this package, which its own tests would find': [
		'The operation "…" has no request',
		'There is no way to send through',
		'The Markdown parser has no rule "…"',
		'The longest part must be a whole number of at least … characters',
	],
	'never shown': [
		"The server's response was not a websocket",
		'The wait was ended',
		'A link of … characters does not fit in a message of … characters',
	],
};

/** The words that stay the same, without the signs at the seams. */
function fixedWords(text: string): string {
	const parts = text.split('…').map((part) => part.replace(/^[\s"'`:;,.()]+|[\s"'`:;,.()]+$/g, ''));
	return JSON.stringify(parts.filter((part) => part !== ''));
}

/** The first cell of a table's row, if it holds messages: texts in backticks, with anything but a table's line between them. */
const ROW = /^\| (`.*?`(?: [^|`]*|, |<br>|`[^`]*`)*) \|/;

/** An entry of a list that is nothing but a message, and perhaps the line below it. */
const ENTRY = /^- (`[^`]+`(?:<br>`[^`]+`)*)$/;

/** The messages on the page. */
function messagesOnPage(page: string): string[] {
	const places = page.split('\n').map((line) => (ROW.exec(line) ?? ENTRY.exec(line))?.[1] ?? '');
	return places.flatMap((place) => [...place.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ''));
}

const written = pages.flatMap(messagesOnPage);
const inSource = new Set(texts.map(({ text }) => fixedWords(text)));
const onPage = new Set(written.map(fixedWords));
const noMessages = [NO_MESSAGES, ...excused.map((each) => each.texts)].flatMap((each) => Object.values(each).flat());

describe('the troubleshooting page', () => {
	it('reads as many messages as there are', () => {
		expect(texts.length).toBeGreaterThan(400);
		expect(written.length).toBeGreaterThan(300);
	});

	it('reads messages in tables and in lists', () => {
		const page = '| `a b`<br>`c` | x `y` |\n- `d`<br>`e`\n- `f`\n- `g` is not one\n';
		expect(messagesOnPage(page)).toEqual(['a b', 'c', 'd', 'e', 'f']);
	});

	it('explains a message in other words, or lists it', () => {
		expect(pages.filter((page) => page.includes('As it says'))).toEqual([]);
	});

	it('names no message that the nodes do not have', () => {
		expect(written.filter((message) => !inSource.has(fixedWords(message)))).toEqual([]);
	});

	it('names every message that the nodes have', () => {
		const without = new Set(noMessages.map(fixedWords));
		const missing = texts.filter(
			({ file, text }) =>
				!(file in FILES_WITHOUT) && !without.has(fixedWords(text)) && !onPage.has(fixedWords(text)),
		);
		expect(missing.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
	});

	it('excuses nothing that is not there', () => {
		const files = new Set(texts.map(({ file }) => file));
		const stale = [
			...noMessages.filter((text) => !inSource.has(fixedWords(text))),
			...Object.keys(FILES_WITHOUT).filter((file) => !files.has(file)),
		];
		expect(stale).toEqual([]);
	});
});
