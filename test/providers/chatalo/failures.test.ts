import { chataloAccount } from '../../../sandbox';
import { describeFailureTable } from '../../support/tables/failureTable';
import { byId, chatalo } from './bench';

const { devices, notOnWhatsApp, publicKey, secretKey } = chataloAccount;

describeFailureTable({
	displayName: 'Chatalo',
	provider: chatalo,
	secrets: [secretKey, publicKey, 'not-the-right-key', devices.authenticated, devices.disconnected],
	read: { parameters: { resource: 'profile', operation: 'get' }, has: 'plan' },
	change: { resource: 'webhook', operation: 'set', webhookUrl: 'https://example.com/incoming' },
	lines: [
		{
			name: 'wrong keys',
			credential: { secretKey: 'not-the-right-key' },
			message: /^Chatalo did not accept the credential: ".+"$/,
			description: /Nothing was sent\. Check Public Key and Secret Key/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'refused', httpCode: 403, code: '403', attempts: 1 },
			failure: { cause: 'credential-invalid' },
		},
		{
			name: 'a device that is not AUTHENTICATED',
			parameters: { device: byId(devices.disconnected) },
			message: /^Chatalo refused the request: ".+"$/,
			description: /only while its status is AUTHENTICATED/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'refused', httpCode: 400, code: '400', attempts: 1 },
		},
		{
			name: 'HTTP 200 carrying an error meta',
			fault: { kind: 'bodyError', code: 400, message: 'The number field is invalid.' },
			message: 'Chatalo refused the request: "The number field is invalid."',
			description: /Nothing was sent\. Check the fields/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'refused', httpCode: 200, code: '400', attempts: 1 },
		},
		{
			name: 'a refusal that is nothing but its meta',
			fault: {
				kind: 'status',
				status: 400,
				body: { meta: { code: '400', message: { number: ['is invalid'] } } },
			},
			message: 'Chatalo refused the request: "{"number":["is invalid"]}"',
			description: /Nothing was sent\. Check the fields/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'refused', httpCode: 400, code: '400', attempts: 1 },
		},
		{
			name: 'HTTP 200 carrying a fatal error meta',
			fault: { kind: 'bodyError', code: 500, message: 'Fatal Error' },
			message: /"Fatal Error"\): the message may have been sent$/,
			description: /was not sent again/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'unknown', httpCode: 200, code: '500', attempts: 1 },
			failure: { cause: 'temporarily-unavailable' },
		},
	],
	more: (bench) => {
		it('a message that Chatalo says it did not send is a failure, whatever the code', async () => {
			const { run, sendText, sandbox } = bench();
			const result = await run(sendText, { items: [{ json: { phone: notOnWhatsApp[0], text: 'hello' } }] });

			expect(result.error?.message).toContain('was not sent');
			expect(sandbox.control.messages()).toHaveLength(0);
		});
	},
});
