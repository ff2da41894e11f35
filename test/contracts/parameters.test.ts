/*
 * Every documented parameter of every request can be set. The documented ones are typed by hand beside the names of the
 * requests; what goes out is in the contracts. A parameter counts as settable if its value is one that the user gave, or if it
 * has different values in different contracts. Those that the node fills in itself are listed with the reason.
 */
import { panels } from '../consistency/nodes';
import { partOf, type Provider } from '../support/provider';
import { providers } from '../support/providers';
import type { Contract, ExpectedRequest } from './types';

/** Parameters by which an API reference lets one ask for a part of a list. */
const PAGES = new Set(['before_id', 'cursor', 'length', 'limit', 'offset', 'page', 'per_page', 'start']);

/** Values too short to tell where they come from. */
const TELLING_LENGTH = 3;

type Values = Map<string, string[]>;

/** The parameters of an expected request with their values; of objects inside by the way to them (`header.type`). */
function parametersOf({ query = [], headers, json, form = [], multipart = [], file }: ExpectedRequest): Values {
	const values: Values = new Map();
	const note = (name: string, value: unknown): void => {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		values.set(name, [...(values.get(name) ?? []), text]);
	};
	const walk = (name: string, value: unknown): void => {
		if (value === undefined) return;
		const isOwn = typeof value === 'object' && value !== null && !('asymmetricMatch' in value);
		if (!isOwn) return note(name, value);
		if (Array.isArray(value) && value.length === 0) return note(name, '');
		for (const [key, inner] of Object.entries(value)) {
			walk(Array.isArray(value) ? name : [name, key].filter(Boolean).join('.'), inner);
		}
	};
	for (const [name, value] of [...query, ...form, ...multipart]) note(name.replace(/\[\]$/, ''), value);
	for (const [name, value] of Object.entries(headers)) if (value !== undefined) note(name, String(value));
	if (json !== undefined) walk('', json);
	if (file) note(file.name, file.fileName);
	return values;
}

/** What the user gave, in one text: parameters, credentials and files. */
function givenIn({ parameters, credential, binary }: Contract, credentials: object[]): string {
	const files = Object.values(binary ?? {}).map(({ fileName }) => fileName);
	return bare(JSON.stringify([parameters, credential, files, credentials]));
}

/** Without what writing adds to numbers and texts. */
function bare(text: string): string {
	return text.toLowerCase().replace(/[\s+()\\-]/g, '');
}

function isSettable(name: string, contracts: Contract[], credentials: object[] = []): boolean {
	if (name.startsWith(':')) {
		return contracts.some((contract) =>
			contract.request.path
				.split('/')
				.some(
					(part) =>
						part.length >= 2 && givenIn(contract, credentials).includes(bare(decodeURIComponent(part))),
				),
		);
	}
	const found = contracts.map((contract) => parametersOf(contract.request).get(name) ?? headerOf(contract, name));
	if (new Set(found.map((values) => JSON.stringify(values))).size > 1) return true;
	return contracts.some((contract, place) =>
		(found[place] ?? []).some(
			(value) => value.length >= TELLING_LENGTH && givenIn(contract, credentials).includes(bare(value)),
		),
	);
}

/** Names of headers come in any case. */
function headerOf({ request }: Contract, name: string): string[] | undefined {
	const value = request.headers[name.toLowerCase()];
	return value === undefined ? undefined : [String(value)];
}

/** Every documented parameter, with the contracts of its request. */
const documented = ({ requests, contracts, inbound }: Provider) =>
	Object.entries(requests)
		.filter(([source]) => !inbound.some((call) => call.source === source))
		.flatMap(([source, names]) => {
			const own = contracts.filter((contract) => contract.source === source || contract.covers?.includes(source));
			return names
				.split(' ')
				.filter(Boolean)
				.map((name) => ({ source, name, contracts: own }));
		});

describe.each(providers)('$name', (provider) => {
	const all = documented(provider);
	const reasons = partOf(provider.fixedParameters) ?? {};
	const reasonOf = (source: string, name: string): string | undefined =>
		reasons[`${source}: ${name}`] ?? reasons[name];
	const credentials = Object.values(provider.credentials).map(({ values }) => values);
	const unset = all.filter(({ name, contracts }) => !isSettable(name, contracts, credentials));

	it('lets every documented parameter be set, or says why not', () => {
		expect(all.length).toBeGreaterThan(0);
		const missing = unset.filter(({ source, name }) => reasonOf(source, name) === undefined);
		expect(missing.map(({ source, name }) => `${source}: ${name}`)).toEqual([]);
	});

	it('gives reasons only for those that cannot', () => {
		const needed = new Set(unset.flatMap(({ source, name }) => [name, `${source}: ${name}`]));
		expect(Object.keys(reasons).filter((name) => !needed.has(name))).toEqual([]);
		for (const reason of Object.values(reasons)) expect(reason).toMatch(/\w+ \w+/);
	});

	it('has Return All and Limit wherever pages are documented', () => {
		const { fields = [] } = panels.find(({ type }) => type === provider.type) ?? {};
		const paged = all.filter(({ source, name }) => PAGES.has(name) && reasonOf(source, name) === undefined);
		const without = paged.flatMap(({ contracts }) =>
			contracts
				.filter(
					({ resource, operation }) =>
						!['returnAll', 'limit'].every((wanted) =>
							fields.some(
								({ path, show }) =>
									path === wanted &&
									show.resource.includes(resource) &&
									show.operation.includes(operation),
							),
						),
				)
				.map(({ source }) => source),
		);
		expect(without).toEqual([]);
	});
});

it('a parameter that no contract has, or has with one value of the node’s own, is found out', () => {
	const contract = (json: object, parameters: object): Contract => ({
		source: 'Messages / Send',
		resource: 'message',
		operation: 'send',
		parameters: parameters as Contract['parameters'],
		request: { method: 'POST', path: '/messages/msg-1', headers: {}, json },
		answers: [],
	});
	const one = contract({ text: 'Hello', mode: 'fast', on: '1' }, { text: 'Hello' });
	expect(isSettable('text', [one])).toBe(true);
	expect(isSettable('mode', [one])).toBe(false);
	expect(isSettable('on', [one])).toBe(false);
	expect(isSettable('absent', [one])).toBe(false);
	expect(isSettable(':id', [one])).toBe(false);
	expect(isSettable('mode', [one, contract({ text: 'Hello' }, { text: 'Hello' })])).toBe(true);
	expect(isSettable(':id', [contract({}, { messageId: 'msg-1' })])).toBe(true);
	expect(isSettable('to.phone', [contract({ to: [{ phone: '628123' }] }, { phone: '+62 8123' })])).toBe(true);
});
