import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { chategyAccount } from '../../../sandbox';
import { type Bench, startBench } from './bench';
import { obliging, OK, type Room, type RoomScript, startRoom } from './room';
import { itOnUndici } from '../../support/transport';
import { SOON_MS } from '../../support/soon';

const TELEGRAM = 'room:v1:telegram:auth';
const WHATSAPP = `room:v1:whats_app:auth:${chategyAccount.customerId}`;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});

let room: Room | undefined;
afterEach(async () => {
	await room?.close();
	room = undefined;
});

/** Plays an operation against a room of the test's own. */
const play = async (
	script: RoomScript,
	parameters: IDataObject,
	prepare: (room: Room) => void = () => undefined,
	{ token = chategyAccount.accessToken, signal }: { token?: string; signal?: AbortSignal } = {},
) => {
	room = await startRoom(script);
	prepare(room);
	const credential = {
		accessToken: token,
		baseUrl: `http://${room.peer.host}`,
		webSocketUrl: room.url,
		whatsAppWebSocketUrl: room.url,
	};
	const start = Date.now();
	const result = await bench.run(parameters as INodeParameters, { credentials: { chategyApi: credential }, signal });
	return { ...result, json: result.outputs[0]?.[0]?.json, ms: Date.now() - start, room };
};

const telegram = (operation: string, more: IDataObject = {}) => ({
	resource: 'telegramAuthorization',
	operation,
	options: { timeLimit: 3 },
	...more,
});
const qrCode = {
	resource: 'whatsAppAuthorization',
	operation: 'getQrCode',
	binaryPropertyName: 'data',
	options: { timeLimit: 3 },
};

/** Answers what is asked, then says which state it is in. */
const inState =
	(states: Record<string, string>): RoomScript =>
	([, , , event], { reply, push }) => {
		reply(OK);
		const status = states[event];
		if (status !== undefined) push('auth_state', { status });
	};

