import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { GatewayTrigger } from '../../../../nodes/shared/trigger/definition';
import { inOrder } from '../../../../nodes/shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';
import type { Deployment } from '../../triggerHost';
import { firstItems, post, type TriggerBench } from './bench';
import { processorMs } from '../../processorTime';

/** A payload of a provider, and the whole event that it is, without `raw`. */
export interface PayloadRow {
	name: string;
	body: IDataObject;
	event: IDataObject;
}

/** The payloads of a provider whose messages come in fields of its own. */
export interface PayloadTable {
	gateway: GatewayTrigger;
	headers?: Record<string, string>;
	/** The address that the provider has for a published workflow. */
	address: (wf: Deployment) => string;
	rows: PayloadRow[];
	/** A text message with every field that the provider is known to send. */
	sample: () => IDataObject;
	/** What the sample says. */
	text: string;
	/** Fields, by their path, without which a payload is none of the provider's. */
	identity: string[];
	/** Fields whose value decides what a message says. */
	content: string[];
}

/** An event whose payload names no id. */
export const hashed = expect.stringMatching(/^[0-9a-f]{32}/) as string;

/** What a notice has in place of the words. */
export const unreadable = { event: 'notice', type: 'unknown', text: null } as const;
export const EMPTY = { kind: 'unreadable', name: 'unreadable', reason: 'empty' };

/** A file without anything that it need not have. */
export const file = (mimeType: string | null, more: IDataObject = {}): IDataObject => ({
	mimeType,
	url: null,
	reference: null,
	fileName: null,
	caption: null,
	...more,
});

const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

/** What a field may hold that nobody expects. */
const ODD: Array<[name: string, value: unknown]> = [
	['nothing', undefined],
	['null', null],
	['an empty text', ''],
	['a text', 'x'],
	['a long text', '@'.repeat(200_000)],
	['0', 0],
	['1', 1],
	['a negative number', -1],
	['a huge number', 1e300],
	['true', true],
	['false', false],
	['an empty list', []],
	['an empty object', {}],
	['a list of lists', [[[]]]],
	['a list of objects', [{ a: 1 }, { b: 2 }]],
	['an object', { a: 1 }],
	['a prototype', JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')],
	['something deep', deep(90)],
	['JSON', '{"a":{"b":[1]}}'],
];

const EVENT_NAMES = ['message', 'notice', 'unknown', 'call', 'message_edited', 'message_deleted'];

/** Every path of a payload, parts and what is in them. */
function pathsOf(body: IDataObject, before = ''): string[] {
	return Object.entries(body).flatMap(([name, value]) => {
		const path = `${before}${name}`;
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? [path, ...pathsOf(value as IDataObject, `${path}.`)] : [path];
	});
}

/** The payload with another value at a path. */
function withValue(body: IDataObject, path: string, value: unknown): IDataObject {
	const [name = '', ...rest] = path.split('.');
	const inner = rest.length === 0 ? value : withValue(body[name] as IDataObject, rest.join('.'), value);
	return { ...body, [name]: inner as IDataObject };
}

/** What is wrong with an event. */
function problemsOf(event: GatewayEvent): string[] {
	const { text, sender, chat, id, timestamp, media } = event;
	const rules: Array<[name: string, isKept: boolean]> = [
		['event', EVENT_NAMES.includes(event.event) || /^(message_|poll_)/.test(event.event)],
		['a notice without words', event.event !== 'notice' || (text === null && event.notice !== undefined)],
		['text', text === null || typeof text === 'string'],
		['id', id !== '' && id.length <= 256],
		['phone', [sender.phone, chat.phone ?? null].every((phone) => phone === null || /^\d{5,20}$/.test(phone))],
		['lid', [sender.lid, chat.lid].every((lid) => lid === undefined || /^\d{5,20}@lid$/.test(lid))],
		['address', chat.address === undefined || /^(\d{5,20}@s\.whatsapp\.net|\d+(-\d+)?@g\.us)$/.test(chat.address)],
		['timestamp', timestamp === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(timestamp)],
		['media', media === null || typeof media.mimeType === 'string' || media.mimeType === null],
		['unread', (event.unread ?? []).length < 100 && (event.unread ?? []).every((name) => name.length <= 100)],
		['prototype', ({} as IDataObject).polluted === undefined],
	];
	return rules.filter(([, isKept]) => !isKept).map(([name]) => name);
}

/** An item without the time at which n8n got it. */
function withoutArrival(item: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'receivedAt'));
}

