import { chategyAccount } from '../../../../sandbox';
import { callProvider, controlCall } from '../../../sandbox/client';
import { CLIENT, DEVELOPER, useCalls } from './calls';

const { accessToken, idempotencyKey, developerApiKey } = chategyAccount;
const { sandbox, client } = useCalls();

describe('keys', () => {
	it('have the token in the form of the API reference', () => {
		expect(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
			customer_id: chategyAccount.customerId,
		});
		const url = `${sandbox().url}/chategy`;
		const webSocket = `${url.replace('http', 'ws')}/socket/websocket`;
		expect(sandbox().credentials('chategy')).toEqual([
			{
				type: 'chategyApi',
				values: {
					'Base URL': url,
					'Client Access Token': accessToken,
					'Idempotency Key': idempotencyKey,
					'WebSocket URL': webSocket,
					'WhatsApp WebSocket URL': webSocket,
				},
			},
			{ type: 'chategyDeveloperApi', values: { 'Base URL': url, 'API Key': developerApiKey } },
		]);
	});

	it.each<[string, string, Record<string, string>]>([
		['/api/v1/account', 'none', {}],
		['/api/v1/account', 'a wrong token', { Authorization: 'Bearer wrong' }],
		['/api/v1/account', 'a token without Bearer', { Authorization: accessToken }],
		['/api/v1/webhooks', 'the developer key', DEVELOPER],
		['/developer/v1/instances', 'none', {}],
		['/developer/v1/webhooks', 'a key with Bearer', { Authorization: `Bearer ${developerApiKey}` }],
		['/developer/v1/instances', 'a token', CLIENT],
	])('%s refuses %s', async (path, _name, headers) => {
		const { status, json } = await callProvider(sandbox(), 'chategy', 'GET', path, undefined, headers);
		expect([status, json]).toEqual([401, { meta: { status: 'fail', message: 'Not authorized!', code: 401 } }]);
	});

	it('are not shown by the control', async () => {
		await client('GET', '/account');
		const { text } = await controlCall(sandbox(), 'GET', '/requests');
		expect(text).not.toContain(accessToken);
	});
});

it('answers 404 to an unknown path', async () => {
	expect((await client('GET', '/nowhere')).json).toEqual({
		meta: { status: 'fail', message: 'Not found', code: 404 },
	});
});