describe('over the Telegram socket', () => {
	it.each<[string, IDataObject, string, object, string, string]>([
		[
			'sendPhone',
			{ phoneNumber: '+995 598-464-533' },
			'send_phone',
			{ phone: '995598464533' },
			'wait_phone',
			'wait_code',
		],
		['sendCode', { code: '24680' }, 'send_code', { code: '24680' }, 'wait_code', 'wait_password'],
		[
			'sendPassword',
			{ password: 'pass word' },
			'send_password',
			{ password: 'pass word' },
			'wait_password',
			'authorized',
		],
		['reset', { account: 'credential' }, 'reset', {}, 'authorized', 'wait_phone'],
	])('%s', async (operation, fields, event, payload, before, after) => {
		const {
			error,
			json,
			room: used,
		} = await play(inState({ phx_join: before, [event]: after }), telegram(operation, fields));
		expect(error).toBeUndefined();
		expect(json).toEqual({ status: after });

		const address = new URL(used.peer.handshakes[0]?.url ?? '', 'ws://host');
		expect(address.pathname).toBe('/socket/websocket');
		expect([...address.searchParams].sort()).toEqual([
			['token', chategyAccount.accessToken],
			['vsn', '2.0.0'],
		]);
		const [join, push] = used.frames;
		expect(join?.slice(2)).toEqual([TELEGRAM, 'phx_join', {}]);
		expect(push?.slice(2)).toEqual([TELEGRAM, event, payload]);
		// References are texts, and each has its own.
		expect(join?.[0]).toEqual(expect.any(String));
		const refs = used.frames.map(([, ref]) => ref);
		expect(new Set(refs).size).toBe(refs.length);
		await used.peer.eventually(() => used.peer.closings.length === 1);
	});

	it('the state alone is read without sending anything', async () => {
		const { json, room: used } = await play(inState({ phx_join: 'wait_phone' }), telegram('getState'));
		expect(json).toEqual({ status: 'wait_phone' });
		expect(used.frames.filter(([, , , event]) => event !== 'phx_leave')).toHaveLength(1);
	});

	it('the address is derived from the Base URL if none is given', async () => {
		const { error, room: used } = await play(
			inState({ phx_join: 'wait_phone' }),
			telegram('getState'),
			(started) => {
				started.url = '';
			},
		);
		expect(error).toBeUndefined();
		expect(used.peer.handshakes[0]?.url).toMatch(/^\/socket\/websocket\?/);
	});

	it('a state from before the action does not count as the one after it', async () => {
		const script: RoomScript = ([, , , event], { reply, push }) => {
			if (event === 'phx_join') {
				reply(OK);
				push('auth_state', { status: 'wait_phone' });
				return;
			}
			push('auth_state', { status: 'wait_phone' });
			reply(OK);
			push('auth_state', { status: 'wait_code' });
		};
		const { json } = await play(script, telegram('sendPhone', { phoneNumber: '995598464533' }));
		expect(json).toEqual({ status: 'wait_code' });
	});

	it('references that come back as numbers, and frames of other topics, do no harm', async () => {
		const script: RoomScript = ([joinRef, ref, topic, event], { push, socket }) => {
			socket.send(JSON.stringify([null, null, 'room:v1:other', 'auth_state', { status: 'authorized' }]));
			socket.send(
				JSON.stringify([Number(joinRef), Number(ref), topic, 'phx_reply', { reply: {}, status: 'ok' }]),
			);
			push('auth_state', { status: event === 'phx_join' ? 'wait_code' : 'wait_password' });
		};
		const { error, json } = await play(script, telegram('sendCode', { code: '24680' }));
		expect(error).toBeUndefined();
		expect(json).toEqual({ status: 'wait_password' });
	});

	it('an accepted action without a state after it is done all the same', async () => {
		const { error, json, ms } = await play(
			obliging,
			telegram('sendPhone', { phoneNumber: '995598464533', options: { timeLimit: 1 } }),
		);
		expect(error).toBeUndefined();
		expect(json).toEqual({ status: null });
		expect(ms).toBeLessThan(SOON_MS);
	});

	it("a refusal is reported in the provider's words", async () => {
		const refusal = {
			meta: {
				code: 422,
				errors: { base: ['invalid phone'] },
				connection: 'Raw object',
				status: 'failed',
				status_id: null,
			},
		};
		const script: RoomScript = ([, , , event], { reply }) =>
			reply(event === 'phx_join' ? OK : { status: 'error', response: refusal });
		const { error } = await play(script, telegram('sendPhone', { phoneNumber: '995598464533' }));
		expect(error?.message).toMatch(/^Chategy refused the request: ".*invalid phone"$/);
	});

	it('a room that cannot be joined is a refusal', async () => {
		const { error, room: used } = await play(
			(_frame, { reply }) => reply({ status: 'error', response: { reason: 'unauthorized' } }),
			telegram('sendPhone', { phoneNumber: '995598464533' }),
		);
		expect(error?.message).toMatch(/^Chategy .*unauthorized/);
		expect(used.frames.map(([, , , event]) => event)).not.toContain('send_phone');
	});
});

