import type { Request, Response } from 'express';
import { WebhookContext } from 'n8n-core';
import type {
	CloseFunction,
	ExecutionError,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, UserError } from 'n8n-workflow';

import type { CredentialValues } from './credentials';
import type { Engine } from '../engine';
import { type Answer, parseBody, sendAnswer, sendError, startFailure } from './hostHttp';
import { workflowResult, type WorkflowResult } from '../results';
import { descriptionValue } from '../webhooks';

/** An execution that a call to a webhook started. */
export interface StartedExecution {
	executionId: string;
	/** `webhook` for the production URL, `manual` for the test URL. */
	mode: WorkflowExecuteMode;
	/** Items the trigger returned (its first output); none if `webhook()` threw. */
	items: INodeExecutionData[];
	/** What `webhook()` threw, or what failed later, once `finished`. */
	error?: ExecutionError;
	/** The end of the whole workflow. */
	finished: Promise<WorkflowResult>;
	/** The workflow object it runs with. */
	workflow: Workflow;
}

/** A webhook call, ready to be run. */
export interface WebhookCall {
	engine: Engine;
	workflow: Workflow;
	webhook: IWebhookData;
	mode: WorkflowExecuteMode;
	credentials: CredentialValues;
	urls: Partial<IWorkflowExecuteAdditionalData>;
	/** Looks at what the trigger returned. */
	look: (items: INodeExecutionData[]) => void;
	/** Makes the workflow object for the execution. */
	prepare(): Workflow;
}

/**
 * Runs a trigger's `webhook()` for a request and answers it, following n8n's `executeWebhook`.
 * `beforeAnswer` is where n8n saves static data: it is skipped when `webhook()` threw.
 * Returns the execution that was started, if one was.
 */
export async function callWebhook(
	call: WebhookCall,
	req: Request,
	res: Response,
	beforeAnswer: () => void,
): Promise<StartedExecution | undefined> {
	const { workflow, webhook, mode } = call;
	const node = workflow.getNode(webhook.node);
	if (node === null) throw new UserError('Could not find node to process webhook.');
	const { webhookDescription } = webhook;
	const value = (property: string, fallback: string | number) =>
		descriptionValue(workflow, node, webhookDescription, property, mode, fallback);
	const responseMode = value('responseMode', 'onReceived');
	if (responseMode !== 'onReceived') {
		throw new UserError(`The trigger host does not play response mode "${String(responseMode)}"`);
	}
	const status = Number(value('responseCode', 200));
	let answered = false;
	const answer = (reply: Answer) => {
		if (answered) return;
		answered = true;
		beforeAnswer();
		sendAnswer(res, reply);
	};

	await parseBody(req, node.typeVersion);
	let result: IWebhookResponseData;
	try {
		result = await runWebhook(call, node, req, res);
	} catch (error) {
		answered = true;
		sendError(res, startFailure());
		return startExecution(call, node, [[{ json: {} }]], error as ExecutionError);
	}
	if (result.noWebhookResponse === true) answer({ none: true });
	if (result.workflowData === undefined) {
		const body: unknown = result.webhookResponse ?? { message: 'Webhook call received' };
		answer({ body, status });
		return undefined;
	}
	// n8n starts the execution before it answers, so the execution sees the static data as it was.
	const execution = startExecution(call, node, result.workflowData);
	answer({ body: onReceivedBody(call, node, result), status });
	return execution;
}

async function runWebhook(call: WebhookCall, node: INode, req: Request, res: Response): Promise<IWebhookResponseData> {
	const { engine, workflow, webhook, mode, credentials, urls } = call;
	const type = engine.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (type.webhook === undefined) throw new UserError('Node does not have any webhooks defined');
	const additionalData = { ...engine.additionalData({ credentials, urls }), httpRequest: req, httpResponse: res };
	const closeFunctions: CloseFunction[] = [];
	const context = new WebhookContext(workflow, node, additionalData, mode, webhook, closeFunctions, null);
	try {
		return await type.webhook.call(context);
	} finally {
		await Promise.allSettled(closeFunctions.map(async (close) => await close()));
	}
}

function onReceivedBody(call: WebhookCall, node: INode, result: IWebhookResponseData): unknown {
	const { workflow, webhook, mode } = call;
	const { responseData } = webhook.webhookDescription;
	// A description without responseData counts as 'firstEntryJson', and n8n then sends that word.
	const data: unknown =
		responseData === undefined
			? 'firstEntryJson'
			: workflow.expression.getComplexParameterValue(node, responseData, mode, {}, undefined, 'firstEntryJson');
	if (data === 'noData') return undefined;
	if (data) return data;
	return result.webhookResponse ?? { message: 'Workflow was started' };
}

function startExecution(
	call: WebhookCall,
	trigger: INode,
	workflowData: INodeExecutionData[][],
	failure?: ExecutionError,
): StartedExecution {
	call.look(workflowData[0] ?? []);
	const { engine, mode, credentials, urls } = call;
	const workflow = call.prepare();
	const node = workflow.getNode(trigger.name) ?? trigger;
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: workflowData }, source: null }] },
	});
	if (failure !== undefined) {
		// With the error in place the engine fails at the trigger, as n8n's failed execution does.
		const { message, stack } = failure;
		data.resultData = {
			runData: {},
			lastNodeExecuted: node.name,
			error: { ...failure, message, stack },
		};
	}
	const { executionId, result } = engine.execute({ workflow, data, mode, credentials, urls });
	const execution: StartedExecution = {
		executionId,
		mode,
		items: failure === undefined ? (workflowData[0] ?? []) : [],
		error: failure,
		workflow,
		finished: result.then((record) => {
			const finished = workflowResult(record);
			execution.error ??= finished.error;
			return finished;
		}),
	};
	return execution;
}
