import type { IBinaryKeyData, ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Engine } from '../support/engine';
import type { CredentialValues } from '../support/n8n/credentials';
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
 * @param json of the input item
 */
export async function play(
	engine: Engine,
	provider: Provider,
	{ resource, operation, parameters, credential, binary = {}, before = [] }: Contract,
	{ status, headers, body }: ContractAnswer,
	json: IDataObject = {},
): Promise<Observation> {
	const server = await startScriptedServer([...before.map(({ answer }) => answer), { status, headers, body }]);
	const baseUrl = server.url + provider.basePath;
	try {
		const result = await engine.runNode({
			type: provider.type,
			parameters: { resource, operation, ...parameters },
			credentials: credentialsAt(provider, baseUrl, credential),
			items: [{ json, binary: await storedFiles(engine, binary) }],
		});
		return { result, requests: server.requests };
	} finally {
		await server.close();
	}
}

/** The provider's usual credentials for a server, all of them with these changes. */
export function credentialsAt(
	provider: Provider,
	baseUrl: string,
	changes: ICredentialDataDecryptedObject = {},
): CredentialValues {
	return Object.fromEntries(
		Object.entries(provider.credentials).map(([type, { values }]) => [type, { ...values, baseUrl, ...changes }]),
	);
}

/** The files of a contract as the `binary` of an input item. */
export async function storedFiles(engine: Engine, files: NonNullable<Contract['binary']>): Promise<IBinaryKeyData> {
	const stored: IBinaryKeyData = {};
	for (const [field, { content, ...about }] of Object.entries(files))
		stored[field] = await engine.storeBinary(content, about);
	return stored;
}
