import type { INodeParameters } from 'n8n-workflow';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { type Bench, credentialFor, developerCredentialFor, startBench } from './bench';
import { chategyExamples } from './contracts/inbound';
import { Hooks } from './hooks';

/** Somebody else's webhook in the same account. */
const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=do-not-touch-this';

const DOCUMENTED = [
	'tdlib_incoming_msg',
	'whatsapp_incoming_msg',
	'whatsapp_log_in',
	'whatsapp_log_out',
	'whatsapp_status_msg',
];

let bench: Bench;
let host: TriggerHost;
let hooks: Hooks;

beforeEach(async () => {
	bench = await startBench();
	host = await startTriggerHost(bench.engine);
	hooks = new Hooks(bench.sandbox);
});
afterEach(async () => {
	await host.close();
	await bench.close();
});

const deploy = (parameters: INodeParameters = {}): Deployment => host.deploy({ type: 'chategyTrigger', parameters });
const paths = async () => (await hooks.all()).map(({ url }) => url.split('?')[0]);
const writes = () => bench.sandbox.control.requests({ path: /webhooks/ }).filter(({ method }) => method !== 'GET');

/** The one entry that leads to this workflow in production. */
const entryOf = async (wf: Deployment, list = hooks) => {
	const own = (await list.all()).filter(({ url }) => url.split('?')[0] === wf.productionUrl);
	expect(own).toHaveLength(1);
	return own[0] as (typeof own)[number];
};

