import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters, NodeApiError } from 'n8n-workflow';
import type { FaultSpec } from '../../../sandbox/http/faults';
import { type Bench, type BenchProvider, recipients, startProviderBench, useProviderBench } from '../bench';
import type { NodeResult } from '../results';

/** One line of the failure table: what goes wrong, and what the user, the server and the output see of it. */
export interface FailureLine {
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

/** The failure table of one provider's Send Text. */
interface FailureTable {
	/** As users know it. */
	displayName: string;
	provider: BenchProvider;
	/** Lines in the provider's own terms; those that all providers share are added. */
	lines: FailureLine[];
	/**
	 * Messages carry an idempotency key that the provider honours: a message whose answer was lost is sent again, and
	 * accepted once all the same. Default false: it is never sent again.
	 */
	keyed?: boolean;
	/** HTTP status under which it says that a message was taken. Default 200. */
	sentStatus?: number;
	/** Names of shared lines that do not hold for this provider; its own say what does. */
	omit?: string[];
	/** Values that no error may show. */
	secrets: string[];
	/** An operation that reads, and a field of its output. */
	read: { parameters: INodeParameters; has: string };
	/** An operation that changes something in the account. */
	change: INodeParameters;
	/** Tests of this provider alone, with a bench that is as new before each. */
	more?: (bench: () => Bench) => void;
}

/** A way to lose an answer, so that the outcome of the message is unknown. */
type LostWay = Pick<FailureLine, 'name' | 'parameters' | 'message' | 'accepted' | 'failure'> & {
	fault: FaultSpec;
	httpCode?: number;
	/** Where it says more than that the chat should be looked into. */
	description?: RegExp;
};

function lostWays(name: string, sentStatus: number): LostWay[] {
	const broke = new RegExp(`^The connection to ${name} was lost \\(.+\\): the message may have been sent$`);
	return [
		{
			name: 'HTML instead of JSON',
			fault: { kind: 'html', accepted: true },
			message: new RegExp(
				`^${name} returned an unreadable response \\(HTTP 200, the response was a web page.*may have been sent$`,
			),
			accepted: 1,
			httpCode: 200,
		},
		{
			name: 'truncated JSON',
			fault: { kind: 'truncated' },
			message: /the response was cut off in the middle of its JSON\): the message may have been sent$/,
			accepted: 1,
			httpCode: sentStatus,
		},
		{
			name: '500 after the message was accepted',
			fault: { kind: 'status', status: 500, accepted: true },
			message: new RegExp(`^${name} returned an error \\(HTTP 500.*\\): the message may have been sent$`),
			description: /Check the chat before resending/,
			accepted: 1,
			httpCode: 500,
			failure: { cause: 'temporarily-unavailable' },
		},
		{
			name: 'connection dropped before the request was read',
			fault: { kind: 'dropBefore' },
			message: broke,
			accepted: 0,
		},
		{
			name: 'connection dropped after the message was accepted',
			fault: { kind: 'dropAfter', reset: true },
			message: broke,
			accepted: 1,
		},
		{
			name: 'connection dropped in the middle of the answer',
			fault: { kind: 'dropDuring' },
			message: /may have been sent$/,
			accepted: 1,
			httpCode: sentStatus,
		},
		{
			name: 'no answer within the limit',
			fault: { kind: 'hang', accepted: true },
			parameters: { options: { timeLimit: 1 } },
			message: `${name} did not respond within 1 second: the message may have been sent`,
			accepted: 1,
		},
		{
			name: 'a redirect after the message was accepted, which a send never follows',
			fault: { kind: 'status', status: 303, headers: { location: '/elsewhere' }, body: '', accepted: true },
			message: `${name} redirected the request elsewhere (HTTP 303): the message may have been sent`,
			description: /Check the chat before resending.*\. Check the Base URL/,
			accepted: 1,
			httpCode: 303,
			failure: { cause: 'configuration-invalid' },
		},
	];
}

/**
 * What a lost answer leads to: one request and no second; or, where the provider tells messages by their key, as many
 * as any request gets, all of them one message.
 */
function lostLine({ httpCode, ...way }: LostWay, isKeyed: boolean): FailureLine {
	const facts = { outcome: 'unknown', ...(httpCode === undefined ? {} : { httpCode }) };
	if (!isKeyed) return { description: /was not sent again/, ...way, requests: 1, facts: { ...facts, attempts: 1 } };
	return {
		description: /It was tried 4 times\..*Check the chat before resending/,
		...way,
		name: `${way.name}, each time`,
		fault: { ...way.fault, times: Infinity },
		requests: 4,
		facts: { ...facts, attempts: 4 },
	};
}

