import type { INode } from 'n8n-workflow';

/** Asked once in each context: n8n copies the whole node for every answer. */
const known = new WeakMap<object, string>();

/** What identifies the webhook of a trigger within its workflow. */
export function webhookIdOf(context: { getNode: () => INode }): string {
	const id = known.get(context) ?? idOf(context.getNode());
	known.set(context, id);
	return id;
}

/** A key for what is remembered of a trigger. */
export function triggerKeyOf(context: { getNode: () => INode; getWorkflow: () => { id?: string } }): string {
	return `${context.getWorkflow().id} ${webhookIdOf(context)}`;
}

function idOf({ webhookId, id }: INode): string {
	return webhookId ?? id;
}