const deliver = async (url: string, body: unknown = chategyExamples.incoming.payload) =>
	await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('registration', () => {
	it('is made for the documented types, survives a restart without a call, and is removed', async () => {
		const wf = deploy();
		await wf.activate();
		const entry = await entryOf(wf);
		expect([...entry.types].sort()).toEqual(DOCUMENTED);
		expect(entry.url).toMatch(/\?secret=[\w-]{32}$/);
		expect(writes().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v1/webhooks']);

		const before = bench.sandbox.control.requests().length;
		wf.restart();
		expect(bench.sandbox.control.requests()).toHaveLength(before);
		await deliver(entry.url);
		await wf.idle();
		expect(wf.executions).toHaveLength(1);

		expect(await wf.deactivate()).toEqual([]);
		expect(await hooks.all()).toEqual([]);
	});

	it('is made with the key of a developer, in the list of the developer', async () => {
		const developerHooks = new Hooks(bench.sandbox, 'developer');
		const wf = deploy({ authentication: 'developerApiKey' });
		await wf.activate();
		const entry = await entryOf(wf, developerHooks);
		expect([...entry.types].sort()).toEqual(DOCUMENTED);
		expect(writes()[0]).toMatchObject({ method: 'POST', path: '/developer/v1/webhooks' });
		expect(writes()[0]?.headers.authorization).toBe(developerCredentialFor('').apiKey);

		await deliver(entry.url);
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
		expect(await wf.deactivate()).toEqual([]);
		expect(await developerHooks.all()).toEqual([]);
	});

	it.each<[string[], string[]]>([
		[['message_whatsapp'], ['whatsapp_incoming_msg']],
		[['message_telegram'], ['tdlib_incoming_msg']],
		[['call'], ['tdlib_incoming_msg', 'whatsapp_incoming_msg']],
		[
			['message_status', 'message_whatsapp'],
			['whatsapp_incoming_msg', 'whatsapp_status_msg'],
		],
		[
			['log_in', 'log_out'],
			['whatsapp_log_in', 'whatsapp_log_out'],
		],
		// Not in the API reference: asked for only by name.
		[['message_max'], ['max_incoming_msg']],
		[
			['*', 'message_max'],
			['max_incoming_msg', ...DOCUMENTED],
		],
	])('%j is registered for %j', async (events, types) => {
		const wf = deploy({ events });
		await wf.activate();
		expect([...(await entryOf(wf)).types].sort()).toEqual(types);
	});

	it('delivery statuses alone need no registration, and the node says where they come from', async () => {
		const wf = deploy({ events: ['delivery_status'] });
		await expect(wf.activate()).rejects.toThrow(/Callback URL/);
		expect(writes()).toHaveLength(0);
	});

	it('publishing again leaves a registration that is right alone', async () => {
		const wf = deploy();
		await wf.activate();
		const entry = await entryOf(wf);
		const registered = writes().length;
		await wf.activate();
		expect(writes()).toHaveLength(registered);
		expect(await entryOf(wf)).toEqual(entry);
	});

	it('publishing with other events registers for those, once', async () => {
		const wf = deploy({ events: ['message_whatsapp'] });
		await wf.activate();
		wf.setParameters({ events: ['message_telegram'] });
		await wf.activate();
		expect((await entryOf(wf)).types).toEqual(['tdlib_incoming_msg']);
		expect(await hooks.all()).toHaveLength(1);
	});

	it('an entry with an old secret is replaced, not doubled', async () => {
		const wf = deploy();
		await wf.activate();
		const entry = await entryOf(wf);
		await hooks.move(entry, entry.url.replace(/secret=[^&]+/, 'secret=of-the-old-key'));
		await wf.activate();
		expect((await entryOf(wf)).url).toBe(entry.url);
		expect(await hooks.all()).toHaveLength(1);
	});

	it('webhooks of other workflows and systems are never touched', async () => {
		const foreign = await hooks.add(FOREIGN, 'whatsapp_incoming_msg');
		const other = deploy();
		await other.activate();
		const otherEntry = await entryOf(other);

		const wf = deploy();
		await wf.activate();
		await wf.listen();
		await wf.stopListening();
		wf.setParameters({ events: ['call'] });
		await wf.activate();
		expect(await hooks.all()).toEqual(expect.arrayContaining([foreign, otherEntry]));
		expect(await wf.deactivate()).toEqual([]);
		expect(await hooks.all()).toEqual([foreign, otherEntry]);

		await deliver(otherEntry.url);
		await other.idle();
		expect(other.executions).toHaveLength(1);
		expect(wf.executions).toHaveLength(0);
	});

	it('what is gone already is no failure of deactivation', async () => {
		const wf = deploy();
		await wf.activate();
		bench.sandbox.control.reset();
		expect(await wf.deactivate()).toEqual([]);
	});

	it.each([
		['accessToken', 'chategyApi', { ...credentialFor(''), accessToken: 'not-the-right-key' }],
		['developerApiKey', 'chategyDeveloperApi', { ...developerCredentialFor(''), apiKey: 'not-the-right-key' }],
	])('a wrong key (%s) is told in words, and not shown', async (authentication, type, values) => {
		const credential = { ...values, baseUrl: bench.sandbox.baseUrl('chategy') };
		const wf = host.deploy({
			type: 'chategyTrigger',
			parameters: { authentication },
			credentials: { [type]: credential },
		});
		const error = (await wf.activate().catch((caught: unknown) => caught)) as Error;
		expect(error.message).toMatch(/^Chategy did not accept the credential/);
		expect(JSON.stringify({ ...error, message: error.message, node: undefined })).not.toContain(
			'not-the-right-key',
		);
	});
});

describe('listening for a test event', () => {
	it('on an inactive workflow: an entry of its own, gone when it ends', async () => {
		const wf = deploy();
		await wf.listen();
		expect(await paths()).toEqual([wf.testUrl]);
		await deliver((await hooks.all())[0]?.url ?? '');
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
		expect(await hooks.all()).toEqual([]);
	});

	it('on an active workflow: production goes on undisturbed, during and after', async () => {
		const wf = deploy();
		await wf.activate();
		const production = await entryOf(wf);
		await wf.listen();
		expect((await paths()).sort()).toEqual([wf.productionUrl, wf.testUrl].sort());

		await deliver(production.url);
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['webhook']);
		await wf.stopListening();
		expect(await hooks.all()).toEqual([production]);
	});

	it('twice without stopping: no entry is left behind', async () => {
		const wf = deploy();
		await wf.activate();
		const production = await entryOf(wf);
		await wf.listen();
		await wf.listen();
		expect(await hooks.all()).toHaveLength(2);
		await wf.stopListening();
		expect(await hooks.all()).toEqual([production]);
	});

	it('n8n killed while listening: the next listening clears up', async () => {
		const wf = deploy();
		await wf.activate();
		const production = await entryOf(wf);
		await wf.listen();
		wf.killWhileListening();
		wf.restart();
		await wf.listen();
		expect(await hooks.all()).toHaveLength(2);
		await wf.stopListening();
		expect(await hooks.all()).toEqual([production]);
	});

	it('a forged call starts nothing and leaves n8n listening', async () => {
		const wf = deploy();
		await wf.listen();
		expect((await deliver(wf.testUrl)).status).toBe(401);
		expect(wf.executions).toHaveLength(0);
		expect(wf.isListening).toBe(true);
	});
});
