import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../object';

/** How one thing of many is chosen, besides how every such choice works. */
interface Locator extends Pick<INodeProperties, 'displayName' | 'name' | 'required' | 'description' | 'hint'> {
	/** Name of the node's `listSearch` method. */
	search: string;
	/** What is written by hand: an ID unless `label` says otherwise ("By Name"). */
	byHand: { label?: string; placeholder: string; hint?: string };
}

/** A property that takes one of the things that the provider can list: from a searchable list, or by its ID. */
export function locator({ search, byHand, ...property }: Locator): INodeProperties {
	const { label = 'By ID', ...written } = byHand;
	return {
		...property,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{ displayName: label, name: 'id', type: 'string', ...written },
		],
	};
}

/**
 * The value that was chosen in a locator, or the value itself if it is none. An expression may give one without the mark
 * `__rl` with which the editor stores it.
 */
export function unwrapLocator(value: unknown): unknown {
	const isLocator = isObject(value) && 'value' in value && ('__rl' in value || 'mode' in value);
	return isLocator ? value.value : value;
}
