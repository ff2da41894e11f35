import type { INodeProperties } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Success } from '../../http/client';
import { measure } from '../../http/json';
import type { GatewayRequest, Parameters } from '../../http/request';
import { FieldRefusal, type ReadParameter } from './field';

/** Where a list can be begun other than at its start: an option of every operation that gets it. */
interface PageStart {
	/** One list for all operations, as `withOptions` wants it. */
	options: readonly [INodeProperties];
	/** Judges what is written; undefined for nothing. */
	schema: z.ZodType<number | string | undefined>;
	put: (request: GatewayRequest, start: number | string) => GatewayRequest;
}

/**
 * The most that is collected of one list, in values and in characters: a hundred thousand entries with twenty fields each.
 * It takes some 250 MB, and a provider whose pages have no end would otherwise take all that n8n has.
 */
const MAX_COLLECTED = { values: 2_000_000, characters: 64_000_000 };

/** How a list is asked for in pages. */
export interface Paging {
	/** Elements of one page at most. */
	maxSize: number;
	/** The request for the first page. */
	first: (request: GatewayRequest, size: number) => GatewayRequest;
	/**
	 * The request for the page after `answer`, or undefined if it was the last.
	 *
	 * @param request the one that `answer` belongs to
	 * @param received elements of that page
	 */
	next: (request: GatewayRequest, answer: Success, received: number) => GatewayRequest | undefined;
	/** The elements of a page, where they do not come as a list. */
	elements?: (data: unknown) => unknown[];
	/** For lists that need not be read from their beginning. */
	start?: PageStart;
}

/** An option left empty asks for nothing. */
const wholeNumber = (least: number) => {
	const error = `enter a whole number, ${least} or more`;
	const number = z.coerce.number({ error }).int({ error }).min(least, { error });
	return z.preprocess((written) => (written === '' ? undefined : written), number.optional());
};

/** Begins with another page than the first. */
function startPage(maxSize: number): Omit<PageStart, 'put'> {
	return {
		options: [
			{
				displayName: 'Start Page',
				name: 'startPage',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 2,
				description: `The page to start with, for reading a long list in parts. A page has as many entries as Limit says, at most ${maxSize}.`,
			},
		],
		schema: wholeNumber(1),
	};
}

/** Leaves out so many elements at the beginning. */
const skip = {
	options: [
		{
			displayName: 'Skip',
			name: 'skip',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 50,
			description: 'How many entries to skip, for reading a long list in parts',
		},
	],
	schema: wholeNumber(0),
} satisfies Omit<PageStart, 'put'>;

/**
 * The request for a list from where the user wants it to begin.
 *
 * @throws FieldRefusal naming the option
 */
export function beginning(
	paging: Paging | undefined,
	request: GatewayRequest,
	parameter: ReadParameter,
): GatewayRequest {
	if (!paging?.start) return request;
	const { options, schema, put } = paging.start;
	const name = `options.${options[0].name}`;
	const parsed = schema.safeParse(parameter(name) ?? undefined);
	if (!parsed.success) throw new FieldRefusal(name, parsed.error.issues[0]?.message ?? '');
	return parsed.data === undefined ? request : put(request, parsed.data);
}

/** A list that comes whole, of which Limit takes the first elements. */
export const wholeList: Paging = {
	maxSize: Number.MAX_SAFE_INTEGER,
	first: (request) => request,
	next: () => undefined,
};

interface PagingOptions {
	/** Name of the parameter for the page size. */
	size: string;
	maxSize: number;
	/** Where the provider reads them. */
	in?: 'query' | 'json' | 'form';
}

/**
 * Pages by number, the first being 1.
 *
 * @param lastPage number of the last page, from the answer's envelope; without it, an empty page ends the list
 */
export function pageNumbers(
	options: PagingOptions & { page: string; lastPage?: (envelope: unknown) => number | undefined },
): Paging {
	const put = putter(options);
	return {
		maxSize: options.maxSize,
		first: (request, size) =>
			put(request, { [options.page]: Number(read(request, options, options.page) ?? 1), [options.size]: size }),
		start: { ...startPage(options.maxSize), put: (request, page) => put(request, { [options.page]: page }) },
		next: (request, answer, received) => {
			const page = Number(read(request, options, options.page));
			const last = options.lastPage?.(answer.envelope);
			if (received === 0 || (last !== undefined && page >= last)) return undefined;
			return put(request, { [options.page]: page + 1 });
		},
	};
}

