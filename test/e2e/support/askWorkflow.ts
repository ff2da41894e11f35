/* A workflow that asks one person through a provider, and ends. */
import type { ProviderName } from '../../../sandbox';
import { providerOf } from '../../support/providers';
import { providerNames } from '../providers';
import { chain, manualTrigger, ourNode } from './nodes';
import type { Stage } from './stage';

const START = 'Start';
const ASK = 'Ask';

/** The question, with which the message to the person begins. */
export const MESSAGE = 'Approve invoice INV-7?';

/** The person's number. */
export const PERSON = '6281200000001';

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
		const ask = ourNode(
			stage,
			ASK,
			provider,
			{
				...providerOf(provider).sendAndWait,
				operation: 'sendAndWait',
				phoneNumber: PERSON,
				message: MESSAGE,
			},
			{ webhookId: `0c9f2f0e-5b1d-4f43-9d55-0a3f8c3d2b${providerNames.indexOf(provider) + 10}` },
		);
		const workflow = { id: this.id, name: `Ask through ${provider}`, ...chain(manualTrigger(START), ask) };
		await stage.store([workflow]);
	}
}
