import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	NodeApiError,
} from 'n8n-workflow';
import { chataloAccount } from '../../sandbox';
import type { FaultSpec } from '../../sandbox/faults';
import { byId, credentialFor, recipients, startBench, type ChataloBench } from './bench';

/** One line of the failure table: what goes wrong, and what the user, the server and the output see of it. */
interface Line {
	name: string;
	fault?: FaultSpec;
	/** Parameters that differ from a plain Send Text. */
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	message: string | RegExp;
	description: RegExp;
	/** Requests that reached the server. */
	requests: number;
	/** Messages that the server accepted. */
	accepted: number;
	facts: IDataObject & { httpCode?: number };
	failure?: IDataObject;
}

const wait = { options: { timeLimit: 1 } };

const lines: Line[] = [
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
		parameters: { device: byId(chataloAccount.devices.disconnected) },
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
		fault: { kind: 'status', status: 400, body: { meta: { code: '400', message: { number: ['is invalid'] } } } },
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
	{
		name: 'HTML instead of JSON',
		fault: { kind: 'html', accepted: true },
		message: /^Chatalo gave no readable answer \(HTTP 200, the answer was a web page.*may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 1,
		facts: { outcome: 'unknown', httpCode: 200, attempts: 1 },
	},
	{
		name: 'truncated JSON',
		fault: { kind: 'truncated' },
		message: /the answer broke off in the middle of its JSON\): the message may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 1,
		facts: { outcome: 'unknown', httpCode: 200, attempts: 1 },
	},
	{
		name: '500 after the message was accepted',
		fault: { kind: 'status', status: 500, accepted: true },
		message: /^Chatalo answered with an error \(HTTP 500.*\): the message may have been sent$/,
		description: /Look into the chat before you send it again/,
		requests: 1,
		accepted: 1,
		facts: { outcome: 'unknown', httpCode: 500, attempts: 1 },
		failure: { cause: 'temporarily-unavailable' },
	},
	{
		name: 'connection dropped before the request was read',
		fault: { kind: 'dropBefore' },
		message: /^The connection to Chatalo broke \(.+\): the message may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 0,
		facts: { outcome: 'unknown', attempts: 1 },
	},
	{
		name: 'connection dropped after the message was accepted',
		fault: { kind: 'dropAfter', reset: true },
		message: /^The connection to Chatalo broke \(.+\): the message may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 1,
		facts: { outcome: 'unknown', attempts: 1 },
	},
	{
		name: 'connection dropped in the middle of the answer',
		fault: { kind: 'dropDuring' },
		message: /may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 1,
		facts: { outcome: 'unknown', httpCode: 200, attempts: 1 },
	},
	{
		name: 'no answer within the limit',
		fault: { kind: 'hang', accepted: true },
		parameters: wait,
		message: 'Chatalo did not answer within 1 seconds: the message may have been sent',
		description: /was not sent again/,
		requests: 1,
		accepted: 1,
		facts: { outcome: 'unknown', attempts: 1 },
	},
	{
		name: 'connection refused',
		credential: { baseUrl: 'http://127.0.0.1:9/api/v1' },
		message: 'Could not connect to Chatalo (connection refused)',
		description: /Nothing was sent\. It was tried 4 times\. Check the Base URL/,
		requests: 0,
		accepted: 0,
		facts: { outcome: 'not sent', attempts: 4 },
	},
	{
		name: 'DNS failure',
		credential: { baseUrl: 'http://gateway.invalid/api/v1' },
		message: /^Could not connect to Chatalo \(the host name (was not found|could not be looked up just now)\)$/,
		description: /Nothing was sent\. It was tried 4 times\. Check the Base URL/,
		requests: 0,
		accepted: 0,
		facts: { outcome: 'not sent', attempts: 4 },
	},
	{
		name: 'a redirect, which a send never follows',
		fault: { kind: 'status', status: 302, headers: { location: '/elsewhere' }, body: '' },
		message: 'Chatalo redirected the request elsewhere (HTTP 302)',
		description: /Nothing was sent\. Check the Base URL/,
		requests: 1,
		accepted: 0,
		facts: { outcome: 'refused', httpCode: 302, attempts: 1 },
		failure: { cause: 'configuration-invalid' },
	},
];

