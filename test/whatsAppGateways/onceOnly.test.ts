/** What n8n runs again goes out once, whichever provider or phone took it. */
import type { INodeParameters } from 'n8n-workflow';
import { chataloAccount } from '../../sandbox';
import { recipients } from '../support/bench';
import { chainOf, retryExecution, retryKilledExecution, workflowOf } from '../support/executions';
import { REFUSED_KEY, type RoutingBench, startRoutingBench, through, usual } from './bench';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const { authenticated } = chataloAccount.devices;
const CHANGING = '={{ $json.text + " of " + $now.toISO() + Math.random() }}';
const options = { retries: 0 };

describe('once only', () => {
	const retried = { retryOnFail: true, maxTries: 3 };

	it('takes over what the second provider took when n8n runs the node again', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: Infinity });
		// The third item fails in both, and the whole node is run again.
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'wapio', skip: 2, times: 1 });
		const parameters = { ...through('chatalo', 'wapio'), text: CHANGING, options };
		const { outputs, error } = await bench.run(parameters, { items: recipients(3), ...retried });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json.provider)).toEqual(['wapio', 'wapio', 'wapio']);
		expect(bench.accepted()).toEqual({ wapio: 3 });
	});

	it('says in a later try, too, through which provider it may have been sent', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: Infinity });
		bench.sandbox.control.fault({ kind: 'dropAfter', provider: 'whacenter', times: 1 });
		const parameters = { ...through('chatalo', 'whacenter'), options };
		const continued = { ...retried, onError: 'continueRegularOutput' } as const;
		const { outputs } = await bench.run(parameters, { items: recipients(1), ...continued });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			details: { outcome: 'unknown' },
			attempts: [{ provider: 'whacenter', outcome: 'unknown' }],
		});
		expect(bench.accepted()).toEqual({ whacenter: 1 });
	});

	it('never sends through the second provider what the first may have sent', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', provider: 'chatalo', times: 1 });
		const parameters = { ...through('chatalo', 'wapio'), text: CHANGING, options };
		const { error } = await bench.run(parameters, { items: recipients(1), ...retried });
		expect(error?.message).toMatch(/^The connection to Chatalo .*may have been sent$/);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('finishes a text in parts where it began', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', skip: 1, times: 1 });
		const split = { retries: 0, skipFailedFor: 0, longTexts: 'split', longestPart: 20 };
		const text = 'The first sentence. The second sentence. The third sentence.';
		const parameters = { ...through('chatalo', 'wapio'), text, options: split };
		const { error, outputs } = await bench.run(parameters, { items: recipients(1), ...retried });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json.provider).toBe('chatalo');
		expect(bench.accepted()).toEqual({ chatalo: 3 });
	});

	it('keeps to it when a person retries the execution', async () => {
		bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: 2 });
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'wapio', skip: 1, times: 1 });
		const send = {
			type: 'whatsAppGateways',
			nodeName: 'Send',
			parameters: { ...usual, ...through('chatalo', 'wapio'), text: CHANGING, options },
		};
		const file = chainOf(bench.engine, [send]);
		const failed = await bench.engine.runWorkflow(file, { items: recipients(2) });
		expect(failed.error).toBeDefined();
		const again = await retryExecution(bench.engine, file, failed);
		expect(again.error).toBeUndefined();
		expect(bench.sandbox.control.messages()).toHaveLength(2);
	});
});

