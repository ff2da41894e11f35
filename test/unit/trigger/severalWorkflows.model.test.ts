import * as fc from 'fast-check';
import { isRegistered, register, unregister } from '../../../nodes/shared/trigger/register/oneSlot';
import { memorySlot, nodeAt } from './memorySlot';

/**
 * Workflows of one n8n that take a slot from each other, beside the webhook of another system. What should be in the slot
 * is kept as a plain stack: who comes is put on top, who goes is taken out, wherever it is.
 */
const FOREIGN = 'https://crm.example.org/hooks/incoming?team=7';
/** Random histories; 40,000 found what a look at the code had not. */
const HISTORIES = Number(process.env.SLOT_HISTORIES ?? 3_000);
const RIGHTS = { mayReplace: true, mayTakeOver: true };
const WORKFLOWS = ['A', 'B', 'C'];
const claims = new Map(
	WORKFLOWS.map((name) => [name, { live: nodeAt(name).production(RIGHTS), test: nodeAt(name).test(RIGHTS) }]),
);

type Action = 'publish' | 'unpublish' | 'listen' | 'stop' | 'restart' | 'kill';
interface Step {
	do: Action;
	/** Nothing for what happens to the whole n8n. */
	workflow: string;
}

/** What the slot's address and its memory lead to, newest first: "A" in production, "A?" while listening. */
function contentOf(address: string | undefined): string[] {
	if (address === undefined) return [];
	const found = /^https:\/\/n8n\.example\.com\/webhook(-test)?\/(\w)\/webhook/.exec(address);
	if (!found) return [address];
	const { searchParams } = new URL(address);
	const encoded = searchParams.get('prev');
	const production = searchParams.get('prod');
	const name = found[2] ?? '';
	if (production !== null) expect([production, found[1]]).toEqual([claims.get(name)?.live.base, '-test']);
	return [
		found[1] === undefined ? name : `${name}?`,
		...(production === null ? [] : [name]),
		...contentOf(encoded === null ? undefined : Buffer.from(encoded, 'base64url').toString('utf8')),
	];
}

class World {
	readonly slot;
	private stack: string[];
	private readonly published = new Set<string>();
	private readonly listening = new Set<string>();

	constructor(private readonly initial: string | undefined) {
		this.slot = memorySlot(initial);
		this.stack = contentOf(initial);
	}

	async take(action: Action, name: string): Promise<void> {
		const test = `${name}?`;
		switch (action) {
			case 'publish':
				await this.come(name, 'live');
				// Production takes its place again from a test that was left there, or goes on.
				this.stack = [name, ...this.stack.filter((each) => each !== name && each !== test)];
				this.published.add(name);
				break;
			case 'listen':
				await this.come(name, 'test');
				this.stack = [test, ...this.stack.filter((each) => each !== test)];
				this.listening.add(name);
				break;
			case 'unpublish':
				if (!this.published.delete(name)) return;
				await unregister(this.slot, this.claim(name, 'live'));
				this.stack = this.stack.filter((each) => each !== name);
				break;
			case 'stop':
				if (!this.listening.delete(name)) return;
				await unregister(this.slot, this.claim(name, 'test'));
				this.stack = this.stack.filter((each) => each !== test);
				break;
			case 'restart':
				// n8n 1 publishes everything again, n8n 2 calls nothing. Nobody listens any more.
				this.listening.clear();
				for (const each of [...this.published]) await this.take('publish', each);
				break;
			case 'kill':
				// Nothing is called. No address says that its test is dead, so it stays until its workflow is heard of again.
				this.listening.clear();
		}
		expect(contentOf(this.slot.value)).toEqual(this.stack);
	}

	/** All of them go, in an order of their own. */
	async end(order: readonly string[], testsFirst: boolean): Promise<void> {
		for (const action of testsFirst ? (['stop', 'unpublish'] as const) : (['unpublish', 'stop'] as const)) {
			for (const name of order) await this.take(action, name);
		}
		const left = this.stack.filter((each) => each.endsWith('?'));
		// Only tests that n8n was killed in can be left. Listening once more and stopping removes them.
		for (const each of left) {
			await this.take('listen', each[0] ?? '');
			await this.take('stop', each[0] ?? '');
		}
		expect(this.slot.value).toBe(this.initial);
	}

	private claim(name: string, mode: 'live' | 'test') {
		const found = claims.get(name);
		if (!found) throw new Error(`There is no workflow ${name}`);
		return found[mode];
	}

	/** As n8n does: `create` only where `checkExists` says no. */
	private async come(name: string, mode: 'live' | 'test'): Promise<void> {
		const claim = this.claim(name, mode);
		if (!(await isRegistered(this.slot, claim))) await register(this.slot, claim);
	}
}

const step: fc.Arbitrary<Step> = fc.record({
	do: fc.oneof(
		{ weight: 10, arbitrary: fc.constantFrom<Action>('publish', 'unpublish', 'listen', 'stop') },
		{ weight: 1, arbitrary: fc.constantFrom<Action>('restart', 'kill') },
	),
	workflow: fc.constantFrom(...WORKFLOWS),
});

describe('several workflows on one slot', () => {
	it.each<[string, Array<[Action, string]>]>([
		[
			'a workflow that is replaced by another one and unpublished during its own test',
			[
				['publish', 'C'],
				['publish', 'A'],
				['listen', 'C'],
				['unpublish', 'C'],
				['stop', 'C'],
				['unpublish', 'A'],
			],
		],
		[
			'a workflow that lent the slot to its test, of which another one took it',
			[
				['publish', 'A'],
				['listen', 'A'],
				['publish', 'C'],
				['stop', 'A'],
				['unpublish', 'C'],
			],
		],
		[
			'a workflow that is unpublished while another one has the slot of its test',
			[
				['publish', 'A'],
				['listen', 'A'],
				['listen', 'C'],
				['unpublish', 'A'],
				['stop', 'C'],
				['stop', 'A'],
			],
		],
	])('is as it was found after %s', async (_name, history) => {
		const world = new World(FOREIGN);
		for (const [action, name] of history) await world.take(action, name);
		await world.end(WORKFLOWS, true);
	});

	it('puts every replaced address back, and nothing dead, in any order of events', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(FOREIGN, undefined),
				fc.array(step, { maxLength: 14 }),
				fc.shuffledSubarray(WORKFLOWS, { minLength: WORKFLOWS.length }),
				fc.boolean(),
				async (initial, history, order, testsFirst) => {
					const world = new World(initial);
					for (const { do: action, workflow } of history) await world.take(action, workflow);
					await world.end(order, testsFirst);
				},
			),
			{ numRuns: HISTORIES },
		);
	});
});
