import * as fc from 'fast-check';
import { z } from 'zod';
import type { Success } from '../../../nodes/shared/http/client';
import type { GatewayRequest } from '../../../nodes/shared/http/request';
import {
	beginning,
	collectPages,
	cursors,
	offsets,
	pageNumbers,
	type Paging,
} from '../../../nodes/shared/operations/define/paging';
import { textOf } from '../../../nodes/shared/text';

const REQUEST: GatewayRequest = { method: 'GET', path: '/contacts', query: { group: 'a' } };

/** A provider: its answer to each request; it gives up when asked too often. */
function provider(answer: (query: Record<string, unknown>, call: number) => { data: unknown; envelope?: unknown }) {
	const asked: Array<Record<string, unknown>> = [];
	const send = async (request: GatewayRequest): Promise<Success> => {
		const query = { ...request.query, ...request.json };
		asked.push(query);
		if (asked.length > 100) throw new Error('asked for ever');
		const { data, envelope } = answer(query, asked.length);
		return { status: 200, headers: {}, data, envelope };
	};
	return { asked, send };
}

function numbered(count: number): Array<{ id: number }> {
	return Array.from({ length: count }, (_none, id) => ({ id }));
}

const page = { page: 'page', size: 'limit' };
const byPage = (maxSize: number) =>
	pageNumbers({ ...page, maxSize, lastPage: (envelope) => (envelope as { last?: number } | undefined)?.last });
const byOffset = (maxSize: number) =>
	offsets({
		offset: 'offset',
		size: 'limit',
		maxSize,
		total: (envelope) => (envelope as { total?: number } | undefined)?.total,
	});
const byCursor = (maxSize: number) =>
	cursors({
		cursor: 'cursor',
		size: 'limit',
		maxSize,
		next: (envelope) => (envelope as { next?: string } | undefined)?.next,
		start: {
			option: { displayName: 'After', name: 'after', type: 'string', default: '' },
			schema: z.unknown().transform((written) => textOf(written) || undefined),
		},
	});

/** Well-behaved providers over `all`, giving at most `cap` elements a page, with or without the helpful envelope. */
const kinds: Array<
	[string, (maxSize: number) => Paging, (all: unknown[], cap: number, told: boolean) => ReturnType<typeof provider>]
> = [
	[
		'page numbers',
		byPage,
		(all, cap, told) =>
			provider(({ page: number, limit }) => {
				const size = Math.min(Number(limit), cap);
				const start = (Number(number) - 1) * size;
				const last = Math.max(1, Math.ceil(all.length / size));
				return { data: all.slice(start, start + size), envelope: told ? { last } : {} };
			}),
	],
	[
		'offsets',
		byOffset,
		(all, cap, told) =>
			provider(({ offset, limit }) => ({
				data: all.slice(Number(offset), Number(offset) + Math.min(Number(limit), cap)),
				envelope: told ? { total: all.length } : {},
			})),
	],
	[
		'cursors',
		byCursor,
		(all, cap) =>
			provider(({ cursor, limit }) => {
				const start = Number(cursor ?? 0);
				const end = start + Math.min(Number(limit), cap);
				const data = all.slice(start, end);
				return { data, envelope: end < all.length ? { next: String(end) } : {} };
			}),
	],
];

describe.each(kinds)('a list by %s', (_kind, paging, providing) => {
	it('comes whole, in order, each element once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 60 }),
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 20 }),
				fc.boolean(),
				async (count, maxSize, cap, told) => {
					const { send } = providing(numbered(count), cap, told);
					expect(await collectPages(send, REQUEST, paging(maxSize), undefined)).toEqual(numbered(count));
				},
			),
			{ numRuns: 300 },
		);
	});

	it('ends at the limit, asking for no more than needed', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 60 }),
				fc.integer({ min: 1, max: 70 }),
				fc.integer({ min: 1, max: 20 }),
				async (count, limit, maxSize) => {
					const { send, asked } = providing(numbered(count), maxSize, true);
					const found = await collectPages(send, REQUEST, paging(maxSize), limit);
					expect(found).toEqual(numbered(count).slice(0, limit));
					expect(asked.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(limit / Math.min(limit, maxSize))));
					for (const query of asked) {
						expect(query).toMatchObject({ group: 'a' });
						expect(query.limit).toBeLessThanOrEqual(maxSize);
					}
				},
			),
			{ numRuns: 300 },
		);
	});

	it('begins where the option says', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 60 }),
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 6 }),
				fc.option(fc.integer({ min: 1, max: 70 }), { nil: undefined }),
				async (count, maxSize, start, limit) => {
					const { send } = providing(numbered(count), maxSize, true);
					const list = paging(maxSize);
					const given = { 'options.startPage': start, 'options.skip': start, 'options.after': String(start) };
					const request = beginning(list, REQUEST, (name) => (given as Record<string, unknown>)[name]);
					const size = Math.min(limit ?? maxSize, maxSize);
					const from = list.start?.options[0].name === 'startPage' ? (start - 1) * size : start;
					const expected = numbered(count).slice(from, limit === undefined ? undefined : from + limit);
					expect(await collectPages(send, request, list, limit)).toEqual(expected);
					expect(beginning(list, REQUEST, () => undefined)).toEqual(REQUEST);
					expect(beginning(list, REQUEST, () => '')).toEqual(REQUEST);
				},
			),
			{ numRuns: 200 },
		);
	});

	it('is refused when the provider answers with no list', async () => {
		for (const data of [{}, 'none', 7]) {
			const { send } = provider(() => ({ data }));
			await expect(collectPages(send, REQUEST, paging(10), undefined)).rejects.toThrow(/list/);
		}
	});

	it('is empty when the provider answers yes without content', async () => {
		for (const data of [undefined, null]) {
			const { send } = provider(() => ({ data }));
			expect(await collectPages(send, REQUEST, paging(10), undefined)).toEqual([]);
		}
	});

	it('comes once when the provider ignores how pages are requested', async () => {
		const { send } = provider(() => ({ data: numbered(3), envelope: { next: 'same' } }));
		expect(await collectPages(send, REQUEST, paging(3), undefined)).toEqual(numbered(3));
	});

	it('passes on the failure of a later page', async () => {
		const { send } = provider((_query, call) => {
			if (call === 2) throw new Error('second page failed');
			return { data: numbered(3), envelope: { next: 'more' } };
		});
		await expect(collectPages(send, REQUEST, paging(3), undefined)).rejects.toThrow('second page failed');
	});
});