describe('in a workflow', () => {
	const retried = { retryOnFail: true, maxTries: 3 };
	const send = { type: 'whatsAppGateways', nodeName: 'Send', ...retried };
	const failsFirst = () => bench.sandbox.control.fault({ ...REFUSED_KEY, provider: 'chatalo', times: Infinity });
	const textsOf = (provider?: 'wapio') =>
		bench.sandbox.control.messages(provider).map(({ text }) => text?.replace(/ of .*/s, ''));

	it('sends each item of each round of a loop once', async () => {
		failsFirst();
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'wapio', skip: 1, times: 1 });
		const parameters = { ...usual, ...through('chatalo', 'wapio'), text: CHANGING, options };
		const loop = { type: 'n8n-nodes-base.splitInBatches', typeVersion: 3, nodeName: 'Loop' };
		const file = workflowOf(
			bench.engine,
			[
				{ ...loop, parameters: { batchSize: 2 } },
				{ ...send, parameters },
			],
			[
				['Start', 'Loop'],
				['Loop', 'Send', 1],
				['Send', 'Loop'],
			],
		);
		const { error } = await bench.engine.runWorkflow(file, { items: recipients(6) });
		expect(error).toBeUndefined();
		expect(textsOf('wapio')).toEqual(recipients(6).map(({ json }) => json.text));
		expect(bench.accepted()).toEqual({ wapio: 6 });
	});

	it('continues after items that fail, each with what was tried for it', async () => {
		failsFirst();
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'wapio', skip: 1, times: Infinity });
		const items = recipients(3);
		if (items[2]) items[2].json.phone = '12';
		const never = { retries: 0, skipFailedFor: 0 };
		const { outputs } = await bench.run(
			{ ...through('chatalo', 'wapio'), options: never },
			{ items, onError: 'continueRegularOutput' },
		);
		const [sent, refused, invalid] = outputs[0]?.map(({ json }) => json) ?? [];
		const chatalo = { provider: 'chatalo', outcome: 'refused', reason: 'credential' };
		expect(sent?.attempts).toEqual([chatalo, { provider: 'wapio', outcome: 'accepted' }]);
		expect(refused).toMatchObject({
			details: { outcome: 'refused' },
			attempts: [chatalo, { provider: 'wapio', outcome: 'refused' }],
		});
		expect(invalid?.error).toMatch(/^Phone Number: /);
		expect(bench.accepted()).toEqual({ wapio: 1 });
	});

	it('asks a provider once though it is chosen twice', async () => {
		failsFirst();
		const twice = { ...through('chatalo', 'wapio'), providers: ['chatalo', 'chatalo', 'wapio', 'chatalo'] };
		const never = { retries: 0, skipFailedFor: 0 };
		await bench.run({ ...twice, options: never }, { items: recipients(1) });
		expect(bench.sandbox.control.requests({ provider: 'chatalo' })).toHaveLength(1);
		expect(bench.accepted()).toEqual({ wapio: 1 });
	});

	it('is taken for a repetition by a provider that knows keys, even if n8n was killed', async () => {
		const parameters = { ...usual, ...through('wapio', 'chatalo'), options };
		const file = chainOf(bench.engine, [{ ...send, parameters }]);
		const items = recipients(2);
		const killed = await bench.engine.runWorkflow(file, { items });
		expect((await retryKilledExecution(bench.engine, file, items, killed.executionId)).error).toBeUndefined();
		expect(bench.accepted()).toEqual({ wapio: 2 });
	});

	it('is not sent elsewhere because its key was used for another text before n8n was killed', async () => {
		const parameters = { ...usual, ...through('wapio', 'chatalo'), text: CHANGING, options };
		const file = chainOf(bench.engine, [{ ...send, parameters }]);
		const killed = await bench.engine.runWorkflow(file, { items: recipients(1) });
		bench.sandbox.control.fault({
			kind: 'bodyError',
			code: 409,
			message: 'Idempotency-Key was already used with another body; the session is in another state',
			provider: 'wapio',
			times: Infinity,
		});
		const again = await retryKilledExecution(bench.engine, file, recipients(1), killed.executionId);
		expect(again.error).toBeDefined();
		expect(bench.accepted()).toEqual({ wapio: 1 });
	});
});

