import type { IBinaryKeyData, ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Engine } from '../support/engine';
import type { Provider } from '../support/providers';
import type { NodeResult } from '../support/results';
import { type RecordedRequest, startScriptedServer } from '../support/scriptedServer';
import type { Contract, ContractAnswer } from './types';

/** What was seen when a contract was played with one of its answers. */
export interface Observation {
	result: NodeResult;
	requests: RecordedRequest[];
}

/**
 * Runs the operation of a contract on n8n's engine, against a server that gives the documented answer.
 *
 * @param engine one that knows the provider's node and credentials
 */
export async function play(
	engine: Engine,
	provider: Provider,
	{ resource, operation, parameters, credential, binary = {}, before = [] }: Contract,
	{ status, headers, body }: ContractAnswer,
): Promise<Observation> {
	const server = await startScriptedServer([...before.map(({ answer }) => answer), { status, headers, body }]);
	const baseUrl = server.url + provider.basePath;
	const credentials = Object.entries(provider.credentials).map(
		([type, { values }]): [string, ICredentialDataDecryptedObject] => [type, { ...values, baseUrl, ...credential }],
	);
	try {
		const result = await engine.runNode({
			type: provider.type,
			parameters: { resource, operation, ...parameters },
			credentials: Object.fromEntries(credentials),
			items: [{ json: {}, binary: await storedFiles(engine, binary) }],
		});
		return { result, requests: server.requests };
	} finally {
		await server.close();
	}
}

async function storedFiles(engine: Engine, files: NonNullable<Contract['binary']>): Promise<IBinaryKeyData> {
	const stored: IBinaryKeyData = {};
	for (const [field, { content, ...about }] of Object.entries(files))
		stored[field] = await engine.storeBinary(content, about);
	return stored;
}
