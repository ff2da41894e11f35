import { wapioAccount } from '../../../../sandbox';
import { controlCall } from '../../../sandbox/client';
import { at, no, useCalls } from './calls';

const { pat, sessions } = wapioAccount;
const { sandbox, asAccount, asSession } = useCalls();

describe('answers', () => {
	it('announce the limit, and refuse what is over it with the words of the collection', async () => {
		sandbox().control.setRateLimit('wapio', { limit: 1, windowMs: 60_000 });
		const first = await asSession('GET', '/v1/whatsapp-sessions');
		const second = await asAccount('GET', '/v1/whatsapp-sessions');
		expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual([
			'1',
			'0',
		]);
		expect([second.status, second.json]).toEqual([429, no('Rate limit exceeded', 'rate_limited')]);
		expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('come wrapped when asked to', async () => {
		sandbox().control.configure('wapio', { envelope: 'success' });
		expect((await asSession('GET', '/v1/whatsapp-sessions')).json).toMatchObject({
			success: true,
			data: { data: [{}], next_cursor: null },
		});
		expect((await asSession('GET', at(sessions.connected))).json).toMatchObject({
			success: true,
			data: { session_id: sessions.connected },
		});
		expect((await controlCall(sandbox(), 'POST', '/wapio/settings', { envelope: 'paper' })).status).toBe(400);
	});

	it('show no token and no secret in the log of requests', async () => {
		await asAccount('PUT', `${at(sessions.connected)}/webhook`, {
			target_url: 'https://example.com',
			subscribed_events: ['call'],
			signing_secret: 'a-secret-of-the-webhook',
		});
		const { text: shown } = await controlCall(sandbox(), 'GET', '/requests?provider=wapio');
		expect(shown).not.toContain(pat);
		expect(shown).not.toContain('a-secret-of-the-webhook');
		expect((await controlCall(sandbox(), 'GET', '/providers')).text).not.toContain('a-secret-of-the-webhook');
	});
});
