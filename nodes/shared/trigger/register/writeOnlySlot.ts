import type { IDataObject } from 'n8n-workflow';
import { GatewayError } from '../../http/gatewayError';
import { type Claim, type Slot, SlotRefusal } from './oneSlot';
import { addressToRegister, isDerivable, productionOf } from './webhookAddress';

/** The slot of a provider that keeps one address, and takes it without ever showing it. */
export type WriteOnlySlot = Omit<Slot, 'read'>;

/**
 * What `create` notes in the node's static data for `delete`, which cannot see whose address is in the slot. n8n calls
 * `delete` after a `create` that failed, too; what was never written must not be cleared.
 */
const NOTE = 'webhookSlot';

/**
 * Registers this node's address over whatever is in the slot. Nothing shows what that is, so it takes permission each
 * time; nothing is verified either.
 *
 * @param stored the node's static data: in production that of the workflow, in a test a copy that `unregisterUnseen` gets
 * @throws SlotRefusal before anything is written, if the options do not allow it or production could not be put back
 */
export async function registerUnseen(slot: WriteOnlySlot, claim: Claim, stored: IDataObject): Promise<void> {
	const before = stored[NOTE] ?? 'untouched';
	stored[NOTE] = 'untouched';
	const refusal = refusalOf(slot, claim);
	if (refusal) throw refusal;
	stored[NOTE] = 'ours';
	await slot.write(addressToRegister(claim.base, claim.secret)).catch((error: unknown) => {
		if (error instanceof SlotRefusal || (error instanceof GatewayError && error.failure.outcome !== 'unknown')) {
			stored[NOTE] = before;
		}
		throw error;
	});
}

/**
 * Takes this node's address out of the slot: clears it, or after a test sets production's. Whether production is
 * published cannot be told from a test; its address is set in either case, since a published workflow without a webhook
 * loses messages, and an address too many only gets 404.
 */
export async function unregisterUnseen(slot: WriteOnlySlot, claim: Claim, stored: IDataObject): Promise<void> {
	if (stored[NOTE] === 'untouched') return;
	const production = productionOf(claim.base);
	// The note is lost when the node is renamed, for example. What create would be allowed to do is then done.
	const isNoted = stored[NOTE] === 'ours';
	const isAllowed = claim.mayReplace && (production === undefined || claim.mayTakeOver);
	if (!isNoted && !isAllowed) return;
	await (production ? slot.write(addressToRegister(production, claim.secret)) : slot.clear());
	stored[NOTE] = 'untouched';
}

function refusalOf({ provider, owner }: WriteOnlySlot, claim: Claim): SlotRefusal | undefined {
	const { base, isTest, mayReplace, mayTakeOver } = claim;
	if (!mayReplace) {
		return new SlotRefusal(
			`${provider} cannot show whether this ${owner} already sends its webhooks elsewhere`,
			`It keeps one webhook for each ${owner}, and a webhook that is replaced is lost. If nothing else needs it, turn on "Replace Existing Webhook" in the options. Nothing was changed.`,
		);
	}
	if (isTest && !mayTakeOver) {
		return new SlotRefusal(
			'Listening for a test event would replace the production webhook',
			`${provider} keeps one webhook for each ${owner} and cannot show it. Test with another ${owner}, or turn on "Take Over Production While Testing" in the options: when listening ends, the production URL is set. Nothing was changed.`,
		);
	}
	if (mayTakeOver && (isTest ? productionOf(base) === undefined : !isDerivable(base))) {
		return new SlotRefusal(
			'After a test, the production URL could not be restored',
			`The webhook paths of this n8n were renamed, and ${provider} cannot show the webhook that is set. Turn off "Take Over Production While Testing" in the options, and test with another ${owner}. Nothing was changed.`,
		);
	}
	return undefined;
}
