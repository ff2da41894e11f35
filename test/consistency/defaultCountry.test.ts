/** A number without its country code works in every phone field, once the credential or the options name the country. */
import type { ICredentialDataDecryptedObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { credentialsAt, storedFiles } from '../contracts/play';
import type { Contract } from '../contracts/types';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { type Provider, providers } from '../support/providers';
import { startScriptedServer } from '../support/scriptedServer';
import { panels } from './nodes';

const INTERNATIONAL = '6281234567890';
const NATIONAL = '0812-3456-7890';
/** The same in another country. */
const BRITISH = { written: '07400 123456', international: '447400123456' };

interface PhoneField {
	title: string;
	provider: Provider;
	contract: Contract;
	path: string[];
	/** Fields that have to be set for this one to be shown. */
	shows: INodeParameters;
	property: INodeProperties;
}

/** Whether a field takes phone numbers, by its name or by the example in it. */
function takesNumbers({ name, type, placeholder = '', modes = [] }: INodeProperties): boolean {
	if (type !== 'string' && type !== 'resourceLocator') return false;
	const examples = [placeholder, ...modes.map((mode) => mode.placeholder ?? '')];
	return /phone/i.test(name) || examples.some((example) => /\b(62|995)\d{9,11}\b(?!@)/.test(example));
}

const shownFirst = ({ displayOptions }: INodeProperties): INodeParameters =>
	Object.fromEntries(
		Object.entries(displayOptions?.show ?? {})
			.filter(([name]) => name !== 'resource' && name !== 'operation')
			.map(([name, values = []]) => [name, values[0] as string]),
	);

const phoneFields: PhoneField[] = panels.flatMap(({ name, provider, fields }) =>
	fields
		.filter(({ property }) => takesNumbers(property))
		.flatMap(({ path, property, show }) =>
			provider.contracts
				.filter(
					({ resource, operation }) => show.resource.includes(resource) && show.operation.includes(operation),
				)
				.filter(
					({ resource }, index, all) =>
						// Operations of one resource share their fields.
						all.findIndex((each) => each.resource === resource) === index,
				)
				.map((contract) => ({
					title: `${name} ${contract.resource}.${contract.operation} ${path}`,
					provider,
					contract,
					path: path.split('.'),
					shows: shownFirst(property),
					property,
				})),
		),
);

/** The parameters of the contract, with a number in this field and perhaps an option. */
function parametersWith(
	{ contract, path, shows, property }: PhoneField,
	number: string,
	country?: string,
): INodeParameters {
	const value = property.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: number } : number;
	const [root = '', group, inner] = path;
	const parameters: INodeParameters = structuredClone({ ...contract.parameters });
	if (group === undefined) Object.assign(parameters, shows, { [root]: value });
	else if (inner === undefined) parameters[root] = { ...(parameters[root] as INodeParameters), [group]: value };
	else {
		const label = 'label' in (firstEntry(parameters[root]) ?? {}) ? { label: 'Call' } : {};
		parameters[root] = { [group]: [{ ...label, ...shows, [inner]: value }] };
	}
	if (country !== undefined) {
		parameters.options = { ...(parameters.options as INodeParameters), defaultCountry: country };
	}
	return { resource: contract.resource, operation: contract.operation, ...parameters };
}

const firstEntry = (value: unknown): object | undefined =>
	Object.values((value ?? {}) as Record<string, object[]>)[0]?.[0];

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

async function play(field: PhoneField, parameters: INodeParameters, changes: ICredentialDataDecryptedObject = {}) {
	const { provider, contract } = field;
	const { binary = {}, before = [], answers, credential } = contract;
	const { status, body } = answers.find(({ error }) => error === undefined) ?? { status: 200, body: {} };
	const server = await startScriptedServer([...before.map(({ answer }) => answer), { status, body }]);
	try {
		const { error } = await engine.runNode({
			type: provider.type,
			parameters,
			credentials: credentialsAt(provider, server.url + provider.basePath, { ...credential, ...changes }),
			items: [{ json: {}, binary: await storedFiles(engine, binary) }],
			nodeName: 'Node',
		});
		const sent = server.requests.map(({ method, path, query, headers, json, body: bytes }) => {
			const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? ' ';
			return { method, path, query, json, body: bytes.toString('latin1').replaceAll(boundary, '') };
		});
		return { error: error?.message, sent };
	} finally {
		await server.close();
	}
}

it('every credential has a Default Country', () => {
	const types = providers.flatMap(({ credentials }) => Object.values(credentials).map(({ source }) => source));
	expect(types.length).toBeGreaterThanOrEqual(6);
	for (const source of types) {
		const { name, properties } = typeof source === 'function' ? new source() : source;
		const country = properties.find((property) => property.name === 'defaultCountry');
		expect([name, country?.displayName, country?.default]).toEqual([name, 'Default Country', '']);
	}
});

it('finds the phone fields of all nodes', () => {
	expect(new Set(phoneFields.map(({ provider, path }) => `${provider.type} ${path.join('.')}`)).size).toBeGreaterThan(
		15,
	);
	for (const { name } of providers) expect(phoneFields.map(({ provider }) => provider.name)).toContain(name);
});

describe.each(phoneFields.map((each) => [each.title, each] as const))('%s', (_title, field) => {
	it('takes a national number', async () => {
		const inFull = await play(field, parametersWith(field, INTERNATIONAL));
		expect(inFull).toEqual({ error: undefined, sent: [expect.anything(), ...inFull.sent.slice(1)] });

		const national = parametersWith(field, NATIONAL);
		expect(await play(field, national, { defaultCountry: ' id ' })).toEqual(inFull);
		const unknown = await play(field, national);
		expect([unknown.error, unknown.sent]).toEqual([expect.stringContaining(field.property.displayName), []]);
		const wrong = await play(field, national, { defaultCountry: 'Indonesia' });
		expect(wrong.error).toMatch(/^Default Country in the credential: use the two-letter code of a country/);
		expect(wrong.sent).toEqual([]);
	});

	it('takes one of the country in the options, if there is one', async () => {
		const hasOption = panels
			.find(({ provider }) => provider === field.provider)
			?.fields.some(
				({ path, show }) =>
					path === 'options.defaultCountry' &&
					show.resource.includes(field.contract.resource) &&
					show.operation.includes(field.contract.operation),
			);
		if (hasOption !== true) return;
		const inFull = await play(field, parametersWith(field, BRITISH.international));
		const found = await play(field, parametersWith(field, BRITISH.written, 'GB'), { defaultCountry: 'ID' });
		expect(found).toEqual(inFull);
		const empty = await play(field, parametersWith(field, NATIONAL, ''), { defaultCountry: 'ID' });
		expect(empty.error).toBeUndefined();
	});
});