/**
 * Pages by offset, the first element being 0. What was received counts, not what was asked for, since a provider may
 * give shorter pages than asked.
 *
 * @param total number of elements in all, from the answer's envelope; without it, an empty page ends the list
 */
export function offsets(
	options: PagingOptions & { offset: string; total?: (envelope: unknown) => number | undefined },
): Paging {
	const put = putter(options);
	return {
		maxSize: options.maxSize,
		first: (request, size) =>
			put(request, {
				[options.offset]: Number(read(request, options, options.offset) ?? 0),
				[options.size]: size,
			}),
		start: { ...skip, put: (request, offset) => put(request, { [options.offset]: offset }) },
		next: (request, answer, received) => {
			const offset = Number(read(request, options, options.offset)) + received;
			const total = options.total?.(answer.envelope);
			if (received === 0 || (total !== undefined && offset >= total)) return undefined;
			return put(request, { [options.offset]: offset });
		},
	};
}

/**
 * Pages by a cursor that each answer gives for the next.
 *
 * @param next the cursor in the answer's envelope; none at the end
 * @param start the option for a cursor to begin with, where an ID of an element is one
 */
export function cursors(
	options: PagingOptions & {
		cursor: string;
		next: (envelope: unknown) => string | undefined;
		start?: { option: INodeProperties; schema: z.ZodType<string | undefined> };
	},
): Paging {
	const put = putter(options);
	return {
		maxSize: options.maxSize,
		first: (request, size) => put(request, { [options.size]: size }),
		next: (request, answer) => {
			const cursor = options.next(answer.envelope);
			const isNew = cursor && cursor !== read(request, options, options.cursor);
			return isNew ? put(request, { [options.cursor]: cursor }) : undefined;
		},
		...(options.start && {
			start: {
				options: [options.start.option],
				schema: options.start.schema,
				put: (request, cursor) => put(request, { [options.cursor]: cursor }),
			},
		}),
	};
}

/**
 * Asks for pages until the list or the limit ends.
 *
 * @param limit elements wanted; undefined for all
 * @throws what `send` throws; and an Error if a page is no list, or the list is longer than memory allows
 */
export async function collectPages(
	send: (request: GatewayRequest) => Promise<Success>,
	request: GatewayRequest,
	paging: Paging,
	limit: number | undefined,
): Promise<unknown[]> {
	const collected: unknown[] = [];
	const size = Math.min(limit ?? paging.maxSize, paging.maxSize);
	// A provider that ignores the page, or leads in a circle, would otherwise be asked for ever.
	const seen = new Set<string>();
	const held = { values: 0, characters: 0 };
	let current: GatewayRequest | undefined = paging.first(request, size);

	while (current && (limit === undefined || collected.length < limit)) {
		const answer: Success = await send(current);
		const page = elementsOf(paging, answer);
		const text = JSON.stringify(page);
		if (page.length > 0 && !isNew(seen, text)) break;
		held.values += measure(text).values;
		held.characters += text.length;
		if (held.values > MAX_COLLECTED.values || held.characters > MAX_COLLECTED.characters) {
			throw new Error('the list is too long to be held in memory; turn off Return All and set a lower Limit');
		}
		for (const element of page) collected.push(element);
		current = paging.next(current, answer, page.length);
		if (current && !isNew(seen, JSON.stringify(current))) break;
	}
	return limit === undefined ? collected : collected.slice(0, limit);
}

/**
 * The elements of a page.
 *
 * @throws Error if it is no list
 */
export function elementsOf(paging: Paging, { data }: Success): unknown[] {
	// An answer without content says yes and lists nothing.
	const elements = paging.elements ? paging.elements(data) : (data ?? []);
	if (!Array.isArray(elements)) throw new Error('the provider returned something other than a list');
	return elements;
}

function isNew(seen: Set<string>, text: string): boolean {
	const hash = createHash('sha256').update(text).digest('base64');
	if (seen.has(hash)) return false;
	seen.add(hash);
	return true;
}

function putter(options: PagingOptions) {
	const place = options.in ?? 'query';
	return (request: GatewayRequest, values: Parameters): GatewayRequest => ({
		...request,
		[place]: { ...request[place], ...values },
	});
}

function read(request: GatewayRequest, options: PagingOptions, name: string): unknown {
	return request[options.in ?? 'query']?.[name];
}
