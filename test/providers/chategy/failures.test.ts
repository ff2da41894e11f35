import { chategyAccount } from '../../../sandbox';
import { describeFailureTable } from '../../support/tables/failureTable';
import { chategy, keyedChategy, recipients } from './bench';

const { accessToken, idempotencyKey, developerApiKey } = chategyAccount;

const refused = {
	description: /Nothing was sent\./,
	requests: 1,
	accepted: 0,
};

/** An answer of the provider's form that comes with HTTP 200. */
const inTwoHundred = (meta: object) => ({ kind: 'status' as const, status: 200, body: { meta } });

const secrets = [accessToken, idempotencyKey, developerApiKey, 'not-the-right-token', 'not-the-right-key'];
const read = { parameters: { resource: 'account', operation: 'get' }, has: 'customer_id' };
const change = { resource: 'delivery', operation: 'delete', messageId: '94396942' };

describeFailureTable({
	displayName: 'Chategy',
	provider: chategy,
	secrets,
	read,
	change,
	lines: [
		{
			...refused,
			name: 'an unknown token',
			credential: { accessToken: 'not-the-right-token' },
			message: 'Chategy did not accept the credential: "Not authorized!"',
			facts: { outcome: 'refused', httpCode: 401, code: '401', attempts: 1 },
			failure: { cause: 'credential-invalid' },
		},
		{
			...refused,
			name: 'a field that the provider does not accept',
			fault: {
				kind: 'status',
				status: 422,
				body: {
					meta: {
						code: 422,
						errors: { text: ['the text cannot be empty'], phone: ['is invalid', 'is too short'] },
						message: 'Unprocessable Entity',
						status: 'fail',
						status_id: null,
					},
				},
			},
			message:
				/^Chategy refused the request: ".*text: the text cannot be empty.*phone: is invalid.*is too short.*"$/,
			facts: { outcome: 'refused', httpCode: 422, code: '422', attempts: 1 },
		},
		{
			...refused,
			name: 'status fail in HTTP 200',
			fault: inTwoHundred({ code: 422, status: 'fail', message: 'Unprocessable Entity' }),
			message: /^Chategy refused the request: ".*Unprocessable Entity.*"$/,
			facts: { outcome: 'refused', httpCode: 200, code: '422', attempts: 1 },
		},
		{
			...refused,
			name: 'status failed in HTTP 200, without a message',
			fault: inTwoHundred({ code: 422, status: 'failed', errors: { base: ['invalid phone'] } }),
			message: /^Chategy refused the request: ".*invalid phone"$/,
			facts: { outcome: 'refused', httpCode: 200, code: '422', attempts: 1 },
		},
		{
			...refused,
			name: 'status fail in HTTP 200, without a code',
			fault: inTwoHundred({ status: 'fail', message: 'The account is locked' }),
			message: 'Chategy refused the request: "The account is locked"',
			facts: { outcome: 'refused', httpCode: 200, attempts: 1 },
		},
		{
			...refused,
			name: '"Not authorized!" in HTTP 200',
			fault: inTwoHundred({ code: 401, status: 'fail', message: 'Not authorized!' }),
			message: 'Chategy did not accept the credential: "Not authorized!"',
			facts: { outcome: 'refused', httpCode: 200, code: '401', attempts: 1 },
			failure: { cause: 'credential-invalid' },
		},
		{
			...refused,
			name: '409 to a message without a checksum, which is no success',
			fault: {
				kind: 'status',
				status: 409,
				body: {
					meta: {
						code: 409,
						status: 'fail',
						message: 'Request with current params has already been received',
					},
				},
			},
			message: /^Chategy refused the request: "Request with current params has already been received"$/,
			facts: { outcome: 'refused', httpCode: 409, code: '409', attempts: 1 },
		},
		{
			...refused,
			name: 'a refusal that repeats the token',
			fault: inTwoHundred({ code: 422, status: 'fail', message: `The token ${accessToken} has expired` }),
			message: 'Chategy refused the request: "The token *** has expired"',
			facts: { outcome: 'refused', httpCode: 200, code: '422', attempts: 1 },
		},
		{
			name: 'a server error in HTTP 200',
			fault: inTwoHundred({ code: 500, status: 'fail', message: 'Internal Server Error' }),
			message: /"Internal Server Error"\): the message may have been sent$/,
			description: /was not sent again/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'unknown', httpCode: 200, code: '500', attempts: 1 },
			failure: { cause: 'temporarily-unavailable' },
		},
		{
			name: 'JSON of another API',
			fault: { kind: 'status', status: 200, body: { result: 'sent' } },
			message: /^Chategy returned an unreadable response \(HTTP 200, .+\): the message may have been sent$/,
			description: /was not sent again/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'unknown', httpCode: 200, attempts: 1 },
		},
	],
});

describe('with an idempotency key', () => {
	describeFailureTable({
		displayName: 'Chategy',
		provider: keyedChategy,
		keyed: true,
		secrets,
		read,
		change,
		// What is repeated is answered with 409, which says enough without its words: see below.
		omit: ['truncated JSON, each time', 'connection dropped in the middle of the answer, each time'],
		lines: [
			{
				...refused,
				name: 'a wrong idempotency key',
				credential: { idempotencyKey: 'not-the-right-key' },
				message: 'Chategy refused the request: "Invalid checksum"',
				description: /Nothing was sent\..*Idempotency Key/,
				facts: { outcome: 'refused', httpCode: 400, code: '400', attempts: 1 },
			},
		],
		more: (bench) => {
			it.each(['truncated', 'dropDuring'] as const)(
				'a 409 whose body breaks off (%s) says it as well',
				async (kind) => {
					const { run, sendText, sandbox } = bench();
					sandbox.control.fault({ kind, times: Infinity });
					const result = await run(sendText, { items: recipients(1) });

					expect(result.status).toBe('success');
					expect(result.outputs[0]?.[0]?.json).toMatchObject({ alreadyReceived: true });
					expect(sandbox.control.requests()).toHaveLength(2);
					expect(sandbox.control.messages()).toHaveLength(1);
				},
			);

			it('409 means that the message was already accepted: no failure, and nothing to send again', async () => {
				const { run, sendText, sandbox } = bench();
				sandbox.control.fault({ kind: 'dropAfter' });
				const result = await run(sendText, { items: recipients(1) });

				expect(result.error).toBeUndefined();
				expect(result.outputs[0]?.map(({ json }) => json)).toEqual([
					{
						messageId: null,
						phone: '6281200000000',
						status: 'accepted',
						providerStatus: 'Request with current params has already been received',
						provider: 'chategy',
						alreadyReceived: true,
						external_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
					},
				]);
				const sent = sandbox.control.requests();
				expect(sent).toHaveLength(2);
				expect(sent[1]?.body).toEqual(sent[0]?.body);
				expect(sent[1]?.headers.checksum).toBe(sent[0]?.headers.checksum);
			});

			it('a bulk message has no key for the provider: it is not sent again', async () => {
				const { run, sandbox } = bench();
				sandbox.control.fault({ kind: 'dropAfter' });
				const result = await run({
					resource: 'delivery',
					operation: 'sendBulk',
					numbersFrom: 'field',
					phoneNumbers: '995598464533',
					text: 'To all',
				});
				expect(result.error?.message).toMatch(/may have been sent$/);
				expect(sandbox.control.requests()).toHaveLength(1);
			});
		},
	});
});
