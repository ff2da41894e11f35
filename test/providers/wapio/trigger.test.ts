import type { INodeParameters } from 'n8n-workflow';
import { wapioAccount } from '../../../sandbox';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { type Bench, byId, credentialFor, keyCredentialFor, startBench } from './bench';

const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=do-not-show-this';
const { pat, sessions } = wapioAccount;

/** The official names behind the choice Messages. */
const MESSAGE_EVENTS = [
	'message.sent',
	'messages-group.received',
	'messages-newsletter.received',
	'messages-personal.received',
	'messages.delete',
	'messages.reaction',
	'messages.received',
	'messages.update',
	'messages.upsert',
];

let bench: Bench;
let host: TriggerHost;

beforeEach(async () => {
	bench = await startBench();
	host = await startTriggerHost(bench.engine);
});
afterEach(async () => {
	await host.close();
	await bench.close();
});

const baseUrl = () => bench.sandbox.baseUrl('wapio');
const deploy = (parameters: INodeParameters = {}, credential = credentialFor(baseUrl())): Deployment =>
	host.deploy({ type: 'wapioTrigger', parameters, credentials: { wapioApi: credential } });
/** The key of a session, which the trigger needs to be told the session of. */
const keyCredential = () => ({ ...keyCredentialFor(baseUrl()), sessionId: sessions.connected });
const slot = (session?: string) => bench.sandbox.control.webhook('wapio', session);
const writes = () => bench.sandbox.control.requests({ path: /\/webhook$/ }).filter(({ method }) => method !== 'GET');
const incoming = async () => await bench.sandbox.control.incoming('wapio', 'text');

/** The configuration as the provider shows it. */
const config = async (session: string = sessions.connected): Promise<unknown> => {
	const answer = await fetch(`${baseUrl()}/v1/whatsapp-sessions/${session}/webhook`, {
		headers: { authorization: `Bearer ${pat}` },
	});
	return await answer.json();
};

