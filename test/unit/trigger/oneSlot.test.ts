import { isRegistered, register, SlotRefusal, unregister } from '../../../nodes/shared/trigger/register/oneSlot';
import { ownership } from '../../../nodes/shared/trigger/register/webhookAddress';
import { chainOf, memorySlot, nodeAt } from './memorySlot';

const FOREIGN = 'https://crm.example.org/hooks/incoming?team=7';
const ALL_RIGHTS = { mayReplace: true, mayTakeOver: true };
const node = nodeAt('11111111-1111-4111-8111-111111111111');
const other = nodeAt('22222222-2222-4222-8222-222222222222');

/** Another address of somebody else, `length` characters long. */
function longAddress(length: number): string {
	const start = 'https://crm.example.org/hooks?token=';
	return start + 'x'.repeat(length - start.length);
}

describe('a foreign address', () => {
	it('stops the registration before anything is written, and is named without its secrets', async () => {
		const slot = memorySlot(FOREIGN);
		const refusal = register(slot, node.production());
		await expect(refusal).rejects.toBeInstanceOf(SlotRefusal);
		await expect(refusal).rejects.toThrow(/to crm\.example\.org$/);
		expect(slot.writes).toBe(0);
	});

	it.each([
		['an address with a query', FOREIGN],
		['an address that is not normalised', 'HTTPS://CRM.example.org:443/a/../hooks?b=%7e&a=1#top'],
		['an address with blanks around it', ' https://crm.example.org/hooks '],
		['an address that has a "prev" of its own', 'https://crm.example.org/hooks?prev=aHR0cHM6Ly94Lnk&secret=1'],
		['an address without https://', 'crm.example.org/hooks'],
		['letters of other scripts', 'https://crm.example.org/грузия/👋?name=größe'],
		['an address of 400 characters', longAddress(400)],
		['an address of 1,000 characters', longAddress(1_000)],
	])('is restored to the letter: %s', async (_kind, foreign) => {
		const slot = memorySlot(foreign);
		await register(slot, node.production(ALL_RIGHTS));
		expect(ownership(slot.value, node.production().base)).toBe('same');
		// Where both addresses do not fit into one, listening may be refused.
		const refusal: unknown = await register(slot, node.test(ALL_RIGHTS)).catch((reason: unknown) => reason);
		if (refusal === undefined) await unregister(slot, node.test(ALL_RIGHTS));
		else expect(refusal).toBeInstanceOf(SlotRefusal);
		await unregister(slot, node.production(ALL_RIGHTS));
		expect(slot.value).toBe(foreign);
	});

	it.each([1_200, 1_500, 2_000, 5_000])(
		'of %d characters is kept within 2,000 characters, or nothing is written',
		async (length) => {
			const foreign = longAddress(length);
			const slot = memorySlot(foreign);
			const error: unknown = await register(slot, node.production(ALL_RIGHTS)).catch((reason: unknown) => reason);
			if (error === undefined) {
				expect(slot.value?.length).toBeLessThan(2_000);
				expect(chainOf(slot.value)).toContain(foreign);
			} else {
				expect(error).toBeInstanceOf(SlotRefusal);
				expect(slot.value).toBe(foreign);
			}
		},
	);

	it.each([100, 200, 255, 300, 500])(
		'is not lost to a provider that cuts addresses off after %d characters without a word',
		async (width) => {
			const foreign = longAddress(width - 5);
			const slot = memorySlot(foreign, (url) => url.slice(0, width));
			const error: unknown = await register(slot, node.production(ALL_RIGHTS)).catch((reason: unknown) => reason);
			if (error === undefined) expect(chainOf(slot.value)).toContain(foreign);
			else expect([error instanceof SlotRefusal, slot.value]).toEqual([true, foreign]);
		},
	);

	it('is restored when the provider stores something other than it was given', async () => {
		const slot = memorySlot(FOREIGN, (url) => (url === FOREIGN ? url : 'https://gateway.example/default'));
		await expect(register(slot, node.production(ALL_RIGHTS))).rejects.toBeInstanceOf(SlotRefusal);
		expect(slot.value).toBe(FOREIGN);
	});
});

