import { Container } from '@n8n/di';
import express, { type Request, type Response } from 'express';
import { InstanceSettings, validateUrlSignature, WebhookContext } from 'n8n-core';
import type { IDataObject, IRunExecutionData, IWebhookData, Workflow } from 'n8n-workflow';
import { createRunExecutionData, SEND_AND_WAIT_OPERATION, UserError } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import type { CredentialValues } from './credentials';
import type { Engine } from '../engine';
import { parseBody, rawBodyReader, sendAnswer } from './hostHttp';
import { workflowResult, type WorkflowResult } from '../results';
import { descriptionValue } from '../webhooks';
import type { WorkflowFile } from '../workflows';

/** An execution in the host's "database". */
export interface WaitingExecution {
	id: string;
	status: 'running' | 'waiting' | 'finished';
	/** Until when it waits. */
	waitTill?: Date;
	/** The first time it waits or ends. */
	paused: Promise<void>;
	/** Its end. */
	finished: Promise<WorkflowResult>;
	/** Lets the time limit be over, as n8n's clock does. */
	timeOut(): void;
	/** Sends off the page of n8n's Form that it waits at: the fields by their labels become the item it goes on with. */
	submitForm(fields: IDataObject): void;
}

/** A small n8n for executions that wait: real HTTP, n8n's contexts and engine. */
export interface WaitingHost {
	/** Base address, without a path. */
	url: string;
	/** Starts a workflow from its start node, or the given one, with an item (an empty one unless given). */
	start(
		file: WorkflowFile,
		options?: { credentials?: CredentialValues; startNode?: string; json?: IDataObject },
	): WaitingExecution;
	close(): Promise<void>;
}

interface Row extends WaitingExecution {
	file: WorkflowFile;
	credentials: CredentialValues;
	/** As n8n keeps it: only text outlives the process. */
	saved: string;
	pause(): void;
	finish(result: WorkflowResult): void;
}

/**
 * Starts a host on a free port. It follows n8n 2.41's waiting webhooks: 409 while an execution runs or has ended, 401 for
 * another token, 404 for another path, and an execution resumed once even if two calls come at the same moment.
 */
