import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { FieldRefusal, type ReadParameter } from '../operations/define/field';
import { clientFor } from '../operations/n8n/context';
import { listOf } from '../text';
import { apiOf, type GatewayTrigger } from './definition';
import { BoundedMap } from '../boundedMap';
import { triggerKeyOf } from './register/webhookId';

/** An account's numbers hardly ever change; publishing asks anew. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/** A provider that did not know is not asked again for every message. */
const REFUSED_MS = 10 * 60_000;

const remembered = new BoundedMap<{ ids: string[]; until: number }>(500);

type Context = IHookFunctions | IWebhookFunctions;

/** Whether the filter needs to know who the connected account is. */
export function needsOwnIds(parameter: ReadParameter): boolean {
	return parameter('options.onlyWhenMentioned') === true;
}

/**
 * The connected account's own numbers and LIDs: those of the option Own Numbers, else what the provider says, asked once
 * and remembered. What every message says itself is not among them.
 *
 * @returns empty if they are not known, or nothing needs them
 */
export async function ownIdsOf(
	context: Context,
	trigger: GatewayTrigger,
	parameter: ReadParameter,
	isAsked = false,
): Promise<string[]> {
	if (!needsOwnIds(parameter)) return [];
	const given = listOf(parameter('options.ownNumbers'));
	if (given.length > 0 || !trigger.ownIds) return given;
	const key = triggerKeyOf(context);
	const known = remembered.get(key);
	if (!isAsked && known && known.until > Date.now()) return known.ids;
	const ids = await askFor(context, trigger, parameter);
	remembered.set(key, { ids, until: Date.now() + (ids.length > 0 ? REMEMBERED_MS : REFUSED_MS) });
	return ids;
}

async function askFor(context: Context, trigger: GatewayTrigger, parameter: ReadParameter): Promise<string[]> {
	try {
		const client = await clientFor(context, apiOf(trigger, parameter));
		return (await trigger.ownIds?.(client, parameter)) ?? [];
	} catch {
		return [];
	}
}

/**
 * Refuses to publish a workflow that could not know who is mentioned.
 *
 * @throws FieldRefusal
 */
export async function requireOwnIds(
	context: IHookFunctions,
	trigger: GatewayTrigger,
	parameter: ReadParameter,
): Promise<void> {
	if (!needsOwnIds(parameter) || trigger.tellsOwnNumber === true) return;
	if ((await ownIdsOf(context, trigger, parameter, true)).length > 0) return;
	throw new FieldRefusal(
		'options.ownNumbers',
		'your own number is needed to know whether a message mentions you. Add the Own Numbers option and enter the number of the connected phone, for example 6281234567890',
	);
}
