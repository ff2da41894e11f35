/** What an expression may give for a parameter is read in every form that can be meant, by every operation. */
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { expectRequest } from '../contracts/expectRequest';
import { credentialsAt, play, storedFiles } from '../contracts/play';
import type { Contract } from '../contracts/types';
import { takesLists } from '../../nodes/shared/operations/define/field';
import { createEngine, type Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { type Provider, providers } from '../support/providers';
import { operationFields, panels } from './nodes';

type Value = INodeParameters[string];

/** Another way to give a parameter, for the values that it fits: the parameter, and the input item that it reads. */
type Writing = (property: INodeProperties, value: Value, dependents: Set<string>) => Value | undefined;

const isCollection = ({ type }: INodeProperties) => type === 'collection' || type === 'fixedCollection';
const isLocator = (value: Value): value is { __rl: true; mode: string; value: string } =>
	typeof value === 'object' && value !== null && '__rl' in value;

/** Each gives what the item holds under the parameter's own name, in another form. */
const WRITINGS: Record<string, Writing> = {
	'a collection as one object': (property, value) => (isCollection(property) ? value : undefined),
	'a collection as JSON': (property, value) => (isCollection(property) ? JSON.stringify(value) : undefined),
	'the entries of a collection as a list': ({ type, typeOptions, options = [] }, value) => {
		if (type !== 'fixedCollection' || typeOptions?.multipleValues !== true || options.length > 1) return undefined;
		const [entries] = Object.values(value as INodeParameters);
		return entries;
	},
	'several choices as text': ({ type }, value) =>
		type === 'multiOptions' ? (value as string[]).join(', ') : undefined,
	'several choices as a list': ({ type }, value) => (type === 'multiOptions' ? value : undefined),
	'a choice of a list as bare text': (_property, value) => (isLocator(value) ? value.value : undefined),
	'a choice of a list as an object': (_property, value) =>
		isLocator(value) ? { mode: value.mode, value: value.value } : undefined,
	'what shows other fields': ({ name }, value, dependents) => (dependents.has(name) ? value : undefined),
	'a switch as text': ({ type }, value) => (type === 'boolean' ? (value ? 'True' : ' false') : undefined),
};

/** A contract with its parameters written in another way; undefined if none of them can be. */
function rewritten(provider: Provider, contract: Contract, writing: Writing): [Contract, IDataObject] | undefined {
	const { resource, operation, parameters } = contract;
	const properties = operationFields(provider, resource, operation);
	const dependents = new Set(properties.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {})));
	const given: IDataObject = {};
	for (const [name, value] of Object.entries(parameters)) {
		const property = properties.find((candidate) => candidate.name === name);
		const other = property && writing(property, value, dependents);
		if (other !== undefined) given[name] = other;
	}
	const names = Object.keys(given);
	if (names.length === 0) return undefined;
	const asExpressions = Object.fromEntries(names.map((name) => [name, `={{ $json["${name}"] }}`]));
	return [{ ...contract, parameters: { ...parameters, ...asExpressions } }, given];
}

describe.each(providers)('$name', (provider) => {
	let engine: Engine;
	beforeAll(() => {
		engine = createEngine({
			nodes: { [provider.type]: provider.node },
			credentialTypes: Object.values(provider.credentials).map(({ source }) => source),
		});
	});
	afterAll(async () => await engine.close());

	it.each(Object.entries(WRITINGS))('takes %s', async (_what, writing) => {
		const cases = provider.contracts.flatMap((contract) => {
			const found = rewritten(provider, contract, writing);
			const answer = contract.answers.find(({ error }) => error === undefined);
			return found && answer ? [{ found, answer }] : [];
		});
		const observations = cases.map(async ({ found: [contract, given], answer }) => {
			const { result, requests } = await play(engine, provider, contract, answer, given);
			const title = `${contract.resource}.${contract.operation} ${contract.variant ?? ''}`;
			expect([title, result.error?.message, result.error?.description]).toEqual([title, undefined, undefined]);
			const request = requests.at(contract.before?.length ?? 0);
			if (request === undefined) throw new Error(`${title}: nothing was sent`);
			await expectRequest(request, contract.request, provider.basePath);
		});
		await Promise.all(observations);
	});
});

/** A value that no text field takes, and what is said of it; the unit tests have others. */
const NO_TEXT = "={{ ['one', 'two'] }}";
const REFUSED = /: this is a list\. Use a single text, for example /;

/** Each text field once, with a contract of an operation that has it. */
const textFields = panels.flatMap(({ name, provider, fields }) => {
	const seen = new Set<string>();
	return fields.flatMap(({ path, property, show }) => {
		const isText = property.type === 'string' && !takesLists(property);
		const contract = provider.contracts.find(
			({ resource, operation }) => show.resource.includes(resource) && show.operation.includes(operation),
		);
		const [root = '', inner, ...deeper] = path.split('.');
		if (!isText || !contract || seen.has(path) || deeper.length > 0) return [];
		seen.add(path);
		return [{ title: `${name} ${path}`, provider, contract, root, inner, property }];
	});
});

describe('a text field', () => {
	let engine: Engine;
	beforeAll(() => {
		engine = createProviderEngine();
	});
	afterAll(async () => await engine.close());

	it('is found in all nodes', () => {
		expect(textFields.length).toBeGreaterThan(80);
	});

	it.each(textFields.map((each) => [each.title, each] as const))('%s says what it got instead', async (_, each) => {
		const { provider, contract, root, inner, property } = each;
		const { resource, operation, parameters } = contract;
		const others = parameters[root] as INodeParameters | undefined;
		const shows = Object.entries(property.displayOptions?.show ?? {})
			.filter(([name]) => name !== 'resource' && name !== 'operation')
			.map(([name, values = []]) => [name, values[0]] as const);
		const written = inner === undefined ? NO_TEXT : { ...others, [inner]: NO_TEXT };
		const { error } = await engine.runNode({
			type: provider.type,
			parameters: { resource, operation, ...parameters, ...Object.fromEntries(shows), [root]: written },
			items: [{ json: {}, binary: await storedFiles(engine, contract.binary ?? {}) }],
			// Nobody listens there: whatever is sent ends in another error.
			credentials: credentialsAt(provider, 'http://127.0.0.1:9', contract.credential),
		});
		expect(error?.message).toMatch(REFUSED);
		expect(error?.message).toContain(property.displayName);
	});
});

it('tries each way of writing with some provider', () => {
	const unused = Object.entries(WRITINGS).filter(([, writing]) =>
		providers.every((provider) => provider.contracts.every((contract) => !rewritten(provider, contract, writing))),
	);
	expect(unused.map(([name]) => name)).toEqual([]);
});
