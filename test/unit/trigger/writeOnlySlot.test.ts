import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { GatewayError, type Outcome } from '../../../nodes/shared/http/gatewayError';
import { type Claim, SlotRefusal } from '../../../nodes/shared/trigger/register/oneSlot';
import { addressToRegister, isDerivable, productionOf } from '../../../nodes/shared/trigger/register/webhookAddress';
import { registerUnseen, unregisterUnseen } from '../../../nodes/shared/trigger/register/writeOnlySlot';
import { memorySlot, nodeAt } from './memorySlot';

const FOREIGN = 'https://crm.example.org/hooks/incoming?team=7';
const ALL_RIGHTS = { mayReplace: true, mayTakeOver: true };
const node = nodeAt('11111111-1111-4111-8111-111111111111');

/** The slot of {@link memorySlot}, which nobody reads. */
const unseen = (value?: string) =>
	Object.assign(memorySlot(value), {
		read: async () => {
			throw new Error('This slot cannot be read');
		},
	});
const addressOf = ({ base, secret }: Claim) => addressToRegister(base, secret);
const PRODUCTION = addressOf(node.production());

describe('permission', () => {
	it.each<[string, Claim]>([
		['publishing without Replace Existing Webhook', node.production({ mayTakeOver: true })],
		['a test without Replace Existing Webhook', node.test({ mayTakeOver: true })],
		['a test without Take Over Production While Testing', node.test({ mayReplace: true })],
	])('%s is refused, and the clean-up after it writes nothing', async (_name, claim) => {
		const slot = unseen(FOREIGN);
		const stored = {};
		await expect(registerUnseen(slot, claim, stored)).rejects.toBeInstanceOf(SlotRefusal);
		await unregisterUnseen(slot, { ...claim, ...ALL_RIGHTS }, stored);
		expect([slot.value, slot.writes]).toEqual([FOREIGN, 0]);
	});

	it('publishing with Replace Existing Webhook is enough, and is needed each time', async () => {
		const slot = unseen(FOREIGN);
		const stored = {};
		await registerUnseen(slot, node.production({ mayReplace: true }), stored);
		expect(slot.value).toBe(PRODUCTION);
		await expect(registerUnseen(slot, node.production(), stored)).rejects.toThrow(/cannot show/);
		expect(slot.writes).toBe(1);
	});
});

describe('what is restored', () => {
	it('by a test: production, whose address follows from the test address', async () => {
		const slot = unseen();
		const stored = {};
		await registerUnseen(slot, node.test(ALL_RIGHTS), stored);
		expect(slot.value).toBe(addressOf(node.test()));
		await unregisterUnseen(slot, node.test(ALL_RIGHTS), stored);
		expect(slot.value).toBe(PRODUCTION);
	});

	it('by production: nothing, whatever was there before', async () => {
		const slot = unseen(FOREIGN);
		const stored = {};
		await registerUnseen(slot, node.production(ALL_RIGHTS), stored);
		await unregisterUnseen(slot, node.production(), stored);
		expect(slot.value).toBeUndefined();
	});

	it('is restored once: a second clean-up writes nothing', async () => {
		const slot = unseen();
		const stored = {};
		await registerUnseen(slot, node.test(ALL_RIGHTS), stored);
		await unregisterUnseen(slot, node.test(ALL_RIGHTS), stored);
		await unregisterUnseen(slot, node.test(ALL_RIGHTS), stored);
		expect(slot.writes).toBe(2);
	});

	it.each<[string, Claim, string | undefined]>([
		['after a test with both options: production', node.test(ALL_RIGHTS), PRODUCTION],
		['after a test with one option: nothing', node.test({ mayReplace: true }), FOREIGN],
		['after production with the option: the slot is cleared', node.production({ mayReplace: true }), undefined],
		['after production without the option: nothing', node.production({ mayTakeOver: true }), FOREIGN],
	])('if the note was lost, %s', async (_name, claim, expected) => {
		const slot = unseen(FOREIGN);
		await unregisterUnseen(slot, claim, {});
		expect(slot.value).toBe(expected);
	});

	it('is tried again if it failed', async () => {
		const slot = unseen();
		const stored = {};
		await registerUnseen(slot, node.production(ALL_RIGHTS), stored);
		const broken = { ...slot, clear: async () => await Promise.reject(new Error('no answer')) };
		await expect(unregisterUnseen(broken, node.production(), stored)).rejects.toThrow('no answer');
		await unregisterUnseen(slot, node.production(), stored);
		expect(slot.value).toBeUndefined();
	});
});

describe('an address that the provider did not take', () => {
	const failing = (error: Error) => ({ ...unseen(FOREIGN), write: async () => await Promise.reject(error) });
	const gatewayError = (outcome: Outcome) =>
		new GatewayError({ provider: 'Gateway', kind: 'unavailable', outcome, attempts: 1 });

	it.each<[string, Error, boolean]>([
		['was refused', gatewayError('refused'), false],
		['was not sent', gatewayError('not sent'), false],
		['was refused by the provider-specific part', new SlotRefusal('No session', 'Choose one'), false],
		['may have been taken', gatewayError('unknown'), true],
		['failed for an unknown reason', new Error('?'), true],
	])('%s: cleared afterwards only if it may be there', async (_name, error, isCleared) => {
		const slot = failing(error);
		let cleared = false;
		const stored = {};
		await expect(registerUnseen(slot, node.production(ALL_RIGHTS), stored)).rejects.toBe(error);
		const clear = async () => {
			cleared = true;
		};
		await unregisterUnseen({ ...slot, clear }, node.production(ALL_RIGHTS), stored);
		expect(cleared).toBe(isCleared);
	});
});

