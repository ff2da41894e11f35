/** What the trigger looks up for an event: the number behind a LID, and whose session it is. */
import type { IDataObject } from 'n8n-workflow';
import { GatewayClient } from '../../../../nodes/shared/http/client';
import { undiciTransport } from '../../../../nodes/shared/http/undici/transport';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';
import { wapioApi } from '../../../../nodes/Wapio/api/wapioApi';
import { lookUp, ownIds } from '../../../../nodes/Wapio/trigger/lookUp';
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from '../../../support/scriptedServer';
import { one, received } from './parsing';

const LID = '203948576102938@lid';
const PHONE = '212600000001';
const pn = (value: string | null): ScriptedAnswer => ({ body: { success: true, data: { pn: value } } });
const notKnown: ScriptedAnswer = {
	status: 404,
	body: { success: false, message: 'No mapping found', reason_code: 'not_found' },
};

let server: ScriptedServer;
beforeEach(async () => {
	server = await startScriptedServer(pn(`${PHONE}@s.whatsapp.net`));
});
afterEach(async () => {
	jest.restoreAllMocks();
	await server.close();
});

/** A client of a separate account, unless the token says otherwise. */
const clientWith = (token = 'bps_sk_one', sessionId = ''): GatewayClient =>
	new GatewayClient({
		api: wapioApi,
		credential: { token, sessionId, baseUrl: server.url },
		transport: undiciTransport,
	});

/** The node's parameters with these options. */
const optionsOf =
	(options: IDataObject = { lookUpPhoneNumbers: true }) =>
	(name: string): IDataObject[string] =>
		name.startsWith('options.') ? options[name.slice('options.'.length)] : undefined;

const message = (key: IDataObject): GatewayEvent =>
	one(received({ key: { id: '3EB0A', fromMe: false, ...key }, message: { conversation: 'Hello' } }));
const lidOnly = (): GatewayEvent => message({ remoteJid: LID });

const paths = (): string[] => server.requests.map(({ path }) => path);

