import { z } from 'zod';
import { offsets, type Paging, wholeList } from '../../shared/operations/define/paging';
import { totalOf } from './balesOtomatisApi';

/** Elements of one page; the API reference's examples use 10 and 20 and name no maximum. */
const PAGE_SIZE = 100;

/** API reference: List Contacts and List Audiences, `start` and `length` in the body. */
export const listPages: Paging = offsets({
	offset: 'start',
	size: 'length',
	maxSize: PAGE_SIZE,
	in: 'json',
	total: totalOf,
});

/** API reference: folder Grabbing: all at once, contacts as a list, groups as an object by id; an empty result may be either. */
export const grabPages: Paging = {
	...wholeList,
	elements: (data) =>
		Object.values(typeof data === 'object' && data !== null ? data : {}).filter(
			(element: unknown) => typeof element === 'object' && element !== null,
		),
};

/**
 * API reference: Get List Templates. Whether its `TotalRecords` counts all templates or those of the page is not clear from
 * the one example, so it ends the list only on a page that is not full.
 */
export const templatePages: Paging = offsets({
	offset: 'start',
	size: 'length',
	maxSize: PAGE_SIZE,
	in: 'json',
	total: (envelope) => {
		const answer = z
			.object({ data: z.array(z.unknown()), TotalRecords: z.coerce.number().int().nonnegative() })
			.safeParse(envelope).data;
		return answer && answer.data.length < PAGE_SIZE ? answer.TotalRecords : undefined;
	},
});
