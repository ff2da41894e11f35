import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox';
import { folderOf } from '../../test/support/provider';

/** The nodes and credential types that the pages are about, by their names in n8n. */
export interface Catalog {
	node: (name: string) => INodeType;
	credential: (name: string) => ICredentialType;
}

/** One provider's part of a catalog. */
export interface ProviderTypes {
	/** n8n's name of the action node and the sandbox's of the provider. */
	name: ProviderName;
	node: INodeType;
	trigger: INodeType;
	/** In the order in which the action node asks for them. */
	credentials: ICredentialType[];
}

/** File name of a provider's pages, without the folder. */
export function fileNameOf(provider: ProviderName): string {
	return `${folderOf({ type: provider })}.md`;
}

/** n8n's name of the node above the providers. */
export const ROUTING_NODE = 'whatsAppGateways';

/** File name of its pages, without the folder. */
export const ROUTING_FILE = 'whatsappgateways.md';

/** Finds what belongs to a provider. */
export function typesOf(catalog: Catalog, name: ProviderName): ProviderTypes {
	const node = catalog.node(name);
	const credentials = (node.description.credentials ?? []).map((each) => catalog.credential(each.name));
	return { name, node, trigger: catalog.node(`${name}Trigger`), credentials };
}

/** An operation as the editor offers it. */
export interface OperationEntry {
	/** `resource.operation`, in n8n's internal names. */
	key: string;
	resource: { name: string; value: string };
	operation: { name: string; value: string; description: string };
}

/** All operations of an action node, in the order of the editor's lists. */
export function operationsOf(description: INodeTypeDescription): OperationEntry[] {
	const { properties } = description;
	const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
	return resources.flatMap((resource) => {
		const list = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && (displayOptions?.show?.resource ?? []).includes(resource.value),
		);
		return optionsOf(list).map((operation) => ({
			key: `${resource.value}.${operation.value}`,
			resource,
			operation,
		}));
	});
}

function optionsOf(property: INodeTypeDescription['properties'][number] | undefined) {
	return (property?.options ?? []).flatMap((option) =>
		'value' in option
			? [{ name: option.name, value: String(option.value), description: option.description ?? '' }]
			: [],
	);
}
