import { z } from 'zod';
import { trimmedText } from '../../shared/messaging/fields/schemas';
import { locator } from '../../shared/operations/define/locator';
import { cursors, type Paging } from '../../shared/operations/define/paging';
import { unwrapLocator } from '../../shared/operations/define/locator';
import { nextCursor } from './wapioApi';

/** API reference: List sessions, `limit` and `before_id`, which the answer's `next_cursor` gives. Pages of 100 at most (inferred). */
export const sessionPages: Paging = cursors({
	cursor: 'before_id',
	size: 'limit',
	maxSize: 100,
	next: nextCursor,
	start: {
		option: locator({
			displayName: 'Start After Session',
			name: 'startAfterSession',
			description: 'Return only the sessions that follow this one in the list, to read a long list in parts',
			search: 'searchSessions',
			byHand: { placeholder: 'e.g. bps_sess_ws_0123456789' },
		}),
		// Inside a collection, n8n does not unwrap the choice.
		schema: z.preprocess(unwrapLocator, trimmedText),
	},
});

/** The deliveries of a webhook, `limit` and `cursor` (provider documentation). */
export const deliveryPages: Paging = cursors({ cursor: 'cursor', size: 'limit', maxSize: 100, next: nextCursor });

/**
 * Lists without documented pages: everything comes at once. If an answer has a cursor anyway, it is followed (inferred from
 * the other lists).
 */
export const unpagedList: Paging = {
	maxSize: Number.MAX_SAFE_INTEGER,
	first: (request) => request,
	next: (request, answer) => {
		const cursor = nextCursor(answer.envelope);
		return cursor === undefined || cursor === request.query?.cursor
			? undefined
			: { ...request, query: { ...request.query, cursor } };
	},
};