/** What becomes of the payloads of a provider: each row's whole event, and of any other at least something. */
export function describePayloads(trigger: TriggerBench, table: PayloadTable): void {
	const { gateway, headers = {}, rows, sample, text, identity, content } = table;
	const parse = (body: unknown): GatewayEvent[] | undefined =>
		gateway.parse({ headers, query: {}, body, rawBody: undefined });

	describe('payloads', () => {
		it.each(rows)('$name', ({ body, event }) => {
			const events = (parse(body) ?? []).map(inOrder);
			const [found, ...others] = JSON.parse(JSON.stringify(events)) as IDataObject[];
			delete found?.raw;
			// What a trigger does not return.
			delete found?.identity;
			expect(found).toEqual(event);
			expect(others).toEqual([]);
		});

		it('are many, and each is another one', () => {
			expect(rows.length).toBeGreaterThanOrEqual(35);
			expect(new Set(rows.map(({ body }) => JSON.stringify(body))).size).toBe(rows.length);
		});

		it('all start an execution in n8n with All Events, and come out as they are in the table', async () => {
			const options = { includeOwn: true, includeStories: true };
			const wf = await trigger.publish({ events: ['*'], options });
			const statuses: number[] = [];
			for (const { body } of rows) statuses.push((await post(table.address(wf), body, headers)).status);
			expect(new Set(statuses)).toEqual(new Set([200]));
			expect((await firstItems(wf)).map(withoutArrival)).toEqual(rows.map(({ event }) => event));
		});

		it('start an execution by default only if a person wrote to us', async () => {
			const wf = await trigger.publish();
			for (const { body } of rows) await post(table.address(wf), body, headers);
			const expected = rows.filter(
				({ event }) => event.event === 'message' && event.direction === 'incoming' && event.isStory !== true,
			);
			expect((await firstItems(wf)).map(withoutArrival)).toEqual(expected.map(({ event }) => event));
		});
	});

	describe('a payload with a field of another type', () => {
		const paths = pathsOf(sample());

		it.each(paths)('"%s" is never lost', (path) => {
			for (const [name, value] of ODD) {
				const body = withValue(sample(), path, value);
				const events = parse(body);
				if (events === undefined) {
					expect([name, path]).toEqual([name, identity.includes(path) ? path : 'not refused']);
					continue;
				}
				expect([name, events.length > 0, events.flatMap(problemsOf)]).toEqual([name, true, []]);
				const [event] = events;
				if (content.some((each) => path === each || each.startsWith(`${path}.`))) continue;
				expect([name, event?.event, event?.text]).toEqual([name, 'message', text]);
			}
		});

		it('is an event or refused, whatever several of them hold', () => {
			const odd = fc.oneof(fc.constantFrom(...ODD.map(([, value]) => value)), fc.jsonValue({ maxDepth: 3 }));
			const changes = fc.array(fc.tuple(fc.constantFrom(...paths), odd), { maxLength: 5 });
			fc.assert(
				fc.property(changes, fc.dictionary(fc.string(), odd, { maxKeys: 3 }), (changed, surplus) => {
					// Parts first: what was in one that is replaced is gone with it.
					const [...ordered] = changed.sort(([one], [other]) => other.length - one.length);
					const body = ordered.reduce((now, [path, value]) => withValue(now, path, value), sample());
					expect((parse({ ...surplus, ...body }) ?? []).flatMap(problemsOf)).toEqual([]);
				}),
				{ numRuns: 1_000 },
			);
		});

		it('that is unknown is named, and what it says is not lost', () => {
			const target = pathsOf(sample()).includes('data.chat_id') ? 'data.' : '';
			const [known] = parse(withValue(sample(), `${target}surplus`, { a: 1 })) ?? [];
			expect(known).toMatchObject({ event: 'message', text, unread: ['surplus'] });

			const empty = content.reduce((now, path) => withValue(now, path, null), sample());
			const [told] = parse(withValue(empty, `${target}surplus`, { text: 'What nobody knows' })) ?? [];
			expect(told).toMatchObject({
				event: 'message',
				type: 'unknown',
				text: 'What nobody knows',
				unread: ['surplus'],
			});
			const [nothing] = parse(withValue(empty, `${target}surplus`, true)) ?? [];
			expect(nothing).toMatchObject({ ...unreadable, notice: EMPTY, unread: ['surplus'] });
			const [object] = parse(withValue(empty, `${target}surplus`, { emoji: 1 })) ?? [];
			expect(object).toMatchObject({ ...unreadable, notice: { kind: 'other', name: 'unknown' } });
		});

		it('is read in time that grows with its size alone', async () => {
			const names = Array.from({ length: 100_000 }, (_, index) => [`field ${index}`, index] as const);
			const large = { ...Object.fromEntries(names), ...sample() };
			expect(await processorMs(() => parse(large))).toBeLessThan(5_000);
			const [event] = parse(large) ?? [];
			expect(event).toMatchObject({ event: 'message', text });
			expect(event?.unread?.length).toBe(40);
		});
	});
}
