/** Each refusal that a provider may give, over HTTP and through n8n's engine: the next provider takes the message, or none does. */
import { capabilitiesOf } from '../../nodes/WhatsAppGateways/gateways';
import { recipients } from '../support/bench';
import { providers } from '../support/providers';
import { type RoutingBench, startRoutingBench, through } from './bench';
import type { Refusal } from '../support/refusals';
import { refusalsOf } from './refusals';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const options = { retries: 0, skipFailedFor: 0, timeLimit: 5 };

/** What an answer says, and its codes. */
function contentOf({ answer: { status, body } }: Refusal): { text: string; codes: string[] } {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { text, codes: [String(status), ...(text.match(/(?<="code":"?)\w+/g) ?? [])] };
}

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s', (_name, provider) => {
	const { type } = provider;
	const rows = refusalsOf(provider);
	const next = type === 'wapio' ? 'chatalo' : 'wapio';

	it('has a row for each of its account refusals', () => {
		const entries = capabilitiesOf(type)?.accountRefusals ?? [];
		const decided = rows
			.filter(({ reason }) => reason !== undefined)
			.map((row) => {
				const { text, codes } = contentOf(row);
				return entries.find(
					({ code, words, reason }) =>
						reason === row.reason &&
						(code === undefined || codes.includes(code)) &&
						(words?.test(text) ?? true),
				);
			});
		expect(entries.filter((entry) => !decided.includes(entry))).toEqual([]);
		for (const { source } of [...entries, ...rows]) expect(source).not.toBe('');
	});

	it.each(rows)('$says', async ({ answer, reason, isUnknown = false }) => {
		const fault = bench.sandbox.control.fault({ kind: 'status', ...answer, provider: type, times: Infinity });
		const result = await bench.run({ ...through(type, next), options }, { items: recipients(1) });
		expect(fault.hits()).toBe(1);
		if (reason === undefined) {
			expect(bench.accepted()).toEqual({});
			expect(bench.sandbox.control.requests({ provider: next })).toEqual([]);
			expect(/may have been sent/.test(result.error?.message ?? '')).toBe(isUnknown);
			return;
		}
		expect(result.error).toBeUndefined();
		expect(bench.accepted()).toEqual({ [next]: 1 });
		expect(result.outputs[0]?.[0]?.json.attempts).toEqual([
			{ provider: type, outcome: expect.stringMatching(/^(refused|not sent)$/) as string, reason },
			{ provider: next, outcome: 'accepted' },
		]);
	});
});
