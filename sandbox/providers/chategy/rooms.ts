import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { isPlain } from '../../merge';
import { phoneDigits } from './fields';
import { chategyAccount, type Instance, type TelegramState } from './seed';
import { PhoenixSocket, type Reply, type Room, type ServerSocket } from './socket';
import type { ChategyState, Settings } from './state';

/** Below the base URL. */
export const WEBSOCKET_PATH = '/socket/websocket';
const TELEGRAM_TOPIC = 'room:v1:telegram:auth';
const WHATSAPP_TOPIC = 'room:v1:whats_app:auth:';

/** The websockets that are open, and what is behind them: the rooms where Telegram and WhatsApp are authorized. */
export class ChategyRooms {
	private readonly sockets = new Set<PhoenixSocket>();
	/** Counts how often WhatsApp was logged in or out: each time the codes are new ones. */
	private round = 0;

	constructor(private readonly state: ChategyState) {}

	/**
	 * Adds the address of the websockets. The provider has one host for Telegram and another for WhatsApp, with the same
	 * path; here it is one address. An unknown token is refused before the connection opens, as Phoenix does it.
	 */
	addRoute(api: FastifyInstance): void {
		api.get(
			WEBSOCKET_PATH,
			{
				websocket: true,
				preHandler: async (request, reply) => {
					const { token, vsn } = isPlain(request.query) ? request.query : {};
					const isKnown = this.state.clientOf(String(token)) !== undefined;
					if (request.ws && (!isKnown || vsn !== '2.0.0')) await reply.code(403).send();
				},
			},
			(socket: ServerSocket, request) => {
				const { token } = isPlain(request.query) ? request.query : {};
				const customerId = this.state.clientOf(String(token))?.customerId;
				if (customerId === undefined) return socket.close(1008);
				const opened = new PhoenixSocket(
					customerId,
					socket,
					() => this.state.settings,
					(topic) => this.roomOf(customerId, topic),
					(closed) => this.sockets.delete(closed),
				);
				this.sockets.add(opened);
				return undefined;
			},
		);
	}

	/** The sockets that are open, with what came over each. */
	list(): unknown[] {
		return [...this.sockets].map((socket) => ({
			id: socket.id,
			customerId: socket.customerId,
			topics: socket.topics(),
			received: [...socket.received],
		}));
	}

	/** Does something to every open socket, and says to how many. */
	each(act: (socket: PhoenixSocket) => void): number {
		const open = [...this.sockets];
		open.forEach(act);
		return open.length;
	}

	/** WhatsApp as if the code had been scanned, or the phone had logged out. Waiting clients are notified immediately. */
	setWhatsApp(instance: Instance, isAuthorized: boolean): void {
		instance.isWhatsAppAuthorized = isAuthorized;
		this.round++;
		this.tell(instance);
	}

	/** Telegram's authorization as if it had come that far. Waiting clients are notified immediately. */
	setTelegram(instance: Instance, state: TelegramState): void {
		instance.telegram = state;
		this.tell(instance);
	}

	private tell({ customerId }: Instance): void {
		for (const socket of this.sockets) if (socket.customerId === customerId) socket.pushStates();
	}

	private roomOf(customerId: number, topic: string): Room | string {
		const instance = (): Instance => this.state.controlled(customerId);
		if (topic === TELEGRAM_TOPIC) return telegramRoom(instance, () => this.state.settings);
		if (!topic.startsWith(WHATSAPP_TOPIC)) return 'unmatched topic';
		// That a client cannot join another one's room is inferred.
		if (topic !== `${WHATSAPP_TOPIC}${customerId}`) return 'unauthorized';
		return whatsAppRoom(
			instance,
			() => this.state.settings,
			() => this.round,
		);
	}
}

/**
 * Telegram's authorization. The events, the states and the refusal of a phone number are the API reference's; the key
 * `phone` is inferred (the API reference's is garbled), as are the other words and that a command is refused out of turn.
 */
function telegramRoom(instance: () => Instance, settings: () => Settings): Room {
	const step = (expected: TelegramState, isRight: boolean, next: TelegramState, words: string): Reply => {
		const current = instance();
		if (current.telegram !== expected || !isRight) return failed(words);
		current.telegram = next;
		return { status: 'ok', response: {} };
	};
	return {
		state: () => ({ status: instance().telegram }),
		receive(event, payload) {
			switch (event) {
				case 'send_phone':
					return step(
						'wait_phone',
						phoneDigits(textOf(payload, 'phone')) !== undefined,
						'wait_code',
						'invalid phone',
					);
				case 'send_code': {
					const next = settings().telegramPassword ? 'wait_password' : 'authorized';
					return step(
						'wait_code',
						textOf(payload, 'code') === chategyAccount.telegram.code,
						next,
						'invalid code',
					);
				}
				case 'send_password':
					return step(
						'wait_password',
						textOf(payload, 'password') === chategyAccount.telegram.password,
						'authorized',
						'invalid password',
					);
				case 'reset':
					instance().telegram = 'wait_phone';
					return { status: 'ok', response: {} };
				default:
					return failed('unknown event');
			}
		},
	};
}

/**
 * WhatsApp's authorization. Before the first code there is a state without one, while the provider starts what shows it
 * (API reference: `qr_code: null`, and `in_progress` in its JavaScript sample); an authorized one has only `auth`.
 */
function whatsAppRoom(instance: () => Instance, settings: () => Settings, round: () => number): Room {
	const joinedAt = Date.now();
	let isStarting = true;
	return {
		state() {
			const { isWhatsAppAuthorized, customerId } = instance();
			if (isWhatsAppAuthorized) return { auth: true };
			if (isStarting) {
				isStarting = false;
				return { auth: false, qr_code: null, in_progress: true };
			}
			const number = Math.floor((Date.now() - joinedAt) / settings().qrLifeMs);
			return { auth: false, qr_code: qrCode(`${customerId} ${round()} ${number}`) };
		},
		receive: () => failed('unknown event'),
	};
}

/** A made-up code in the form of the API reference's: `2@`, and four parts of base64 with commas between. */
function qrCode(seed: string): string {
	const part = (name: string, algorithm: 'sha512' | 'sha256'): string =>
		createHash(algorithm).update(`${name} ${seed}`).digest('base64');
	return `2@${[part('reference', 'sha512'), part('noise', 'sha256'), part('identity', 'sha256'), part('secret', 'sha256')].join(',')}`;
}

/** The documented refusal, which says "failed" where the HTTP API says "fail". */
function failed(words: string): Reply {
	const meta = {
		code: 422,
		errors: { base: [words] },
		message: 'Unprocessable Entity',
		status: 'failed',
		status_id: null,
	};
	return { status: 'error', response: { meta } };
}

function textOf(payload: unknown, name: string): string {
	const value = isPlain(payload) ? payload[name] : undefined;
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