describe('providers that page badly', () => {
	it('a cursor that leads back is not followed for ever', async () => {
		const { send, asked } = provider(({ cursor }) => {
			const next = cursor === 'b' ? 'c' : 'b';
			return { data: [{ at: cursor ?? 'a' }], envelope: { next } };
		});
		expect(await collectPages(send, REQUEST, byCursor(1), undefined)).toEqual([
			{ at: 'a' },
			{ at: 'b' },
			{ at: 'c' },
		]);
		expect(asked.length).toBeLessThanOrEqual(4);
	});

	it('a list that starts again after its last page comes once', async () => {
		const { send } = provider(({ page: number }) => ({ data: [{ id: (Number(number) - 1) % 3 }] }));
		expect(await collectPages(send, REQUEST, byPage(1), undefined)).toEqual(numbered(3));
	});

	it('the last page given again and again comes once', async () => {
		const { send } = provider(({ page: number }) => ({ data: [{ id: Math.min(Number(number), 3) - 1 }] }));
		expect(await collectPages(send, REQUEST, byPage(1), undefined)).toEqual(numbered(3));
	});

	it('empty pages with a further cursor are not the end', async () => {
		const pages: Record<string, { data: unknown[]; next?: string }> = {
			start: { data: [], next: 'b' },
			b: { data: [], next: 'c' },
			c: { data: [{ id: 0 }] },
		};
		const { send } = provider(({ cursor }) => {
			const found = pages[typeof cursor === 'string' ? cursor : 'start'];
			return { data: found?.data, envelope: { next: found?.next } };
		});
		expect(await collectPages(send, REQUEST, byCursor(10), undefined)).toEqual(numbered(1));
	});

	it('pages that shrink on the way lose nothing', async () => {
		const all = numbered(20);
		const sizes = [7, 5, 3, 2, 2, 1];
		const { send } = provider(({ offset }, call) => ({
			data: all.slice(Number(offset), Number(offset) + (sizes[call - 1] ?? 0)),
			envelope: { total: all.length },
		}));
		expect(await collectPages(send, REQUEST, byOffset(7), undefined)).toEqual(all);
	});

	it('more elements than requested are cut off at the limit', async () => {
		const { send, asked } = provider(() => ({ data: numbered(50) }));
		expect(await collectPages(send, REQUEST, byPage(10), 4)).toEqual(numbered(4));
		expect(asked).toHaveLength(1);
	});

	it('an unreadable last page is no end', async () => {
		const { send } = provider(({ page: number }) => ({
			data: Number(number) <= 2 ? [{ id: Number(number) - 1 }] : [],
			envelope: { last: Number.NaN },
		}));
		expect(await collectPages(send, REQUEST, byPage(1), undefined)).toEqual(numbered(2));
	});

	it('page parameters go where the provider reads them, beside the request’s own', async () => {
		const paging = pageNumbers({ ...page, maxSize: 5, in: 'json' });
		const request: GatewayRequest = { method: 'POST', path: '/groups', json: { device_id: 'd' } };
		const { send, asked } = provider(({ page: number }) => ({ data: Number(number) === 1 ? numbered(5) : [] }));
		await collectPages(send, request, paging, undefined);
		expect(asked).toEqual([
			{ device_id: 'd', page: 1, limit: 5 },
			{ device_id: 'd', page: 2, limit: 5 },
		]);
	});
});

it.each([
	['tiny values', (call: number) => Array.from({ length: 300 }, () => ({ call, list: Array<number>(100).fill(0) }))],
	['long texts', (call: number) => [{ call, text: 'x'.repeat(1_000_000) }]],
])('ends a list of %s that has no end', async (_what, pageOf) => {
	const { asked, send } = provider((_query, call) => ({ data: pageOf(call) }));
	await expect(collectPages(send, REQUEST, byPage(300), undefined)).rejects.toThrow(
		'the list is too long to be held in memory; turn off Return All and set a lower Limit',
	);
	expect(asked.length).toBeGreaterThan(50);
});
