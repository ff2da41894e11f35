import type { Request, Response } from 'express';
import { HookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { CredentialValues } from './credentials';
import type { Engine } from '../engine';
import { callWebhook, type StartedExecution } from './webhookCall';
import { workflowWebhooks } from '../webhooks';
import type { WorkflowFile } from '../workflows';

type Method = 'checkExists' | 'create' | 'delete';

/** A call that n8n made to one of the trigger's webhook methods. */
export interface LifecycleCall {
	method: Method;
	mode: WorkflowExecuteMode;
	activation: WorkflowActivateMode;
	/** What the method returned. */
	result?: boolean;
	/** What it threw. */
	error?: Error;
}

/** A test URL that is being listened on. n8n keeps this in memory only. */
interface Listening {
	webhook: IWebhookData;
	/** The copy that `create` wrote; gone when `create` was skipped. */
	staticData?: IDataObject;
}

/** What a deployment needs from its host. */
interface HostServices {
	engine: Engine;
	urls: Partial<IWorkflowExecuteAdditionalData>;
	createAttempts: number;
	/** Looks at what a trigger returned. */
	look: (items: INodeExecutionData[]) => void;
	/** Notes a production webhook; throws when another workflow has its path. */
	register(webhook: IWebhookData, owner: Deployment): void;
	unregister(owner: Deployment, nodeName?: string): void;
}

/** n8n's number of tries to delete a webhook before it gives up and deactivates anyway. */
const DELETE_ATTEMPTS = 3;

const copy = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;

const methodKey = (method: string, path: string) => `${method} ${path}`;

/** A workflow with a webhook trigger as it lives in n8n: saved, published or listened on. */
export class Deployment {
	/** Every execution that calls to the webhook started, failed ones included. */
	readonly executions: StartedExecution[] = [];
	/** Every call of checkExists, create and delete, in order. */
	readonly lifecycle: LifecycleCall[] = [];
	/** The static data as saved with the workflow. */
	savedStaticData: IDataObject = {};
	/** How often static data was written to the database. */
	staticDataWrites = 0;
	private readonly listening = new Map<string, Listening>();
	private readonly pending = new Set<Promise<unknown>>();

	constructor(
		readonly id: string,
		readonly triggerName: string,
		private readonly file: WorkflowFile,
		private readonly host: HostServices,
		/** Credential values of this workflow; change them to see what a changed secret does. */
		public credentials: CredentialValues,
	) {}

	get productionUrl(): string {
		return `${this.host.urls.webhookBaseUrl}/${this.triggerWebhook().path}`;
	}

	get testUrl(): string {
		return `${this.host.urls.webhookTestBaseUrl}/${this.triggerWebhook().path}`;
	}

	/** True while the test URL is served. */
	get isListening(): boolean {
		return this.listening.size > 0;
	}

	/** Changes the trigger's parameters, as saving the workflow does; call `activate` to publish them. */
	setParameters(parameters: INode['parameters']): void {
		const node = this.file.nodes.find(({ name }) => name === this.triggerName);
		if (node !== undefined) node.parameters = structuredClone(parameters);
	}

	/**
	 * Publishes the workflow: checkExists, then create. A create that throws is followed by delete and
	 * tried again, all with the same static data; after the last try the error is thrown.
	 */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.load(true, this.savedStaticData);
		try {
			for (const webhook of this.webhooksOf(workflow)) {
				for (let attempt = 1; ; attempt += 1) {
					// The path is served before create runs: a provider may call it to verify it.
					this.host.register(webhook, this);
					try {
						await this.createIfMissing(workflow, webhook, 'trigger', activation);
						break;
					} catch (error) {
						await this.cleanUp(workflow, webhook);
						if (attempt >= this.host.createAttempts) throw error;
					}
				}
			}
		} finally {
			this.save(workflow);
		}
	}

	/**
	 * Unpublishes the workflow: its paths are gone at once, then delete is called, three times at
	 * most. n8n deactivates even if delete keeps failing; the errors are returned.
	 */
	async deactivate(): Promise<Error[]> {
		const workflow = this.load(true, this.savedStaticData);
		const failures: Error[] = [];
		this.host.unregister(this);
		for (const webhook of this.webhooksOf(workflow)) {
			for (let attempt = 1; attempt <= DELETE_ATTEMPTS; attempt += 1) {
				try {
					await this.call('delete', workflow, webhook, 'internal', 'update');
					break;
				} catch (error) {
					// n8n gives up at once on an error that only the user can mend.
					const hopeless = error instanceof UserError || (error as Error).cause instanceof UserError;
					if (!hopeless && attempt < DELETE_ATTEMPTS) continue;
					failures.push(error as Error);
					break;
				}
			}
		}
		this.save(workflow);
		return failures;
	}

	/** "Listen for test event": create with an empty copy of the static data, under the test URL. */
	async listen(): Promise<void> {
		const workflow = this.load(false, {});
		for (const webhook of this.webhooksOf(workflow)) {
			webhook.isTest = true;
			const key = methodKey(webhook.httpMethod, webhook.path);
			this.listening.set(key, { webhook });
			try {
				await this.createIfMissing(workflow, webhook, 'manual', 'manual');
				this.listening.set(key, { webhook, staticData: copy(workflow.staticData) });
			} catch (error) {
				await this.endTest(workflow);
				throw error;
			}
		}
	}

	/** "Stop listening", or two minutes gone: delete with the copy that create wrote. */
	async stopListening(): Promise<void> {
		await this.endTest(this.load(false, {}));
	}

	/** n8n dies while listening: nothing is called, the test URL is no longer known. */
	killWhileListening(): void {
		this.forgetMemory();
	}

	/** n8n restarts: nothing is called; what was only in memory is gone, what was saved is not. */
	restart(): void {
		this.forgetMemory();
		this.host.engine.nodeTypes.reload();
	}

	/** Waits until every execution and clean-up started by a call has ended. */
	async idle(): Promise<void> {
		while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
	}

	/** Serves a call of the production URL. */
	async serve(webhookPath: string, req: Request, res: Response): Promise<void> {
		// n8n makes the call's workflow and the execution's of one and the same object, where some was ever saved; making
		// the second one marks it as unchanged.
		const row = this.staticDataWrites > 0 ? copy(this.savedStaticData) : undefined;
		const workflow = this.make(true, row ?? {});
		const webhook = this.webhooksOf(workflow).find(
			({ httpMethod, path }) => httpMethod === req.method && path === webhookPath,
		);
		if (webhook === undefined) throw new UserError('Could not find node to process webhook.');
		const execution = await callWebhook(this.callOf(workflow, webhook, 'webhook', row ?? {}), req, res, () =>
			this.save(workflow),
		);
		if (execution !== undefined) this.track(execution);
	}

	/** Serves a call of the test URL; false if it is not being listened on. */
	async serveTest(webhookPath: string, req: Request, res: Response): Promise<boolean> {
		const test = this.listening.get(methodKey(req.method, webhookPath));
		if (test === undefined) return false;
		const workflow = this.load(false, {});
		if (test.staticData !== undefined) workflow.setTestStaticData(copy(test.staticData));
		const call = this.callOf(workflow, test.webhook, 'manual', {});
		const execution = await callWebhook(call, req, res, () => {});
		// A call that started nothing leaves n8n listening.
		if (execution === undefined) return true;
		this.track(execution);
		this.wait(this.endTest(workflow).catch(() => {}));
		return true;
	}

	/** Methods that are listened for under a test path. */
	testMethods(webhookPath: string): string[] {
		return [...this.listening.values()]
			.filter(({ webhook }) => webhook.path === webhookPath)
			.map(({ webhook }) => webhook.httpMethod);
	}

	private forgetMemory(): void {
		this.listening.clear();
	}

	private callOf(workflow: Workflow, webhook: IWebhookData, mode: WorkflowExecuteMode, staticData: IDataObject) {
		return {
			engine: this.host.engine,
			workflow,
			webhook,
			mode,
			credentials: this.credentials,
			urls: this.host.urls,
			look: this.host.look,
			prepare: () => this.make(mode !== 'manual', staticData),
		};
	}

	private track(execution: StartedExecution): void {
		this.executions.push(execution);
		this.wait(
			execution.finished.then(() => {
				// An execution saves static data only when it changed it, and never a manual one.
				if (execution.mode !== 'manual') this.save(execution.workflow);
			}),
		);
	}

	private wait(work: Promise<unknown>): void {
		this.pending.add(work);
		void work.finally(() => this.pending.delete(work));
	}

	private load(active: boolean, staticData: IDataObject): Workflow {
		return this.make(active, copy(staticData));
	}

	private make(active: boolean, staticData: IDataObject): Workflow {
		const values = this.host.engine.valuesFor(this);
		const settings = { workflowId: this.id, staticData, active };
		return this.host.engine.workflows.fromFile(this.file, values, settings);
	}

	private save(workflow: Workflow): void {
		const { staticData } = workflow as { staticData: IDataObject & { __dataChanged?: boolean } };
		if (staticData.__dataChanged !== true) return;
		this.savedStaticData = copy(staticData);
		this.staticDataWrites += 1;
		staticData.__dataChanged = false;
	}

	private webhooksOf(workflow: Workflow): IWebhookData[] {
		return workflowWebhooks(workflow, this.additionalData());
	}

	private triggerWebhook(): IWebhookData {
		const webhook = this.webhooksOf(this.load(true, {})).find(({ node }) => node === this.triggerName);
		if (webhook === undefined) throw new UserError(`The node "${this.triggerName}" has no webhook`);
		return webhook;
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		return this.host.engine.additionalData({ credentials: this.credentials, urls: this.host.urls });
	}

	private async createIfMissing(
		workflow: Workflow,
		webhook: IWebhookData,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<void> {
		const exists = await this.call('checkExists', workflow, webhook, mode, activation);
		if (exists !== true) await this.call('create', workflow, webhook, mode, activation);
	}

	private async cleanUp(workflow: Workflow, webhook: IWebhookData): Promise<void> {
		try {
			await this.call('delete', workflow, webhook, 'internal', 'update');
			this.save(workflow);
			this.host.unregister(this, webhook.node);
		} catch {
			// n8n only logs this; the error of create is what the user gets to see.
		}
	}

	private async endTest(workflow: Workflow): Promise<void> {
		for (const [key, { webhook, staticData }] of this.listening) {
			if (staticData !== undefined) workflow.staticData = copy(staticData);
			await this.call('delete', workflow, webhook, 'internal', 'update');
			this.listening.delete(key);
		}
	}

	private async call(
		method: Method,
		workflow: Workflow,
		webhook: IWebhookData,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<boolean | undefined> {
		const node = workflow.getNode(webhook.node);
		if (node === null) return undefined;
		const type = this.host.engine.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const hook = type.webhookMethods?.[webhook.webhookDescription.name]?.[method];
		if (hook === undefined) return undefined;
		const entry: LifecycleCall = { method, mode, activation };
		this.lifecycle.push(entry);
		try {
			const context = new HookContext(workflow, node, this.additionalData(), mode, activation, webhook);
			entry.result = await hook.call(context);
			return entry.result;
		} catch (error) {
			entry.error = error as Error;
			throw error;
		}
	}
}
