/* n8n's REST interface, as its editor uses it. */
import { sleep, until } from './process';
import { isDataOf } from './runData';

/** Who owns a local n8n. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** A workflow as n8n stores it. */
export interface N8nWorkflow {
	id: string;
	name: string;
	active: boolean;
	versionId: string;
	activeVersionId: string | null;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** A node of a workflow. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	webhookId?: string;
	disabled?: boolean;
	credentials?: Record<string, { id: string | null; name: string }>;
}

/** What n8n lists of an execution. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: string;
	status: string;
	startedAt: string;
}

/** Whether the triggers of a published workflow run. */
interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** An answer of n8n that says no. */
class N8nApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly body: unknown,
	) {
		super(message);
	}
}

/** A client that stays logged in. */
export class N8nApi {
	private cookie = '';
	/** n8n's major version, known after the log-in. */
	private major = 0;

	constructor(readonly url: string) {}

	/** The log-in, for a browser that is to be logged in as well. */
	get loginCookie(): string {
		return this.cookie;
	}

	/** One request to `/rest`; answers with what n8n puts under `data`. */
	async request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n closes idle connections after 5 s: a call at that very moment would fail.
				connection: 'close',
				...(this.cookie === '' ? {} : { cookie: this.cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
		const text = await response.text();
		let answer: { data?: unknown; message?: string } = {};
		try {
			answer = text === '' ? {} : (JSON.parse(text) as typeof answer);
		} catch {
			answer = { message: text.slice(0, 300) };
		}
		if (!response.ok)
			throw new N8nApiError(response.status, answer.message ?? `${method} ${path}: ${response.status}`, answer);
		return (answer.data ?? answer) as T;
	}

	/** Logs in; on a new instance makes the owner first. */
	async logIn(owner: Owner): Promise<void> {
		const settings = await this.request<{ userManagement?: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/settings',
		);
		if (settings.userManagement?.showSetupOnFirstLoad) await this.request('POST', '/owner/setup', owner);
		else await this.logInAgain(owner);
		// Told to those who are logged in only.
		this.major = Number.parseInt((await this.request<{ versionCli: string }>('GET', '/settings')).versionCli, 10);
	}

	private async logInAgain(owner: Owner): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				await this.request('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password });
				return;
			} catch (error) {
				// n8n allows five log-ins a minute.
				if (!(error instanceof N8nApiError) || error.status !== 429 || attempt > 7) throw error;
				await sleep(10_000);
			}
		}
	}

	/** The node types that n8n has loaded, by name. */
	async nodeTypes(): Promise<string[]> {
		return (await this.types<{ name: string }>('nodes')).map(({ name }) => name);
	}

	/** The descriptions of the credential types that n8n has loaded. */
	async credentialTypes<T>(): Promise<T[]> {
		return await this.types<T>('credentials');
	}

	private async types<T>(kind: 'nodes' | 'credentials'): Promise<T[]> {
		const response = await fetch(`${this.url}/types/${kind}.json`, { headers: { cookie: this.cookie } });
		return (await response.json()) as T[];
	}

	/** Stores a credential; answers with the id that n8n gave it. */
	async createCredential(credential: { name: string; type: string; data: Record<string, unknown> }): Promise<string> {
		return (await this.request<{ id: string }>('POST', '/credentials', credential)).id;
	}

	/** Changes what a credential holds. */
	async updateCredential(
		id: string,
		credential: { name: string; type: string; data: Record<string, unknown> },
	): Promise<void> {
		await this.request('PATCH', `/credentials/${id}`, credential);
	}

	/** All credentials, without what they hold. */
	async credentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return await this.request('GET', '/credentials');
	}

	/** Runs the credential's own test, as the editor does when it is saved. */
	async testCredential(credential: {
		id: string;
		name: string;
		type: string;
		data: Record<string, unknown>;
	}): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.request('POST', '/credentials/test', { credentials: credential });
	}

	/** One workflow. */
	async workflow(id: string): Promise<N8nWorkflow> {
		return await this.request('GET', `/workflows/${id}`);
	}

	/** One workflow, or undefined where there is none with this id. */
	async findWorkflow(id: string): Promise<N8nWorkflow | undefined> {
		try {
			return await this.workflow(id);
		} catch (error) {
			if (error instanceof N8nApiError && (error.status === 404 || error.status === 403)) return undefined;
			throw error;
		}
	}

	/** The published workflows, those published first at the start: the order in which they came to hold a webhook. */
	async publishedWorkflows(): Promise<N8nWorkflow[]> {
		const filter = encodeURIComponent(JSON.stringify({ active: true }));
		const listed = await this.request<Array<{ id: string }>>('GET', `/workflows?filter=${filter}`);
		const published: Array<{ workflow: N8nWorkflow; at: string }> = [];
		for (const { id } of listed)
			published.push({ workflow: await this.workflow(id), at: await this.publishedAt(id) });
		return published.sort((one, other) => one.at.localeCompare(other.at, 'en')).map(({ workflow }) => workflow);
	}

	/** When a workflow was last published; empty if n8n does not know. */
	private async publishedAt(id: string): Promise<string> {
		const timeline = await this.request<Array<{ event: string; createdAt: string }>>(
			'GET',
			`/workflow-history/workflow/${id}/publish-timeline`,
		);
		return timeline.findLast(({ event }) => event === 'activated')?.createdAt ?? '';
	}

	/** Stores a new workflow under the id it brings. */
	async createWorkflow(workflow: Record<string, unknown>): Promise<N8nWorkflow> {
		return await this.request('POST', '/workflows', workflow);
	}

	/** Changes a stored workflow (the draft; what is published stays as it is). */
	async updateWorkflow(
		id: string,
		change: Partial<Pick<N8nWorkflow, 'nodes' | 'connections' | 'settings' | 'name'>>,
	): Promise<N8nWorkflow> {
		const { versionId } = await this.workflow(id);
		return await this.request('PATCH', `/workflows/${id}`, { ...change, versionId });
	}

	/**
	 * Publishes a workflow, and waits until its triggers run; throws with the trigger's own words where one does not.
	 *
	 * @param version the version to publish; by default the workflow as it is stored
	 */
	async publish(id: string, version?: string): Promise<void> {
		const versionId = version ?? (await this.workflow(id)).versionId;
		// Without the publication service this call runs the triggers itself, and answers with their error.
		await this.request('POST', `/workflows/${id}/activate`, {
			versionId,
			name: `Version ${versionId.slice(0, 8)}`,
			description: '',
		});
		const result = await this.settled(id);
		if (result === undefined || result.status === 'published') return;
		const reasons = result.triggers.map(({ errorMessage }) => errorMessage).filter((message) => message !== null);
		throw new N8nApiError(200, reasons.join('; ') || `Not published: ${result.status}`, result);
	}

	/** Takes the published workflow back, and waits until its triggers have ended. */
	async unpublish(id: string): Promise<void> {
		await this.request('POST', `/workflows/${id}/deactivate`, {});
		await this.settled(id);
	}

	/** Waits until the publication service has done its work; undefined where it is switched off. */
	private async settled(id: string): Promise<PublicationStatus | undefined> {
		try {
			return await until(
				`workflow ${id} to be published or taken back`,
				async () => {
					const status = await this.request<PublicationStatus>('GET', `/workflows/${id}/publication-status`);
					return status.status !== 'in_progress' && status;
				},
				90_000,
			);
		} catch (error) {
			if (error instanceof N8nApiError && error.status === 404) return undefined;
			throw error;
		}
	}

	/** Runs the stored workflow by hand from the given trigger; answers with the execution's id. */
	async runManually(id: string, trigger: string): Promise<string> {
		const result = await this.start<{ executionId?: string }>(id, trigger);
		if (result.executionId === undefined)
			throw new Error(`"${trigger}" waits for a webhook; use listenForTestEvent`);
		return result.executionId;
	}

	/** Starts listening for a test event, as the editor's button does. */
	async listenForTestEvent(id: string, trigger: string): Promise<void> {
		const result = await this.start<{ waitingForWebhook?: boolean }>(id, trigger);
		if (!result.waitingForWebhook) throw new Error(`"${trigger}" did not start to listen`);
	}

	private async start<T>(id: string, trigger: string): Promise<T> {
		// n8n 2 runs what is stored; n8n 1 wants to be told what to run.
		const what = this.major < 2 ? { workflowData: await this.workflow(id) } : {};
		return await this.request('POST', `/workflows/${id}/run`, { ...what, triggerToStartFrom: { name: trigger } });
	}

	/** Stops listening. n8n answers before the trigger has put things back. */
	async stopListening(id: string): Promise<void> {
		await this.request('DELETE', `/test-webhook/${id}`);
	}

	/** The executions of a workflow, newest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.request<{ results: ExecutionSummary[] }>('GET', `/executions?filter=${filter}&limit=100`))
			.results;
	}

	/** One execution; `data` is n8n's flattened run data. */
	async execution(id: string): Promise<ExecutionSummary & { data: string }> {
		return await this.request('GET', `/executions/${id}`);
	}

	/** Waits until an execution has ended and n8n has stored what its nodes returned. */
	async finished(id: string, timeoutMs = 60_000): Promise<ExecutionSummary & { data: string }> {
		return await until(
			`execution ${id} to end`,
			async () => {
				const execution = await this.execution(id);
				if (['new', 'running', 'waiting'].includes(execution.status)) return false;
				// n8n stores no data of an execution that it lost or that somebody stopped.
				const isStored =
					['crashed', 'canceled'].includes(execution.status) || isDataOf('ended', execution.data);
				return isStored && execution;
			},
			timeoutMs,
		);
	}

	/** Waits until an execution waits for a call and n8n has stored what to go on with; fails where it ends instead. */
	async waiting(id: string, timeoutMs = 60_000): Promise<void> {
		await until(
			`execution ${id} to wait`,
			async () => {
				const { status, data } = await this.execution(id);
				if (['success', 'error', 'crashed', 'canceled'].includes(status)) {
					throw new Error(`Execution ${id} did not wait, it ended with ${status}: ${data.slice(0, 2_000)}`);
				}
				return status === 'waiting' && isDataOf('waiting', data);
			},
			timeoutMs,
		);
	}
}
