import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { GatewayApi, GatewayClient, Success } from '../http/client';
import type { GatewayRequest } from '../http/request';
import { clientFor } from './context';
import { toNodeError } from './errors';
import type { ReadParameter } from './field';
import { unwrapLocator } from './parameters';

/**
 * Loads the entries of a list from the provider. `parameter` reads what is set in the node so far, `credential` the
 * defaults that the credential may hold.
 */
export type ListLoader = (
	send: (request: GatewayRequest) => Promise<Success>,
	parameter: ReadParameter,
	credential: ReadParameter,
) => Promise<INodeListSearchItems[]>;

/** A choice that needs another one first. */
export class MissingChoice extends Error {}

/**
 * A `listSearch` method: "From List" of a resource locator, searched by what is typed. A failure is told in the list
 * instead of an empty one.
 */
export function searchList(api: GatewayApi, load: ListLoader) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const wanted = filter?.trim().toLowerCase() ?? '';
		const results = await loadEntries(this, api, load);
		return {
			results: results.filter(({ name, value }) =>
				`${name} ${value}`.toLowerCase().includes(wanted),
			),
		};
	};
}

/** A `loadOptions` method: the options of a list that takes several choices. */
export function loadList(api: GatewayApi, load: ListLoader) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const entries = await loadEntries(this, api, load);
		return entries.map(({ name, value }) => ({ name, value }));
	};
}

async function loadEntries(
	context: ILoadOptionsFunctions,
	api: GatewayApi,
	load: ListLoader,
): Promise<INodeListSearchItems[]> {
	const node = context.getNode();
	const parameter: ReadParameter = (name) => unwrapLocator(context.getCurrentNodeParameter(name));
	try {
		const client: GatewayClient = await clientFor(context, api);
		const credential = await context.getCredentials(api.credentialType);
		const send = async (request: GatewayRequest) => await client.send({ repeatable: true, ...request });
		return await load(send, parameter, (name) => credential[name]);
	} catch (error) {
		if (error instanceof MissingChoice) throw new NodeOperationError(node, error.message);
		throw toNodeError(error, { node, effect: 'read', properties: [] });
	}
}
