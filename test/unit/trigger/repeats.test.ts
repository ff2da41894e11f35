import type { IDataObject } from 'n8n-workflow';
import type { GatewayEvent } from '../../../nodes/shared/trigger/event/event';
import { noticeOf } from '../../../nodes/shared/trigger/event/notice';
import { forgetTrigger } from '../../../nodes/shared/trigger/receive/memory';
import { type Claim, claimEvent, type Delivery, passEvent } from '../../../nodes/shared/trigger/receive/repeats';
import { eventWith } from '../../support/gatewayEvent';
import { heldBytes } from '../../support/memory';

let triggers = 0;

/** A trigger with its static data and a clock of its own. */
class Trigger {
	readonly name = `workflow ${++triggers}`;
	stored: IDataObject = {};
	now = 1_700_000_000_000;

	claim(part: Partial<GatewayEvent>, delivery: Partial<Delivery> = {}): Claim {
		return claimEvent(this.name, eventWith(part), this.stored, { arrivedAt: this.now, ...delivery });
	}

	/** The id of an event that starts an execution, which n8n takes; null for a repeat. */
	deliver(part: Partial<GatewayEvent>, delivery: Partial<Delivery> = {}): string | null {
		const claim = this.claim(part, delivery);
		claim.keep(this.stored);
		this.now += 1_000;
		return claim.isRepeat ? null : claim.id;
	}

	/** How many executions these start. */
	count(...parts: Array<Partial<GatewayEvent>>): number {
		return parts.filter((part) => this.deliver(part) !== null).length;
	}

