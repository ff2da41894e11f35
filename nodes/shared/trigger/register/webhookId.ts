import type { IHookFunctions, INode } from 'n8n-workflow';
import { oncePer } from '../../once';

/** What identifies the webhook of a trigger within its workflow. Asked once: n8n copies the whole node for every answer. */
export const webhookIdOf = oncePer((context: { getNode: () => INode }) => {
	const { webhookId, id } = context.getNode();
	return webhookId ?? id;
});

/** A key for what is remembered of a trigger. */
export function triggerKeyOf(context: Pick<IHookFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id} ${webhookIdOf(context)}`;
}
