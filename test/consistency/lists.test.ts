import type { ICredentialDataDecryptedObject, ICredentialType, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { CredentialSource } from '../support/n8n/credentials';
import type { Engine } from '../support/engine';
import { partOf } from '../support/provider';
import { createProviderEngine } from '../support/providerEngine';
import { providers } from '../support/providers';
import { panels } from './nodes';

/** By credential type, what is known of it and whose it is. */
const credentialTypes = new Map(
	providers.flatMap((provider) =>
		Object.entries(provider.credentials).map(([type, credential]) => [type, { ...credential, provider }] as const),
	),
);

const WRONG_KEY = 'bps_pat_not-the-right-key';

/** Every list of every action node, with the parameters of an operation that shows it. */
const lists = panels.flatMap(({ name, type, node, provider, fields }) =>
	Object.keys(node.methods?.listSearch ?? {}).map((method) => {
		const field = fields.find(({ property }) =>
			property.modes?.some(({ typeOptions }) => typeOptions?.searchListMethod === method),
		);
		const [resource = ''] = field?.show.resource ?? [];
		const [operation = ''] = field?.show.operation ?? [];
		const credential = (node.description.credentials ?? []).find(({ displayOptions: { show, hide } = {} }) => {
			const isShown = show?.resource?.includes(resource) ?? true;
			return isShown && !(hide?.resource?.includes(resource) ?? false);
		});
		return {
			title: `${name} ${method}`,
			type,
			method,
			parameters: { resource, operation },
			credentialType: credential?.name ?? '',
			chosen: partOf(provider.lists.chosen) ?? {},
		};
	}),
);

const instanceOf = (source: CredentialSource): ICredentialType =>
	typeof source === 'function' ? new source() : source;

let sandbox: Sandbox;
let engine: Engine;
beforeAll(async () => {
	sandbox = await startSandbox();
	engine = createProviderEngine();
});
afterAll(async () => {
	await engine.close();
	await sandbox.close();
});

const credentialOf = (type: string) => {
	const found = credentialTypes.get(type);
	if (found === undefined) throw new Error(`No provider has the credential type "${type}"`);
	return found;
};

const look = async (
	list: (typeof lists)[number],
	chosen: INodeParameters,
	changes?: ICredentialDataDecryptedObject,
	rest: { filter?: string; paginationToken?: string } = {},
) => {
	const { type, method, parameters, credentialType } = list;
	const { provider, sandboxValues } = credentialOf(credentialType);
	const credentials = changes && {
		[credentialType]: { ...sandboxValues(sandbox.baseUrl(provider.type)), ...changes },
	};
	return await engine.listSearch({ type, method, parameters: { ...parameters, ...chosen }, credentials, ...rest });
};

it('there are lists to look at', () => {
	expect(lists.length).toBeGreaterThan(15);
});

describe.each(lists.map((list) => [list.title, list] as const))('%s', (_title, list) => {
	it('says that the credential was refused, and where to look', async () => {
		const { keyField, source } = credentialOf(list.credentialType);
		const failure = await look(list, list.chosen, { [keyField]: WRONG_KEY }).then(
			() => undefined,
			(error: unknown) => error as Error & { description?: string },
		);
		expect(failure?.message).toMatch(/ did not accept the credential/);
		const labels = instanceOf(source).properties.map(({ displayName }) => displayName);
		expect(labels.some((label) => failure?.description?.includes(label))).toBe(true);
		expect(`${failure?.message} ${failure?.description}`).not.toContain(WRONG_KEY);
	});

	it('says that a credential has to be chosen', async () => {
		await expect(look(list, list.chosen)).rejects.toThrow(/^Choose a \w+ credential first/);
	});

	it('loads, or says what has to be chosen before', async () => {
		const found = await look(list, {}, {}).then(
			({ results }) => results.length,
			(error: unknown) => (error as Error).message,
		);
		if (typeof found === 'string') expect(found).toMatch(/^(Choose a|Fill in) .+ first/);
	});
});

describe('a list of several pages', () => {
	const sessions = lists.find(({ method }) => method === 'searchSessions');
	const lookAt = async (rest: { filter?: string; paginationToken?: string }) => {
		if (sessions === undefined) throw new Error('Wapio has no list of sessions any more');
		return await look(sessions, {}, {}, rest);
	};
	beforeAll(() => {
		sandbox.control.configure('wapio', { moreSessions: 150 });
	});

	it('is shown page by page, each entry once, until it ends', async () => {
		const first = await lookAt({});
		expect(first.results).toHaveLength(100);
		const second = await lookAt({ paginationToken: first.paginationToken });
		expect(second.paginationToken).toBeUndefined();
		const all = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(all).size).toBe(153);
		expect(all).toHaveLength(153);
	});

	it('is searched beyond its first page', async () => {
		const { results, paginationToken } = await lookAt({ filter: ' branch 155 ' });
		expect(results.map(({ name }) => name)).toEqual([expect.stringContaining('Branch 155')]);
		expect(paginationToken).toBeUndefined();
	});
});
