import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { WapioApi } from '../../../credentials/WapioApi.credentials';
import { Wapio } from '../../../nodes/Wapio/Wapio.node';
import { WapioTrigger } from '../../../nodes/Wapio/WapioTrigger.node';
import { wapioAccount } from '../../../sandbox/providers/wapio/seed';
import { type Bench, type BenchProvider, startProviderBench } from '../../support/bench';

export { type Bench, byId, recipients } from '../../support/bench';

const { pat, sessionKey, sessions } = wapioAccount;

/** Values of a Wapio credential for the sandbox: an account's token, and the session that is connected. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	return { token: pat, sessionId: sessions.connected, baseUrl };
}

/** The same with the key of the connected session alone. */
export function keyCredentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	return { token: sessionKey, baseUrl };
}

/** Wapio's nodes. */
export const wapio: BenchProvider = {
	name: 'wapio',
	node: Wapio,
	trigger: WapioTrigger,
	credential: WapioApi,
	credentialType: 'wapioApi',
	credentialFor,
	sendText: {
		resource: 'message',
		operation: 'sendText',
		sendTo: 'person',
		phoneNumber: '={{ $json.phone }}',
		text: '={{ $json.text }}',
	},
};

/** Starts the sandbox and the engine; close it when done. */
export async function startBench(): Promise<Bench> {
	return await startProviderBench(wapio);
}
