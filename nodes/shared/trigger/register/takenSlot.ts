import type { Claim, Slot } from './oneSlot';
import { holderOf, hostOf, isSameHost, nameOf } from './webhookAddress';

/**
 * What the user reads about a slot that is taken: which slot, who holds it, what to do.
 *
 * @param current the address in the slot
 * @returns message and advice
 */
export function takenBy(current: string, slot: Slot, claim: Claim): [message: string, advice: string] {
	const { owner, ownerName, provider } = slot;
	const taken = `This ${owner}${ownerName ? ` (${ownerName})` : ''} already sends its webhooks to`;
	const one = `${provider} keeps one webhook for each ${owner}.`;
	const several =
		'To run several workflows on one number, import the example "Several workflows on one number". Nothing was changed.';
	if (!isSameHost(current, claim.base)) {
		return [
			`${taken} ${hostOf(current)}`,
			`${one} Turn on "Replace Existing Webhook" in the options to take it over (it is restored when this workflow is unpublished), or remove it there first. Nothing was changed.`,
		];
	}
	const holder = holderOf(current);
	if (!holder) {
		return [
			`${taken} another workflow of this n8n, at ${nameOf(current)}`,
			`${one} Unpublish that workflow, or turn on "Replace Existing Webhook" in the options to replace it until this workflow is unpublished. ${several}`,
		];
	}
	if (holder.id === claim.holder?.id) {
		return [
			`${taken} another trigger of this workflow`,
			`${one} Remove one of the two triggers, or turn on "Replace Existing Webhook" in the options of the one that should receive the events. Nothing was changed.`,
		];
	}
	const link = claim.editorUrl === undefined ? holder.id : `${claim.editorUrl}workflow/${holder.id}`;
	return [
		`${taken} the workflow "${holder.name}" of this n8n (${link})`,
		`${one} Unpublish that workflow or end its test, or turn on "Replace Existing Webhook" in the options to replace it until this workflow is unpublished. ${several}`,
	];
}
