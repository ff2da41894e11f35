import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { BalesOtomatisApi } from '../../../credentials/BalesOtomatisApi.credentials';
import { BalesOtomatis } from '../../../nodes/BalesOtomatis/BalesOtomatis.node';
import { BalesOtomatisTrigger } from '../../../nodes/BalesOtomatis/BalesOtomatisTrigger.node';
import { balesOtomatisAccount } from '../../../sandbox/providers/balesotomatis/seed';
import { type Bench, type BenchProvider, byId, startProviderBench } from '../../support/bench';

export { type Bench, byId, recipients } from '../../support/bench';

/** Values of a BalesOtomatis credential for the sandbox, with defaults for number and licence. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	const { apiKey, licenseKey, numbers } = balesOtomatisAccount;
	return { apiKey, licenseKey, numberId: numbers.connected, baseUrl };
}

/** BalesOtomatis's nodes. */
export const balesOtomatis: BenchProvider = {
	name: 'balesOtomatis',
	node: BalesOtomatis,
	trigger: BalesOtomatisTrigger,
	credential: BalesOtomatisApi,
	credentialType: 'balesOtomatisApi',
	credentialFor,
	sendText: {
		resource: 'personalMessage',
		operation: 'sendText',
		number: byId(balesOtomatisAccount.numbers.connected),
		phoneNumber: '={{ $json.phone }}',
		text: '={{ $json.text }}',
	},
};

/** Starts the sandbox and the engine; close it when done. */
export async function startBench(): Promise<Bench> {
	return await startProviderBench(balesOtomatis);
}
