/**
 * What the tables of this folder hold for the providers' nodes, for the node above them: through every provider. The tables
 * that read the labels, texts and order of all panels see it themselves (`allFields` in nodes.ts). Not here: dates, which it
 * does not take; operations that destroy something or return lists, which it does not have; and how answers are read, which
 * is the providers' part.
 */
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { routedGateway } from '../../nodes/WhatsAppGateways/operations';
import { WhatsAppGateways } from '../../nodes/WhatsAppGateways/WhatsAppGateways.node';
import { capabilitiesOf, groupSearch, senderLoad } from '../../nodes/WhatsAppGateways/gateways';
import { propertiesOfOperation } from '../../nodes/shared/operations/define/properties';
import { textOf } from '../../nodes/shared/text';
import { balesOtomatisAccount, chataloAccount, type ProviderName } from '../../sandbox';
import { createEngine } from '../support/engine';
import { providers } from '../support/providers';
import { type RoutingBench, startRoutingBench, through, usual } from '../whatsAppGateways/bench';
import { isOwn } from './nodes';

const PHONE = '6281234567890';
const NATIONAL = '0812-3456-7890';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench({ isKeyed: true });
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const DEVICES: Record<string, string> = {
	chatalo: chataloAccount.devices.authenticated,
	balesOtomatis: balesOtomatisAccount.numbers.connected,
};

const item = (): IDataObject => ({ phone: PHONE, text: 'Hello' });

function eventOf(provider: ProviderName): IDataObject {
	const chat = { type: 'private', phone: PHONE, address: PHONE };
	return { event: 'message', provider, channel: 'whatsapp', device: DEVICES[provider] ?? null, chat };
}

const byUrl = { mediaSource: 'url', fileUrl: 'https://example.com/invoice.pdf', caption: 'Your invoice' };
const fromItem = { mediaSource: 'binary', binaryPropertyName: 'data', caption: 'Your invoice' };

/** What each operation needs besides the providers, by its value; undefined where the provider cannot do it. */
const PARAMETERS: Record<string, (provider: ProviderName) => INodeParameters | undefined> = {
	checkNumber: (provider) =>
		capabilitiesOf(provider)?.serviceFor({ kind: 'numberCheck', to: 'person' }) && { resource: 'contact' },
	sendText: () => ({}),
	reply: (provider) => ({ event: JSON.stringify(eventOf(provider)), text: 'Hello' }),
	sendAndWait: () => ({ message: 'OK?' }),
	sendFile: (provider) => {
		const job = {
			kind: 'file',
			to: 'person',
			source: 'url',
			hasCaption: true,
			mimeType: 'application/pdf',
		} as const;
		return capabilitiesOf(provider)?.serviceFor(job) ? byUrl : fromItem;
	},
};

const operations = routedGateway.resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ resource: resource.value, operation })),
);

const cases = operations.flatMap(({ resource, operation }) =>
	providers.flatMap(({ name, type }) => {
		const more = PARAMETERS[operation.value]?.(type);
		const parameters = { ...usual, ...through(type), resource, operation: operation.value, ...more };
		return more
			? [
					{
						title: `${operation.value} ${name}`,
						provider: type,
						operation,
						parameters,
						takesNumber: operation.value !== 'reply',
					},
				]
			: [];
	}),
);

const collectionOf = ({ operation }: (typeof cases)[number]): INodeProperties[] =>
	propertiesOfOperation(operation)
		.filter((property) => property.name === 'options' && isOwn(property))
		.flatMap((property) => (property.options ?? []) as INodeProperties[]);

async function run(parameters: INodeParameters, json: IDataObject = item()) {
	const data = await bench.engine.storeBinary(Buffer.from('%PDF-1.4 test'), {
		fileName: 'invoice.pdf',
		mimeType: 'application/pdf',
	});
	return await bench.run(parameters, { items: [{ json, binary: { data } }] });
}

it('is tried with every operation, each through at least two providers', () => {
	expect(Object.keys(PARAMETERS).sort()).toEqual(operations.map(({ operation }) => operation.value).sort());
	for (const name of Object.keys(PARAMETERS)) {
		expect(cases.filter(({ operation }) => operation.value === name).length).toBeGreaterThan(1);
	}
});

it('has no dates, and nothing that destroys', () => {
	const properties = operations.flatMap(({ operation }) => propertiesOfOperation(operation));
	expect(properties.filter(({ type }) => type === 'dateTime')).toEqual([]);
	expect(operations.filter(({ operation }) => operation.destructive !== undefined)).toEqual([]);
	expect(operations.filter(({ operation }) => operation.paging !== undefined)).toEqual([]);
});

