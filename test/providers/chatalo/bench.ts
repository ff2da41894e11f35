import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ChataloApi } from '../../../credentials/ChataloApi.credentials';
import { Chatalo } from '../../../nodes/Chatalo/Chatalo.node';
import { ChataloTrigger } from '../../../nodes/Chatalo/ChataloTrigger.node';
import { chataloAccount } from '../../../sandbox/providers/chatalo/seed';
import { type Bench, type BenchProvider, byId, startProviderBench } from '../../support/bench';
import type { EngineOptions } from '../../support/engine';

export { byId, recipients } from '../../support/bench';

/** The sandbox and n8n's engine, with the Chatalo nodes and a credential that fits. */
export interface ChataloBench extends Bench {
	/** The device that can be used. */
	device: string;
}

/** Values of a Chatalo credential for the sandbox. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	const { publicKey, secretKey } = chataloAccount;
	return { publicKey, secretKey, baseUrl };
}

const device = chataloAccount.devices.authenticated;

/** Chatalo's nodes. */
export const chatalo: BenchProvider = {
	name: 'chatalo',
	node: Chatalo,
	trigger: ChataloTrigger,
	credential: ChataloApi,
	credentialType: 'chataloApi',
	credentialFor,
	sendText: {
		resource: 'message',
		operation: 'sendText',
		device: byId(device),
		sendTo: 'person',
		phoneNumber: '={{ $json.phone }}',
		text: '={{ $json.text }}',
	},
};

/** Starts both; close it when done. The announced limit is off unless a test turns it on. */
export async function startBench(options: EngineOptions = {}): Promise<ChataloBench> {
	return { ...(await startProviderBench(chatalo, options)), device };
}
