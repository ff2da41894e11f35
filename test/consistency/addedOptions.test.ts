/** An option that is added and left as it is does something, and is not refused. */
import {
	type IDataObject,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	NodeHelpers,
} from 'n8n-workflow';
import { batchOptions, readBatchOptions } from '../../nodes/shared/operations/define/batchOptions';
import { propertiesOfOperation } from '../../nodes/shared/operations/define/properties';
import { isForExpression } from '../../nodes/shared/operations/define/wholeExpressions';
import { LANGUAGES } from '../../nodes/shared/messaging/response/language';
import { responseOptions } from '../../nodes/shared/messaging/response/settings';
import { credentialsAt, storedFiles } from '../contracts/play';
import type { Contract } from '../contracts/types';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { type Provider, providers } from '../support/providers';
import { startScriptedServer } from '../support/scriptedServer';
import { panels } from './nodes';

/** Options that change nothing of a request until they are changed themselves, by their names, and why. */
const JUSTIFIED: Record<string, string> = {
	timeLimit: 'shows the limit that holds without it',
	retries: 'shows the number that holds without it',
	messagesAtOnce: 'shows the number that holds without it',
	waitLimit: 'shows the limit of a wait that another option turns on',
	timeZone: 'shows the zone that holds without it',
	catchUpHours: 'shows the hours that hold without it',
	ignoreRepeatsWithin: 'drops repeats within 15 seconds when it is added; tried in test/unit/trigger/repeats.test.ts',
	binaryPropertyName: 'shows the name that holds without it',
	largestFile: 'shows the limit that holds without it',
	pause: 'holds between messages; tested below',
	textFormat: 'changes a text with Markdown in it; tried in test/textOptions.test.ts',
	longTexts: 'changes a text that is too long; tried in test/textOptions.test.ts',
	longestPart: 'holds for a text that is split; tried in test/textOptions.test.ts',
};

/** Operations whose contract shows no answer that says yes, and where their options are tried. */
const ELSEWHERE: Record<string, string> = {
	'Wapio message.downloadMedia': 'test/providers/wapio/downloadMedia.test.ts',
};

/** What is answered to the requests that an option adds after the operation's own. */
const LATER: Record<string, object> = { waitForDeletion: { status: 'completed' } };

/** The editor shows an empty field to fill in, with an example in it. */
function isToFillIn({ type, default: usual }: INodeProperties): boolean {
	const value: unknown = type === 'resourceLocator' ? (usual as IDataObject).value : usual;
	return value === '' || (Array.isArray(value) && value.length === 0);
}

interface Added {
	title: string;
	provider: Provider;
	contract: Contract;
	collection: INodeProperties;
	option: INodeProperties;
}

const optionsOf = ({ options = [] }: INodeProperties) =>
	options.filter((option): option is INodeProperties => 'type' in option);

/** Every option of every operation that has a contract. */
const added: Added[] = providers.flatMap((provider) =>
	provider.gateway.resources.flatMap(({ value: resource, operations }) =>
		operations.flatMap((operation) => {
			const contract = provider.contracts.find(
				(candidate) => candidate.resource === resource && candidate.operation === operation.value,
			);
			const title = `${provider.name} ${resource}.${operation.value}`;
			if (!contract || title in ELSEWHERE) return [];
			return propertiesOfOperation(operation)
				.filter(({ type }) => type === 'collection')
				.flatMap((collection) =>
					// What is there from the beginning is not added.
					optionsOf(collection)
						.filter(({ name }) => !(name in (collection.default as object)))
						.map((option) => ({
							title: `${provider.name} ${resource}.${operation.value} ${collection.name}.${option.name}`,
							provider,
							contract,
							collection,
							option,
						})),
				);
		}),
	),
);

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

/** What can be seen of a run: its requests, its output, its error. */
async function seen({ provider, contract, collection }: Added, members: INodeParameters): Promise<unknown> {
	const { resource, operation, binary = {}, before = [] } = contract;
	const { status, body } = contract.answers.find(({ error }) => error === undefined) ?? { status: 200, body: {} };
	const [, later] = Object.entries(LATER).find(([name]) => name in members) ?? [];
	const server = await startScriptedServer([
		...before.map(({ answer }) => answer),
		{ status, body },
		...(later ? [{ status: 200, body: later }] : []),
	]);
	try {
		const { error, outputs } = await engine.runNode({
			type: provider.type,
			parameters: { resource, operation, ...contract.parameters, [collection.name]: members },
			credentials: credentialsAt(provider, server.url + provider.basePath, contract.credential),
			items: [{ json: {}, binary: await storedFiles(engine, binary) }],
			nodeName: 'Node',
		});
		const requests = server.requests.map(({ method, path, query, headers, json, body: sent }) => {
			const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? ' ';
			return { method, path, query, json, sent: sent.toString('latin1').replaceAll(boundary, '') };
		});
		return { error: error?.message, requests, outputs };
	} finally {
		await server.close();
	}
}

