import type { Answer } from '../../../sandbox/client';
import { OK, useCalls } from './calls';

const { sandbox, client, developer } = useCalls();

describe.each<['client' | 'developer', (method: string, path: string) => Promise<Answer>]>([
	['client', (method, path) => client(method, path)],
	['developer', (method, path) => developer(method, `/developer/v1${path}`)],
])('webhooks of the %s', (owner, request) => {
	it('are created, listed, changed and deleted, several at once', async () => {
		const made = await request('POST', '/webhooks?url=https://example.com/a&types[]=whatsapp_log_out');
		const { id } = (made.json as { webhook: { id: number } }).webhook;
		expect(made.json).toEqual({
			meta: OK,
			webhook: { id, types: ['whatsapp_log_out'], url: 'https://example.com/a' },
		});
		await request('POST', '/webhooks?url=https://example.com/b&types[]=tdlib_incoming_msg&types[]=whatsapp_log_in');
		expect((await request('GET', '/webhooks')).json).toMatchObject({
			webhooks: [{ id }, { types: ['tdlib_incoming_msg', 'whatsapp_log_in'] }],
		});
		await request('PUT', `/webhooks/${id}?url=https://example.com/c&types[]=whatsapp_log_in`);
		await request('PATCH', `/webhooks/${id}?url=https://example.com/d`);
		expect((await request('GET', `/webhooks/${id}`)).json).toMatchObject({
			webhook: { id, url: 'https://example.com/d', types: ['whatsapp_log_in'] },
		});
		expect(sandbox().control.webhook('chategy', owner)).toBe('https://example.com/d');
		expect((await request('DELETE', `/webhooks/${id}`)).json).toEqual({ meta: OK });
		expect((await request('GET', `/webhooks/${id}`)).status).toBe(404);
	});

	it.each([
		'url=https://example.com',
		'url=https://example.com&types[]=everything',
		'url=example&types[]=whatsapp_log_in',
	])('refuse %s', async (query) => {
		expect((await request('POST', `/webhooks?${query}`)).status).toBe(422);
	});
});