describe.each(cases.map((each) => [each.title, each] as const))('%s', (_title, each) => {
	const { takesNumber } = each;
	const parameters: INodeParameters = each.parameters;

	it('takes every option as the editor adds it', async () => {
		for (const { name, default: usualValue, displayOptions } of collectionOf(each)) {
			const shown = Object.entries(displayOptions?.show ?? {}).map(([of, values = []]) => [of, values[0]]);
			const options = { ...(Object.fromEntries(shown) as INodeParameters), [name]: usualValue as string };
			const { error } = await run({ ...parameters, options });
			expect([name, error?.message]).toEqual([name, undefined]);
		}
	});

	it('takes the options as one object, and as JSON', async () => {
		for (const options of ['={{ $json.options }}', '={{ JSON.stringify($json.options) }}']) {
			bench.reset();
			const json = { ...item(), options: { timeLimit: 30 } };
			const { error } = await run({ ...parameters, options }, json);
			expect([options, error?.message]).toEqual([options, undefined]);
		}
	});

	it('says by itself which options it does not have, and not as if a provider needed them', async () => {
		const { error } = await run({ ...parameters, options: '={{ ({ foo: 1 }) }}' });
		expect(error?.message).toMatch(/^Options: there is no "foo" in it\. Use one of these: [\w, ]+$/);
	});

	it('takes its choices from expressions', async () => {
		const chosen = propertiesOfOperation(each.operation).filter(
			({ name, type }) =>
				name in parameters && ['multiOptions', 'options'].includes(type) && name !== 'providers',
		);
		for (const { name } of chosen.filter(({ name: of }) => !['resource', 'operation'].includes(of))) {
			for (const value of [parameters[name], [parameters[name]].flat().map(textOf).join(', ')]) {
				const json = { ...item(), given: value as string };
				const { error } = await run({ ...parameters, [name]: '={{ $json.given }}' }, json);
				expect([name, value, error?.message]).toEqual([name, value, undefined]);
			}
		}
	});

	it('keeps to the Time Limit', async () => {
		bench.sandbox.control.fault({ kind: 'hang', provider: each.provider, times: Infinity });
		const retries =
			each.operation.effect === 'send' && each.operation.value !== 'sendAndWait' ? { retries: 0 } : {};
		const { error } = await run({ ...parameters, options: { timeLimit: 1, ...retries } });
		expect(error?.message).toMatch(/ did not respond within 1 second/);
	});

	it('returns no key "error", and few fields', async () => {
		const { error, outputs } = await run(parameters);
		expect(error).toBeUndefined();
		for (const { json } of outputs[0] ?? []) {
			expect(json).not.toHaveProperty('error');
			// Those of all sends, and two of its own.
			expect(Object.keys(json).length).toBeLessThanOrEqual(12);
		}
	});

	if (!takesNumber) return;

	it('takes a number without its country once it has one', async () => {
		const refused = await run({ ...parameters, phoneNumber: NATIONAL });
		expect(refused.error?.message).toMatch(/^Phone Number: .*country/);
		expect(bench.sandbox.control.requests()).toEqual([]);
		const { error, outputs } = await run({
			...parameters,
			phoneNumber: NATIONAL,
			options: { defaultCountry: 'ID' },
		});
		expect([error?.message, outputs[0]?.[0]?.json.phone ?? PHONE]).toEqual([undefined, PHONE]);
		for (const { recipient } of bench.sandbox.control.messages()) expect(recipient).toContain(PHONE);
		const wrong = await run({ ...parameters, options: { defaultCountry: 'Indonesia' } });
		expect(wrong.error?.message).toMatch(/^Options → Default Country: /);
	});
});

it("takes the credential's Default Country, of each provider its own", async () => {
	const { error } = await bench.engine.runNode({
		type: 'whatsAppGateways',
		parameters: { ...usual, ...through('chatalo', 'wapio'), phoneNumber: NATIONAL },
		credentials: {
			...bench.credentials,
			chataloApi: { ...bench.credentials.chataloApi, defaultCountry: 'ID' },
			wapioApi: { ...bench.credentials.wapioApi, defaultCountry: 'ID' },
		},
		items: [{ json: item() }],
	});
	expect(error).toBeUndefined();
	expect(bench.sandbox.control.messages().map(({ recipient }) => recipient)).toEqual([PHONE]);
});

