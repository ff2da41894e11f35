import type { IDataObject } from 'n8n-workflow';
import { messageEvent } from '../../../../nodes/shared/trigger/whatsapp/message';
import type { EventSource } from '../../../../nodes/shared/trigger/whatsapp/reading';
import { schemaProblemsOf } from '../../../support/eventSchema';
import { type Fixture, payloadOf, usualEvent } from './fixtures/base';
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

const source: EventSource = { provider: 'gateway', device: 'D1', raw: {}, timestamp: null, eventId: null };

/** The event of a message, as it would be after it went to the workflow as JSON, without the payload. */
function eventOf(message: IDataObject): object {
	return JSON.parse(JSON.stringify({ ...messageEvent(source, message), raw: undefined })) as object;
}

const TABLES: Array<[string, Fixture[]]> = [
	['plain content', plain],
	['files', files],
	['buttons, lists, templates', interactive],
	['trade and payment', trade],
	['context', context],
	['what is no message', noMessage],
	['stubs', stubs],
	['unknown parts', unknownParts],
	['wrappers', wrappers],
	['chat and sender', senders],
];

describe.each(TABLES)('%s', (_title, fixtures) => {
	it.each(fixtures)('$name', (fixture) => {
		const event = eventOf(payloadOf(fixture));
		expect(event).toEqual({ ...usualEvent, ...fixture.event });
		expect(schemaProblemsOf({ ...event, receivedAt: '2026-11-05T08:00:00.000Z' })).toEqual([]);
	});
});

/** Wrappers that say nothing but that they are there. */
const TRANSPARENT = [
	'ephemeralMessage',
	'documentWithCaptionMessage',
	'groupMentionedMessage',
	'botInvokeMessage',
	'botForwardedMessage',
	'questionMessage',
	'questionReplyMessage',
	'eventCoverImage',
	'pollCreationOptionImageMessage',
	'associatedChildMessage',
];

const wrap = (parts: unknown, ...keys: string[]): unknown =>
	keys.reduceRight((inner, key) => ({ [key]: { message: inner } }), parts);

/** Everything that a wrapper may be around. */
const wrappable = [...plain, ...files, ...interactive, ...trade, ...context].filter(
	({ parts }) => parts !== null && !('contextInfo' in Object(parts)),
);

describe('in wrappers', () => {
	it.each(TRANSPARENT)('%s changes nothing', (key) => {
		for (const fixture of wrappable) {
			expect([fixture.name, eventOf(payloadOf({ ...fixture, parts: wrap(fixture.parts, key) }))]).toEqual([
				fixture.name,
				{ ...usualEvent, ...fixture.event },
			]);
		}
	});

	it('eight deep change nothing', () => {
		for (const fixture of files) {
			const parts = wrap(fixture.parts, ...Array.from({ length: 7 }, (_, index) => TRANSPARENT[index] as string));
			expect(eventOf(payloadOf({ ...fixture, parts }))).toEqual({ ...usualEvent, ...fixture.event });
		}
	});

	it('add what they say, whatever is in them', () => {
		for (const fixture of wrappable) {
			const once = eventOf(
				payloadOf({ ...fixture, parts: wrap(fixture.parts, 'ephemeralMessage', 'viewOnceMessageV2') }),
			);
			if ((once as IDataObject).event !== 'message') continue;
			expect(once).toEqual({ ...usualEvent, ...fixture.event, viewOnce: true });
		}
	});
});

describe('the tables', () => {
	it('hold enough', () => {
		expect(TABLES.flatMap(([, fixtures]) => fixtures).length).toBeGreaterThan(200);
	});

	it.each(TABLES)('%s: each case is another one', (_title, fixtures) => {
		const cases = fixtures.map((fixture) => JSON.stringify(payloadOf(fixture)));
		expect(new Set(cases).size).toBeGreaterThanOrEqual(cases.length - 2);
	});

	it('a message comes with something, a notice without words', () => {
		for (const fixture of TABLES.flatMap(([, fixtures]) => fixtures)) {
			const event = messageEvent(source, payloadOf(fixture));
			if (event.event === 'notice') expect([fixture.name, event.text]).toEqual([fixture.name, null]);
			if (event.event !== 'message')
				expect([fixture.name, event.id === event.messageId]).toEqual([
					fixture.name,
					['message_reaction', 'poll_vote'].includes(event.event),
				]);
		}
	});
});