/** What can happen to a request whoever the provider is. */
function commonLines({ displayName: name, keyed = false, sentStatus = 200 }: FailureTable): FailureLine[] {
	const neverSent = {
		description: /Nothing was sent\. It was tried 4 times\. Check the Base URL/,
		requests: 0,
		accepted: 0,
		facts: { outcome: 'not sent', attempts: 4 },
	};
	return [
		...lostWays(name, sentStatus).map((way) => lostLine(way, keyed)),
		{
			...neverSent,
			name: 'connection refused',
			credential: { baseUrl: 'http://127.0.0.1:9/api/v1' },
			message: `Could not connect to ${name} (connection refused)`,
		},
		{
			...neverSent,
			name: 'DNS failure',
			credential: { baseUrl: 'http://gateway.invalid/api/v1' },
			message: new RegExp(
				`^Could not connect to ${name} \\(the host name (was not found|could not be looked up right now)\\)$`,
			),
		},
	];
}

/** Plays every line, on a node that stops and on one that goes on, and what limits and Stop do. */
export function describeFailureTable(table: FailureTable): void {
	const { displayName, provider, keyed = false, sentStatus = 200, omit = [] } = table;
	const shared = commonLines(table).filter(({ name }) => !omit.includes(name));
	describe(`failure table: a message to one person through ${displayName}`, () => {
		const bench = useProviderBench(provider);
		/** Sandboxes that one test starts for itself. */
		const extra: Bench[] = [];
		afterAll(async () => {
			for (const each of extra) await each.close();
		});

		const run = async (
			{ fault, parameters, credential }: Partial<FailureLine> = {},
			onError?: 'continueRegularOutput',
		): Promise<NodeResult> => {
			const { control } = bench.sandbox;
			if (fault) control.fault(fault);
			const base = provider.credentialFor(bench.sandbox.baseUrl(provider.name));
			return await bench.run(
				{ ...bench.sendText, ...parameters },
				{
					items: recipients(1),
					onError,
					credentials: { [provider.credentialType]: { ...base, ...credential } },
				},
			);
		};
		const saying = (message: string | RegExp): unknown =>
			typeof message === 'string' ? message : expect.stringMatching(message);

		describe.each([...table.lines, ...shared])('$name', (line) => {
			it('stops the node with plain words, the cause and what to do', async () => {
				const result = await run(line);
				const error = result.error as NodeApiError;

				expect(result.status).toBe('error');
				expect(error.name).toBe('NodeApiError');
				expect(error.message).toEqual(saying(line.message));
				expect(error.description).toMatch(line.description);
				expect(error.context.itemIndex).toBe(0);
				expect(error.failure).toEqual(line.failure);
				expect(error.httpCode).toBe(line.facts.httpCode?.toString() ?? null);
				expect(bench.sandbox.control.requests()).toHaveLength(line.requests);
				expect(bench.sandbox.control.messages()).toHaveLength(line.accepted);

				// What n8n stores beside it, the node as the user set it up, is the workflow itself.
				const visible = JSON.stringify({ ...error, node: undefined });
				expect(visible).toContain(JSON.stringify(error.message));
				for (const secret of table.secrets) expect(visible).not.toContain(secret);
			});

			it('puts the outcome into the output when the node goes on', async () => {
				const result = await run(line, 'continueRegularOutput');
				const item = result.outputs[0]?.[0];

				expect(result.status).toBe('success');
				expect(item?.json.details).toMatchObject(line.facts);
				expect(item?.json.error).toEqual(saying(line.message));
				expect(item?.pairedItem).toEqual({ item: 0 });
				expect(bench.sandbox.control.messages()).toHaveLength(line.accepted);
				for (const secret of table.secrets) expect(JSON.stringify(item)).not.toContain(secret);
			});
		});

		if (keyed) {
			it.each(lostWays(displayName, sentStatus))(
				'$name, once: the message is sent again and accepted once',
				async ({ fault, parameters }) => {
					const result = await run({ fault, parameters });

					expect(result.error).toBeUndefined();
					expect(bench.sandbox.control.requests()).toHaveLength(2);
					expect(bench.sandbox.control.messages()).toHaveLength(1);
				},
			);
		}

		describe('limits and waits', () => {
			it('429 with Retry-After: waits as long as asked and sends once', async () => {
				const start = Date.now();
				const result = await run({ fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } });

				expect(result.status).toBe('success');
				expect(Date.now() - start).toBeGreaterThanOrEqual(1000);
				expect(bench.sandbox.control.requests()).toHaveLength(2);
				expect(bench.sandbox.control.messages()).toHaveLength(1);
			});

			it('429 without Retry-After: waits longer each time and sends once', async () => {
				const start = Date.now();
				const result = await run({ fault: { kind: 'status', status: 429, times: 2 } });

				expect(result.status).toBe('success');
				expect(Date.now() - start).toBeGreaterThanOrEqual(3000);
				expect(bench.sandbox.control.requests()).toHaveLength(3);
				expect(bench.sandbox.control.messages()).toHaveLength(1);
			});

			it('429 with a longer wait than a node allows: stops and passes the wait on', async () => {
				const result = await run({
					fault: { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
				});
				const error = result.error as NodeApiError;

				expect(error.message).toMatch(new RegExp(`^${displayName} is limiting requests`));
				expect(error.description).toMatch(/Nothing was sent/);
				expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 3_600_000 });
				expect(bench.sandbox.control.requests()).toHaveLength(1);
			});

			it('429 with Retries 0: fails at once, and does not hold up what comes after it', async () => {
				const { control } = bench.sandbox;
				control.fault({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
				const start = Date.now();
				const options = { ...(bench.sendText.options as INodeParameters), retries: 0 };
				const result = await bench.run(
					{ ...bench.sendText, options },
					{ items: recipients(2), onError: 'continueRegularOutput' },
				);

				expect(Date.now() - start).toBeLessThan(20_000);
				expect(result.outputs[0]?.[0]?.json.details).toMatchObject({
					outcome: 'not sent',
					attempts: 1,
					httpCode: 429,
					retryAfterMs: 60_000,
				});
				expect(control.requests()).toHaveLength(2);
				expect(control.messages()).toHaveLength(1);
			});

			it('429 again and again: is tried as often as Retries says', async () => {
				bench.sandbox.control.fault({ kind: 'status', status: 429, times: Infinity });
				const options = { ...(bench.sendText.options as INodeParameters), retries: 1 };
				const result = await bench.run({ ...bench.sendText, options }, { items: recipients(1) });

				expect(result.error?.description).toMatch(/Nothing was sent\. It was tried 2 times\./);
				expect(bench.sandbox.control.requests()).toHaveLength(2);
			});

			it('a read is repeated after 500, drops and broken answers', async () => {
				const { control } = bench.sandbox;
				control.fault({ kind: 'status', status: 500 });
				control.fault({ kind: 'dropAfter' });
				control.fault({ kind: 'truncated' });
				const result = await bench.run(table.read.parameters);

				expect(result.status).toBe('success');
				expect(result.outputs[0]?.[0]?.json).toHaveProperty(table.read.has);
				expect(control.requests()).toHaveLength(4);
			});

			it('a change whose answer was lost says that it may have been made', async () => {
				bench.sandbox.control.fault({ kind: 'status', status: 500, times: Infinity });
				const result = await bench.run(table.change);
				expect(result.error?.message).toMatch(/the change may have been made$/);
			});

			it('Stop while an answer is awaited ends the node at once', async () => {
				bench.sandbox.control.fault({ kind: 'hang', accepted: true });
				const stop = new AbortController();
				const running = bench.run(bench.sendText, { items: recipients(2), signal: stop.signal });
				const stopped = await stopOnceReached(bench, stop);
				const result = await running;

				expect(result.status).toBe('canceled');
				expect(Date.now() - stopped).toBeLessThan(3000);
				expect(bench.sandbox.control.messages()).toHaveLength(1);
			});

			it('Stop while waiting for a limit ends the node at once, and nothing was sent', async () => {
				// Asked to wait, the whole account waits: a sandbox of its own keeps the other tests out of it.
				const own = await startProviderBench(provider);
				extra.push(own);
				own.sandbox.control.fault({
					kind: 'status',
					status: 429,
					headers: { 'retry-after': '60' },
					times: Infinity,
				});
				const stop = new AbortController();
				const running = own.run(own.sendText, { items: recipients(2), signal: stop.signal });
				const stopped = await stopOnceReached(own, stop);
				const result = await running;

				expect(result.status).toBe('canceled');
				expect(Date.now() - stopped).toBeLessThan(3000);
				expect(own.sandbox.control.requests()).toHaveLength(1);
				expect(own.sandbox.control.messages()).toHaveLength(0);
			});
		});

		it('says how many went through before the failure, and sends nothing after it', async () => {
			bench.sandbox.control.fault({ kind: 'status', status: 400, skip: 2 });
			const result = await bench.run(bench.sendText, { items: recipients(5) });

			expect(result.error?.description).toContain('2 of 5 items went through before this one; 2 were not tried.');
			expect(bench.sandbox.control.messages()).toHaveLength(2);
		});

		table.more?.(() => bench);
	});
}

/** Presses Stop a moment after the first request has reached the server, however busy the machine is; says when. */
async function stopOnceReached(bench: Bench, stop: AbortController): Promise<number> {
	const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
	while (bench.sandbox.control.requests().length === 0) await pause(10);
	await pause(200);
	stop.abort();
	return Date.now();
}