describe('Look Up Phone Numbers', () => {
	it('fills in the number of a private chat, and its address', async () => {
		const before = lidOnly();
		expect(before.chat).toEqual({ id: LID, type: 'private', lid: LID, address: LID });
		const after = await lookUp(clientWith(), before, optionsOf());
		expect(after.chat).toEqual({
			id: LID,
			type: 'private',
			phone: PHONE,
			lid: LID,
			address: `${PHONE}@s.whatsapp.net`,
		});
		expect(after.sender).toEqual({ ...before.sender, phone: PHONE });
		expect(paths()).toEqual(['/api/pn-from-lid/203948576102938%40lid']);
	});

	it('fills in the sender in a group, whose address stays', async () => {
		const group = '120363000000000001@g.us';
		const after = await lookUp(clientWith(), message({ remoteJid: group, participant: LID }), optionsOf());
		expect(after.chat).toMatchObject({ id: group, type: 'group', address: group });
		expect(after.chat.phone).toBeUndefined();
		expect(after.sender).toMatchObject({ id: LID, phone: PHONE, lid: LID });
	});

	it('fills in the recipient of an own message', async () => {
		const after = await lookUp(clientWith(), message({ remoteJid: LID, fromMe: true }), optionsOf());
		expect(after.chat).toMatchObject({ phone: PHONE, address: `${PHONE}@s.whatsapp.net` });
		expect(after.sender).toMatchObject({ id: null, phone: null });
	});

	it.each([
		['the option is off', () => lidOnly(), {}],
		[
			'the payload has the number',
			() => message({ remoteJid: LID, cleanedSenderPn: PHONE }),
			{ lookUpPhoneNumbers: true },
		],
		[
			'nobody is named',
			() => message({ remoteJid: '120363000000000000@newsletter' }),
			{ lookUpPhoneNumbers: true },
		],
	])('looks up nothing if %s', async (_why, event, options) => {
		const before = event();
		expect(await lookUp(clientWith(), before, optionsOf(options))).toEqual(before);
		expect(paths()).toEqual([]);
	});

	it('asks once for each person, account and session', async () => {
		const both = await Promise.all([1, 2].map(async () => await lookUp(clientWith(), lidOnly(), optionsOf())));
		expect(both.map(({ sender }) => sender.phone)).toEqual([PHONE, PHONE]);
		await lookUp(clientWith(), lidOnly(), optionsOf());
		expect(paths()).toHaveLength(1);
		await lookUp(clientWith('bps_sk_two'), lidOnly(), optionsOf());
		await lookUp(clientWith('bps_sk_one', 'bps_sess_ws_2'), lidOnly(), optionsOf());
		await lookUp(clientWith(), message({ remoteJid: '203948576102939@lid' }), optionsOf());
		expect(paths()).toHaveLength(4);
	});

	it('names the session of the event to a personal access token', async () => {
		await lookUp(clientWith('bps_pat_one'), lidOnly(), optionsOf());
		expect(server.requests[0]?.headers['x-session-id']).toBe('bps_sess_ws_1');
	});

	it.each([
		['a refusal', notKnown],
		['no number', pn(null)],
		['a LID in place of the number', pn(LID)],
		['the digits of the LID in place of the number', pn('203948576102938')],
	])('remembers %s for an hour', async (_what, answer) => {
		server.script([answer, pn(`${PHONE}@s.whatsapp.net`)]);
		const client = clientWith();
		const before = lidOnly();
		expect(await lookUp(client, before, optionsOf())).toEqual(before);
		expect(await lookUp(client, before, optionsOf())).toEqual(before);
		expect(paths()).toHaveLength(1);
		const now = Date.now();
		jest.spyOn(Date, 'now').mockImplementation(() => now + 3_600_001);
		expect((await lookUp(client, before, optionsOf())).sender.phone).toBe(PHONE);
	});

	it.each<[string, ScriptedAnswer]>([
		['an error of the server', { status: 500, body: 'oops' }],
		['a page', { body: '<html>' }],
		['a cut connection', { drop: true }],
		['a wrong token', { status: 401, body: { success: false, message: 'Unknown', reason_code: 'unauthorized' } }],
	])('leaves the event as it is after %s, and asks again', async (_what, answer) => {
		server.script([answer, pn(`${PHONE}@s.whatsapp.net`)]);
		const client = clientWith();
		const before = lidOnly();
		expect(await lookUp(client, before, optionsOf())).toEqual(before);
		expect((await lookUp(client, before, optionsOf())).sender.phone).toBe(PHONE);
	});

	it('waits for three seconds at most', async () => {
		server.script({ ...pn(`${PHONE}@s.whatsapp.net`), delay: 4_500 });
		const before = lidOnly();
		const started = performance.now();
		expect(await lookUp(clientWith(), before, optionsOf())).toEqual(before);
		expect(performance.now() - started).toBeLessThan(4_500);
	});

	it('remembers a thousand answers, and no more', async () => {
		const client = clientWith();
		const ask = async (index: number) =>
			await lookUp(client, message({ remoteJid: `${203_948_576_000_000 + index}@lid` }), optionsOf());
		for (let index = 0; index < 1_001; index += 50) {
			await Promise.all(Array.from({ length: 50 }, async (_none, more) => await ask(index + more)));
		}
		const asked = paths().length;
		await ask(1_040);
		expect(paths()).toHaveLength(asked);
		await ask(0);
		expect(paths()).toHaveLength(asked + 1);
	}, 30_000);
});

describe('whose session it is', () => {
	it.each<[string, object, string[]]>([
		[
			'phone and LID',
			{ success: true, data: { id: '212611111111:3@s.whatsapp.net', lid: '103948576100001:3@lid' } },
			['212611111111', '103948576100001@lid'],
		],
		['a number', { data: { phone_number: '+212 611-111111', name: 'Shop' } }, ['212611111111']],
		['a block', { success: true, data: { user: { id: '212611111111@s.whatsapp.net' } } }, ['212611111111']],
		['ids of another kind', { success: true, data: { id: 8_123_456, name: 'Shop' } }, []],
	])('%s', async (_what, body, ids) => {
		server.script({ body });
		expect(await ownIds(clientWith(), optionsOf())).toEqual(ids);
		expect(paths()).toEqual(['/api/user']);
	});

	it('is requested once', async () => {
		server.script({ body: { success: true, data: { id: '212611111111@s.whatsapp.net' } } });
		expect(await ownIds(clientWith(), optionsOf())).toEqual(['212611111111']);
		expect(await ownIds(clientWith(), optionsOf())).toEqual(['212611111111']);
		expect(paths()).toHaveLength(1);
	});

	it('is not known after a failure, which throws nothing', async () => {
		server.script({ status: 500, body: 'oops' });
		expect(await ownIds(clientWith(), optionsOf())).toEqual([]);
	});
});