describe('a message that began on one way', () => {
	const bad = 'c7276ae0-c306-4896-8fda-000000000000';
	const split = { retries: 0, skipFailedFor: 0, longTexts: 'split', longestPart: 20 };
	const text = 'The first sentence. The second sentence. The third sentence.';
	const chain = (parameters: INodeParameters) =>
		chainOf(bench.engine, [
			{
				type: 'whatsAppGateways',
				nodeName: 'Send',
				parameters: { ...usual, text, options: split, ...parameters },
			},
		]);
	const failsAtPart2 = () =>
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'chatalo', skip: 1, times: 1 });
	const REFUSED = /through a provider or phone that is no longer chosen/;

	it.each<[string, INodeParameters]>([
		['its provider was removed', through('wapio')],
		['its phone was removed', { ...through('chatalo'), chataloDevices: [bad] }],
	])('is not sent on another one when %s', async (_name, edited) => {
		failsAtPart2();
		const file = chain(through('chatalo', 'wapio'));
		const failed = await bench.engine.runWorkflow(file, { items: recipients(1) });
		const again = await retryExecution(bench.engine, chain(edited), failed);
		expect(again.error?.message).toMatch(REFUSED);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('is finished there whatever the place of its phone', async () => {
		failsAtPart2();
		const devices = { ...through('chatalo'), chataloDevices: [authenticated, bad] };
		const failed = await bench.engine.runWorkflow(chain(devices), { items: recipients(1) });
		const edited = { ...devices, chataloDevices: [bad, authenticated] };
		expect((await retryExecution(bench.engine, chain(edited), failed)).error).toBeUndefined();
		expect(bench.accepted()).toEqual({ chatalo: 3 });
	});

	it('is not answered through another provider when the event changes between tries', async () => {
		failsAtPart2();
		const [one, other] = (['chatalo', 'wapio'] as const).map((provider) => ({
			event: 'message',
			provider,
			channel: 'whatsapp',
			device: provider === 'chatalo' ? authenticated : null,
			chat: { type: 'private', address: '6281200000000' },
		}));
		const reply = { operation: 'reply', providers: ['chatalo', 'wapio'] };
		const failed = await bench.engine.runWorkflow(chain({ ...reply, event: JSON.stringify(one) }), {});
		const again = await retryExecution(bench.engine, chain({ ...reply, event: JSON.stringify(other) }), failed);
		expect(again.error?.message).toMatch(REFUSED);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('says what to do when its text is empty by the next try', async () => {
		failsAtPart2();
		const failed = await bench.engine.runWorkflow(chain(through('chatalo', 'wapio')), { items: recipients(1) });
		const empty = chain({ ...through('chatalo', 'wapio'), text: '={{ "" }}' });
		const { error } = await retryExecution(bench.engine, empty, failed);
		expect(error?.message).toBe(
			'The rest of the message was not sent through Chatalo, because its fields can no longer be read: only 1 of 3 parts went out',
		);
		expect(error?.description).toMatch(/Correct the fields of this operation first\.$/);
		expect(error?.description).not.toMatch(/Base URL/);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('says that it was accepted when its fields can no longer be read', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, provider: 'chatalo', skip: 1, times: 1 });
		const failed = await bench.engine.runWorkflow(
			chain({ ...through('chatalo'), text: 'Hi', options: { retries: 0 } }),
			{
				items: recipients(2),
			},
		);
		const empty = chain({ ...through('chatalo'), text: '={{ "" }}' });
		const { error } = await retryExecution(bench.engine, empty, failed);
		expect(error?.description).not.toMatch(/Base URL/);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('is not reported as sent when it becomes a file', async () => {
		failsAtPart2();
		const failed = await bench.engine.runWorkflow(chain(through('chatalo')), { items: recipients(1) });
		const file = { operation: 'sendFile', mediaSource: 'url', fileUrl: 'https://example.com/a.pdf', caption: '' };
		const again = await retryExecution(bench.engine, chain({ ...through('chatalo'), ...file }), failed);
		expect(again.error?.message).toMatch(/^The message changed after 1 of its 3 parts/);
	});
});

describe("a provider's words", () => {
	it('are shown without the secrets of the other chosen providers', async () => {
		const [other = ''] = Object.values(bench.credentials.wapioApi ?? {}).flatMap((value) =>
			typeof value === 'string' && value.startsWith('bps_') ? [value] : [],
		);
		expect(other).not.toBe('');
		const words = `Device is not connected (${other}, ${encodeURIComponent(other)})`;
		bench.sandbox.control.fault({ kind: 'bodyError', code: 400, message: words, provider: 'chatalo' });
		bench.sandbox.control.fault({ kind: 'bodyError', code: 400, message: words, provider: 'wapio' });
		const parameters = { ...through('chatalo', 'wapio'), options };
		const { error } = await bench.run(parameters, { items: recipients(1) });
		expect(JSON.stringify([error, error?.description, error?.stack])).not.toContain(other);

		bench.sandbox.control.fault({ kind: 'bodyError', code: 400, message: `No: ${other}`, provider: 'chatalo' });
		const never = { ...parameters, options: { retries: 0, skipFailedFor: 0 } };
		const refused = await bench.run(never, { items: recipients(1), onError: 'continueRegularOutput' });
		expect(JSON.stringify(refused.outputs)).toMatch(/Chatalo refused the request: \\"No: /);
		expect(JSON.stringify(refused.outputs)).not.toContain(other);
	});
});
