/** The option Idempotency Key of the routing node: who keeps to it, and that it is never dropped unseen. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { type ProviderName, wapioAccount } from '../../sandbox';
import { recipients } from '../support/bench';
import { chainOf, retryExecution } from '../support/executions';
import { keyedBenchOf } from '../support/provider';
import { providers } from '../support/providers';
import type { NodeResult } from '../support/results';
import { REFUSED_KEY, type RoutingBench, startRoutingBench, through, usual } from './bench';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench({ isKeyed: true });
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const KEY = 'order 1001 – reminder';
const options = { retries: 0, skipFailedFor: 0, idempotencyKey: KEY };
const one = recipients(1);
const hintsOf = ({ hints }: { hints: Array<{ message: string }> }): string =>
	hints.map(({ message }) => message).join();
const all = providers.map(({ type }) => type);
const keyed = providers.filter((provider) => keyedBenchOf(provider)).map(({ type }) => type);
const unkeyed = all.filter((type) => !keyed.includes(type));

/** The keys of a provider's messages as they went over the wire. */
function keysOf(provider: ProviderName): unknown[] {
	return bench.sandbox.control
		.requests({ provider })
		.map(({ headers, body }) => headers['idempotency-key'] ?? (body as IDataObject).external_id);
}

/** The provider knows the key: it repeats its answer, or refuses another request with the same key. */
function expectSentBefore({ error }: NodeResult): void {
	if (error) expect(error.message).toMatch(/Idempotency-Key was already used with a different request/);
}

describe.each(keyed)('%s', (name) => {
	it('sends once in several executions, whatever the text', async () => {
		for (let execution = 0; execution < 2; execution++) {
			const { error, outputs } = await bench.run({ ...through(name), text: 'first', options }, { items: one });
			expect(error).toBeUndefined();
			expect(outputs[0]?.[0]?.json.provider).toBe(name);
		}
		expectSentBefore(await bench.run({ ...through(name), text: 'second', options }, { items: one }));
		expect(bench.sandbox.control.messages().map(({ text }) => text)).toEqual(['first']);
	});

	it('sends messages with other keys, and those without', async () => {
		for (const idempotencyKey of ['a', 'b', '', '={{ $json.missing }}', 5]) {
			const parameters = { ...through(name), options: { ...options, idempotencyKey } };
			expect((await bench.run(parameters, { items: one })).error).toBeUndefined();
		}
		expect(bench.accepted()).toEqual({ [name]: 5 });
		expect(new Set(keysOf(name)).size).toBe(5);
	});

	it('knows each part of a long text, in a second execution, too', async () => {
		const split = { ...options, longTexts: 'split', longestPart: 20 };
		const text = 'The first sentence. The second sentence. The third sentence.';
		for (let execution = 0; execution < 2; execution++) {
			expect((await bench.run({ ...through(name), text, options: split }, { items: one })).error).toBeUndefined();
		}
		expect(bench.accepted()).toEqual({ [name]: 3 });
		expect(new Set(keysOf(name)).size).toBe(3);
	});

	it('repeats what was lost under the same key', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', provider: name, times: 1 });
		const retried = { retryOnFail: true, maxTries: 2 };
		const { error } = await bench.run({ ...through(name), options }, { items: one, ...retried });
		expect(error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [name]: 1 });
		expect(new Set(keysOf(name)).size).toBe(1);
	});

	it('keeps its key after a refusal, so that a later execution sends nothing', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: name, times: 1 });
		const retried = { retryOnFail: true, maxTries: 2 };
		expect((await bench.run({ ...through(name), options }, { items: one, ...retried })).error).toBeUndefined();
		expect((await bench.run({ ...through(name), options }, { items: one })).error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [name]: 1 });
	});

	it('replies once', async () => {
		const chat = { type: 'private', phone: '6281200000000', address: '6281200000000' };
		const event = { event: 'message', provider: name, channel: 'whatsapp', device: null, chat };
		const reply = { operation: 'reply', providers: [name], text: 'Thanks!', event: '' };
		for (let execution = 0; execution < 2; execution++) {
			const { error } = await bench.run(
				{ ...reply, options: { idempotencyKey: KEY } },
				{ items: [{ json: event }] },
			);
			expect(error).toBeUndefined();
		}
		expect(bench.accepted()).toEqual({ [name]: 1 });
	});

	it('sends a file once', async () => {
		const data = await bench.engine.storeBinary(Buffer.from('%PDF-1.4 test'), {
			fileName: 'invoice.pdf',
			mimeType: 'application/pdf',
		});
		const file = { operation: 'sendFile', mediaSource: 'binary', binaryPropertyName: 'data', caption: '' };
		const send = async () =>
			await bench.run(
				{ ...through(name), ...file, options },
				{ items: one.map((item) => ({ ...item, binary: { data } })) },
			);
		expect((await send()).error).toBeUndefined();
		// Wapio gives a file another name each time it is uploaded.
		expectSentBefore(await send());
		expect(bench.accepted()).toEqual({ [name]: 1 });
	});
});

