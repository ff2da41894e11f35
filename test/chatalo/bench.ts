import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { ChataloApi } from '../../credentials/ChataloApi.credentials';
import { Chatalo } from '../../nodes/Chatalo/Chatalo.node';
import { ChataloTrigger } from '../../nodes/Chatalo/ChataloTrigger.node';
import { chataloAccount, startSandbox, type Sandbox } from '../../sandbox';
import { createEngine, type Engine, type EngineOptions, type NodeRun } from '../support/engine';
import type { NodeResult } from '../support/results';

/** The sandbox and n8n's engine, with the Chatalo nodes and a credential that fits. */
export interface ChataloBench {
	sandbox: Sandbox;
	engine: Engine;
	/** The device that can be used. */
	device: string;
	/** Runs one Chatalo operation. */
	run: (parameters: INodeParameters, options?: Partial<NodeRun>) => Promise<NodeResult>;
	/** Parameters of Send Text to a person, the number and text being taken from each item. */
	sendText: INodeParameters;
	close: () => Promise<void>;
}

/** Values of a Chatalo credential for the sandbox. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	const { publicKey, secretKey } = chataloAccount;
	return { publicKey, secretKey, baseUrl };
}

/** A resource locator as the editor stores it. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

/** `count` items with a valid number and a text of their own. */
export function recipients(count: number) {
	return Array.from({ length: count }, (_none, index) => ({
		json: { phone: String(6_281_200_000_000 + index), text: `message ${index}` },
	}));
}

/** Starts both; close it when done. The announced limit is off unless a test turns it on. */
export async function startBench(options: EngineOptions = {}): Promise<ChataloBench> {
	const sandbox = await startSandbox();
	sandbox.control.setRateLimit('chatalo', null);
	const engine = createEngine({
		nodes: { chatalo: Chatalo, chataloTrigger: ChataloTrigger },
		credentialTypes: [ChataloApi],
		credentials: { chataloApi: credentialFor(sandbox.baseUrl('chatalo')) },
		...options,
	});
	const device = chataloAccount.devices.authenticated;
	return {
		sandbox,
		engine,
		device,
		run: async (parameters, rest = {}) =>
			await engine.runNode({ type: 'chatalo', parameters, ...rest }),
		sendText: {
			resource: 'message',
			operation: 'sendText',
			device: byId(device),
			sendTo: 'person',
			phoneNumber: '={{ $json.phone }}',
			text: '={{ $json.text }}',
		},
		close: async () => {
			await sandbox.close();
			await engine.close();
		},
	};
}