	restart(): void {
		forgetTrigger(this.name);
		this.stored = JSON.parse(JSON.stringify(this.stored)) as IDataObject;
	}
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Hashes of payloads. */
const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

const contact = (phone: string) => ({ name: 'Budi', phones: [phone], waPhones: [], emails: [] });

const untimed = (id: string): Partial<GatewayEvent> => ({ id, identity: 'untimed', text: id });

describe('an event with an id', () => {
	it('starts once, in memory and after a restart', () => {
		const trigger = new Trigger();
		expect(trigger.count({ id: '1' }, { id: '2' }, { id: '1' })).toBe(2);
		trigger.restart();
		expect(trigger.count({ id: '2' }, { id: '3' }, { id: '1' })).toBe(1);
	});

	it('is claimed while n8n has not taken it, and free again once it is released', () => {
		const trigger = new Trigger();
		const claim = trigger.claim({ id: '1' });
		expect(trigger.claim({ id: '1' }).isRepeat).toBe(true);
		claim.release();
		expect(trigger.stored).toEqual({});
		expect(trigger.claim({ id: '1' }).isRepeat).toBe(false);
	});

	it('never falls together with another by what it says, even where repeats are ignored', () => {
		const trigger = new Trigger();
		const same = { text: 'yes' };
		expect(trigger.deliver({ id: '1', ...same }, { ignoreWithinMs: HOUR })).toBe('1');
		expect(trigger.deliver({ id: '2', ...same }, { ignoreWithinMs: HOUR })).toBe('2');
	});

	it('is not stored beside another one before n8n has taken it', () => {
		const trigger = new Trigger();
		const open = trigger.claim({ id: 'open' });
		trigger.deliver({ id: 'taken' });
		expect(trigger.stored.seenEvents).toBe('taken');
		open.release();
		expect(trigger.deliver({ id: 'open' })).toBe('open');
		expect(trigger.stored.seenEvents).toBe('taken open');
	});

	it('brings back what an execution beside it has overwritten with an older copy', () => {
		const trigger = new Trigger();
		trigger.count({ id: '1' }, { id: '2' }, { id: '3' });
		trigger.stored.seenEvents = '1';
		trigger.deliver({ id: '4' });
		expect(trigger.stored.seenEvents).toBe('1 2 3 4');
	});

	it.each([undefined, 'text', '[1,null]', '{"a":1}', '["event"', 7, { a: 1 }, [1, null]])(
		'is not troubled by %j in the stored data',
		(seen) => {
			const trigger = new Trigger();
			trigger.stored = { seenEvents: seen, seenStates: seen };
			expect(trigger.count({ id: 'event' }, { id: 'event' }, status('read'), status('read'))).toBe(2);
		},
	);
});

describe('a message that could not be read', () => {
	const placeholder = { event: 'notice', id: 'M:notice:unreadable', notice: noticeOf('unreadable'), messageId: 'M' };
	const content = { id: 'M', messageId: 'M' };

	it('never swallows its words', () => {
		expect(new Trigger().count(placeholder, content)).toBe(2);
	});

	it('is no news after its words, also after a restart', () => {
		const trigger = new Trigger();
		expect(trigger.count(content, placeholder)).toBe(1);
		trigger.restart();
		expect(trigger.count(placeholder)).toBe(0);
	});

	it('is news after the words of another message, and after n8n has refused its words', () => {
		const trigger = new Trigger();
		trigger.claim(content).release();
		expect(trigger.count({ id: 'other' }, placeholder)).toBe(2);
	});

	it('is not what another notice about a known message is', () => {
		const pinned = { event: 'notice', id: 'M:notice:pinned', notice: noticeOf('pinned') };
		expect(new Trigger().count(content, pinned)).toBe(2);
	});
});

const session = (state: string, more: Partial<GatewayEvent> = {}): Partial<GatewayEvent> => ({
	event: state === 'in' ? 'log_in' : 'log_out',
	identity: 'untimed',
	id: state === 'in' ? A : B,
	chat: { id: null, type: 'unknown' },
	session: { state, reason: null },
	...more,
});

function status(name: string, participant?: string): Partial<GatewayEvent> {
	const told = { messageId: 'M', name, code: null, final: null, delivered: null };
	return {
		event: 'message_status',
		id: `M:status:${name}:${participant ?? ''}`,
		status: { ...told, ...(participant ? { participant } : {}) },
	};
}

const edit = (text: string, own?: string): Partial<GatewayEvent> => ({
	event: 'message_edited',
	id: `M:edited:${own ?? text}`,
	target: { messageId: 'M' },
	text,
	...(own ? { timestamp: '2026-01-01T00:00:00.000Z' } : {}),
});

const reaction = (emoji: string | null, own?: string): Partial<GatewayEvent> => ({
	event: 'message_reaction',
	id: own ?? 'M:reaction:62812',
	target: { messageId: 'M' },
	reaction: { emoji },
});

describe('a state', () => {
	it.each([
		['out–in–out', [session('out'), session('in'), session('out')], 3],
		['out–out', [session('out'), session('out')], 1],
		['edits a–b–a', [edit('a', 'E1'), edit('b', 'E2'), edit('a', 'E3')], 3],
		['edits a–b–a without ids', [edit('a'), edit('b'), edit('a')], 3],
		['an edit told twice, once without its id', [edit('a', 'E1'), edit('a')], 1],
		['an edit that is delivered again later', [edit('a', 'E1'), edit('b', 'E2'), edit('a', 'E1')], 2],
		['a reaction told twice', [reaction('👍', 'R1'), reaction('👍')], 1],
		['a reaction that is taken back and put again', [reaction('👍'), reaction(null), reaction('👍')], 3],
		['delivered–delivered', [status('delivered'), status('delivered')], 1],
		['delivered–read–delivered', [status('delivered'), status('read'), status('delivered')], 3],
		['read by two', [status('read', 'x@lid'), status('read', 'y@lid'), status('read', 'x@lid')], 2],
	])('%s', (_name, parts, expected) => {
		expect(new Trigger().count(...parts)).toBe(expected);
	});

	it('of one delivery is not that of another, if its message has no id', () => {
		const delivered = (deliveryId: string): Partial<GatewayEvent> => ({
			event: 'message_status',
			id: `delivery_${deliveryId}:status:3`,
			status: { messageId: null, deliveryId, name: 'delivered', code: 3, final: true, delivered: true },
		});
		expect(new Trigger().count(delivered('1'), delivered('2'), delivered('2'))).toBe(2);
	});

	it('of a call is not that of another person, whose call has the same small number or none', () => {
		const call = (chat: string, id: string | null): Partial<GatewayEvent> => ({
			...{ event: 'call', identity: 'untimed', id: chat.repeat(32), chat: { id: chat, type: 'private' } },
			call: { id, isVideo: false, isGroup: null, state: 'ringing', reason: null },
		});
		expect(new Trigger().count(call('1', '7'), call('2', '7'), call('2', '7'))).toBe(2);
		expect(new Trigger().count(call('1', null), call('2', null), call('2', null))).toBe(2);
	});

	it('of an unnamed sender in a group may be another each time', () => {
		const unnamed = (own: string): Partial<GatewayEvent> => ({
			...reaction('👍', own),
			...{ chat: { id: '1@g.us', type: 'group' }, sender: { id: null, phone: null, name: null } },
		});
		expect(new Trigger().count(unnamed('R1'), unnamed('R2'), unnamed('R2'))).toBe(2);
	});

	it('is the same in another word for it', () => {
		const read = (name: string): Partial<GatewayEvent> => ({
			...status(name),
			status: { messageId: 'M', name, code: 4, final: null, delivered: true },
		});
		expect(new Trigger().count(read('READ'), read('read'))).toBe(1);
	});

	it.each([
		['reactions', reaction('👍', 'R1'), reaction('👍', 'R2')],
		['edits', edit('a', 'E1'), edit('a', 'E2')],
	])('%s of messages that are not named are not one', (_name, one, other) => {
		const target = { messageId: null };
		expect(new Trigger().count({ ...one, target }, { ...other, target })).toBe(2);
	});

	it('of a message is not that of another chat where each chat counts its messages', () => {
		const inChat = (id: string): Partial<GatewayEvent> => ({
			...edit('ok'),
			...{ channel: 'telegram', id: `${id}_5:edited:e9f70e0193b9`, target: { messageId: '5' } },
			chat: { id, type: 'private' },
		});
		expect(new Trigger().count(inChat('111'), inChat('222'), inChat('222'))).toBe(2);
	});

	const time = '2026-01-01T00:00:00.000Z';
	const editAt = (text: string, timestamp: string): Partial<GatewayEvent> => ({
		...edit(text),
		...{ timestamp, id: `M:edited:${text.repeat(12)}` },
	});
	const reactionAt = (emoji: string): Partial<GatewayEvent> => ({
		...reaction(emoji),
		...{ timestamp: time, id: `7_111_M:reaction:111:${time}` },
	});
	it.each([
		['edits a–b–a', [editAt('a', time), editAt('b', time), editAt('a', time)], 3],
		['reactions', [reactionAt('👍'), reactionAt('❤'), reactionAt('❤'), reactionAt('👍')], 3],
		[
			'an edit again after a later one',
			[editAt('a', time), editAt('b', '2026-01-01T00:00:05.000Z'), editAt('a', time)],
			2,
		],
	])('that comes back with the time of its message is new: %s', (_name, parts, expected) => {
		const trigger = new Trigger();
		expect(trigger.count(...parts)).toBe(expected);
	});

	it('with its own id is new after a restart: what came in between may have started nothing', () => {
		const trigger = new Trigger();
		trigger.deliver(session('in', { id: 'S1', identity: undefined }));
		passEvent(trigger.name, eventWith(session('out', { id: 'S2', identity: undefined })), trigger.now);
		trigger.restart();
		expect(trigger.deliver(session('in', { id: 'S1', identity: undefined }))).toBeNull();
		expect(trigger.deliver(session('in', { id: 'S3', identity: undefined }))).not.toBeNull();
	});

	it('is known after a restart, and comes back after another', () => {
		const trigger = new Trigger();
		expect(trigger.count(status('delivered'), status('read'))).toBe(2);
		trigger.restart();
		expect(trigger.count(status('read'))).toBe(0);
		trigger.restart();
		expect(trigger.count(status('delivered'))).toBe(1);
	});

	it('without id and time is reported again after half a minute', () => {
		const trigger = new Trigger();
		trigger.deliver(session('out'));
		trigger.now += 28_000;
		expect(trigger.deliver(session('out'))).toBeNull();
		trigger.now += 5_000;
		expect(trigger.deliver(session('out'))).not.toBeNull();
	});

	it('with id is a repeat however late', () => {
		const trigger = new Trigger();
		trigger.deliver(status('read'));
		trigger.now += 5 * HOUR;
		expect(trigger.deliver(status('read'))).toBeNull();
	});

	it('comes back after one that started nothing', () => {
		const trigger = new Trigger();
		trigger.deliver(session('out'));
		passEvent(trigger.name, eventWith(session('in')), trigger.now);
		expect(trigger.deliver(session('out'))).not.toBeNull();
	});

	it('that n8n did not take is reported again, and the one before it is the last', () => {
		const trigger = new Trigger();
		trigger.deliver(status('delivered'));
		trigger.claim(status('read')).release();
		expect(trigger.deliver(status('delivered'))).toBeNull();
		expect(trigger.deliver(status('read'))).not.toBeNull();
	});

	it('is of one device', () => {
		expect(new Trigger().count(session('out'), session('out', { device: 'd2', id: 'c'.repeat(32) }))).toBe(2);
	});
});

describe('a payload without id and time', () => {
	it('is a message each time it was answered, with its own id', () => {
		const trigger = new Trigger();
		const ids = [untimed(A), untimed(B), untimed(A), untimed(A)].map((part) => trigger.deliver(part));
		expect(new Set(ids).size).toBe(4);
		expect(ids[0]).toMatch(/^a{32}:\d{13}$/);
	});

	it('has its own id in the same millisecond', () => {
		const trigger = new Trigger();
		expect(trigger.claim(untimed(A)).id).not.toBe(trigger.claim(untimed(A)).id);
	});

	it('is a repeat once for each delivery that got no answer', () => {
		const trigger = new Trigger();
		trigger.claim(untimed(A)).unanswered(trigger.now);
		const second = trigger.claim(untimed(A));
		expect(second.isRepeat).toBe(true);
		second.unanswered(trigger.now);
		expect(trigger.deliver(untimed(B))).not.toBeNull();
		expect(trigger.deliver(untimed(A))).toBeNull();
		expect(trigger.deliver(untimed(A))).not.toBeNull();
	});

	it('is no repeat of an unanswered one after a day', () => {
		const trigger = new Trigger();
		trigger.claim(untimed(A)).unanswered(trigger.now);
		trigger.now += 24 * HOUR + 1;
		expect(trigger.deliver(untimed(A))).not.toBeNull();
	});

	it('keeps its id where n8n did not take it', () => {
		const trigger = new Trigger();
		const first = trigger.claim(untimed(A));
		first.unanswered(trigger.now);
		first.release();
		trigger.now += MINUTE;
		expect(trigger.deliver(untimed(A))).toBe(first.id);
	});

	it.each([
		[{ mark: 'D1' }, { mark: 'D1' }, true],
		[{ mark: 'D1' }, { mark: 'D2' }, false],
		[{ mark: 'D1', isFurtherAttempt: false }, { mark: 'D1', isFurtherAttempt: true }, true],
		[{ mark: 'D1', isFurtherAttempt: false }, { mark: 'D1', isFurtherAttempt: false }, false],
		[{ mark: 'D1', isFurtherAttempt: false }, { mark: 'D2', isFurtherAttempt: true }, false],
		[{ isFurtherAttempt: true }, { isFurtherAttempt: true }, false],
	])('after a delivery %j and one %j is a repeat: %p', (first, second, expected) => {
		const trigger = new Trigger();
		trigger.deliver(untimed(A), first);
		expect(trigger.deliver(untimed(A), second) === null).toBe(expected);
	});

	it('is another for the option if anything in it differs, read or not', () => {
		const trigger = new Trigger();
		const option = { ignoreWithinMs: 15_000 };
		expect(trigger.deliver({ ...untimed(A), text: null }, option)).not.toBeNull();
		expect(trigger.deliver({ ...untimed(B), text: null }, option)).not.toBeNull();
	});

	it('is dropped by the option within its time, unless something else came in between', () => {
		const trigger = new Trigger();
		const option = { ignoreWithinMs: 15_000 };
		const started = (part: Partial<GatewayEvent>) => trigger.deliver(part, option) !== null;
		expect([started(untimed(A)), started(untimed(A))]).toEqual([true, false]);
		expect([started(untimed(B)), started(untimed(A))]).toEqual([true, true]);
		// Not from the last repeat on: whoever repeats often enough would never be heard again.
		trigger.now += 12_000;
		expect(started(untimed(A))).toBe(false);
		trigger.now += 3_000;
		expect(started(untimed(A))).toBe(true);
	});

	it('is not dropped by the option after another of the chat that started nothing, or in another chat', () => {
		const trigger = new Trigger();
		const option = { ignoreWithinMs: 15_000 };
		trigger.deliver(untimed(A), option);
		const elsewhere = { ...untimed(A), chat: { id: '6289876543210', type: 'private' as const } };
		expect(trigger.deliver(elsewhere, option)).not.toBeNull();
		passEvent(trigger.name, eventWith(untimed(B)), trigger.now);
		expect(trigger.deliver(untimed(A), option)).not.toBeNull();
	});
});

describe('a payload with a time and no id', () => {
	const timed = (id: string, timestamp: string): Partial<GatewayEvent> => ({ id, identity: 'timed', timestamp });

	it('is one event, however soon or late it comes again', () => {
		const trigger = new Trigger();
		expect(trigger.deliver(timed(A, '2026-01-01T00:00:00.000Z'))).toBe(A);
		trigger.now += 48 * HOUR;
		expect(trigger.deliver(timed(A, '2026-01-01T00:00:00.000Z'))).toBeNull();
		trigger.restart();
		expect(trigger.deliver(timed(A, '2026-01-01T00:00:00.000Z'))).toBeNull();
	});

	it.each<[string, Partial<GatewayEvent>, Partial<GatewayEvent>]>([
		['rows', { interactive: { kind: 'list_reply', id: '1' } }, { interactive: { kind: 'list_reply', id: '2' } }],
		['contacts', { contacts: [contact('62811')] }, { contacts: [contact('62812')] }],
		['answered messages', { replyTo: 'M1' }, { replyTo: 'M2' }],
		['unknown kinds', { unread: ['fooMessage'] }, { unread: ['barMessage'] }],
	])('is not dropped by the option if what it says differs: %s', (_name, one, other) => {
		const trigger = new Trigger();
		const text = 'same';
		trigger.deliver({ ...timed(A, '2026-01-01T00:00:00.000Z'), text, ...one });
		const second = { ...timed(B, '2026-01-01T00:00:02.000Z'), text, ...other };
		expect(trigger.deliver(second, { ignoreWithinMs: 15_000 })).toBe(B);
	});

	it('is dropped by the option if another time is all that differs', () => {
		const trigger = new Trigger();
		trigger.deliver(timed(A, '2026-01-01T00:00:00.000Z'), { ignoreWithinMs: 15_000 });
		expect(trigger.deliver(timed(B, '2026-01-01T00:00:02.000Z'), { ignoreWithinMs: 15_000 })).toBeNull();
		expect(trigger.deliver(timed(B, '2026-01-01T00:00:02.000Z'))).toBe(B);
	});
});

describe('the memory', () => {
	it('holds a thousand events of a trigger, and fifty over a restart', () => {
		const trigger = new Trigger();
		for (let id = 0; id < 1_000; id++) trigger.deliver({ id: String(id) });
		expect(trigger.deliver({ id: '0' })).toBeNull();
		for (let id = 1_000; id < 1_010; id++) trigger.deliver({ id: String(id) });
		expect(trigger.deliver({ id: '5' })).toBe('5');
		expect((trigger.stored.seenEvents as string).split(' ')).toHaveLength(50);
	});

	it('keeps what a busy trigger has seen when many others come, and keeps triggers apart', () => {
		const busy = new Trigger();
		busy.deliver({ id: 'event' });
		for (let others = 0; others < 600; others++) {
			expect(new Trigger().deliver({ id: 'event' })).toBe('event');
			busy.stored = {};
			expect(busy.deliver({ id: 'event' })).toBeNull();
		}
	});

	it.each<[string, number, (long: string) => Partial<GatewayEvent>]>([
		['an id', 40, (long) => ({ id: long, chat: { id: long, type: 'group' } })],
		['a payload', 10, (long) => ({ ...untimed(long), device: long })],
		['a state', 10, (long) => ({ ...edit(long), target: { messageId: long }, device: long })],
	])('stays level where %s has four megabytes, %d times', (_what, calls, part) => {
		const trigger = new Trigger();
		const before = heldBytes();
		for (let call = 0; call < calls; call++) {
			const long = `${call}${'x'.repeat(4_000_000)}`;
			expect(trigger.deliver(part(long), { mark: long })).not.toBeNull();
		}
		expect(JSON.stringify(trigger.stored).length).toBeLessThan(10_000);
		expect(heldBytes() - before).toBeLessThan(8_000_000);
	});
});