describe('an empty slot', () => {
	it.each([undefined, '', '  '])('(%j) is taken without permission and left empty', async (empty) => {
		const slot = memorySlot(empty);
		await register(slot, node.production());
		expect(await isRegistered(slot, node.production())).toBe(true);
		await unregister(slot, node.production());
		expect(slot.value).toBeUndefined();
	});

	it('that did not keep what was written is noticed', async () => {
		const slot = memorySlot(undefined, () => '');
		await expect(register(slot, node.production())).rejects.toThrow(/did not store it/);
	});
});

describe('listening for a test event', () => {
	it('is refused while production holds the slot, unless it may take over', async () => {
		const slot = memorySlot();
		await register(slot, node.production());
		const before = slot.value;
		await expect(register(slot, node.test({ mayReplace: true }))).rejects.toBeInstanceOf(SlotRefusal);
		expect([slot.value, slot.writes]).toEqual([before, 1]);
	});

	it('twice without an end between puts production back', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, node.production(ALL_RIGHTS));
		const production = slot.value;
		for (let times = 0; times < 3; times++) {
			expect(await isRegistered(slot, node.test(ALL_RIGHTS))).toBe(false);
			await register(slot, node.test(ALL_RIGHTS));
		}
		await unregister(slot, node.test(ALL_RIGHTS));
		expect(slot.value).toBe(production);
	});

	it('does not bring production back that was unpublished during the test', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, node.production(ALL_RIGHTS));
		await register(slot, node.test(ALL_RIGHTS));
		await unregister(slot, node.production(ALL_RIGHTS));
		expect(ownership(slot.value, node.test().base)).toBe('same');
		await unregister(slot, node.test(ALL_RIGHTS));
		expect(slot.value).toBe(FOREIGN);
	});

	it('left behind by an n8n that was killed gives way to production, remembering what was there', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, node.production(ALL_RIGHTS));
		await register(slot, node.test(ALL_RIGHTS));
		expect(await isRegistered(slot, node.production())).toBe(false);
		await register(slot, node.production());
		expect(await isRegistered(slot, node.production())).toBe(true);
		await unregister(slot, node.production());
		expect(slot.value).toBe(FOREIGN);
	});
});

describe('an address of ours with an old secret', () => {
	it('is replaced by the new one, and what it remembers is kept', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, node.production(ALL_RIGHTS));
		const renewed = { ...node.production(), secret: 'another' };
		expect(await isRegistered(slot, renewed)).toBe(false);
		await register(slot, renewed);
		expect(await isRegistered(slot, renewed)).toBe(true);
		await unregister(slot, renewed);
		expect(slot.value).toBe(FOREIGN);
	});
});

describe('two workflows on one slot', () => {
	it('keep the foreign address reachable however often they replace each other', async () => {
		const slot = memorySlot(FOREIGN);
		for (let times = 0; times < 10; times++) {
			const claim = (times % 2 === 0 ? node : other).production(ALL_RIGHTS);
			await register(slot, claim);
			expect(slot.value?.length).toBeLessThan(2_000);
			expect([times, chainOf(slot.value).at(-1)]).toEqual([times, FOREIGN]);
		}
	});

	it('of which the second was put over the first leave the slot as it was', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, node.production(ALL_RIGHTS));
		await register(slot, other.production(ALL_RIGHTS));
		await unregister(slot, other.production(ALL_RIGHTS));
		await unregister(slot, node.production(ALL_RIGHTS));
		expect(slot.value).toBe(FOREIGN);
	});

	it('of which the first goes first leave no dead address behind', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, node.production(ALL_RIGHTS));
		await register(slot, other.production(ALL_RIGHTS));
		await unregister(slot, node.production(ALL_RIGHTS));
		expect(ownership(slot.value, other.production().base)).toBe('same');
		await unregister(slot, other.production(ALL_RIGHTS));
		expect(slot.value).toBe(FOREIGN);
	});
});
