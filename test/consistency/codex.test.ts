/** By which words the nodes panel finds a node, and where its Docs button leads. */
import type { INodeType } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ProviderCredential, providers } from '../support/providers';
import { routingNode } from './nodes';

interface Codex {
	alias: string[];
	resources: Record<'credentialDocumentation' | 'primaryDocumentation', Array<{ url: string }>>;
}

const listed = [
	...providers.map(({ node, trigger, credentials }) => ({ sources: [node, trigger], credentials })),
	// It has the credentials of all providers, and leads to none of them.
	{ sources: [routingNode], credentials: {} },
];

const nodes = listed.flatMap(({ sources, credentials }) => {
	const types = sources.map((source) => (typeof source === 'function' ? new source() : source) as INodeType);
	const folder = types[0]?.constructor.name ?? '';
	const links = Object.values<ProviderCredential>(credentials).map(
		({ source }) => (typeof source === 'function' ? new source() : source).documentationUrl,
	);
	return types.map((type) => {
		const file = path.join(__dirname, '..', '..', 'nodes', folder, `${type.constructor.name}.node.json`);
		const { alias, resources } = JSON.parse(readFileSync(file, 'utf8')) as Codex;
		return { name: type.description.displayName, properties: type.description.properties, alias, resources, links };
	});
});

/** A word that people search for, and what shows in a panel that the node has to do with it. */
const WORDS: Array<[word: string, shown: RegExp]> = [
	['otp', /\bOTP\b/],
	['qr', /\bQR code\b/i],
	['sms', /\bSMS\b/],
	['telegram', /\bTelegram\b/],
];

const has = (alias: string[], word: string): boolean =>
	alias.some((each) => each.toLowerCase().split(' ').includes(word));

describe.each(nodes)('$name', ({ alias, properties, resources, links }) => {
	const panel = JSON.stringify(properties);

	it('is found as what all of them are', () => {
		expect(alias).toEqual(expect.arrayContaining(['WhatsApp', 'WA gateway', 'unofficial WhatsApp']));
	});

	it.each(WORDS)('is found by "%s" if it has to do with it, and only then', (word, shown) => {
		expect(has(alias, word)).toBe(shown.test(panel));
	});

	it('has no word twice', () => {
		const words = alias.map((each) => each.toLowerCase());
		expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
	});

	it('leads to the same page as its credentials', () => {
		const urls = Object.values(resources).flatMap((each) => each.map(({ url }) => url));
		expect([...new Set([...urls, ...links])]).toHaveLength(links.length === 0 ? 0 : 1);
	});
});
