import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { balesOtomatisAccount, chataloAccount, type ProviderName } from '../../sandbox';
import { byId, recipients } from '../support/bench';
import { chainOf, workflowOf } from '../support/executions';
import { startWaitingHost } from '../support/n8n/waitingHost';
import { REFUSED_KEY, type RoutingBench, startRoutingBench, through, usual } from './bench';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const { authenticated } = chataloAccount.devices;

const options = { retries: 0 };

describe('a provider that just failed', () => {
	it('is not asked first for every item, and asked again later', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: Infinity });
		const { outputs } = await bench.run({ ...through('chatalo', 'wapio'), options }, { items: recipients(5) });
		expect(bench.sandbox.control.requests({ provider: 'chatalo' })).toHaveLength(1);
		expect(outputs[0]?.[4]?.json.attempts).toEqual([
			{ provider: 'chatalo', outcome: 'skipped', reason: 'credential' },
			{ provider: 'wapio', outcome: 'accepted' },
		]);
	});

	it('is asked each time where the option says so', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: Infinity });
		const never = { retries: 0, skipFailedFor: 0 };
		await bench.run({ ...through('chatalo', 'wapio'), options: never }, { items: recipients(3) });
		expect(bench.sandbox.control.requests({ provider: 'chatalo' })).toHaveLength(3);
	});

	it('is asked each time again once the option says so', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: 1 });
		await bench.run({ ...through('chatalo', 'wapio'), options }, { items: recipients(1) });
		const never = { retries: 0, skipFailedFor: 0 };
		await bench.run({ ...through('chatalo', 'wapio'), options: never }, { items: recipients(1) });
		expect(bench.accepted()).toEqual({ chatalo: 1, wapio: 1 });
	});

	it('is asked for a message though a number check was not answered', async () => {
		bench.sandbox.control.fault({
			kind: 'status',
			status: 500,
			provider: 'chatalo',
			path: '/contacts',
			times: Infinity,
		});
		const check = { resource: 'contact', operation: 'checkNumber', options: {} };
		await bench.run({ ...through('chatalo', 'wapio'), ...check }, { items: recipients(1) });
		await bench.run({ ...through('chatalo', 'wapio'), options }, { items: recipients(1) });
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('is another phone of the account for what goes out over that one', async () => {
		bench.sandbox.control.fault({
			kind: 'bodyError',
			code: 409,
			message: 'Session is not connected',
			provider: 'wapio',
			times: 1,
		});
		const other = { ...through('wapio', 'chatalo'), wapioSessions: ['bps_sess_ws_000000000000000000000009'] };
		await bench.run({ ...other, options }, { items: recipients(1) });
		await bench.run({ ...through('wapio', 'chatalo'), options }, { items: recipients(1) });
		expect(bench.accepted()).toEqual({ chatalo: 1, wapio: 1 });
	});

	it('is asked all the same when nobody else can', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: 1 });
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'wapio', times: 1 });
		const parameters = { ...through('chatalo', 'wapio'), options };
		expect((await bench.run(parameters, { items: recipients(1) })).error?.description).toMatch(
			/Before it: Chatalo: credential\./,
		);
		expect((await bench.run(parameters, { items: recipients(1) })).error).toBeUndefined();
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});
});

it('goes on to the second device of the same account', async () => {
	bench.sandbox.control.fault({
		kind: 'bodyError',
		code: 400,
		message: 'The device is not authenticated',
		provider: 'chatalo',
		times: 1,
	});
	const devices = { chataloDevices: ['c7276ae0-c306-4896-8fda-000000000000', authenticated] };
	const { outputs, error } = await bench.run(
		{ ...through('chatalo'), ...devices, options },
		{ items: recipients(1) },
	);
	expect(error).toBeUndefined();
	expect(outputs[0]?.[0]?.json.attempts).toEqual([
		{ provider: 'chatalo', sender: 1, outcome: 'refused', reason: 'disconnected' },
		{ provider: 'chatalo', sender: 2, outcome: 'accepted' },
	]);
});