it.each(['wapio', 'chategy'] as const)('sends a file under a clean name: %s', async (name) => {
	const fileName = '../../up\u202E\r\nX-Injected: yes\u0000"; filename="other.exe.pdf';
	const data = await bench.engine.storeBinary(Buffer.from('%PDF-1.4'), { mimeType: 'application/pdf' });
	const { error } = await bench.run(
		{ ...through(name), operation: 'sendFile', ...fromItem },
		{ items: [{ json: item(), binary: { data: { ...data, fileName } } }] },
	);
	expect(error).toBeUndefined();
	const sent = JSON.stringify(
		bench.sandbox.control.requests({ provider: name }).map(({ body, headers }) => [body, headers]),
	);
	expect(sent).not.toMatch(/\\r\\nX-Injected|\u202E|\\u0000|\.\.\//);
	expect(sent).toContain('upX-Injected_ yes_');
});

it.each<[ProviderName, number, string, RegExp]>([
	[
		'whacenter',
		400,
		'Device not connected or not found',
		/Device > Get Status.*\. These operations are in the Whacenter node\./,
	],
	['wapio', 409, 'Session is not connected', /Session > Get.*\. These operations are in the Wapio node\./],
	['chatalo', 401, 'Unauthorized', /Integration > API Key & Apps\.( Nothing was sent\.)?$/],
])('says where the operations are that a hint of %s names', async (provider, code, message, hint) => {
	bench.sandbox.control.fault({ kind: 'bodyError', code, message, provider, times: Infinity });
	const { error } = await run({ ...usual, ...through(provider), options: { retries: 0 } });
	expect(error?.description).toMatch(hint);
});

it('names the provider that has no credential, and sends nothing', async () => {
	const { wapioApi = {} } = bench.credentials;
	const engine = createEngine({
		nodes: { whatsAppGateways: WhatsAppGateways },
		credentialTypes: providers.flatMap((each) => Object.values(each.credentials).map(({ source }) => source)),
		credentials: { wapioApi },
	});
	const parameters = { ...usual, ...through('wapio', 'chatalo') };
	const { error } = await engine.runNode({ type: 'whatsAppGateways', parameters, items: [{ json: item() }] });
	await engine.close();
	expect(error?.message).toBe('Providers: select a credential for Chatalo, or remove Chatalo');
	expect(bench.sandbox.control.requests()).toEqual([]);
});

it.each(['wapio', 'chategy'] as const)('refuses a file without a byte in it: %s', async (name) => {
	const data = await bench.engine.storeBinary(Buffer.alloc(0), { fileName: 'a.pdf', mimeType: 'application/pdf' });
	const { error } = await bench.run(
		{ ...through(name), operation: 'sendFile', ...fromItem },
		{ items: [{ json: item(), binary: { data } }] },
	);
	expect(error?.message).toMatch(/^Input Binary Field: the file in the field "data" is empty/);
	expect(bench.sandbox.control.requests()).toEqual([]);
});

describe('a list', () => {
	const lists = providers.flatMap(({ type, name, credentials }) => {
		const capabilities = capabilitiesOf(type);
		if (!capabilities) return [];
		const { gateway, senders, groups } = capabilities;
		const credentialType = gateway.api.credentialType;
		const keyField = credentials[credentialType]?.keyField ?? '';
		const about = { type, name, credentialType, keyField };
		return [
			...(senders ? [{ ...about, method: senderLoad(capabilities), isSearch: false }] : []),
			...(groups?.list ? [{ ...about, method: groupSearch(capabilities), isSearch: true }] : []),
		];
	});

	const look = async (
		{ type, method, isSearch }: (typeof lists)[number],
		credentials: typeof bench.credentials | undefined,
		engine = bench.engine,
	): Promise<unknown[]> => {
		const parameters = { ...usual, ...through(type), sendTo: 'group' };
		const of = { type: 'whatsAppGateways', method, parameters, ...(credentials && { credentials }) };
		return isSearch ? (await engine.listSearch(of)).results : await engine.loadOptions(of);
	};

	it.each(lists.map((list) => [list.method, list] as const))(
		'%s loads, or says what is wrong',
		async (_name, list) => {
			expect((await look(list, undefined)).length).toBeGreaterThan(0);
			const { credentialType, keyField } = list;
			const wrong = {
				...bench.credentials,
				[credentialType]: { ...bench.credentials[credentialType], [keyField]: 'x'.repeat(40) },
			};
			await expect(look(list, wrong)).rejects.toThrow(/ did not accept the credential/);
			const without = createEngine({
				nodes: { whatsAppGateways: WhatsAppGateways },
				credentialTypes: providers.flatMap((each) =>
					Object.values(each.credentials).map(({ source }) => source),
				),
			});
			await expect(look(list, undefined, without)).rejects.toThrow(/^Choose a \w+ credential first/);
			await without.close();
		},
	);
});
