import {
	addressToRegister,
	isUpToDate,
	nameOf,
	ownership,
	previousOf,
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
 * @throws SlotRefusal, before anything is written, if the slot is another's or production's and may not be taken; or
 *   if the provider took the address but does not show it afterwards
 */
export async function register(slot: Slot, claim: Claim): Promise<void> {
	const current = await slot.read();
	const address = addressToRegister(claim.base, claim.secret, whatToRemember(slot, claim, current));
	await slot.write(address);

	const stored = await slot.read();
	if (stored === undefined || !isUpToDate(stored, claim.base, claim.secret)) {
		throw new SlotRefusal(
			`${slot.provider} accepted the webhook but did not store it`,
			`It now shows ${stored ? nameOf(stored) : 'no address'}. Try again; if it stays so, set the webhook in ${slot.provider} itself.`,
		);
	}
}

function whatToRemember(slot: Slot, claim: Claim, current: string | undefined): string | undefined {
	switch (ownership(current, claim.base)) {
		case 'none':
			return undefined;
		case 'same':
			return previousOf(current ?? '');
		case 'otherMode':
			return claim.isTest ? productionToPutBack(slot, claim, current) : beforeTest(current, claim);
		case 'foreign':
			if (claim.mayReplace) return current;
			throw new SlotRefusal(
				`This ${slot.owner} already sends its webhooks to ${nameOf(current ?? '')}`,
				`${slot.provider} keeps one webhook for each ${slot.owner}. Turn on "Replace Existing Webhook" in the options to take it over (it is put back when this workflow is deactivated), or remove it there first. Nothing was changed.`,
			);
	}
}

function productionToPutBack(slot: Slot, claim: Claim, current: string | undefined): string | undefined {
	if (claim.mayTakeOver) return current;
	throw new SlotRefusal(
		'This workflow is active, and listening for a test event would take its messages away meanwhile',
		`${slot.provider} keeps one webhook for each ${slot.owner}. Deactivate the workflow before you test, test with another ${slot.owner}, or turn on "Take Over Production While Testing" in the options. Nothing was changed.`,
	);
}

/** A test address that was left in the slot: what stood there before it and before the production address it replaced. */
function beforeTest(test: string | undefined, claim: Claim): string | undefined {
	const previous = previousOf(test ?? '');
	return ownership(previous, claim.base) === 'same' ? previousOf(previous ?? '') : previous;
}

/**
 * Takes this node's address out of the slot and puts back what it replaced. A foreign address stays.
 */
export async function unregister(slot: Slot, claim: Claim): Promise<void> {
	const current = await slot.read();
	const owner = ownership(current, claim.base);
	if (current === undefined || owner === 'none' || owner === 'foreign') return;

	if (owner === 'same') {
		const previous = previousOf(current);
		await (previous ? slot.write(previous) : slot.clear());
		return;
	}
	// Production is deactivated while somebody listens: the test goes on, but must not bring production back at its end.
	const isProductionGone = !claim.isTest && ownership(previousOf(current), claim.base) === 'same';
	if (isProductionGone) await slot.write(withoutProduction(current, claim));
}

function withoutProduction(test: string, claim: Claim): string {
	const url = new URL(test);
	const secret = claim.secret;
	return addressToRegister(url.origin + url.pathname, secret, beforeTest(test, claim));
}
