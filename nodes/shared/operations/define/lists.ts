import type { INodeListSearchItems } from 'n8n-workflow';
import type { Success } from '../../http/client';
import type { GatewayRequest } from '../../http/request';
import type { ReadParameter } from './field';
import type { Paging } from './paging';

/** A list that the provider gives in pages, or that is one page. */
export interface PagedList {
	request: GatewayRequest;
	paging: Paging;
	/** The entries that the elements of a page make. */
	entries: (elements: unknown[]) => INodeListSearchItems[];
}

/**
 * Where the entries of a list come from: a list of the provider's, or whatever `send` is answered. `parameter` reads what
 * is set in the node so far, `credential` the defaults that the credential may hold.
 */
export type ListLoader = (
	send: (request: GatewayRequest) => Promise<Success>,
	parameter: ReadParameter,
	credential: ReadParameter,
) => PagedList | Promise<INodeListSearchItems[]>;

/** A choice that needs another one first. */
export class MissingChoice extends Error {}