describe('a phone that is not connected', () => {
	it.each<[ProviderName, INodeParameters]>([
		['balesOtomatis', { balesOtomatisNumbers: [balesOtomatisAccount.numbers.disconnected] }],
		['chatalo', { chataloDevices: ['c7276ae0-c306-4896-8fda-000000000000'] }],
	])('lets the next provider send: %s', async (name, phone) => {
		const { error } = await bench.run({ ...through(name, 'wapio'), ...phone, options }, { items: recipients(1) });
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ wapio: 1 });
	});

	it.each<[ProviderName, string]>([
		['whacenter', 'Number not found on this device'],
		['chatalo', 'The number is not active on any device'],
		['chatalo', 'Message not sent: recipient device disconnected'],
		['wapio', 'Contact not found for this session'],
		['wapio', 'Quoted message not found in session'],
		['balesOtomatis', 'The file exceeded the maximum size for your package'],
	])('is not what %s means by "%s"', async (name, message) => {
		bench.sandbox.control.fault({ kind: 'bodyError', code: 400, message, provider: name, times: Infinity });
		const next = name === 'chatalo' ? 'wapio' : 'chatalo';
		const { error } = await bench.run({ ...through(name, next), options }, { items: recipients(1) });
		expect(error).toBeDefined();
		expect(bench.accepted()).toEqual({});
	});
});

describe('is refused at the door', () => {
	const refusals: Array<[string, INodeParameters, RegExp]> = [
		['no provider', { providers: [] }, /Providers/],
		['no device', { providers: ['chatalo'] }, /^Chatalo Device Names or IDs: choose at least one device/],
		[
			'a group where a provider has none',
			{ ...through('chategy'), sendTo: 'group' },
			/^Providers: Chategy cannot write to groups/,
		],
		[
			'a binary file where a provider takes none',
			{
				...through('wapio', 'whacenter'),
				operation: 'sendFile',
				mediaSource: 'binary',
				binaryPropertyName: 'data',
			},
			/^(Providers: Whacenter cannot send a file from a binary field|Input Binary Field: )/,
		],
		[
			'a number check where a provider has none',
			{ ...through('wapio', 'whacenter'), resource: 'contact', operation: 'checkNumber' },
			/^Providers: Whacenter cannot check numbers/,
		],
		[
			'a time to skip that is none',
			{ ...through('wapio'), options: { skipFailedFor: 5000 } },
			/^Options → Skip Failed Providers For \(Minutes\): enter 0 to 1440/,
		],
		['a wrong number', { ...through('wapio', 'chatalo'), phoneNumber: '12' }, /^Phone Number: /],
		['an empty text', { ...through('wapio', 'chatalo'), text: '={{ "" }}' }, /^Text: write the text/],
	];

	it.each(refusals)('%s', async (_name, parameters, message) => {
		const { error } = await bench.run(parameters, { items: recipients(2) });
		expect(error?.message).toMatch(message);
		expect(bench.sandbox.control.requests()).toEqual([]);
	});
});

it('checks a number with the next provider if the first cannot be asked', async () => {
	bench.sandbox.control.fault({ kind: 'status', status: 500, provider: 'chatalo', times: Infinity });
	const { outputs, error } = await bench.run(
		{ ...through('chatalo', 'wapio'), resource: 'contact', operation: 'checkNumber', options: {} },
		{ items: recipients(1) },
	);
	expect(error).toBeUndefined();
	expect(outputs[0]?.[0]?.json).toMatchObject({
		phone: '6281200000000',
		exists: true,
		provider: 'wapio',
	});
});

it('takes the same phones for all items', async () => {
	const items = ['a', authenticated].map((device) => ({ json: { phone: '6281200000000', text: 'Hi', device } }));
	const parameters = { ...through('chatalo'), chataloDevices: '={{ [$json.device] }}' };
	const { error } = await bench.run(parameters, { items });
	expect(error?.message).toMatch(/^Chatalo Device Names or IDs: the expression returns something else/);
	expect(bench.sandbox.control.requests()).toEqual([]);
});

