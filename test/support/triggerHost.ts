import express, { type Request, type Response } from 'express';
import type { INode, INodeExecutionData, INodeParameters, IWebhookData } from 'n8n-workflow';
import { UserError, WebhookPathTakenError } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import type { CredentialValues } from './n8n/credentials';
import { Deployment } from './n8n/deployment';
import type { Engine } from './engine';
import { noteEventProblems } from './eventSchema';
import { rawBodyReader, sendError, webhookNotFound } from './n8n/hostHttp';
import type { WorkflowFile } from './workflows';

export type { Deployment, LifecycleCall } from './n8n/deployment';
export type { StartedExecution } from './n8n/webhookCall';

export interface TriggerHostOptions {
	/** First path segments; `webhook` and `webhook-test` unless given. */
	prefixes?: { production?: string; test?: string };
	/** How often n8n tries to activate; 5 unless given. There is no waiting in between. */
	createAttempts?: number;
	/** Address the world sees, when it is not the host's own, e.g. `https://n8n.example.com`. */
	publicUrl?: string;
	/** Looks at what triggers return; holds events to their schema unless given. */
	look?: (items: INodeExecutionData[]) => void;
}

/** A trigger to deploy: alone, or as part of a whole workflow. */
export interface Deploy {
	/** Type of the trigger. With `workflow` it says which node is meant. */
	type?: string;
	typeVersion?: number;
	/** Parameters of the trigger; with `workflow` they go on top of those in the file. */
	parameters?: INodeParameters;
	workflowId?: string;
	nodeName?: string;
	/** n8n's id of the node's webhook, part of its URL; random unless given. */
	webhookId?: string;
	/** A whole workflow to run when the trigger fires. */
	workflow?: WorkflowFile;
	credentials?: CredentialValues;
}

/** A small n8n for webhook triggers: real HTTP on the loopback address, n8n's contexts and engine. */
export interface TriggerHost {
	/** Base address, without a path. */
	url: string;
	/** Saves a workflow; nothing is called before it is activated or listened on. */
	deploy(options: Deploy): Deployment;
	/** Restarts n8n: no webhook method is called, only memory is lost. */
	restart(): void;
	/** Waits for everything that calls have started, then ends the server. */
	close(): Promise<void>;
}

interface Row {
	webhook: IWebhookData;
	owner: Deployment;
}

/** Starts a trigger host on a free port. */
export async function startTriggerHost(engine: Engine, options: TriggerHostOptions = {}): Promise<TriggerHost> {
	const production = options.prefixes?.production ?? 'webhook';
	const test = options.prefixes?.test ?? 'webhook-test';
	const deployments: Deployment[] = [];
	const rows = new Map<string, Row>();
	const methodsOf = (path: string) =>
		[...rows.values()].filter(({ webhook }) => webhook.path === path).map(({ webhook }) => webhook.httpMethod);

	const app = express();
	app.set('query parser', 'extended');
	app.disable('x-powered-by');
	app.use(rawBodyReader);
	const route = (prefix: string, serve: (path: string, req: Request, res: Response) => Promise<void>) =>
		app.all(`/${prefix}/*path`, async (req: Request, res: Response) => {
			const path = [req.params.path ?? ''].flat().join('/').replace(/\/$/, '');
			req.params = {};
			try {
				await serve(path, req, res);
			} catch (error) {
				sendError(res, error);
			}
		});
	route(production, async (path, req, res) => {
		const row = rows.get(`${req.method} ${path}`);
		if (row === undefined) throw webhookNotFound(req.method, path, methodsOf(path), false);
		await row.owner.serve(path, req, res);
	});
	route(test, async (path, req, res) => {
		for (const deployment of deployments) {
			if (await deployment.serveTest(path, req, res)) return;
		}
		const methods = deployments.flatMap((deployment) => deployment.testMethods(path));
		throw webhookNotFound(req.method, path, methods, true);
	});

	const server = await new Promise<ReturnType<typeof app.listen>>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const seen = (options.publicUrl ?? url).replace(/\/$/, '');
	const services = {
		engine,
		createAttempts: options.createAttempts ?? 5,
		look: options.look ?? noteEventProblems,
		urls: {
			restApiUrl: `${seen}/rest`,
			instanceBaseUrl: `${seen}/`,
			webhookBaseUrl: `${seen}/${production}`,
			webhookTestBaseUrl: `${seen}/${test}`,
			webhookWaitingBaseUrl: `${seen}/webhook-waiting`,
		},
		register(webhook: IWebhookData, owner: Deployment) {
			const key = `${webhook.httpMethod} ${webhook.path}`;
			const taken = rows.get(key);
			if (taken !== undefined && taken.owner !== owner) throw new WebhookPathTakenError(webhook.node);
			rows.set(key, { webhook, owner });
		},
		unregister(owner: Deployment, nodeName?: string) {
			for (const [key, row] of rows) {
				if (row.owner === owner && (nodeName ?? row.webhook.node) === row.webhook.node) rows.delete(key);
			}
		},
	};

	return {
		url,
		deploy(deploy) {
			const { file, trigger } = fileOf(engine, deploy);
			const id = deploy.workflowId ?? file.id ?? randomUUID().slice(0, 16);
			const deployment = new Deployment(id, trigger, file, services, deploy.credentials ?? {});
			deployments.push(deployment);
			return deployment;
		},
		restart() {
			for (const deployment of deployments) deployment.restart();
		},
		async close() {
			for (const deployment of deployments) await deployment.idle();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

/** The workflow to save, every webhook node given the webhook id that n8n's editor would give it. */
function fileOf(engine: Engine, deploy: Deploy): { file: WorkflowFile; trigger: string } {
	const file = deploy.workflow === undefined ? alone(engine, deploy) : structuredClone(deploy.workflow);
	const hasWebhooks = (node: INode) => {
		const type = engine.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		return (type.description.webhooks ?? []).some(({ restartWebhook }) => restartWebhook !== true);
	};
	for (const node of file.nodes) if (hasWebhooks(node)) node.webhookId ??= randomUUID();
	const shortName = (type: string) => type.slice(type.lastIndexOf('.') + 1);
	const trigger = file.nodes.find(
		(node) =>
			hasWebhooks(node) &&
			(deploy.nodeName === undefined || node.name === deploy.nodeName) &&
			(deploy.type === undefined || shortName(node.type) === shortName(deploy.type)),
	);
	if (trigger === undefined) throw new UserError('The workflow has no such trigger node');
	Object.assign(trigger.parameters, structuredClone(deploy.parameters ?? {}));
	if (deploy.webhookId !== undefined) trigger.webhookId = deploy.webhookId;
	return { file, trigger: trigger.name };
}

function alone(engine: Engine, deploy: Deploy): WorkflowFile {
	if (deploy.type === undefined) throw new UserError('Deploy needs a type or a workflow');
	const { type, typeVersion, nodeName, webhookId } = deploy;
	const node = engine.workflows.node({ type, typeVersion, nodeName, webhookId }, engine.valuesFor(deploy));
	return { name: 'Trigger test', nodes: [node], connections: {} };
}
