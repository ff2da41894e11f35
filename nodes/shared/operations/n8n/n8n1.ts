import type { IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** Whether the node runs in n8n 1, whose contexts lack what n8n 2 brought (compared: n8n-core 1.123 and 2.41). */
export function isN8n1(context: IExecuteFunctions): boolean {
	return !('isToolExecution' in context);
}

/**
 * A failed item in the form that leads it to the error output. n8n 2 knows it by the keys of its `json`; n8n 1 takes only
 * `error` and `message` there, or an item that holds its error. Such an item it hands on as a copy, after which it puts the
 * bare message in place of the `json` of every item that still holds one: so the error is there to be seen, and not copied.
 */
export function failedItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	error: NodeApiError | NodeOperationError,
): INodeExecutionData {
	if (!isN8n1(context) || context.getNode().onError !== 'continueErrorOutput') return item;
	return Object.defineProperty(item, 'error', { value: error, enumerable: false });
}

/** n8n 1 checks the signature of a resume address only where the node asks for it; n8n 2 always does. */
export function requireSignature(context: object): void {
	if (canAskForSignature(context)) context.setSignatureValidationRequired();
}

function canAskForSignature(context: object): context is { setSignatureValidationRequired: () => void } {
	return 'setSignatureValidationRequired' in context;
}
