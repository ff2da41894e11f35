import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { textOrNumber } from '../../shared/lenientSchemas';

/** The filter that every list of the API reference has, with an example of what is in the list. */
export function searchProperty(example: string): INodeProperties {
	return {
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'Only entries that contain this text',
	};
}

/** The direction of the order. Each list of the API reference shows its own, so the default here is the other one. */
export function directionProperty(usual: 'asc' | 'desc'): INodeProperties {
	const other = usual === 'asc' ? 'desc' : 'asc';
	return {
		displayName: 'Order Direction',
		name: 'orderDirection',
		type: 'options',
		options: [
			{ name: 'Ascending', value: 'asc' },
			{ name: 'Descending', value: 'desc' },
		],
		default: other,
		description: `Without this filter, the order is ${usual === 'asc' ? 'ascending' : 'descending'}`,
	};
}

/** What the filters of a list must be; all of them may be absent. */
export const filterSchema = z.object({
	search: textOrNumber.optional(),
	orderBy: z.string().optional(),
	orderDirection: z.enum(['asc', 'desc'], { error: 'choose Ascending or Descending' }).optional(),
});