describe('failure table: a message to one person through Chatalo', () => {
	let bench: ChataloBench;
	/** Sandboxes that one test starts for itself. */
	const extra: ChataloBench[] = [];
	const secrets = [chataloAccount.secretKey, chataloAccount.publicKey, 'not-the-right-key'];

	beforeAll(async () => {
		bench = await startBench();
	});
	afterAll(async () => {
		for (const each of [bench, ...extra]) await each.close();
	});
	beforeEach(() => {
		bench.sandbox.control.reset();
		bench.sandbox.control.setRateLimit('chatalo', null);
	});

	const run = async (line: Line, onError?: 'continueRegularOutput') => {
		const { control } = bench.sandbox;
		if (line.fault) control.fault(line.fault);
		const base = credentialFor(bench.sandbox.baseUrl('chatalo'));
		return await bench.run(
			{ ...bench.sendText, ...line.parameters },
			{
				items: recipients(1),
				onError,
				credentials: { chataloApi: { ...base, ...line.credential } },
			},
		);
	};

	describe.each(lines)('$name', (line) => {
		it('stops the node with plain words, the cause and what to do', async () => {
			const result = await run(line);
			const error = result.error as NodeApiError;

			expect(result.status).toBe('error');
			expect(error.name).toBe('NodeApiError');
			expect(error.message).toEqual(
				typeof line.message === 'string' ? line.message : expect.stringMatching(line.message),
			);
			expect(error.description).toMatch(line.description);
			expect(error.context.itemIndex).toBe(0);
			expect(error.failure).toEqual(line.failure);
			expect(error.httpCode).toBe(line.facts.httpCode?.toString() ?? null);
			expect(bench.sandbox.control.requests()).toHaveLength(line.requests);
			expect(bench.sandbox.control.messages()).toHaveLength(line.accepted);

			// What n8n stores beside it, the node as the user set it up, is the workflow itself.
			const visible = JSON.stringify({ ...error, node: undefined });
			expect(visible).toContain(JSON.stringify(error.message));
			for (const secret of [...secrets, ...Object.values(chataloAccount.devices)]) expect(visible).not.toContain(secret);
		});

		it('puts the outcome into the output when the node goes on', async () => {
			const result = await run(line, 'continueRegularOutput');
			const item = result.outputs[0]?.[0];

			expect(result.status).toBe('success');
			expect(item?.json.details).toMatchObject(line.facts);
			expect(item?.json.error).toEqual(
				typeof line.message === 'string' ? line.message : expect.stringMatching(line.message),
			);
			expect(item?.pairedItem).toEqual({ item: 0 });
			expect(bench.sandbox.control.messages()).toHaveLength(line.accepted);
		});
	});

	describe('limits and waits', () => {
		it('429 with Retry-After: waits as long as asked and sends once', async () => {
			bench.sandbox.control.fault({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
			const start = Date.now();
			const result = await run({ ...(lines[0] as Line), credential: {} });

			expect(result.status).toBe('success');
			expect(Date.now() - start).toBeGreaterThanOrEqual(1000);
			expect(bench.sandbox.control.requests()).toHaveLength(2);
			expect(bench.sandbox.control.messages()).toHaveLength(1);
		});

		it('429 without Retry-After: waits longer each time and sends once', async () => {
			bench.sandbox.control.fault({ kind: 'status', status: 429, times: 2 });
			const start = Date.now();
			const result = await run({ ...(lines[0] as Line), credential: {} });

			expect(result.status).toBe('success');
			expect(Date.now() - start).toBeGreaterThanOrEqual(3000);
			expect(bench.sandbox.control.requests()).toHaveLength(3);
			expect(bench.sandbox.control.messages()).toHaveLength(1);
		});

		it('429 that asks for more patience than a node has: stops and passes the wish on', async () => {
			bench.sandbox.control.fault({
				kind: 'status',
				status: 429,
				headers: { 'retry-after': '3600' },
			});
			const result = await run({ ...(lines[0] as Line), credential: {} });
			const error = result.error as NodeApiError;

			expect(error.message).toMatch(/^Chatalo is limiting requests/);
			expect(error.description).toMatch(/Nothing was sent/);
			expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 3_600_000 });
			expect(bench.sandbox.control.requests()).toHaveLength(1);
		});

		it('a read is repeated after 500, drops and broken answers', async () => {
			const { control } = bench.sandbox;
			control.fault({ kind: 'status', status: 500 });
			control.fault({ kind: 'dropAfter' });
			control.fault({ kind: 'truncated' });
			const result = await bench.run({ resource: 'profile', operation: 'get' });

			expect(result.status).toBe('success');
			expect(result.outputs[0]?.[0]?.json).toHaveProperty('plan');
			expect(control.requests()).toHaveLength(4);
		});

		it('a change whose answer was lost says that it may have been made', async () => {
			bench.sandbox.control.fault({ kind: 'status', status: 500, times: Infinity });
			const result = await bench.run({
				resource: 'webhook',
				operation: 'set',
				webhookUrl: 'https://example.com/incoming',
			});
			expect(result.error?.message).toMatch(/the change may have been made$/);
		});

		it('Stop while an answer is awaited ends the node at once', async () => {
			bench.sandbox.control.fault({ kind: 'hang', accepted: true });
			const stop = new AbortController();
			const start = Date.now();
			setTimeout(() => stop.abort(), 300);
			const result = await bench.run(bench.sendText, { items: recipients(2), signal: stop.signal });

			expect(result.status).toBe('canceled');
			expect(Date.now() - start).toBeLessThan(3000);
			expect(bench.sandbox.control.messages()).toHaveLength(1);
		});

		it('Stop while waiting for a limit ends the node at once, and nothing was sent', async () => {
			// Asked to wait, the whole account waits: a sandbox of its own keeps the other tests out of it.
			const own = await startBench();
			extra.push(own);
			own.sandbox.control.fault({
				kind: 'status',
				status: 429,
				headers: { 'retry-after': '60' },
				times: Infinity,
			});
			const stop = new AbortController();
			const start = Date.now();
			setTimeout(() => stop.abort(), 300);
			const result = await own.run(own.sendText, { items: recipients(2), signal: stop.signal });

			expect(result.status).toBe('canceled');
			expect(Date.now() - start).toBeLessThan(3000);
			expect(own.sandbox.control.requests()).toHaveLength(1);
			expect(own.sandbox.control.messages()).toHaveLength(0);
		});
	});

	it('a message that Chatalo says it did not send is a failure, whatever the code', async () => {
		const phone = chataloAccount.notOnWhatsApp[0] ?? '';
		const result = await bench.run(bench.sendText, { items: [{ json: { phone, text: 'hello' } }] });

		expect(result.error?.message).toContain('was not sent');
		expect(bench.sandbox.control.messages()).toHaveLength(0);
	});

	it('says how many went through before the failure, and sends nothing after it', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, skip: 2 });
		const result = await bench.run(bench.sendText, { items: recipients(5) });

		expect(result.error?.description).toContain(
			'Before it, 2 of 5 items went through; 2 after it were not tried.',
		);
		expect(bench.sandbox.control.messages()).toHaveLength(2);
	});
});
