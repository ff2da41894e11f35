import { wapioAccount } from '../../../../sandbox';
import { callProvider, matching } from '../../../sandbox/client';
import { at, invalid, no, text, useCalls } from './calls';

const { pat, sessions } = wapioAccount;
const { sandbox, asAccount, asSession } = useCalls();

describe('who may do what', () => {
	it.each(['', 'Bearer wrong', `Basic ${pat}`])('refuses "%s" with 401', async (Authorization) => {
		const answer = await callProvider(sandbox(), 'wapio', 'GET', '/v1/whatsapp-sessions', undefined, {
			Authorization,
		});
		expect([answer.status, answer.json]).toEqual([401, no('Missing or invalid Bearer token.', 'unauthorized')]);
	});

	it('answers 404 to a path it does not have', async () => {
		expect((await asAccount('GET', '/v1/nowhere')).status).toBe(404);
	});

	it.each([
		['POST', '/v1/whatsapp-sessions'],
		['DELETE', at(sessions.connected)],
		['POST', `${at(sessions.connected)}/regenerate-key`],
		['PUT', `${at(sessions.connected)}/webhook`],
		['DELETE', `${at(sessions.connected)}/webhook`],
	])('%s %s is for account tokens only', async (method, path) => {
		const answer = await asSession(method, path, method === 'DELETE' ? undefined : {});
		expect([answer.status, answer.json]).toEqual([403, no(matching(/personal access token/), 'forbidden')]);
	});

	it('a session-scoped key sees its own session only', async () => {
		expect((await asSession('GET', '/v1/whatsapp-sessions')).json).toMatchObject({
			data: [{ session_id: sessions.connected }],
			next_cursor: null,
		});
		expect((await asSession('GET', at(sessions.connected))).status).toBe(200);
		expect((await asSession('GET', at(sessions.disconnected))).status).toBe(404);
	});

	it.each<[string, Record<string, string>, string, object]>([
		['the body', {}, '', { session_id: sessions.disconnected }],
		['the header', { 'x-session-id': sessions.disconnected }, '', {}],
		['the query', {}, `?session_id=${sessions.disconnected}`, {}],
	])('a session-scoped key may name no other session in %s', async (_name, headers, query, more) => {
		const answer = await asSession('POST', `/api/send-message${query}`, { ...text, ...more }, headers);
		expect([answer.status, answer.json]).toEqual([
			422,
			no(matching(/^session_id in request does not match/), 'validation_failed'),
		]);
		expect(sandbox().control.messages()).toEqual([]);
	});

	it('an account token has to name a session', async () => {
		expect((await asAccount('POST', '/api/send-message', text)).json).toEqual(
			invalid({ session_id: ['Required'] }),
		);
		expect((await asAccount('GET', `/api/contacts?session_id=${sessions.connected}`)).status).toBe(200);
		expect(
			(await asAccount('GET', '/api/contacts', undefined, { 'x-session-id': sessions.connected })).status,
		).toBe(200);
		expect((await asAccount('GET', '/api/contacts?session_id=nobody')).status).toBe(404);
		const differing = await asAccount('GET', `/api/contacts?session_id=${sessions.connected}`, undefined, {
			'x-session-id': sessions.disconnected,
		});
		expect(differing.status).toBe(422);
	});
});
