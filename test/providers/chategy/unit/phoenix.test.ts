import * as fc from 'fast-check';
import {
	type Frame,
	HEARTBEAT_MS,
	parseFrame,
	PhoenixRoom,
	REPLY_LIMIT_MS,
	writeFrame,
} from '../../../../nodes/Chategy/api/socket/phoenix';
import { GatewayError } from '../../../../nodes/shared/http/gatewayError';
import { broken, FakeSocket, pushed, replyTo } from './fakeSocket';

const TOPIC = 'room:v1:telegram:auth';

const ref = fc.option(fc.string(), { nil: null });
const frames: fc.Arbitrary<Frame> = fc.record({
	joinRef: ref,
	ref,
	topic: fc.string(),
	event: fc.string(),
	payload: fc.jsonValue(),
});

describe('a message', () => {
	it('is read as it was written', () => {
		fc.assert(
			fc.property(frames, (frame) => {
				const plain: unknown = JSON.parse(JSON.stringify(frame));
				expect(parseFrame(writeFrame(frame))).toEqual(plain);
			}),
		);
	});

	it('may have numbers as references', () => {
		fc.assert(
			fc.property(fc.integer(), fc.integer(), (joinRef, own) => {
				const text = JSON.stringify([joinRef, own, TOPIC, 'phx_reply', {}]);
				expect(parseFrame(text)).toMatchObject({ joinRef: String(joinRef), ref: String(own) });
			}),
		);
	});

	it('is a list of two references, two texts and a payload, and nothing else is a message', () => {
		const part = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean(), fc.constant({}));
		const isRef = (value: unknown): boolean => value === null || ['string', 'number'].includes(typeof value);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
				const [joinRef, own, topic, event] = parts;
				const isMessage =
					parts.length === 5 &&
					isRef(joinRef) &&
					isRef(own) &&
					typeof topic === 'string' &&
					typeof event === 'string';
				expect(parseFrame(JSON.stringify(parts)) !== undefined).toBe(isMessage);
			}),
			{ numRuns: 500 },
		);
	});

	it('is never found in other texts, and none of them causes an error', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(parseFrame(text)).toBeUndefined()));
		fc.assert(
			fc.property(frames, fc.nat(), (frame, cut) => {
				const text = writeFrame(frame);
				expect(parseFrame(text.slice(0, cut % text.length))).toBeUndefined();
			}),
		);
	});
});

let socket: FakeSocket;
let room: PhoenixRoom;
beforeEach(() => {
	socket = new FakeSocket();
	socket.answer = (frame) => replyTo(frame);
	room = new PhoenixRoom(socket, TOPIC, 'Chategy', socket.now);
});

const failureOf = async (promise: Promise<unknown>) =>
	await promise.then(
		() => undefined,
		(error: unknown) => (error instanceof GatewayError ? error.failure : error),
	);

const state = (status: string): Frame => pushed(TOPIC, 'auth_state', { status });

describe('a room', () => {
	it('is joined, pushed into and left by the messages of the protocol', async () => {
		expect(await room.join()).toEqual({ ok: true, response: {} });
		await room.push('send_code', { code: '12345' });
		room.leave();
		const written = socket.sent.map(({ joinRef, ref: own, topic, event, payload }) => [
			joinRef,
			own,
			topic,
			event,
			payload,
		]);
		expect(written).toEqual([
			['1', '1', TOPIC, 'phx_join', {}],
			['1', '2', TOPIC, 'send_code', { code: '12345' }],
			['1', '3', TOPIC, 'phx_leave', {}],
		]);
	});

	it('may be left when the connection is gone', async () => {
		await socket.close();
		expect(() => room.leave()).not.toThrow();
	});

	it.each([
		['response', { status: 'error', response: { reason: 'no' } }, { ok: false, response: { reason: 'no' } }],
		['reply, as the collection has it', { reply: {}, status: 'ok' }, { ok: true, response: {} }],
		['nothing', { status: 'ok' }, { ok: true, response: undefined }],
		['no status', { response: {} }, { ok: false, response: undefined }],
		['no object', 'ok', { ok: false, response: undefined }],
	])('understands a reply with %s', async (_what, payload, reply) => {
		socket.answer = (frame) => replyTo(frame, payload);
		expect(await room.join()).toEqual(reply);
	});

	it('accepts only the reply with its own reference, as text or number', async () => {
		socket.answer = ({ ref: own, ...frame }) => {
			socket.arrive(replyTo({ ...frame, ref: null }, { status: 'error' }));
			socket.arrive(replyTo({ ...frame, ref: `${own}0` }, { status: 'error' }));
			return JSON.stringify([1, Number(own), TOPIC, 'phx_reply', { status: 'ok', response: 'mine' }]);
		};
		expect(await room.join()).toEqual({ ok: true, response: 'mine' });
		expect(await room.push('reset', {})).toEqual({ ok: true, response: 'mine' });
	});

	it('skips what is not a message, and messages for other rooms', async () => {
		socket.answer = (frame) => {
			for (const text of ['', 'hello', '[]', '{}', '[1,2,3]']) socket.arrive(text);
			socket.arrive(replyTo({ ...frame, topic: 'room:v1:other' }, { status: 'error' }));
			return replyTo(frame);
		};
		expect(await room.join()).toMatchObject({ ok: true });
	});

	it('keeps the events that come before a reply', async () => {
		socket.answer = (frame) => {
			socket.arrive(state('wait_phone'));
			return replyTo(frame);
		};
		await room.join();
		await room.push('reset', {});
		socket.arrive(state('wait_code'), 5_000);
		expect(await room.next(0)).toEqual({ event: 'auth_state', payload: { status: 'wait_phone' } });
		expect(await room.next(0)).toMatchObject({ payload: { status: 'wait_phone' } });
		expect(await room.next(10_000)).toMatchObject({ payload: { status: 'wait_code' } });
	});

	it('keeps only the newest of many', async () => {
		socket.answer = (frame) => {
			for (let index = 0; index < 1_000; index++) socket.arrive(state(String(index)));
			return replyTo(frame);
		};
		await room.join();
		expect(await room.next(0)).toMatchObject({ payload: { status: '900' } });
	});

	it.each(['phx_error', 'phx_close'])('ends with %s', async (event) => {
		await room.join();
		socket.arrive(pushed('room:v1:other', event, {}));
		socket.arrive(pushed(TOPIC, event, {}), 1_000);
		expect(await failureOf(room.next(60_000))).toMatchObject({
			provider: 'Chategy',
			kind: 'network',
			outcome: 'unknown',
			words: 'the server closed the session',
		});
	});

	it('reports that the connection broke', async () => {
		await room.join();
		socket.arrive(broken(), 100);
		expect(await failureOf(room.push('reset', {}))).toBeUndefined();
		expect(await failureOf(room.next(1_000))).toMatchObject({ kind: 'network' });
	});
});

