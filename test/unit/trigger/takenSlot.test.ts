import * as fc from 'fast-check';
import { register, SlotRefusal, unregister } from '../../../nodes/shared/trigger/register/oneSlot';
import {
	addressToRegister,
	holderOf,
	isUpToDate,
	memoryOf,
	withoutHolder,
} from '../../../nodes/shared/trigger/register/webhookAddress';
import { memorySlot, nodeAt } from './memorySlot';

const FOREIGN = 'https://crm.example.org:8443/hooks/secret-path?key=secret';
const holder = { id: 'aB3-x_9', name: 'Support desk' };
const editorUrl = 'https://n8n.example.com/';
const first = nodeAt('11111111-1111-4111-8111-111111111111');
const second = nodeAt('22222222-2222-4222-8222-222222222222');
const ALL_RIGHTS = { mayReplace: true, mayTakeOver: true };

/** What a user reads who publishes the second workflow. */
async function refusalBy(address: string, workflow = 'other'): Promise<string> {
	const slot = { ...memorySlot(address), ownerName: 'credential "Shop"' };
	const claim = second.production({ holder: { id: workflow, name: 'Second' }, editorUrl });
	const error: unknown = await register(slot, claim).catch((reason: unknown) => reason);
	expect([error instanceof SlotRefusal, slot.writes]).toEqual([true, 0]);
	const { message, advice } = error as SlotRefusal;
	return `${message}. ${advice}`;
}

describe('a taken slot', () => {
	it.each<[string, string, string | RegExp]>([
		['another system', FOREIGN, 'sends its webhooks to crm.example.org:8443. Gateway keeps'],
		[
			'another n8n that has this package',
			addressToRegister('https://n8n.example.org/webhook/1/webhook', 's', {}, holder),
			'sends its webhooks to n8n.example.org. Gateway keeps',
		],
		['an address without a scheme', 'crm.example.org/hooks', 'sends its webhooks to crm.example.org. '],
		['no address at all', '???', 'sends its webhooks to an address without a host. '],
		[
			'a workflow of this n8n',
			addressToRegister(first.production().base, 'secret-of-first', { previous: FOREIGN }, holder),
			'sends its webhooks to the workflow "Support desk" of this n8n (https://n8n.example.com/workflow/aB3-x_9). ',
		],
		[
			'an address of this n8n without a workflow',
			addressToRegister(first.production().base, 'secret-of-first'),
			`sends its webhooks to another workflow of this n8n, at ${first.production().base}?…. `,
		],
		[
			'another trigger of the same workflow',
			addressToRegister(first.production().base, 's', {}, { id: 'other', name: 'Second' }),
			'sends its webhooks to another trigger of this workflow. ',
		],
	])('is named, and who has it: %s', async (_name, address, words) => {
		const text = await refusalBy(address);
		expect(text).toMatch(/^This API key \(credential "Shop"\) already /);
		expect(text).toContain(words);
		expect(text).toMatch(/"Replace Existing Webhook".*Nothing was changed\.$/);
		expect(text).not.toMatch(/secret/);
	});

	it('is described without harm whatever it contains', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (id, name) => {
				const url = new URL(first.production().base);
				url.searchParams.set('workflow', id);
				url.searchParams.set('name', name);
				const text = await refusalBy(url.toString());
				expect(text.length).toBeLessThan(900);
				// No character that moves or hides the others.
				expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
			}),
		);
	});
});

describe('the workflow in an address', () => {
	it.each<[string, string, string]>([
		['a plain name', 'Support desk', 'Support desk'],
		['signs that mean something in an address', 'A&B = 100% #1?', 'A&B = 100% #1?'],
		['several lines', 'One\n\ttwo', 'One two'],
		['a long name', 'x'.repeat(500), 'x'.repeat(120)],
		['a long name in another script', 'ж'.repeat(100), 'ж'.repeat(20)],
		['half a character', 'a\ud800b', 'a b'],
		['no name', '', ''],
	])('is kept, and cut where it is too long: %s', (_name, name, kept) => {
		const address = addressToRegister(first.production().base, 's', {}, { id: 'w1', name });
		expect(holderOf(address)).toEqual({ id: 'w1', name: kept });
		expect(address.length).toBeLessThan(first.production().base.length + 190);
	});

	it('is no part of what is compared: a workflow may be renamed', () => {
		const { base } = first.production();
		const address = addressToRegister(base, 's', {}, holder);
		expect(isUpToDate(address, base, 's')).toBe(true);
		expect(isUpToDate(address, base, 'another')).toBe(false);
		expect(withoutHolder(address)).toBe(addressToRegister(base, 's'));
	});

	it('comes back with the address when another workflow that took the slot is gone', async () => {
		const slot = memorySlot(FOREIGN);
		await register(slot, first.production({ ...ALL_RIGHTS, holder }));
		const before = slot.value;
		await register(slot, second.production({ ...ALL_RIGHTS, holder: { id: 'w2', name: 'Second' } }));
		await unregister(slot, second.production());
		expect(slot.value).toBe(before);
	});

	it('is restored with production after a test', async () => {
		const slot = memorySlot();
		await register(slot, first.production({ holder }));
		const before = slot.value;
		await register(slot, first.test({ ...ALL_RIGHTS, holder }));
		await unregister(slot, first.test({ holder }));
		expect(slot.value).toBe(before);
	});

	it('is left out where what has to be remembered leaves no room for it', async () => {
		const long = `https://crm.example.org/${'x'.repeat(1_270)}`;
		const slot = memorySlot(long);
		await register(slot, first.production({ ...ALL_RIGHTS, holder: { id: 'w1', name: 'x'.repeat(120) } }));
		expect([holderOf(slot.value ?? ''), memoryOf(slot.value ?? '').previous]).toEqual([undefined, long]);
	});

	it.each([130, 150, 170, 190])('is left out where a provider keeps %d characters', async (width) => {
		const slot = memorySlot(undefined, (url) => url.slice(0, width));
		const claim = first.production({ holder });
		await register(slot, claim);
		expect(isUpToDate(slot.value ?? '', claim.base, claim.secret)).toBe(true);
	});
});
