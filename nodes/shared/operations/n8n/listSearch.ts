import {
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type INodePropertyOptions,
	NodeOperationError,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { z, ZodError } from 'zod';
import type { GatewayClient, Success } from '../../http/client';
import type { GatewayApi } from '../../http/gatewayApi';
import type { GatewayRequest } from '../../http/request';
import type { ReadParameter } from '../define/field';
import { type ListLoader, MissingChoice, type PagedList } from '../define/lists';
import { unwrapLocator } from '../define/locator';
import { collectPages, elementsOf } from '../define/paging';
import { clientFor } from './context';
import { toNodeError } from './errors';

/** With so many found, a search waits until the user scrolls on. */
const ENOUGH_FOUND = 50;

/** Pages that one look at a list goes through at most; with 100 elements each, 5,000. */
const MOST_PAGES = 50;

/**
 * A `listSearch` method: "From List" of a resource locator, searched by what is typed. A page is shown at a time, and a
 * search looks through as many as it needs. A failure is shown in the list instead of an empty one.
 */
export function searchList(api: GatewayApi, load: ListLoader) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const wanted = filter?.trim().toLowerCase() ?? '';
		const matching = (entries: INodeListSearchItems[]): INodeListSearchItems[] =>
			entries.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
		return await withList(this, api, load, async (list, send) => {
			if (Array.isArray(list)) return { results: matching(list) };
			const enough = wanted === '' ? 1 : ENOUGH_FOUND;
			return await readOn(
				send,
				{ ...list, entries: (elements) => matching(list.entries(elements)) },
				enough,
				paginationToken,
			);
		});
	};
}

/** A `loadOptions` method: the options of a list that takes several choices. */
export function loadList(api: GatewayApi, load: ListLoader) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await withList(this, api, load, async (list, send) => {
			const entries = Array.isArray(list)
				? list
				: list.entries(await collectPages(send, list.request, list.paging, undefined));
			return entries.map(({ name, value }) => ({ name, value }));
		});
	};
}

type Send = (request: GatewayRequest) => Promise<Success>;

async function withList<T>(
	context: ILoadOptionsFunctions,
	api: GatewayApi,
	load: ListLoader,
	read: (list: PagedList | INodeListSearchItems[], send: Send) => Promise<T>,
): Promise<T> {
	const node = context.getNode();
	const parameter: ReadParameter = (name) => unwrapLocator(context.getCurrentNodeParameter(name));
	if (!node.credentials?.[api.credentialType]) {
		throw new NodeOperationError(
			node,
			`Choose a ${api.displayName} credential first: the list comes from its account`,
		);
	}
	try {
		const client: GatewayClient = await clientFor(context, api);
		const credential = await context.getCredentials(api.credentialType);
		const send: Send = async (request) => await client.send({ repeatable: true, effect: 'read', ...request });
		return await read(await load(send, parameter, (name) => credential[name]), send);
	} catch (error) {
		if (error instanceof MissingChoice) throw new NodeOperationError(node, error.message);
		if (error instanceof ZodError) {
			throw new NodeOperationError(
				node,
				`${api.displayName} returned a list in an unexpected format. Choose By ID instead`,
			);
		}
		throw toNodeError(error, { node, effect: 'read', properties: [] });
	}
}

/** Where to go on: what differs from page to page in a request, and the page before, by its hash. */
const bookmark = z.object({
	query: z.record(z.string(), z.unknown()).optional(),
	json: z.record(z.string(), z.unknown()).optional(),
	form: z.record(z.string(), z.unknown()).optional(),
	last: z.string(),
});

/**
 * Reads pages until there are enough entries.
 *
 * @param token of the call before, absent for the first page
 * @returns with a token if there may be more
 */
async function readOn(
	send: Send,
	{ request, paging, entries }: PagedList,
	enough: number,
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const { last: lastSeen = '', ...place } = token === undefined ? {} : bookmark.parse(JSON.parse(token));
	let current: GatewayRequest | undefined =
		token === undefined
			? paging.first(request, paging.maxSize)
			: { ...request, ...(place as Partial<GatewayRequest>) };
	let last = lastSeen;
	const results: INodeListSearchItems[] = [];
	for (let pages = 0; current && results.length < enough && pages < MOST_PAGES; pages++) {
		const answer = await send(current);
		const elements = elementsOf(paging, answer);
		const hash = createHash('sha256').update(JSON.stringify(elements)).digest('base64url');
		// A provider that ignores the page would otherwise be shown over and over.
		if (elements.length > 0 && hash === last) return { results };
		last = hash;
		results.push(...entries(elements));
		current = paging.next(current, answer, elements.length);
	}
	if (!current) return { results };
	const { query, json, form } = current;
	return { results, paginationToken: JSON.stringify({ query, json, form, last }) };
}