describe('the time limits of a room', () => {
	it('are 10 seconds for joining and for a push, whatever else arrives', async () => {
		socket.answer = () => undefined;
		for (const ask of [async () => await room.join(), async () => await room.push('reset', {})]) {
			const start = socket.time;
			for (let ms = 0; ms < 20_000; ms += 300) socket.arrive(state('wait_phone'), ms);
			expect(await failureOf(ask())).toMatchObject({ kind: 'timeout', outcome: 'unknown', timeLimitMs: 10_000 });
			expect(socket.time - start).toBeLessThanOrEqual(REPLY_LIMIT_MS + 300);
			expect(socket.time - start).toBeGreaterThanOrEqual(REPLY_LIMIT_MS);
		}
	});

	it('let a reply count that comes just in time', async () => {
		socket.answer = (frame) => {
			socket.arrive(replyTo(frame), REPLY_LIMIT_MS);
			return undefined;
		};
		expect(await room.join()).toMatchObject({ ok: true });
	});

	it('hold for events, whatever else is skipped', async () => {
		await room.join();
		const start = socket.time;
		for (let ms = 0; ms < 20_000; ms += 100) {
			socket.arrive(pushed('room:v1:other', 'auth_state', {}), ms);
			socket.arrive(replyTo({ ...state(''), ref: '77' }), ms);
		}
		expect(await room.next(5_000)).toBeUndefined();
		expect(socket.time - start).toBe(5_000);
	});
});

describe('the heartbeat', () => {
	const beats = () => socket.sent.filter(({ event }) => event === 'heartbeat');

	it('is sent every 30 seconds while waiting', async () => {
		const start = socket.time;
		await room.join();
		expect(await room.next(300_000)).toBeUndefined();
		expect(socket.time - start).toBe(300_000);
		expect(beats().map(({ at }) => at - start)).toEqual(
			[30, 60, 90, 120, 150, 180, 210, 240, 270].map((s) => s * 1_000),
		);
		expect(beats()[0]).toMatchObject({ joinRef: null, topic: 'phoenix', payload: {} });
		expect(new Set(socket.sent.map(({ ref: own }) => own)).size).toBe(socket.sent.length);
	});

	it('is sent between events as well', async () => {
		await room.join();
		for (let ms = 0; ms < 120_000; ms += 300) socket.arrive(state('wait_code'), ms);
		const end = socket.time + 119_000;
		while (socket.time < end) await room.next(end - socket.time);
		expect(beats()).toHaveLength(3);
	});

	it('ends the room if it has no reply by the time of the next one', async () => {
		socket.answer = (frame) => (frame.event === 'heartbeat' ? undefined : replyTo(frame));
		const start = socket.time;
		await room.join();
		expect(await failureOf(room.next(300_000))).toMatchObject({
			kind: 'network',
			words: 'the server stopped responding',
		});
		expect(socket.time - start).toBe(2 * HEARTBEAT_MS);
		expect(beats()).toHaveLength(1);
	});
});
