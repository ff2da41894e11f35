import type {
	IHttpRequestMethods,
	INode,
	IWebhookData,
	IWebhookDescription,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers, resolveWebhookDescriptionField } from 'n8n-workflow';

/** A value of a webhook description, its expression resolved the way n8n does. */
export function descriptionValue(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	property: string,
	mode: WorkflowExecuteMode,
	fallback?: string | number | boolean,
): unknown {
	const native = resolveWebhookDescriptionField(node, description, property);
	if (native.resolved) return native.value;
	const value = description[property];
	return workflow.expression.getSimpleParameterValue(node, value, mode, {}, undefined, fallback);
}

/** Every webhook of a node, as n8n's WebhookService lists them; those of waiting executions left out. */
function nodeWebhooks(workflow: Workflow, node: INode, additionalData: IWorkflowExecuteAdditionalData): IWebhookData[] {
	if (node.disabled === true) return [];
	const { description } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	return (description.webhooks ?? []).flatMap((webhook) => {
		if (webhook.restartWebhook === true) return [];
		const value = (property: string, fallback?: string | boolean) =>
			descriptionValue(workflow, node, webhook, property, 'internal', fallback);
		const nodePath = value('path');
		if (typeof nodePath !== 'string') return [];
		const trimmed = nodePath.trim().replace(/^\//, '').replace(/\/$/, '');
		const isFullPath = value('isFullPath', false) === true;
		const path = NodeHelpers.getNodeWebhookPath(workflow.id, node, trimmed, isFullPath, false);
		return String(value('httpMethod', 'GET'))
			.split(',')
			.filter((method) => method !== '')
			.map((method) => ({
				httpMethod: method.trim() as IHttpRequestMethods,
				node: node.name,
				path,
				webhookDescription: webhook,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: additionalData,
			}));
	});
}

/** Every webhook of a workflow. */
export function workflowWebhooks(workflow: Workflow, additionalData: IWorkflowExecuteAdditionalData): IWebhookData[] {
	return Object.values(workflow.nodes).flatMap((node) => nodeWebhooks(workflow, node, additionalData));
}
