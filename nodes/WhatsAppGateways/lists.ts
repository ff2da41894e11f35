import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import type { Capabilities } from '../shared/messaging/capabilities';
import type { ListLoader } from '../shared/operations/define/lists';
import { loadList, searchList } from '../shared/operations/n8n/listSearch';
import { allCapabilities, groupSearch, senderLoad, sendersParameter } from './gateways';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The phones of each provider that has several. */
export function senderOptions(): Record<string, LoadOptions> {
	return Object.fromEntries(
		allCapabilities.flatMap((each) =>
			each.senders ? [[senderLoad(each), loadList(each.gateway.api, each.senders.list)]] : [],
		),
	);
}

/** The groups of each provider that lists them. */
export function groupSearches(): Record<string, ListSearch> {
	return Object.fromEntries(
		allCapabilities.flatMap((each) => {
			const { gateway, groups } = each;
			return groups?.list ? [[groupSearch(each), searchList(gateway.api, ofFirstSender(each, groups.list))]] : [];
		}),
	);
}

/** Groups belong to a phone: the first that is chosen. */
function ofFirstSender(capabilities: Capabilities, list: ListLoader): ListLoader {
	const chosen = sendersParameter(capabilities);
	return (send, parameter, credential) =>
		list(
			send,
			(name) => {
				if (chosen === undefined || name !== capabilities.senders?.parameter) return parameter(name);
				return [parameter(chosen)].flat()[0];
			},
			credential,
		);
}
