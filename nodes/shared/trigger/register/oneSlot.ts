import {
	addressToRegister,
	isTooLong,
	isUpToDate,
	type Memory,
	memoryOf,
	nameOf,
	ownership,
	withoutOwn,
	withoutQuery,
} from './webhookAddress';

/** The slot of a provider that keeps one address, bound to a client and a node. */
export interface Slot {
	/** What the slot belongs to, for messages: "API key", "device". */
	owner: string;
	provider: string;
	read: () => Promise<string | undefined>;
	write: (url: string) => Promise<void>;
	clear: () => Promise<void>;
}

/** This node's side of a slot. */
export interface Claim {
	/** This node's address in the mode we are in. */
	base: string;
	secret?: string;
	isTest: boolean;
	/** "Replace Existing Webhook". */
	mayReplace: boolean;
	/** "Take Over Production While Testing". */
	mayTakeOver: boolean;
}

/** A slot that must not be taken. Nothing was written. */
export class SlotRefusal extends Error {
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
		this.name = 'SlotRefusal';
	}
}

/**
 * Whether the slot already holds what this node would register.
 *
 * While listening for a test event the answer is always no: n8n would otherwise skip `create` when one listens twice,
 * and call `delete` without anything that tells what to put back.
 */
export async function isRegistered(slot: Slot, claim: Claim): Promise<boolean> {
	if (claim.isTest) return false;
	const current = await slot.read();
	if (!current || ownership(current, claim.base) !== 'same') return false;
	return isUpToDate(current, claim.base, claim.secret);
}

/**
 * Registers this node's address. What stood in the slot is remembered inside the new address.
 *
 * @throws SlotRefusal if the slot is another's or production's and may not be taken, before anything is written; or if
 *   the provider took the address but does not show it whole afterwards, after putting back what was there
 */
export async function register(slot: Slot, claim: Claim): Promise<void> {
	const current = await slot.read();
	const memory = whatToRemember(slot, claim, current);
	const address = addressToRegister(claim.base, claim.secret, memory);
	if (isTooLong(address)) {
		throw new SlotRefusal(
			`The address that this ${slot.owner} sends its webhooks to now is too long to be remembered`,
			`It is ${nameOf(memory.previous ?? address)}. Remove it in ${slot.provider} before you use this trigger. Nothing was changed.`,
		);
	}
	await slot.write(address);

	const stored = await slot.read();
	if (stored === address) return;
	const isWhole =
		stored !== undefined &&
		isUpToDate(stored, claim.base, claim.secret) &&
		memoryOf(stored).previous === memory.previous &&
		memoryOf(stored).production === memory.production;
	if (isWhole) return;
	await (current ? slot.write(current) : slot.clear());
	throw new SlotRefusal(
		`${slot.provider} accepted the webhook but did not store it`,
		`It showed ${stored ? nameOf(stored) : 'no address'} afterwards. Try again; if it stays so, set the webhook in ${slot.provider} itself.`,
	);
}

function whatToRemember(slot: Slot, claim: Claim, current: string | undefined): Memory {
	if (current === undefined) return {};
	const { previous, production } = memoryOf(current);
	switch (ownership(current, claim.base)) {
		case 'none':
			return {};
		case 'same':
			return claim.isTest ? { previous, production } : { previous };
		case 'otherMode':
			// Publishing finds a test address that was left there: production takes its place again.
			if (!claim.isTest) return { previous };
			if (claim.mayTakeOver) return { previous, production: withoutQuery(current) };
			throw new SlotRefusal(
				'This workflow is active, and listening for a test event would take its messages away meanwhile',
				`${slot.provider} keeps one webhook for each ${slot.owner}. Deactivate the workflow before you test, test with another ${slot.owner}, or turn on "Take Over Production While Testing" in the options. Nothing was changed.`,
			);
		case 'foreign':
			if (claim.mayReplace) return { previous: withoutOwn(current, claim.base) };
			throw new SlotRefusal(
				`This ${slot.owner} already sends its webhooks to ${nameOf(current)}`,
				`${slot.provider} keeps one webhook for each ${slot.owner}. Turn on "Replace Existing Webhook" in the options to take it over (it is put back when this workflow is deactivated), or remove it there first. Nothing was changed.`,
			);
	}
}

/**
 * Takes this node's address out of the slot and puts back what it replaced. A foreign address stays, but forgets us if
 * it would put us back one day. Whether a test ends or production is told by the addresses alone: n8n's mode is
 * `internal` in both cases.
 */
export async function unregister(slot: Slot, claim: Claim): Promise<void> {
	const current = await slot.read();
	if (!current) return;
	const { base, secret } = claim;
	const { previous, production } = memoryOf(current);

	switch (ownership(current, base)) {
		case 'none':
			return;
		case 'same':
			if (production) {
				await slot.write(addressToRegister(production, secret, { previous }));
			} else {
				await (previous ? slot.write(previous) : slot.clear());
			}
			return;
		case 'otherMode':
			// Production goes while somebody listens: the test goes on, but must not bring production back at its end.
			if (production) {
				await slot.write(addressToRegister(withoutQuery(current), secret, { previous }));
			}
			return;
		case 'foreign': {
			const forgetful = withoutOwn(current, base);
			if (forgetful !== current) await slot.write(forgetful);
		}
	}
}