/** The options that a contract has set, and one more as the editor adds it. */
function withOption({ contract, collection, option }: Added): { without: INodeParameters; with: INodeParameters } {
	const others = { ...(contract.parameters[collection.name] as INodeParameters | undefined) };
	delete others[option.name];
	const shows = Object.entries(option.displayOptions?.show ?? {}).map(([name, values = []]) => [name, values[0]]);
	const without = { ...others, ...(Object.fromEntries(shows) as INodeParameters) };
	return { without, with: { ...without, [option.name]: option.default } };
}

const groups = new Map<string, Added[]>();
for (const each of added) {
	const operation = `${each.provider.name} ${each.contract.resource}.${each.contract.operation}`;
	groups.set(operation, [...(groups.get(operation) ?? []), each]);
}

it('looks at the options of all operations', () => {
	expect(added.length).toBeGreaterThan(250);
});

it.each([...groups])('%s', async (_title, options) => {
	const known = new Map<string, Promise<unknown>>();
	for (const each of options) {
		const { collection, option, title } = each;
		const members = withOption(each);
		const key = collection.name + JSON.stringify(members.without);
		known.set(key, known.get(key) ?? seen(each, members.without));
		const [without, found] = await Promise.all([known.get(key), seen(each, members.with)]);
		expect([title, found]).toEqual([title, expect.objectContaining({ error: undefined })]);
		if (option.name in JUSTIFIED || isToFillIn(option)) continue;
		expect([title, found]).not.toEqual([title, without]);
	}
});

it('excuses nothing that there is not', () => {
	const names = new Set([...added, ...triggerOptions].map(({ option }) => option.name));
	const responses = responseOptions.map(({ name }) => name);
	expect(Object.keys(JUSTIFIED).filter((name) => !names.has(name) && !responses.includes(name))).toEqual([]);
});

it('shows the English texts of a response page as examples in empty fields', () => {
	const texts = responseOptions.filter(({ type }) => type === 'string');
	expect(texts.length).toBeGreaterThan(5);
	expect(texts.filter((option) => !isToFillIn(option))).toEqual([]);
	const english = Object.values<unknown>(LANGUAGES.en.texts).map((text) => `e.g. ${String(text)}`);
	expect(english).toEqual(expect.arrayContaining(texts.map(({ placeholder }) => placeholder)));
});

describe('a pause that is added', () => {
	const pause = batchOptions.find(({ name }) => name === 'pause');

	/** Options as n8n keeps them when the editor saves them, and hands them to the node when it runs. */
	const savedAndLoaded = (options: INodeParameters) => {
		const [{ description }] = panels.map(({ node }) => node) as [INodeType];
		const send = { resource: 'groupMessage', operation: 'sendText', options };
		const through = (parameters: INodeParameters, isLoaded: boolean) =>
			NodeHelpers.getNodeParameters(description.properties, parameters, isLoaded, false, null, description) ?? {};
		return through(through(send, false), true).options as INodeParameters;
	};

	it.each([
		['as the editor puts it there', pause?.default as INodeParameters],
		['as older workflows have it', {}],
		['with a value of its own', { seconds: { max: 8 } }],
	])('holds for 3 to 8 seconds, %s', (_how, value) => {
		const options = savedAndLoaded({ pause: value });
		const read = readBatchOptions((name) => (name === 'options.pause' ? options.pause : undefined));
		expect(read.pause).toEqual({ min: 3000, max: 8000 });
	});

	it('is none without the option', () => {
		expect(readBatchOptions(() => undefined).pause).toBeUndefined();
	});
});

const triggerOptions = providers.flatMap(({ name, trigger: source }) => {
	const trigger = typeof source === 'function' ? new source() : source;
	const properties =
		'description' in trigger ? (trigger.description as { properties: INodeProperties[] }).properties : [];
	return properties
		.filter((property) => property.type === 'collection' && !isForExpression(property))
		.flatMap((collection) => optionsOf(collection).map((option) => ({ title: `${name} ${option.name}`, option })));
});

it('adds an option of a trigger switched on, or to be filled in', () => {
	expect(triggerOptions.length).toBeGreaterThan(15);
	const idle = triggerOptions.filter(
		({ option }) => option.default !== true && !isToFillIn(option) && !(option.name in JUSTIFIED),
	);
	expect(idle.map(({ title }) => title)).toEqual([]);
});