export async function startWaitingHost(engine: Engine): Promise<WaitingHost> {
	const rows = new Map<string, Row>();
	const app = express();
	app.use(rawBodyReader);
	app.all('/webhook-waiting/:id/:suffix', async (req: Request, res: Response) => {
		const { id, suffix } = req.params as { id: string; suffix: string };
		req.params = {};
		try {
			await call(rows.get(id), suffix, req, res);
		} catch (error) {
			res.status(500).json({ message: String(error) });
		}
	});
	const server = await new Promise<ReturnType<typeof app.listen>>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const urls = { webhookWaitingBaseUrl: `${url}/webhook-waiting` };

	const run = async (row: Row, workflow: Workflow, data: IRunExecutionData): Promise<void> => {
		row.status = 'running';
		const { id: executionId, credentials } = row;
		const record = await engine.execute({ workflow, data, mode: 'trigger', executionId, credentials, urls }).result;
		if (record.run.status === 'waiting') {
			row.saved = JSON.stringify(record.run.data);
			row.waitTill = record.run.waitTill ?? undefined;
			row.status = 'waiting';
		} else {
			row.status = 'finished';
			row.finish(workflowResult(record));
		}
		row.pause();
	};

	const restore = (row: Row): { workflow: Workflow; data: IRunExecutionData } => ({
		workflow: engine.workflows.fromFile(row.file, engine.valuesFor(row), { workflowId: 'waiting' }),
		data: JSON.parse(row.saved) as IRunExecutionData,
	});

	async function call(row: Row | undefined, suffix: string, req: Request, res: Response): Promise<void> {
		if (row === undefined) return void res.status(404).json({ message: 'There is no such execution.' });
		if (row.status !== 'waiting') {
			return void res.status(409).json({ message: `The execution is ${row.status} already.` });
		}
		const { workflow, data } = restore(row);
		const waiting = workflow.getNode(data.resultData.lastNodeExecuted ?? '');
		const isSendAndWait = waiting?.id === suffix && waiting.parameters.operation === SEND_AND_WAIT_OPERATION;
		if (!isGenuine(new URL(req.url, url), isSendAndWait ? undefined : data.resumeToken)) {
			return void res.status(401).json({ error: 'Invalid token' });
		}
		const entry = data.executionData?.nodeExecutionStack[0];
		const node = workflow.getNode(data.resultData.lastNodeExecuted ?? '');
		if (!entry || !node) throw new UserError('Could not find node to process webhook.');
		entry.node.disabled = true;
		data.waitTill = undefined;

		const type = engine.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const description = type.description.webhooks?.find(
			(each) =>
				each.restartWebhook === true &&
				each.httpMethod === req.method &&
				descriptionValue(workflow, node, each, 'path', 'trigger', '') === suffix,
		);
		if (!description || !type.webhook) return void res.status(404).json({ message: 'No matching webhook' });

		if (req.method !== 'GET') await parseBody(req, node.typeVersion);
		const additionalData = {
			...engine.additionalData({ credentials: row.credentials, urls }),
			executionId: row.id,
			httpRequest: req,
			httpResponse: res,
		};
		const webhook: IWebhookData = {
			httpMethod: description.httpMethod === 'GET' ? 'GET' : 'POST',
			node: node.name,
			path: suffix,
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
		};
		const context = new WebhookContext(workflow, node, additionalData, 'trigger', webhook, [], data);
		const result = await type.webhook.call(context);
		if (result.workflowData === undefined) {
			if (result.noWebhookResponse === true) return;
			return sendAnswer(res, { body: result.webhookResponse, status: 200 });
		}
		// Between the first look and here another call may have resumed it.
		if ((row.status as string) !== 'waiting') {
			return void res.status(409).json({ message: 'The execution is already resuming.' });
		}
		entry.data.main = result.workflowData;
		void run(row, workflow, resumed(data));
		if (result.noWebhookResponse === true) return;
		sendAnswer(res, { body: result.webhookResponse, status: 200 });
	}

	return {
		url,
		start(file, { credentials = {}, startNode, json = {} } = {}) {
			const id = engine.nextExecutionId();
			const workflow = engine.workflows.fromFile(file, engine.valuesFor({ credentials }), {
				workflowId: 'waiting',
			});
			const start = startNode === undefined ? workflow.getStartNode() : workflow.getNode(startNode);
			if (!start) throw new UserError('The workflow has no node to start from');
			const data = createRunExecutionData({
				executionData: { nodeExecutionStack: [{ node: start, data: { main: [[{ json }]] }, source: null }] },
			});
			data.resumeToken = randomBytes(16).toString('hex');
			const paused = deferred<void>();
			const finished = deferred<WorkflowResult>();
			const row: Row = {
				id,
				file,
				credentials,
				status: 'running',
				saved: '',
				paused: paused.promise,
				finished: finished.promise,
				pause: paused.resolve,
				finish: finished.resolve,
				timeOut() {
					const restored = restore(row);
					void run(row, restored.workflow, resumed(restored.data, true));
				},
				submitForm(fields) {
					const restored = restore(row);
					const entry = restored.data.executionData?.nodeExecutionStack[0];
					if (!entry) throw new UserError('The execution waits at no node');
					entry.node.disabled = true;
					entry.data.main = [[{ json: fields }]];
					restored.data.waitTill = undefined;
					void run(row, restored.workflow, resumed(restored.data));
				},
			};
			rows.set(id, row);
			void run(row, workflow, data);
			return row;
		},
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

/** n8n checks its signature of the whole address for Send and Wait, and the execution's token for everything else. */
function isGenuine(address: URL, token: string | undefined): boolean {
	const given = address.searchParams.get('signature') ?? '';
	if (token !== undefined) return given === token;
	return validateUrlSignature(given, address, Container.get(InstanceSettings).hmacSignatureSecret);
}

/** What n8n hands to its engine: at a call it has ended the wait itself, at the time limit the engine does. */
function resumed(data: IRunExecutionData, byClock = false): IRunExecutionData {
	if (byClock) return { ...data, waitTill: new Date() };
	const last = data.resultData.lastNodeExecuted ?? '';
	data.resultData.runData[last]?.pop();
	return data;
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let resolve: (value: T) => void = () => undefined;
	const promise = new Promise<T>((settle) => {
		resolve = settle;
	});
	return { promise, resolve };
}