describe('a question', () => {
	it.each(['balesOtomatis', 'chatalo', 'chategy', 'wapio', 'whacenter'] as const)('waits: %s', async (name) => {
		const host = await startWaitingHost(bench.engine);
		const question = { operation: 'sendAndWait', message: 'OK?', phoneNumber: '6281200000000' };
		const parameters = { ...usual, ...through(name), ...question };
		const file = chainOf(bench.engine, [{ type: 'whatsAppGateways', nodeName: 'Ask', parameters }]);
		const execution = host.start(file);
		await execution.paused;
		expect(execution.status).toBe('waiting');
		const [sent] = bench.sandbox.control.messages(name);
		const [link = ''] = /http\S+/.exec(sent?.text ?? '') ?? [];
		await fetch(link, { method: 'POST' });
		const { error } = await execution.finished;
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [name]: 1 });
		await host.close();
	});
});

describe('a file', () => {
	const url = {
		operation: 'sendFile',
		mediaSource: 'url',
		fileUrl: 'https://example.com/invoice.pdf',
		caption: 'Your invoice',
	};

	it.each(['chatalo', 'wapio', 'whacenter', 'balesOtomatis'] as const)('goes out by its URL: %s', async (name) => {
		const { error } = await bench.run({ ...through(name), ...url }, { items: recipients(1) });
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [name]: 1 });
	});

	it.each(['chatalo', 'wapio', 'whacenter', 'balesOtomatis'] as const)(
		"has a caption in WhatsApp's format if that is chosen: %s",
		async (name) => {
			const file = { ...through(name), ...url, options: { textFormat: 'markdown' } };
			const { error } = await bench.run({ ...file, caption: '**Your** invoice' }, { items: recipients(1) });
			expect(error).toBeUndefined();
			expect(bench.sandbox.control.messages().map(({ text }) => text)).toEqual(['*Your* invoice']);
			const bare = await bench.run({ ...file, caption: '' }, { items: recipients(1) });
			expect(bare.error).toBeUndefined();
			expect(bench.accepted()).toEqual({ [name]: 2 });
		},
	);

	it.each(['wapio', 'chategy'] as const)('goes out from a binary field: %s', async (name) => {
		const data = await bench.engine.storeBinary(Buffer.from('%PDF-1.4 test'), {
			fileName: 'invoice.pdf',
			mimeType: 'application/pdf',
		});
		const { error } = await bench.run(
			{ ...through(name), operation: 'sendFile', mediaSource: 'binary', binaryPropertyName: 'data', caption: '' },
			{ items: recipients(1).map((item) => ({ ...item, binary: { data } })) },
		);
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [name]: 1 });
	});
});

