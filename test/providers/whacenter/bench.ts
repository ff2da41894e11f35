import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { WhacenterApi } from '../../../credentials/WhacenterApi.credentials';
import { Whacenter } from '../../../nodes/Whacenter/Whacenter.node';
import { WhacenterTrigger } from '../../../nodes/Whacenter/WhacenterTrigger.node';
import { whacenterAccount } from '../../../sandbox/providers/whacenter/seed';
import { type Bench, type BenchProvider, startProviderBench } from '../../support/bench';

export { type Bench, recipients } from '../../support/bench';

/** Values of a Whacenter credential for the sandbox. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	return { deviceId: whacenterAccount.devices.connected, baseUrl };
}

/** Whacenter's nodes. */
export const whacenter: BenchProvider = {
	name: 'whacenter',
	node: Whacenter,
	trigger: WhacenterTrigger,
	credential: WhacenterApi,
	credentialType: 'whacenterApi',
	credentialFor,
	sendText: {
		resource: 'message',
		operation: 'sendText',
		phoneNumber: '={{ $json.phone }}',
		text: '={{ $json.text }}',
	},
};

/** Starts the sandbox and the engine; close it when done. */
export async function startBench(): Promise<Bench> {
	return await startProviderBench(whacenter);
}