describe('registration', () => {
	it('is made with a secret, survives a restart without a call, and is removed', async () => {
		const wf = deploy();
		await wf.activate();
		expect(slot()).toBe(wf.productionUrl);
		expect(writes()).toMatchObject([
			{
				method: 'PUT',
				body: {
					target_url: wf.productionUrl,
					subscribed_events: expect.any(Array) as unknown[],
					signing_secret: expect.stringMatching(/^.{16,}$/) as string,
					is_active: true,
				},
			},
		]);

		const before = bench.sandbox.control.requests().length;
		wf.restart();
		expect(bench.sandbox.control.requests()).toHaveLength(before);
		await incoming();
		await wf.idle();
		expect(wf.executions).toHaveLength(1);

		expect(await wf.deactivate()).toEqual([]);
		expect(slot()).toBeNull();
	});

	it.each<[string, INodeParameters, string[]]>([
		['messages unless chosen otherwise', {}, MESSAGE_EVENTS],
		[
			'what was chosen',
			{ events: ['receipts', 'calls', 'polls'] },
			['call', 'message-receipt.update', 'poll.results'],
		],
		['the session and its QR code', { events: ['session', 'qr'] }, ['qrcode.updated', 'session.status']],
		[
			'people and chats',
			{ events: ['groups', 'contacts', 'chats'] },
			[
				'chats.delete',
				'chats.update',
				'chats.upsert',
				'contacts.update',
				'contacts.upsert',
				'group-participants.update',
				'groups.update',
				'groups.upsert',
			],
		],
	])('subscribes to %s', async (_name, parameters, events) => {
		await deploy(parameters).activate();
		const { subscribed_events } = (await config()) as { subscribed_events: string[] };
		expect([...subscribed_events].sort()).toEqual(events);
	});

	it('subscribes to all of them', async () => {
		await deploy({ events: ['*'] }).activate();
		expect(await config()).toMatchObject({ subscribed_events: { length: 22 } });
	});

	it('publishing again leaves a registration that is right alone', async () => {
		const wf = deploy();
		await wf.activate();
		const registered = writes().length;
		await wf.activate();
		expect(writes()).toHaveLength(registered);
	});

	it('a foreign address stops activation before anything is written, and is named without its secrets', async () => {
		bench.sandbox.control.setWebhook('wapio', FOREIGN);
		const error = (await deploy()
			.activate()
			.catch((caught: unknown) => caught)) as Error;
		expect(error.message).toMatch(
			/^This session already sends its webhooks to https:\/\/crm\.example\.com\/hooks\/whatsapp\?…\. .*"Replace Existing Webhook"/,
		);
		expect(error.message).not.toContain('do-not-show-this');
		expect(writes()).toHaveLength(0);
		expect(slot()).toBe(FOREIGN);
	});

	it('a foreign address that was replaced is put back on deactivation, and gets events again', async () => {
		bench.sandbox.control.setWebhook('wapio', FOREIGN);
		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await wf.activate();
		expect(slot()?.split('?')[0]).toBe(wf.productionUrl);
		wf.restart();
		await wf.deactivate();
		expect(await config()).toMatchObject({
			target_url: FOREIGN,
			is_active: true,
			subscribed_events: expect.arrayContaining(['messages.received']) as string[],
		});
	});

	it('events arrive while a foreign address is remembered', async () => {
		bench.sandbox.control.setWebhook('wapio', FOREIGN);
		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await wf.activate();
		const { deliveries } = await incoming();
		await wf.idle();
		expect([deliveries[0]?.status, wf.executions.length]).toEqual([200, 1]);
	});

	it('an address that somebody else set meanwhile is not touched on deactivation', async () => {
		const wf = deploy();
		await wf.activate();
		bench.sandbox.control.setWebhook('wapio', FOREIGN);
		await wf.deactivate();
		expect(slot()).toBe(FOREIGN);
	});

	it('a second workflow on the same session is told about the first', async () => {
		await deploy().activate();
		await expect(deploy().activate()).rejects.toThrow(/already sends its webhooks to/);
	});

	it('two sessions have a slot each', async () => {
		const first = deploy();
		const second = deploy({ session: byId(sessions.disconnected) });
		await first.activate();
		await second.activate();
		expect([slot(sessions.connected), slot(sessions.disconnected)]).toEqual([
			first.productionUrl,
			second.productionUrl,
		]);
	});

	it('a provider that says yes and stores nothing is not believed', async () => {
		bench.sandbox.control.fault({
			kind: 'status',
			status: 200,
			method: 'PUT',
			path: /\/webhook$/,
			body: { success: true },
			times: Infinity,
		});
		await expect(deploy().activate()).rejects.toThrow('Wapio accepted the webhook but did not store it');
	});

	it('answers that are wrapped are understood', async () => {
		bench.sandbox.control.configure('wapio', { envelope: 'success' });
		const wf = deploy();
		await wf.activate();
		expect(slot()).toBe(wf.productionUrl);
		await wf.activate();
		await wf.deactivate();
		expect(slot()).toBeNull();
	});

	it('the key of a session is refused with the remedy, before anything is written', async () => {
		const error = (await deploy({}, keyCredential())
			.activate()
			.catch((caught: unknown) => caught)) as Error;
		expect(error.message).toMatch(/personal access token/i);
		expect(error.message).toMatch(/dashboard|by hand|yourself/i);
		expect(writes()).toHaveLength(0);
	});

	it('an address that was pasted by hand is enough for the key of a session, and stays', async () => {
		const wf = deploy({}, keyCredential());
		bench.sandbox.control.setWebhook('wapio', wf.productionUrl);
		await wf.activate();
		await wf.deactivate();
		expect(slot()).toBe(wf.productionUrl);
		expect(writes()).toHaveLength(0);
	});

	it('no session, neither chosen nor in the credential, is told in words', async () => {
		await expect(deploy({}, { token: pat, baseUrl: baseUrl() }).activate()).rejects.toThrow(/[Ss]ession/);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});

	it('a wrong token is told in words, and not shown', async () => {
		const token = 'bps_pat_not-the-right-token';
		const error = (await deploy({}, { ...credentialFor(baseUrl()), token })
			.activate()
			.catch((caught: unknown) => caught)) as Error;
		expect(error.message).toContain('Wapio did not accept the credential');
		expect(JSON.stringify({ ...error, node: undefined })).not.toContain(token);
	});

	it('the signing secret of the credential is the one that is registered', async () => {
		const webhookSigningSecret = 'the-secret-of-the-credential';
		await deploy({}, { ...credentialFor(baseUrl()), webhookSigningSecret }).activate();
		expect(writes()[0]?.body).toMatchObject({ signing_secret: webhookSigningSecret });
	});

	it('a signing secret that is too short is refused, before anything is written', async () => {
		await expect(
			deploy({}, { ...credentialFor(baseUrl()), webhookSigningSecret: 'short' }).activate(),
		).rejects.toThrow(/16/);
		expect(writes()).toHaveLength(0);
	});
});

describe('listening for a test event', () => {
	const takeOver = { options: { takeOverProduction: true } };

	it('on an inactive workflow: takes the free slot and empties it again', async () => {
		const wf = deploy();
		await wf.listen();
		expect(slot()).toBe(wf.testUrl);
		await incoming();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
		await wf.stopListening();
		expect(slot()).toBeNull();
	});

	it('on an active workflow: refused with the reason, production untouched', async () => {
		const wf = deploy();
		await wf.activate();
		const production = slot();
		await expect(wf.listen()).rejects.toThrow(/^This workflow is active.*"Take Over Production While Testing"/);
		expect(slot()).toBe(production);
	});

	it('with permission, also twice: borrows the slot and puts production back, which works again', async () => {
		const wf = deploy(takeOver);
		await wf.activate();
		const production = slot();
		await wf.listen();
		await wf.listen();
		expect(slot()?.split('?')[0]).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(production);
		await incoming();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['webhook']);
	});

	it('a foreign address is borrowed only with permission, and put back', async () => {
		bench.sandbox.control.setWebhook('wapio', FOREIGN);
		await expect(deploy().listen()).rejects.toThrow(/already sends its webhooks/);
		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await wf.listen();
		expect(slot()?.split('?')[0]).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(FOREIGN);
	});

	it('a forged call while listening starts nothing and leaves n8n listening', async () => {
		const wf = deploy();
		await wf.listen();
		const response = await fetch(wf.testUrl, { method: 'POST', body: '{}' });
		expect(response.status).toBe(401);
		expect(wf.executions).toHaveLength(0);
		expect(wf.isListening).toBe(true);
	});
});