describe('over the WhatsApp socket', () => {
	const QR =
		'2@NqUcv7om4BWqrgF5D6jn51M1hptMR/lK+QmZAxm9aLCKEq9NMgH08slb1Ydmu1ywEWu8CFcUil8uGw==,XRJHShEHeWrVRFIyJys2I8WWjlml7m6hKL53oXH0bDA=';

	it('the room is that of the client in the token; states without a code are skipped', async () => {
		const script: RoomScript = (_frame, { reply, push }) => {
			reply(OK);
			push('auth_state', { auth: false, qr_code: null });
			push('auth_state', { auth: false, qr_code: null, in_progress: true });
			push('auth_state', { auth: false, qr_code: QR });
		};
		const { error, json, outputs, room: used } = await play(script, qrCode);
		expect(error).toBeUndefined();
		expect(json).toEqual({ authorized: false, qr: QR });
		expect(outputs[0]?.[0]?.binary?.data).toMatchObject({ mimeType: 'image/png' });
		expect(used.frames[0]?.slice(2)).toEqual([WHATSAPP, 'phx_join', {}]);
	});

	it('the room is that of another client if one is chosen', async () => {
		const script: RoomScript = (_frame, { reply, push }) => {
			reply(OK);
			push('auth_state', { auth: true });
		};
		const { json, room: used } = await play(script, { ...qrCode, options: { customerId: '5390', timeLimit: 3 } });
		expect(json).toEqual({ authorized: true });
		expect(used.frames[0]?.[2]).toBe('room:v1:whats_app:auth:5390');
	});

	it('a token without a client needs the option, and is not shown', async () => {
		const { error, room: used } = await play(obliging, qrCode, undefined, { token: 'opaque-token-for-tests' });
		expect(error?.message).toMatch(/Customer ID/);
		expect(error?.message).not.toContain('opaque-token-for-tests');
		expect(used.peer.handshakes).toHaveLength(0);
	});

	it('replaced codes are skipped until one is scanned', async () => {
		const script: RoomScript = (_frame, { reply, push }) => {
			reply(OK);
			for (const code of ['one', 'two', 'three']) push('auth_state', { auth: false, qr_code: code });
			setTimeout(() => push('auth_state', { auth: true }), 300);
		};
		const { json } = await play(script, {
			resource: 'whatsAppAuthorization',
			operation: 'waitUntilScanned',
			options: { timeLimit: 5 },
		});
		expect(json).toEqual({ authorized: true });
	});
});

describe('a faulty socket', () => {
	itOnUndici.each([401, 403])('refused with HTTP %i', async (status) => {
		const { error } = await play(obliging, telegram('getState'), ({ peer }) => {
			peer.answer = { status };
		});
		expect(error?.message).toMatch(/^Chategy did not accept the credential/);
		expect(JSON.stringify({ ...error, message: error?.message, node: undefined })).not.toContain(
			chategyAccount.accessToken,
		);
	});

	it('that is an ordinary web server', async () => {
		const { error } = await play(obliging, telegram('getState'), ({ peer }) => {
			peer.answer = { status: 200 };
		});
		expect(error?.message).toMatch(/Chategy/);
	});

	it('that sends no state: the time limit holds', async () => {
		const { error, ms } = await play(obliging, telegram('getState', { options: { timeLimit: 2 } }));
		expect(error?.message).toBe('Chategy did not respond within 2 seconds');
		expect(ms).toBeLessThan(SOON_MS);
	});

	it('that does not reply to the join: the node gives up after the ten seconds of the protocol', async () => {
		const { error, ms } = await play(() => undefined, telegram('getState', { options: { timeLimit: 2 } }));
		expect(error?.message).toMatch(/^Chategy did not respond within \d+ seconds$/);
		expect(ms).toBeLessThan(SOON_MS);
	});

	it('that is silent from the handshake on: Stop ends the node at once', async () => {
		const stop = new AbortController();
		const { status, ms } = await play(
			obliging,
			telegram('getState'),
			({ peer }) => {
				peer.answer = 'silence';
				setTimeout(() => stop.abort(), 500);
			},
			{ signal: stop.signal },
		);
		expect(status).toBe('canceled');
		expect(ms).toBeLessThan(SOON_MS);
	});

	it('that breaks after the code was sent: the change may have been made, and it is not sent again', async () => {
		const script: RoomScript = ([, , , event], { reply, socket }) => {
			if (event === 'phx_join') reply(OK);
			else socket.terminate();
		};
		const { error, room: used } = await play(script, telegram('sendCode', { code: '24680' }));
		expect(error?.message).toMatch(/^The connection to Chategy was lost .*may have been (made|sent)$/);
		expect(used.frames.filter(([, , , event]) => event === 'send_code')).toHaveLength(1);
	});

	it.each(['phx_error', 'phx_close'])('whose room ends with %s', async (event) => {
		const script: RoomScript = (_frame, { reply, push }) => {
			reply(OK);
			push(event, {});
		};
		const { error, ms } = await play(script, telegram('getState'));
		expect(error?.message).toMatch(/Chategy/);
		expect(ms).toBeLessThan(SOON_MS);
	});
});
