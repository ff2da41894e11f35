/** What the tests of consistency walk: the panels of all action nodes as n8n shows them. */
import type { INodeProperties, INodeType } from 'n8n-workflow';

import { WhatsAppGateways } from '../../nodes/WhatsAppGateways/WhatsAppGateways.node';
import { isForExpression } from '../../nodes/shared/operations/define/wholeExpressions';
import { type Provider, providers } from '../support/providers';

/** A field of a node's panel, inside of a collection or not. */
export interface PanelField {
	/** n8n's name of the node. */
	node: string;
	/** Names from the panel to the field, e.g. `options.senderName`. */
	path: string;
	property: INodeProperties;
	/** The resources and operations that show it; of a field in a collection, those of the collection. */
	show: { resource: string[]; operation: string[] };
}

/** An action node with all of its fields. */
interface Panel {
	name: string;
	type: string;
	node: INodeType;
	provider: Provider;
	fields: PanelField[];
}

/** The action nodes of all providers. */
export const panels: Panel[] = providers.map((provider) => {
	const { name, type, node: source } = provider;
	const node = (typeof source === 'function' ? new source() : source) as INodeType;
	return { name, type, node, provider, fields: fieldsOf(node) };
});

/** The node above the providers. */
export const routingNode = new WhatsAppGateways();

function fieldsOf({ description: { name, properties } }: INodeType): PanelField[] {
	return properties.filter(isOwn).flatMap((property) => {
		const { resource = [], operation = [] } = property.displayOptions?.show ?? {};
		return walk(name, '', property, { resource: resource.map(String), operation: operation.map(String) });
	});
}

/** Whether it is a field of its own, not one that only takes an expression in place of a collection. */
export function isOwn(property: INodeProperties): boolean {
	return !isForExpression(property);
}

/** The fields of one operation of an action node, by the node's name in n8n. */
export function operationFields({ type }: { type: string }, resource: string, operation: string): INodeProperties[] {
	return allFields
		.filter(
			({ node, path, show }) =>
				node === type &&
				!path.includes('.') &&
				show.resource.includes(resource) &&
				show.operation.includes(operation),
		)
		.map(({ property }) => property);
}

/** Every field of every action node. */
export const allFields: PanelField[] = [...panels.flatMap(({ fields }) => fields), ...fieldsOf(routingNode)];

/** A field, and all fields in it. */
export function walk(node: string, above: string, property: INodeProperties, show: PanelField['show']): PanelField[] {
	const path = above === '' ? property.name : `${above}.${property.name}`;
	const inner: INodeProperties[] = (property.options ?? []).flatMap((option) => {
		if ('values' in option)
			return option.values.map((value) => ({ ...value, name: `${option.name}.${value.name}` }));
		return 'type' in option ? [option] : [];
	});
	return [{ node, path, property, show }, ...inner.flatMap((each) => walk(node, path, each, show))];
}
