import type { FaultAction } from '../../sandbox/http/faults';
import { recipients } from '../support/bench';
import { providers } from '../support/providers';
import { type RoutingBench, startRoutingBench, through } from './bench';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const names = providers.map(({ type }) => type);
const once = { options: { retries: 0, skipFailedFor: 0, timeLimit: 1 } };

const pairs = names.map((first, index) => [first, names[(index + 1) % names.length] ?? first] as const);

/** What goes wrong at the first provider, and whether the second may take the message. */
const failures: Array<{ name: string; fault: FaultAction; next: boolean; accepted: number }> = [
	{ name: 'wrong key', fault: { kind: 'status', status: 401 }, next: true, accepted: 0 },
	{ name: 'not allowed', fault: { kind: 'status', status: 403 }, next: true, accepted: 0 },
	{
		name: 'limit reached',
		fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
		next: true,
		accepted: 0,
	},
	{ name: 'a refusal of the message', fault: { kind: 'status', status: 400 }, next: false, accepted: 0 },
	{
		name: 'an error after acceptance',
		fault: { kind: 'status', status: 500, accepted: true },
		next: false,
		accepted: 1,
	},
	{ name: 'a web page', fault: { kind: 'html', accepted: true }, next: false, accepted: 1 },
	{ name: 'a connection dropped before the request', fault: { kind: 'dropBefore' }, next: false, accepted: 0 },
	{ name: 'a connection dropped after acceptance', fault: { kind: 'dropAfter' }, next: false, accepted: 1 },
	{ name: 'no answer in time', fault: { kind: 'hang', accepted: true }, next: false, accepted: 1 },
];

describe.each(pairs)('%s, then %s', (first, second) => {
	it.each(failures)('$name', async ({ fault, next, accepted }) => {
		bench.sandbox.control.fault({ ...fault, provider: first, times: Infinity });
		const result = await bench.run({ ...through(first, second), ...once }, { items: recipients(1) });
		const messages = bench.sandbox.control.messages();
		expect(messages.filter(({ provider }) => provider === first)).toHaveLength(accepted);
		expect(messages.filter(({ provider }) => provider === second)).toHaveLength(next ? 1 : 0);
		if (next) {
			expect(result.error).toBeUndefined();
			expect(result.outputs[0]?.[0]?.json).toMatchObject({
				provider: second,
				attempts: [{ provider: first }, { provider: second, outcome: 'accepted' }],
			});
		} else {
			expect(result.error).toBeDefined();
		}
	});
});
