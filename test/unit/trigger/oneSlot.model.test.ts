import * as fc from 'fast-check';
import { isRegistered, register, SlotRefusal, unregister } from '../../../nodes/shared/trigger/register/oneSlot';
import { ownership } from '../../../nodes/shared/trigger/register/webhookAddress';
import { chainOf, memorySlot, nodeAt } from './memorySlot';

type Step =
	| { do: 'publish' | 'unpublish' | 'listen' | 'stop' | 'kill' | 'rotateKeys' }
	| { do: 'set'; address: string | undefined }
	| { do: 'options'; mayReplace: boolean; mayTakeOver: boolean };

const foreignAddress = fc.oneof(
	fc.constantFrom('https://crm.example.org/hook', 'https://n8n.example.com/webhook/other-node/webhook'),
	fc.webUrl({ withQueryParameters: true, size: 'small' }).filter((url) => url.length < 150),
);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom<Step>({ do: 'publish' }, { do: 'listen' }, { do: 'stop' }) },
	{ weight: 4, arbitrary: fc.constantFrom<Step>({ do: 'unpublish' }, { do: 'kill' }) },
	{ weight: 1, arbitrary: fc.constant<Step>({ do: 'rotateKeys' }) },
	{
		weight: 2,
		arbitrary: fc.option(foreignAddress, { nil: undefined }).map((address): Step => ({ do: 'set', address })),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('options' as const),
			mayReplace: fc.boolean(),
			mayTakeOver: fc.boolean(),
		}),
	},
);

/** A node on a slot, used as n8n uses it. */
class World {
	private readonly node = nodeAt('11111111-1111-4111-8111-111111111111');
	readonly slot;
	/** What somebody else put into the slot last. */
	theirs: string | undefined;
	private keys = 1;
	private rights = { mayReplace: true, mayTakeOver: true };
	private published = false;
	private listening = false;
	/** Production was overwritten by somebody else, by the right of every account owner. */
	private overwritten = false;

	constructor(initial: string | undefined) {
		this.slot = memorySlot(initial);
		this.theirs = initial;
	}

	private claim(isTest: boolean) {
		const rights = { ...this.rights, secret: `secret-${this.keys}` };
		return isTest ? this.node.test(rights) : this.node.production(rights);
	}

	/** Registers unless registered, as n8n does; a refusal must leave the slot alone. */
	private async activate(isTest: boolean): Promise<boolean> {
		const claim = this.claim(isTest);
		const { value: before, writes } = this.slot;
		if (await isRegistered(this.slot, claim)) return true;
		const owner = ownership(before, claim.base);
		const needsRight =
			(owner === 'foreign' && !claim.mayReplace) || (owner === 'otherMode' && isTest && !claim.mayTakeOver);
		const error: unknown = await register(this.slot, claim).catch((reason: unknown) => reason);
		if (error !== undefined && !(error instanceof SlotRefusal)) throw error as Error;
		expect({ refused: error !== undefined }).toEqual({ refused: needsRight });
		if (needsRight) expect({ value: this.slot.value, writes: this.slot.writes }).toEqual({ value: before, writes });
		return !needsRight;
	}

	async take(next: Step): Promise<void> {
		switch (next.do) {
			case 'publish':
				if (this.published) return;
				this.published = await this.activate(false);
				this.overwritten = false;
				return;
			case 'unpublish':
				if (!this.published) return;
				await unregister(this.slot, this.claim(false));
				this.published = false;
				return;
			case 'listen':
				// Listening again without a stop is the same call once more.
				this.listening = (await this.activate(true)) || this.listening;
				return;
			case 'stop':
				if (!this.listening) return;
				await unregister(this.slot, this.claim(true));
				this.listening = false;
				return;
			case 'kill':
				// Nothing is cleaned up; at its next start n8n activates what was published.
				this.listening = false;
				if (!this.published) return;
				this.published = await this.activate(false);
				this.overwritten = false;
				return;
			case 'rotateKeys':
				this.keys += 1;
				return;
			case 'set':
				this.slot.value = next.address;
				this.theirs = next.address;
				this.overwritten = this.published;
				return;
			case 'options':
				this.rights = { mayReplace: next.mayReplace, mayTakeOver: next.mayTakeOver };
		}
	}

	check(): void {
		const chain = chainOf(this.slot.value);
		const foreign = chain.filter((address) => ownership(address, this.claim(false).base) === 'foreign');
		expect({ foreign }).toEqual({ foreign: this.theirs === undefined ? [] : [this.theirs] });
		expect(this.slot.value?.length ?? 0).toBeLessThan(2_000);
		if (this.published && !this.listening && !this.overwritten) {
			expect(ownership(this.slot.value, this.claim(false).base)).toBe('same');
		}
	}

	/** What n8n does when a test is stopped and a workflow is deactivated, in the given order. */
	async end(testFirst: boolean): Promise<void> {
		await unregister(this.slot, this.claim(testFirst));
		await unregister(this.slot, this.claim(!testFirst));
	}
}

describe('one slot over any course of events', () => {
	it('never loses a foreign address, never writes without permission, and is left as it was found', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.option(foreignAddress, { nil: undefined }),
				fc.array(step, { maxLength: 25 }),
				fc.boolean(),
				async (initial, steps, testFirst) => {
					const world = new World(initial);
					for (const next of steps) {
						await world.take(next);
						world.check();
					}
					await world.end(testFirst);
					expect(world.slot.value).toBe(world.theirs);
				},
			),
			{ numRuns: 1_000 },
		);
	});
});
