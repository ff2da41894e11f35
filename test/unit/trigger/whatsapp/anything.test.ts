import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { callEvent } from '../../../../nodes/shared/trigger/whatsapp/call';
import { messageEvent } from '../../../../nodes/shared/trigger/whatsapp/message';
import { namedEvent } from '../../../../nodes/shared/trigger/whatsapp/namedEvent';
import type { EventSource } from '../../../../nodes/shared/trigger/whatsapp/reading';
import { failureEvent, receiptEvent } from '../../../../nodes/shared/trigger/whatsapp/status';
import {
	deletionEvent,
	reactionEvent,
	tallyEvent,
	updateEvents,
} from '../../../../nodes/shared/trigger/whatsapp/update';
import { type Fixture, payloadOf } from './fixtures/base';
import { context } from './fixtures/context';
import { files } from './fixtures/files';
import { interactive } from './fixtures/interactive';
import { noMessage } from './fixtures/noMessage';
import { plain } from './fixtures/plain';
import { senders } from './fixtures/senders';
import { stubs } from './fixtures/stubs';
import { trade } from './fixtures/trade';
import { unknownParts } from './fixtures/unknown';
import { wrappers } from './fixtures/wrappers';
import { processorMs } from '../../../support/processorTime';

const ALL: Fixture[] = [
	...[plain, files, interactive, trade, context],
	...[noMessage, stubs, unknownParts, wrappers, senders],
].flat();

const source: EventSource = { provider: 'gateway', device: null, raw: { a: 1 }, timestamp: null, eventId: 'e1' };

const EVENTS = new Set([
	'message',
	'message_edited',
	'message_deleted',
	'message_reaction',
	'poll_vote',
	'message_status',
	'call',
	'notice',
	'named',
]);

const TYPES = new Set(
	'text image video audio document sticker location contact poll order product invite calendar payment reaction unknown'.split(
		' ',
	),
);

/** Every way in which an object that a gateway posts is read. */
const READERS: Array<(element: IDataObject) => unknown> = [
	(element) => messageEvent(source, element),
	(element) =>
		messageEvent({ ...source, isOwn: true, age: 'queued', account: { phone: '1234567', lid: null } }, element),
	(element) => updateEvents(source, element) ?? [],
	(element) => updateEvents(source, { key: element.key, update: element }) ?? [],
	(element) => reactionEvent(source, element),
	(element) => deletionEvent(source, element),
	(element) => tallyEvent(source, element),
	(element) => receiptEvent(source, element),
	(element) => failureEvent(source, element) ?? [],
	(element) => callEvent(source, element),
	(element) => namedEvent(source, 'named', element),
];

type Read = ReturnType<typeof messageEvent>;

/** What is wrong with an event; matchers are too slow for so many. */
function problemsOf({ event, type, id, direction, text, timestamp, sender }: Read): string[] {
	const rules: Array<[name: string, isKept: boolean]> = [
		['event', EVENTS.has(event)],
		['type', TYPES.has(type)],
		['id', id !== '' && id.length <= 200],
		['direction', ['incoming', 'outgoing'].includes(direction)],
		['text', text === null || (typeof text === 'string' && event !== 'notice')],
		['timestamp', timestamp === null || !Number.isNaN(Date.parse(timestamp))],
		['phone', sender.phone === null || /^\d{5,20}$/.test(sender.phone)],
		['lid', sender.lid === undefined || /^\d{5,20}@lid$/.test(sender.lid)],
		['prototype', !('polluted' in {})],
	];
	return rules.flatMap(([name, isKept]) => (isKept ? [] : [`${event}: ${name}`]));
}

function checkAll(element: IDataObject): void {
	const events = READERS.flatMap((read) => read(element) as Read | Read[]);
	expect(events.flatMap(problemsOf)).toEqual([]);
}

/** Values that no field expects. */
const odd = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom<unknown>(
		null,
		'',
		0,
		-1,
		1e308,
		true,
		[],
		{},
		'x'.repeat(250),
		'{"a":',
		'[]',
		'@',
		'1@lid',
		'\u0000',
	),
	fc.constantFrom<unknown>({ message: {} }, { low: 1, high: -1 }, { type: 'Buffer', data: [300, -1] }, [null, [[]]]),
	fc.constant(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as unknown),
);

/** A payload in which one place holds something else. */
function mutated(value: unknown, path: number[], replacement: unknown): unknown {
	const [step, ...rest] = path;
	if (step === undefined || typeof value !== 'object' || value === null) return replacement;
	const keys = Object.keys(value);
	if (keys.length === 0) return replacement;
	const key = keys[step % keys.length] as string;
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
	copy[key] = mutated(copy[key], rest, replacement);
	return copy;
}

