/* A small workflow around the Chatalo trigger, and what the tests want to know about it. */
import type { SandboxControl } from '../../../sandbox';
import type { N8nApi } from '../../../scripts/n8n/api';
import { sleep } from '../../../scripts/n8n/process';
import { expect } from './fixtures';
import { chain, node, ourNode } from './nodes';
import type { Stage } from './stage';

/** The trigger's options that decide about the slot. */
interface TriggerOptions {
	replaceExistingWebhook?: boolean;
	takeOverProduction?: boolean;
}

/** How many executions there were, by how they were started. */
export interface Runs {
	production: number;
	test: number;
	failed: number;
}

/** Whose URL is in the slot. */
export type Owner = 'nobody' | 'production' | 'test' | 'somebody else';

const TRIGGER = 'Chatalo Trigger';
// n8n 1 stores static data only for ids of up to 16 characters.
const ID = 'e2eTrigger';
const WEBHOOK_ID = '7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d2b11';

/** Long enough for an execution to appear, if there were one. */
const SETTLE_MS = 1_500;

/** The workflow under test. */
export class TriggerWorkflow {
	constructor(private readonly stage: Stage) {}

	private get api(): N8nApi {
		return this.stage.n8n.api;
	}

	/** The provider's side. */
	get control(): SandboxControl {
		return this.stage.sandbox.control;
	}

	/** Stores it. */
	async create(): Promise<void> {
		const trigger = ourNode(this.stage, TRIGGER, 'chataloTrigger', {}, { webhookId: WEBHOOK_ID });
		const done = node('Done', 'n8n-nodes-base.noOp');
		await this.stage.store([{ id: ID, name: 'Trigger under test', ...chain(trigger, done) }]);
	}

	/** Changes the trigger's options in the draft. */
	async setOptions(options: TriggerOptions): Promise<void> {
		const { nodes } = await this.api.workflow(ID);
		const changed = nodes.map((each) =>
			each.name === TRIGGER ? { ...each, parameters: { ...each.parameters, options } } : each,
		);
		await this.api.updateWorkflow(ID, { nodes: changed });
	}

	/** Publishes it and waits until the trigger runs. */
	async publish(): Promise<void> {
		await this.api.publish(ID);
	}

	/** Unpublishes it and waits until the trigger has ended. */
	async unpublish(): Promise<void> {
		await this.api.unpublish(ID);
	}

	/** Starts listening for a test event. */
	async listen(): Promise<void> {
		await this.api.listenForTestEvent(ID, TRIGGER);
	}

	/** Stops listening; the trigger may restore the slot a moment later. */
	async stopListening(): Promise<void> {
		await this.api.stopListening(ID);
	}

	/** The URL in the provider's slot. */
	slot(): string | null {
		return this.control.webhook('chatalo');
	}

	/** Whose URL is in the slot. */
	owner(): Owner {
		const slot = this.slot();
		if (slot === null || slot === '') return 'nobody';
		if (slot.startsWith(`${this.stage.n8n.url}/webhook/${WEBHOOK_ID}/`)) return 'production';
		if (slot.startsWith(`${this.stage.n8n.url}/webhook-test/${WEBHOOK_ID}/`)) return 'test';
		return 'somebody else';
	}

	/** Waits until the URL in the slot is this one's. */
	async expectOwner(owner: Owner): Promise<void> {
		await expect.poll(() => this.owner(), { message: 'whose URL is in the slot', timeout: 10_000 }).toBe(owner);
	}

	/** Plays an event and returns how many executions it started, after time for one too many. */
	async runsAfter(play: () => Promise<unknown>): Promise<Runs> {
		const before = await this.runs();
		await play();
		await sleep(SETTLE_MS);
		return difference(await this.runs(), before);
	}

	/** Plays an event and expects it to start exactly these executions. */
	async expectRuns(play: () => Promise<unknown>, expected: Partial<Runs>): Promise<void> {
		const all = { production: 0, test: 0, failed: 0, ...expected };
		const before = await this.runs();
		const started = async () => difference(await this.runs(), before);
		await play();
		await expect.poll(started, 'executions').toEqual(all);
		await sleep(SETTLE_MS);
		expect(await started(), 'executions').toEqual(all);
	}

	private async runs(): Promise<Runs> {
		const executions = await this.api.executions(ID);
		const count = (test: (execution: { mode: string; status: string }) => boolean) =>
			executions.filter(test).length;
		return {
			production: count(({ mode }) => mode === 'webhook'),
			test: count(({ mode }) => mode === 'manual'),
			failed: count(({ status }) => status !== 'success' && status !== 'running' && status !== 'new'),
		};
	}
}

function difference(after: Runs, before: Runs): Runs {
	return {
		production: after.production - before.production,
		test: after.test - before.test,
		failed: after.failed - before.failed,
	};
}