describe('a provider without keys', () => {
	it.each(unkeyed)('%s alone is refused a key, before anything is sent', async (name) => {
		const { error } = await bench.run({ ...through(name), options }, { items: one });
		expect(error?.message).toMatch(
			/^Options → Idempotency Key: it would do nothing: none of the chosen providers has idempotency keys\. Remove the option, or add Chategy and Wapio/,
		);
		expect(bench.sandbox.control.requests()).toEqual([]);
	});

	it.each(unkeyed)('%s sends as ever where another one has keys, and a hint says so', async (name) => {
		const parameters = { ...through(name, 'wapio'), options };
		const results = [await bench.run(parameters, { items: one }), await bench.run(parameters, { items: one })];
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(bench.accepted()).toEqual({ [name]: 2 });
		expect(results.every((result) => / ignored the Idempotency Key: /.test(hintsOf(result)))).toBe(true);
	});

	it('is not mentioned when another one sent the message, or without the option', async () => {
		expect(hintsOf(await bench.run({ ...through('wapio', 'chatalo'), options }, { items: one }))).toBe('');
		expect(hintsOf(await bench.run(through('chatalo', 'wapio'), { items: one }))).toBe('');
	});

	it('needs no key where the node replies through several', async () => {
		const chat = { type: 'private', phone: '6281200000000', address: '6281200000000' };
		const json = { event: 'message', provider: 'whacenter', channel: 'whatsapp', device: null, chat };
		const reply = { operation: 'reply', providers: ['whacenter', 'wapio'], text: 'Thanks!', event: '' };
		const result = await bench.run({ ...reply, options: { idempotencyKey: KEY } }, { items: [{ json }] });
		expect(result.error).toBeUndefined();
		expect(hintsOf(result)).toMatch(/^Whacenter ignored the Idempotency Key: /);
	});
});

it('says what a credential lacks', async () => {
	const plain = await startRoutingBench();
	try {
		const { error } = await plain.run({ ...through('chatalo', 'chategy'), options }, { items: one });
		expect(error?.message).toMatch(
			/^Options → Idempotency Key: it would do nothing: Chategy needs an Idempotency Key in its credential/,
		);
		expect(plain.sandbox.control.requests()).toEqual([]);
	} finally {
		await plain.close();
	}
});

it('refuses a key that is too long, and sends nothing', async () => {
	const long = { ...options, idempotencyKey: 'x'.repeat(256) };
	const { error } = await bench.run({ ...through('wapio'), options: long }, { items: one });
	expect(error?.message).toMatch(/^Options → Idempotency Key: use at most 255 characters/);
	expect(bench.sandbox.control.requests()).toEqual([]);
});

it('gives each phone a key of its own, so that none is answered with the refusal of another', async () => {
	const { disconnected, connected } = wapioAccount.sessions;
	const sessions = { wapioSessions: [disconnected, connected] };
	const { error } = await bench.run({ ...through('wapio'), ...sessions, options }, { items: one });
	expect(error).toBeUndefined();
	expect(bench.accepted()).toEqual({ wapio: 1 });
	const keys = keysOf('wapio');
	expect(keys).toHaveLength(2);
	expect(new Set(keys).size).toBe(2);
});

it('is the same with another API key of the account', async () => {
	const session = { wapioSessions: [wapioAccount.sessions.connected] };
	for (const token of [wapioAccount.pat, wapioAccount.sessionKey]) {
		const wapioApi = { ...(bench.credentials.wapioApi as ICredentialDataDecryptedObject), token };
		const credentials = { ...bench.credentials, wapioApi };
		const { error } = await bench.run({ ...through('wapio'), ...session, options }, { items: one, credentials });
		expect(error).toBeUndefined();
	}
	expect(bench.accepted()).toEqual({ wapio: 1 });
	expect(new Set(keysOf('wapio')).size).toBe(1);
});

it('is the same in another node, and in another workflow', async () => {
	const send = { type: 'whatsAppGateways', parameters: { ...usual, ...through('wapio'), options } };
	for (const nodeName of ['Send', 'Remind']) {
		const file = chainOf(bench.engine, [{ ...send, nodeName }]);
		expect((await bench.engine.runWorkflow(file, { items: one })).error).toBeUndefined();
	}
	expect(bench.accepted()).toEqual({ wapio: 1 });
});

it('sends once across providers when the execution is retried', async () => {
	bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'wapio', times: 1 });
	bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'wapio', times: 1 });
	const keys = { ...options, idempotencyKey: '={{ $json.text }}' };
	const parameters: INodeParameters = { ...usual, ...through('wapio', 'chatalo'), options: keys };
	const file = chainOf(bench.engine, [{ type: 'whatsAppGateways', nodeName: 'Send', parameters }]);
	const failed = await bench.engine.runWorkflow(file, { items: recipients(2) });
	expect(failed.error).toBeDefined();
	const again = await retryExecution(bench.engine, file, failed);
	expect(again.error).toBeUndefined();
	expect(bench.accepted()).toEqual({ chatalo: 1, wapio: 1 });
});

it('counts for an option set by one expression', async () => {
	const whole = '={{ ({ idempotencyKey: $json.phone, retries: 0 }) }}';
	for (let execution = 0; execution < 2; execution++) {
		expect((await bench.run({ ...through('wapio'), options: whole }, { items: one })).error).toBeUndefined();
	}
	expect(bench.accepted()).toEqual({ wapio: 1 });
});