describe('any payload', () => {
	it('that is one of the tables with something else in some places becomes events of the known form', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ALL),
				fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }), odd), {
					minLength: 1,
					maxLength: 3,
				}),
				(fixture, changes) => {
					let element: unknown = payloadOf(fixture);
					for (const [path, replacement] of changes) element = mutated(element, path, replacement);
					checkAll(element as IDataObject);
				},
			),
			{ numRuns: 600 },
		);
	});

	it('of any kind becomes events of the known form', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom('key', 'message', 'update', 'messageStubType', '__proto__', 'x'), odd),
				(element) => checkAll(element as IDataObject),
			),
			{ numRuns: 300 },
		);
	});
});

describe('a payload that is made to take long', () => {
	const nested = (depth: number, key: string): unknown => {
		let inner: unknown = { conversation: 'Halo' };
		for (let level = 0; level < depth; level++) inner = { [key]: { message: inner } };
		return inner;
	};
	const many = <T>(value: T, count = 200_000): T[] => Array.from({ length: count }, () => value);
	const long = 'a'.repeat(2_000_000);
	const card = `BEGIN:VCARD\n${'TEL;waid=1:+1\n'.repeat(50_000)}END:VCARD`;
	const quote = (depth: number): unknown => {
		let inner: unknown = { conversation: 'x' };
		for (let level = 0; level < depth; level++) {
			inner = { extendedTextMessage: { text: 'x', contextInfo: { stanzaId: 'a', quotedMessage: inner } } };
		}
		return inner;
	};

	it.each<[string, unknown]>([
		['wrappers 5,000 deep', nested(5_000, 'ephemeralMessage')],
		['unknown wrappers 5,000 deep', nested(5_000, 'newMessage')],
		['quotes 5,000 deep', quote(5_000)],
		['a long text', { conversation: long }],
		['many keys', Object.fromEntries(many(0, 100_000).map((_, index) => [`key${index}`, { text: 'x' }]))],
		['many options', { pollCreationMessage: { name: 'x', options: many({ optionName: 'y' }) } }],
		['many cards', { contactsArrayMessage: { contacts: many({ displayName: 'x', vcard: card }, 2_000) } }],
		['one long card', { contactMessage: { vcard: `BEGIN:VCARD\nFN:${long}\n${'\\'.repeat(100_000)}\nEND:VCARD` } }],
		['a card of folded lines', { contactMessage: { vcard: `BEGIN:VCARD\nN:${'\n ;'.repeat(300_000)}` } }],
		[
			'a card of semicolons',
			{ contactMessage: { vcard: `BEGIN:VCARD\nORG:${';'.repeat(150_000)}x\nN:${'\\;'.repeat(20_000)}` } },
		],
		[
			'many cards of a carousel',
			{ interactiveMessage: { carouselMessage: { cards: many({ header: { imageMessage: {} } }) } } },
		],
		['many mentions', { extendedTextMessage: { text: 'x', contextInfo: { mentionedJid: many('1234567@lid') } } }],
		[
			'an answer of deep JSON',
			{ interactiveResponseMessage: { nativeFlowResponseMessage: { paramsJson: `${'[{"a":'.repeat(50_000)}` } } },
		],
		[
			'an answer of JSON 3,000 deep',
			{
				interactiveResponseMessage: {
					nativeFlowResponseMessage: { paramsJson: `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}` },
				},
			},
		],
		[
			'long ids',
			{ reactionMessage: { key: { id: long, remoteJid: long, participant: `${long}@lid` }, text: '👍' } },
		],
		['long bytes', { extendedTextMessage: { text: 'x', contextInfo: { ctwaPayload: many(1) } } }],
		['many members', { protocolMessage: { type: 0, key: { participant: long } } }],
	])('%s does not', async (_name, parts) => {
		const element = { key: { id: 'A', remoteJid: '1234567@s.whatsapp.net' }, message: parts } as IDataObject;
		const whole = { ...element, messageStubParameters: many('x@lid', 50_000) };
		expect(await processorMs(() => messageEvent(source, whole))).toBeLessThan(10_000);
		const event = messageEvent(source, whole);
		expect(event.id.length).toBeLessThanOrEqual(200);
		expect(event.contacts?.length ?? 0).toBeLessThanOrEqual(100);
		expect(event.unread?.length ?? 0).toBeLessThanOrEqual(100);
	});
});
