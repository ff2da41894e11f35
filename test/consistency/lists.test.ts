import type { ICredentialDataDecryptedObject, ICredentialType, INodeParameters } from 'n8n-workflow';
import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import { balesOtomatis } from '../providers/balesotomatis/bench';
import { chatalo } from '../providers/chatalo/bench';
import { chategy, developerCredentialFor } from '../providers/chategy/bench';
import { wapio } from '../providers/wapio/bench';
import { whacenter } from '../providers/whacenter/bench';
import type { CredentialSource } from '../support/credentials';
import { createEngine, type Engine } from '../support/engine';
import { providers } from '../support/providers';
import { panels } from './nodes';

/** Values of each credential type for the sandbox, and the key that is made a wrong one. */
const CREDENTIALS: Record<
	string,
	{ provider: ProviderName; key: string; valuesFor: (baseUrl: string) => ICredentialDataDecryptedObject }
> = {
	balesOtomatisApi: { provider: 'balesOtomatis', key: 'apiKey', valuesFor: balesOtomatis.credentialFor },
	chataloApi: { provider: 'chatalo', key: 'secretKey', valuesFor: chatalo.credentialFor },
	chategyApi: { provider: 'chategy', key: 'accessToken', valuesFor: chategy.credentialFor },
	chategyDeveloperApi: { provider: 'chategy', key: 'apiKey', valuesFor: developerCredentialFor },
	wapioApi: { provider: 'wapio', key: 'token', valuesFor: wapio.credentialFor },
	whacenterApi: { provider: 'whacenter', key: 'deviceId', valuesFor: whacenter.credentialFor },
};

const WRONG_KEY = 'bps_pat_not-the-right-key';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What may have to be chosen before a list can be loaded. */
const CHOICES: INodeParameters = {
	device: byId('c7276ae0-c306-4896-8fda-0123456789ab'),
	licenseKey: 'WB-0001',
	number: byId('BO-0123456789abcde'),
	session: byId('bps_sess_ws_0123456789'),
};

/** Every list of every action node, with the parameters of an operation that shows it. */
const lists = panels.flatMap(({ name, type, node, fields }) =>
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
		};
	}),
);

const instanceOf = (source: CredentialSource): ICredentialType =>
	typeof source === 'function' ? new source() : source;

let sandbox: Sandbox;
let engine: Engine;
beforeAll(async () => {
	sandbox = await startSandbox();
	const sources = providers.flatMap(({ credentials }) => Object.values(credentials).map(({ source }) => source));
	engine = createEngine({
		nodes: Object.fromEntries(providers.map(({ type, node }) => [type, node])),
		credentialTypes: sources,
	});
});
afterAll(async () => {
	await engine.close();
	await sandbox.close();
});

const look = async (
	list: (typeof lists)[number],
	chosen: INodeParameters,
	changes?: ICredentialDataDecryptedObject,
	rest: { filter?: string; paginationToken?: string } = {},
) => {
	const { type, method, parameters, credentialType } = list;
	const { provider, valuesFor } = CREDENTIALS[credentialType] ?? {};
	if (provider === undefined || valuesFor === undefined) throw new Error(`Say how ${credentialType} is filled in`);
	const credentials = changes && { [credentialType]: { ...valuesFor(sandbox.baseUrl(provider)), ...changes } };
	return await engine.listSearch({ type, method, parameters: { ...parameters, ...chosen }, credentials, ...rest });
};

it('there are lists to look at', () => {
	expect(lists.length).toBeGreaterThan(15);
});

describe.each(lists.map((list) => [list.title, list] as const))('%s', (_title, list) => {
	it('says that the credential was refused, and where to look', async () => {
		const { key = '' } = CREDENTIALS[list.credentialType] ?? {};
		const failure = await look(list, CHOICES, { [key]: WRONG_KEY }).then(
			() => undefined,
			(error: unknown) => error as Error & { description?: string },
		);
		expect(failure?.message).toMatch(/ did not accept the credential/);
		const source = providers
			.flatMap(({ credentials }) => Object.entries(credentials))
			.find(([type]) => type === list.credentialType)?.[1].source;
		const labels = source === undefined ? [] : instanceOf(source).properties.map(({ displayName }) => displayName);
		expect(labels.some((label) => failure?.description?.includes(label))).toBe(true);
		expect(`${failure?.message} ${failure?.description}`).not.toContain(WRONG_KEY);
	});

	it('says that a credential has to be chosen', async () => {
		await expect(look(list, CHOICES)).rejects.toThrow(/^Choose a \w+ credential first/);
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
