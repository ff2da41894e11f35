/*
 * A made-up provider that takes a file of any size as multipart, on top of nodes/shared as every provider is. None of the
 * real ones may be sent 100 MiB.
 */
import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { z } from 'zod';
import type { GatewayApi } from '../../nodes/shared/http/gatewayApi';
import { fromCredential } from '../../nodes/shared/http/gatewayApi';
import { binaryInput } from '../../nodes/shared/messaging/fields/files';
import type { Gateway } from '../../nodes/shared/operations/define/gateway';
import { defineOperation } from '../../nodes/shared/operations/define/operation';
import { propertiesOf } from '../../nodes/shared/operations/define/properties';
import { runOperations } from '../../nodes/shared/operations/run/runner';
import { textOf } from '../../nodes/shared/text';

export class CourierApi implements ICredentialType {
	name = 'courierApi';
	displayName = 'Courier API';
	properties = [{ displayName: 'Base URL', name: 'baseUrl', type: 'string' as const, default: '' }];
	authenticate = async (
		_credential: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => options;
}

const answer = z.object({ ok: z.literal(true) });

const api: GatewayApi = {
	displayName: 'Courier',
	credentialType: 'courierApi',
	...fromCredential(new CourierApi()),
	secrets: ({ baseUrl }) => [textOf(baseUrl)],
	judge: ({ json }) => (answer.safeParse(json).success ? { ok: true, data: json, envelope: json } : undefined),
};

const courier: Gateway = {
	api,
	resources: [
		{
			value: 'file',
			name: 'File',
			operations: [
				defineOperation({
					value: 'send',
					name: 'Send',
					action: 'Send a file',
					description: 'Send a file of the item',
					effect: 'send',
					fields: { file: binaryInput() },
					request: ({ file }) => ({
						method: 'POST',
						path: '/files',
						multipart: { fields: { number: '6281200000000' }, files: [{ name: 'file', ...file }] },
						timeLimitMs: 300_000,
					}),
				}),
			],
		},
	],
};

export class Courier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Courier',
		name: 'courier',
		group: ['output'],
		version: 1,
		description: 'Sends files',
		defaults: { name: 'Courier' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'courierApi', required: true }],
		properties: propertiesOf(courier),
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, courier);
	}
}
