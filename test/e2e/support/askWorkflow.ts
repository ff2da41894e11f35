/* A workflow that asks one person through a provider, and ends. */
import type { ProviderName } from '../../../sandbox';
import type { WorkflowNode } from '../../../scripts/n8n/api';
import { providerOf } from '../../support/providers';
import { providerNames } from '../providers';
import type { Stage } from './stage';

const START = 'Start';
const ASK = 'Ask';

/** The question, with which the message to the person begins. */
export const MESSAGE = 'Approve invoice INV-7?';

/** Send and Wait for Response in n8n, and what the person asked does. */
export class AskWorkflow {
	readonly id: string;

	constructor(
		private readonly stage: Stage,
		private readonly provider: ProviderName,
	) {
		this.id = `e2eAsk-${provider}`;
	}

	/** Starts it and waits until it waits; returns the execution's id. */
	async begin(): Promise<string> {
		await this.store();
		const { api } = this.stage.n8n;
		const id = await api.runManually(this.id, START);
		await api.waiting(id);
		return id;
	}

	/** The execution's status as n8n lists it. */
	async statusOf(execution: string): Promise<string> {
		return (await this.stage.n8n.api.execution(execution)).status;
	}

	/** How many times somebody was asked through this provider. */
	sent(): number {
		return this.messages().length;
	}

	/** The links of the latest message: approve, decline. */
	links(): { approve: string; decline: string } {
		const [approve = '', decline = ''] =
			this.messages()
				.at(-1)
				?.match(/https?:\/\/\S+/g) ?? [];
		return { approve, decline };
	}

	/** Presses the button of the page behind a link. */
	async press(link: string): Promise<Response> {
		return await fetch(link, { method: 'POST', body: new URLSearchParams() });
	}

	private messages(): string[] {
		const texts = this.stage.sandbox.control.messages(this.provider).map(({ text }) => text ?? '');
		return texts.filter((text) => text.startsWith(MESSAGE));
	}

	private async store(): Promise<void> {
		const { provider, stage } = this;
		const start = {
			id: 'start',
			name: START,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		} satisfies WorkflowNode;
		const ask = {
			id: `ask-${provider}`,
			name: ASK,
			type: `${stage.packageName}.${provider}`,
			typeVersion: 1,
			position: [220, 0],
			parameters: {
				...providerOf(provider).sendAndWait,
				operation: 'sendAndWait',
				phoneNumber: '6281200000001',
				message: MESSAGE,
			},
			webhookId: `0c9f2f0e-5b1d-4f43-9d55-0a3f8c3d2b${providerNames.indexOf(provider) + 10}`,
			credentials: stage.credentialOf(`${provider}Api`),
		} satisfies WorkflowNode;
		const connections = { [START]: { main: [[{ node: ASK, type: 'main', index: 0 }]] } };
		await stage.store([{ id: this.id, name: `Ask through ${provider}`, nodes: [start, ask], connections }]);
	}
}