describe('a reply', () => {
	const event = (provider: ProviderName, more: IDataObject = {}): IDataObject => ({
		event: 'message',
		provider,
		channel: 'whatsapp',
		device:
			{ chatalo: authenticated, balesOtomatis: balesOtomatisAccount.numbers.connected }[provider as string] ??
			null,
		chat: { id: '6281200000000@s.whatsapp.net', type: 'private', phone: '6281200000000', address: '6281200000000' },
		messageId: null,
		...more,
	});
	const reply = { operation: 'reply', text: 'Thanks!', event: '' };
	const all = ['balesOtomatis', 'chatalo', 'chategy', 'wapio', 'whacenter'] as const;

	it.each(all)('goes back through the provider that received the message: %s', async (name) => {
		const { error, outputs } = await bench.run(
			{ providers: [...all], ...reply },
			{ items: [{ json: event(name) }] },
		);
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [name]: 1 });
		expect(outputs[0]?.[0]?.json).toMatchObject({ provider: name, phone: '6281200000000' });
	});

	it('reaches a person whose phone number WhatsApp hides, where the provider can', async () => {
		const lid = '123456789012345@lid';
		const hidden = event('wapio', { chat: { id: lid, type: 'private', address: lid, lid } });
		const { error } = await bench.run({ providers: ['wapio'], ...reply }, { items: [{ json: hidden }] });
		expect(error).toBeUndefined();
		expect(bench.sandbox.control.messages()).toMatchObject([{ recipient: lid }]);
	});

	it('finds the event behind nodes that dropped it', async () => {
		const trigger = "Andi's {{ Trigger }}";
		const dropped = { mode: 'raw', jsonOutput: '{"output":"Thanks!"}', includeOtherFields: false };
		const file = workflowOf(
			bench.engine,
			[
				{ type: 'chataloTrigger', nodeName: trigger },
				{ type: 'wapioTrigger', nodeName: 'Other' },
				{ type: 'n8n-nodes-base.set', typeVersion: 3.4, nodeName: 'Agent', parameters: dropped },
				{
					type: 'whatsAppGateways',
					nodeName: 'Reply',
					parameters: { ...usual, ...reply, text: '={{ $json.output }}', providers: ['chatalo', 'wapio'] },
				},
			],
			[
				[trigger, 'Agent'],
				['Other', 'Agent'],
				['Agent', 'Reply'],
			],
		);
		const items = [{ json: event('chatalo') }, { json: event('chatalo') }];
		const { error } = await bench.engine.runWorkflow(file, { startNode: trigger, items });
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ chatalo: 2 });
	});

	it('takes the event from the field, as an object or as JSON', async () => {
		const json = { event: event('wapio') };
		for (const field of ['={{ $json.event }}', '={{ JSON.stringify($json.event) }}']) {
			const parameters = { ...reply, event: field, providers: ['wapio'] };
			expect((await bench.run(parameters, { items: [{ json }] })).error).toBeUndefined();
		}
		expect(bench.accepted()).toEqual({ wapio: 2 });
	});

	it.each(['{"foo":1}', '[1]', 'garbage', '={{ $json.chat }}'])('refuses the field Event with %s', async (field) => {
		const { error } = await bench.run(
			{ ...reply, event: field, providers: ['wapio'] },
			{ items: [{ json: event('wapio') }] },
		);
		expect(error?.message).toMatch(/^Event: this is not an event/);
		expect(bench.sandbox.control.requests()).toEqual([]);
	});

	it.each<[string, IDataObject, string[], RegExp]>([
		[
			'a device that is missing',
			event('chatalo', { device: { a: 1 } }),
			['chatalo'],
			/^Event: Chatalo cannot use its device: /,
		],
		[
			'an address that is no number',
			event('wapio', { chat: { type: 'private', address: '0812' } }),
			['wapio'],
			/^Event: Wapio cannot use its chat\.address: /,
		],
		[
			'an item of no trigger',
			{ text: 'hello' },
			['wapio'],
			/^Event: this item does not come from a gateway trigger/,
		],
		[
			'an event of a provider that is not chosen',
			event('wapio'),
			['chatalo'],
			/^Providers: the message came in through Wapio/,
		],
		[
			'a chat that cannot be written to',
			event('chatalo', { chat: { id: '1@lid', type: 'private', lid: '1@lid' } }),
			['chatalo'],
			/^Event: this chat has no address/,
		],
		[
			'a WhatsApp group of Chategy',
			event('chategy', { chat: { id: '1@g.us', type: 'group', address: '1@g.us' } }),
			['chategy'],
			/^Event: Chategy cannot write to groups/,
		],
	])('refuses %s', async (_name, json, names, message) => {
		const { error } = await bench.run({ ...reply, providers: names }, { items: [{ json }] });
		expect(error?.message).toMatch(message);
		expect(bench.sandbox.control.requests()).toEqual([]);
	});
});

describe('lists', () => {
	it('offers the phones of an account, and the groups of the first', async () => {
		const parameters = { ...usual, ...through('chatalo'), sendTo: 'group' };
		const phones = await bench.engine.loadOptions({
			type: 'whatsAppGateways',
			parameters,
			method: 'getChataloDevices',
		});
		expect(phones.map(({ value }) => value)).toContain(authenticated);
		const groups = await bench.engine.listSearch({
			type: 'whatsAppGateways',
			parameters,
			method: 'searchChataloGroups',
		});
		expect(groups.results.length).toBeGreaterThan(0);
		const [group] = groups.results;
		const { error } = await bench.run(
			{ ...parameters, chataloGroup: byId(String(group?.value)) },
			{ items: recipients(1) },
		);
		expect(error).toBeUndefined();
	});
});
