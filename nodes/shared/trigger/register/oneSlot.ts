import { type Leaving, withoutLeaving } from './leaving';
import { takenBy } from './takenSlot';
import {
	addressToRegister,
	type Holder,
	isTooLong,
	isUpToDate,
	type Memory,
	memoryOf,
	nameOf,
	ownership,
	withoutQuery,
} from './webhookAddress';

/** The slot of a provider that keeps one address, bound to a client and a node. */
export interface Slot {
	/** What the slot belongs to, for messages: "API key", "device". */
	owner: string;
	/** Which of them it is, as the user knows it; no secret. */
	ownerName?: string;
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
	/** This node's workflow, which its address names. */
	holder?: Holder;
	/** Where the editor of this n8n is, to link a workflow. */
	editorUrl?: string;
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
 * and call `delete` without anything that says what to put back.
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
	const { base, secret, holder } = claim;
	const current = await slot.read();
	const memory = whatToRemember(slot, claim, current);
	const bare = addressToRegister(base, secret, memory);
	if (isTooLong(bare)) {
		throw new SlotRefusal(
			`The address that this ${slot.owner} currently sends its webhooks to is too long to remember`,
			`It is ${nameOf(memory.previous ?? bare)}. Remove it in ${slot.provider} before you use this trigger. Nothing was changed.`,
		);
	}
	// The name is a convenience: where there is no room for it, it is left out.
	const named = addressToRegister(base, secret, memory, holder);
	let stored: string | undefined;
	for (const address of named === bare || isTooLong(named) ? [bare] : [named, bare]) {
		await slot.write(address);
		stored = await slot.read();
		if (stored === address || isWhole(stored, claim, memory)) return;
	}
	await (current ? slot.write(current) : slot.clear());
	throw new SlotRefusal(
		`${slot.provider} accepted the webhook but did not store it`,
		`It showed ${stored ? nameOf(stored) : 'no address'} afterwards. Try again; if it happens again, set the webhook in ${slot.provider} itself.`,
	);
}

/** Whether a provider that writes an address in its own way has kept all that matters of it. */
function isWhole(stored: string | undefined, { base, secret }: Claim, memory: Memory): boolean {
	if (stored === undefined || !isUpToDate(stored, base, secret)) return false;
	const { previous, production } = memoryOf(stored);
	return previous === memory.previous && production === memory.production;
}

/** What leaves the memory of a slot as soon as this node registers: it is never remembered by its own address. */
function leavingOf({ base, secret, holder, isTest }: Claim): Leaving {
	// Production that comes ends whatever test n8n left behind. A test that comes lets production stay where it is.
	return { base, secret, holder, modes: isTest ? 'this' : 'both' };
}

function whatToRemember(slot: Slot, claim: Claim, current: string | undefined): Memory {
	if (current === undefined) return {};
	const { previous: remembered, production } = memoryOf(current);
	const previous = remembered === undefined ? undefined : withoutLeaving(remembered, leavingOf(claim));
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
				'This workflow is published, and listening for a test event would divert its live messages',
				`${slot.provider} keeps one webhook for each ${slot.owner}. Unpublish the workflow before you test, test with another ${slot.owner}, or turn on "Take Over Production While Testing" in the options. Nothing was changed.`,
			);
		case 'foreign':
			if (claim.mayReplace) return { previous: withoutLeaving(current, leavingOf(claim)) };
			throw new SlotRefusal(...takenBy(current, slot, claim));
	}
}

/**
 * Takes this node's address out of the slot and puts back what it replaced, or out of the memory of whoever replaced it:
 * it must not come back later. Only the addresses show whether a test or production ends: n8n's mode is
 * `internal` in both cases.
 *
 * A test in which n8n was killed is never ended. Its address looks like one that is listened on, so it stays,
 * in the slot or in its memory, until its workflow listens or is published again.
 */
export async function unregister(slot: Slot, { base, secret, holder }: Claim): Promise<void> {
	const current = await slot.read();
	if (!current) return;
	const left = withoutLeaving(current, { base, secret, holder, modes: 'this' });
	if (left === current) return;
	await (left === undefined ? slot.clear() : slot.write(left));
}
