/**
 * Payloads of every kind with something else in some places: whatever comes, n8n answers, no execution fails, and what is
 * returned keeps to the schema (see test/support/checkedEvents.ts). MUTATED_PAYLOADS=10000 tries as many on each trigger.
 */
import * as fc from 'fast-check';
import type { ProviderName } from '../../sandbox';
import { heldBytes } from '../support/memory';
import { providers } from '../support/providers';
import { firstItems, useTriggerBench } from '../support/tables/trigger/bench';

const COUNT = Number(process.env.MUTATED_PAYLOADS ?? 60);
const BATCH = 25;

/** Values that no field expects. */
const odd = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.constantFrom<unknown>(
		...[null, '', ' ', 0, -1, 1e308, 2 ** 53, true, false, [], {}, '0', 'null', '@', '@lid', '1@lid', '1@g.us'],
		...[
			'status@broadcast',
			'__proto__',
			'x'.repeat(20_000),
			'\u0000\u202E',
			'\uD800',
			'{"a":',
			'data:;base64,AA==',
		],
		...['http://[::1]/', 'file:///etc/passwd', '-1', '1e999', [[[[]]]], { low: 1, high: -1 }],
		{ type: 'Buffer', data: [300, -1] },
		JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
	),
);

const changes = fc.array(fc.tuple(fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), fc.boolean(), odd), {
	minLength: 1,
	maxLength: 4,
});

/** A value in which one place holds something else, or is gone. */
function mutated(value: unknown, path: number[], isGone: boolean, replacement: unknown): unknown {
	const [step, ...rest] = path;
	if (step === undefined || typeof value !== 'object' || value === null) return replacement;
	const keys = Object.keys(value);
	if (keys.length === 0) return replacement;
	const key = keys[step % keys.length] as string;
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
	if (isGone && (rest.length === 0 || typeof copy[key] !== 'object')) delete copy[key];
	else copy[key] = mutated(copy[key], rest, isGone, replacement);
	return copy;
}

describe.each(providers)('the trigger of $name', ({ type, bench, incomingTexts }) => {
	const trigger = useTriggerBench<ProviderName>(type, bench, {
		isWrite: () => true,
		credential: incomingTexts.credential,
		isPasted: incomingTexts.isPasted,
	});

	it(`answers ${COUNT} payloads of all kinds with something odd in them, and fails for none`, async () => {
		const wf = await trigger.publish(
			{ events: ['*'], options: { includeOwn: true, includeStories: true, includeHistory: true } },
			incomingTexts.credential && trigger.credentialWith(incomingTexts.credential),
		);
		const url = trigger.slot() ?? '';
		const control = trigger.control();
		// Somewhere else, so that none has been seen.
		control.setWebhook(type, `${trigger.baseUrl()}/nowhere`);
		const bodies: Array<{ body: unknown; id: string }> = [];
		for (const { name } of control.playable(type).kinds) {
			const played = await control.play(type, name);
			const id = played.messageId ?? ' ';
			bodies.push(...played.bodies.map((body) => ({ body: JSON.parse(body) as unknown, id })));
		}
		const payloads = fc.sample(fc.tuple(fc.nat(), changes), { numRuns: COUNT, seed: 13 });
		const statuses = new Map<number, number>();
		const held: number[] = [];
		let started = 0;
		for (let first = 0; first < COUNT; first += BATCH) {
			await Promise.all(
				payloads.slice(first, first + BATCH).map(async ([index, places], at) => {
					const { body: played, id } = bodies[index % bodies.length] ?? { body: {}, id: ' ' };
					let body = played;
					for (const [path, isGone, value] of places) body = mutated(body, path, isGone, value);
					const text = (JSON.stringify(body) ?? '').replaceAll(id, `${id}${first + at}`);
					const headers = { 'content-type': 'application/json', ...incomingTexts.headers?.(text) };
					const { status } = await fetch(url, { method: 'POST', headers, body: text });
					statuses.set(status, (statuses.get(status) ?? 0) + 1);
				}),
			);
			started += (await firstItems(wf)).length;
			expect(wf.executions.filter(({ error }) => error !== undefined)).toEqual([]);
			wf.executions.length = 0;
			if (first % (BATCH * Math.ceil(COUNT / BATCH / 4)) === 0) held.push(heldBytes());
		}
		expect(
			([...statuses.keys()] as Array<number | string>).filter((status) => status !== 200 && status !== 400),
		).toEqual(
			// n8n itself refuses what is no JSON object or list.
			[],
		);
		// Some kinds have ids that cannot be made new, or states that come again.
		expect(started).toBeGreaterThan(COUNT / 8);
		expect({}).not.toHaveProperty('polluted');
		// The first look is taken before everything is loaded.
		expect((held.at(-1) ?? 0) - (held[1] ?? 0)).toBeLessThan(32 * 1024 * 1024);
	}, 600_000);
});
