import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ChategyApi } from '../../../credentials/ChategyApi.credentials';
import { ChategyDeveloperApi } from '../../../credentials/ChategyDeveloperApi.credentials';
import { Chategy } from '../../../nodes/Chategy/Chategy.node';
import { ChategyTrigger } from '../../../nodes/Chategy/ChategyTrigger.node';
import { chategyAccount } from '../../../sandbox/providers/chategy/seed';
import { type Bench, type BenchProvider, startProviderBench } from '../../support/bench';
import type { EngineOptions } from '../../support/engine';

export { type Bench, byId, recipients } from '../../support/bench';

/** Values of a client's credential for the sandbox, which plays both sockets below its base URL; no idempotency key. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	const webSocketUrl = `${baseUrl.replace(/^http/, 'ws')}/socket/websocket`;
	return { accessToken: chategyAccount.accessToken, baseUrl, webSocketUrl, whatsAppWebSocketUrl: webSocketUrl };
}

/** The same with the idempotency key of the account. */
export function keyedCredentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	return { ...credentialFor(baseUrl), idempotencyKey: chategyAccount.idempotencyKey };
}

/** Values of a developer's credential for the sandbox. */
export function developerCredentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	return { apiKey: chategyAccount.developerApiKey, baseUrl };
}

/** Chategy's nodes. */
export const chategy: BenchProvider = {
	name: 'chategy',
	node: Chategy,
	trigger: ChategyTrigger,
	credential: ChategyApi,
	credentialType: 'chategyApi',
	credentialFor,
	others: { chategyDeveloperApi: { source: ChategyDeveloperApi, valuesFor: developerCredentialFor } },
	sendText: {
		resource: 'delivery',
		operation: 'send',
		sendTo: 'phone',
		phoneNumber: '={{ $json.phone }}',
		text: '={{ $json.text }}',
	},
};

/** Chategy's nodes with an idempotency key in the credential. */
export const keyedChategy: BenchProvider = { ...chategy, credentialFor: keyedCredentialFor };

/** Starts the sandbox and the engine with both credentials; close it when done. */
export async function startBench(provider = chategy, options: EngineOptions = {}): Promise<Bench> {
	return await startProviderBench(provider, options);
}