it('an address of ours that was there before is still cleared if the new one is refused', async () => {
	const slot = unseen();
	const stored = {};
	await registerUnseen(slot, node.production(ALL_RIGHTS), stored);
	const refused = new GatewayError({ provider: 'Gateway', kind: 'refused', outcome: 'refused', attempts: 1 });
	const refusing = { ...slot, write: async () => await Promise.reject(refused) };
	await expect(registerUnseen(refusing, node.production(ALL_RIGHTS), stored)).rejects.toBe(refused);
	await unregisterUnseen(slot, node.production(ALL_RIGHTS), stored);
	expect(slot.value).toBeUndefined();
});

describe('the production address', () => {
	it.each([
		['https://n8n.example.com/webhook-test/id/webhook', 'https://n8n.example.com/webhook/id/webhook'],
		['https://example.com/n8n/webhook-test/id/webhook', 'https://example.com/n8n/webhook/id/webhook'],
		[
			'https://example.com/webhook-test/webhook-test/id/webhook',
			'https://example.com/webhook-test/webhook/id/webhook',
		],
		['https://n8n.example.com/webhook/id/webhook', undefined],
		['https://n8n.example.com/hooks-test/id/webhook', undefined],
		['https://webhook-test.example.com/hooks/id/webhook', undefined],
	])('of %s is %s', (base, production) => {
		expect(productionOf(base)).toBe(production);
		if (production) expect(isDerivable(production)).toBe(true);
	});

	it('that was renamed cannot be derived', () => {
		expect(isDerivable('https://n8n.example.com/hooks/id/webhook')).toBe(false);
	});

	it.each<[string, Claim]>([
		['listening', { ...node.test(ALL_RIGHTS), base: 'https://n8n.example.com/try/id/webhook' }],
		['publishing', { ...node.production(ALL_RIGHTS), base: 'https://n8n.example.com/hooks/id/webhook' }],
	])('that cannot be derived stops %s before anything is written', async (_name, claim) => {
		const slot = unseen(FOREIGN);
		await expect(registerUnseen(slot, claim, {})).rejects.toThrow(/could not be restored/);
		expect(slot.writes).toBe(0);
	});
});

describe('over any course of events', () => {
	type Step = 'publish' | 'unpublish' | 'listen' | 'stop' | 'kill' | 'options' | 'somebody else';
	const steps = fc.array(
		fc.record({
			do: fc.constantFrom<Step>('publish', 'unpublish', 'listen', 'stop', 'kill', 'options', 'somebody else'),
			rights: fc.record({ mayReplace: fc.boolean(), mayTakeOver: fc.boolean() }),
		}),
		{ maxLength: 25 },
	);

	/** Whether a step is allowed by the options; a refusal must leave the slot alone. */
	const attempt = async (slot: ReturnType<typeof unseen>, claim: Claim, stored: IDataObject): Promise<boolean> => {
		const { value, writes } = slot;
		const isAllowed = claim.mayReplace && (!claim.isTest || claim.mayTakeOver);
		const error: unknown = await registerUnseen(slot, claim, stored).catch((reason: unknown) => reason);
		expect(error === undefined).toBe(isAllowed);
		if (error !== undefined) {
			// n8n cleans up after a failure.
			await unregisterUnseen(slot, claim, stored);
			expect([slot.value, slot.writes]).toEqual([value, writes]);
		}
		return isAllowed;
	};

	it('nothing is written without permission, and production is back whenever no test listens', async () => {
		await fc.assert(
			fc.asyncProperty(steps, async (course) => {
				const slot = unseen(FOREIGN);
				const production: IDataObject = {};
				let test: IDataObject | undefined;
				let rights = { mayReplace: false, mayTakeOver: false };
				let published = false;
				/** The slot was left or overwritten by something that no step of this node has repaired. */
				let disturbed = false;
				for (const { do: step, rights: next } of course) {
					const { writes } = slot;
					if (step === 'options') rights = next;
					if (step === 'somebody else') {
						slot.value = FOREIGN;
						disturbed = true;
					}
					if (step === 'publish') {
						const wasPublished = published;
						published = await attempt(slot, node.production(rights), production);
						if (published) {
							disturbed = false;
							// Production takes the slot from a test; the test's end leaves it there.
						} else if (wasPublished) disturbed = true;
					}
					if (step === 'unpublish' && published) {
						await unregisterUnseen(slot, node.production(rights), production);
						published = false;
					}
					if (step === 'listen') {
						const stored: IDataObject = {};
						if (await attempt(slot, node.test(rights), stored)) test = stored;
					}
					if (step === 'stop' && test) {
						await unregisterUnseen(slot, node.test(rights), test);
						test = undefined;
						disturbed = false;
					}
					if (step === 'kill' && test) {
						test = undefined;
						disturbed = true;
					}
					if (step === 'options' || step === 'somebody else') expect(slot.writes).toBe(writes);
					if (published && !test && !disturbed) expect(slot.value).toBe(PRODUCTION);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});
