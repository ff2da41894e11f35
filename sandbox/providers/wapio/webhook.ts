import { createHash, createHmac } from 'node:crypto';
import type { MediaStore } from '../../media';
import { samples } from '../../samples';
import { type Session, userJid, wapioAccount } from './seed';

/** What the sandbox can play, with the provider's name of each (its official trigger's list). */
const EVENTS = {
	text: 'messages.received',
	image: 'messages.received',
	encrypted: 'messages.received',
	document: 'messages.received',
	lid: 'messages.received',
	hidden: 'messages.received',
	several: 'messages.received',
	personal: 'messages-personal.received',
	upsert: 'messages.upsert',
	group: 'messages-group.received',
	channel: 'messages-newsletter.received',
	own: 'message.sent',
	sdk: 'messages.received',
	edit: 'messages.update',
	reaction: 'messages.reaction',
	delete: 'messages.delete',
	receipt: 'message-receipt.update',
	call: 'call',
	poll: 'poll.results',
	groupParticipants: 'group-participants.update',
	groupUpdate: 'groups.update',
	contact: 'contacts.upsert',
	chat: 'chats.update',
	sessionStatus: 'session.status',
	qr: 'qrcode.updated',
} as const;

export type WapioEvent = keyof typeof EVENTS;

export const wapioEvents = Object.keys(EVENTS) as WapioEvent[];

/** The names that a webhook can be subscribed to (official trigger). */
export const SUBSCRIBABLE = [
	'call',
	'chats.delete',
	'chats.update',
	'chats.upsert',
	'contacts.update',
	'contacts.upsert',
	'group-participants.update',
	'groups.update',
	'groups.upsert',
	'message-receipt.update',
	'message.sent',
	'messages-group.received',
	'messages-newsletter.received',
	'messages-personal.received',
	'messages.delete',
	'messages.reaction',
	'messages.received',
	'messages.update',
	'messages.upsert',
	'poll.results',
	'qrcode.updated',
	'session.status',
] as const;

/** The provider's name of an event. */
export function eventName(event: WapioEvent): string {
	return EVENTS[event];
}

interface World {
	media: MediaStore;
	session: Session;
}

/**
 * The body of a webhook. The envelope `{event, sessionId, timestamp, data}` and the receipt were observed; a message's
 * fields (`key`, `messageBody`, `messageTimestamp`, `pushName`, `message`, under `data.messages`) stand in receivers and
 * their tests; all others have the shapes of Baileys, which those resemble (inferred). `sdk` is the other envelope, of
 * the provider's first SDK: `{event_type, account_id, session_id, emitted_at, payload}`.
 */
export function wapioWebhook(event: WapioEvent, count: number, world: World): Record<string, unknown> {
	const data = dataOf(event, count, world);
	if (event === 'sdk') {
		return {
			event_type: 'message_received',
			account_id: 'bps_acc_sandbox',
			session_id: world.session.id,
			emitted_at: Date.now(),
			payload: data,
		};
	}
	return { event: eventName(event), sessionId: world.session.id, timestamp: seconds(), data };
}

function dataOf(event: WapioEvent, count: number, { media, session }: World): unknown {
	const { sender, groups, channel } = wapioAccount;
	const own = userJid(session.phoneNumber ?? '212611111111');
	const text = `Message ${count} from the sandbox`;
	const key = keyOf(event, count);
	const message = (
		content: Record<string, unknown>,
		body: string | null = null,
		part: object = {},
	): Record<string, unknown> => ({
		key,
		messageBody: body,
		messageTimestamp: seconds(),
		pushName: sender.name,
		message: content,
		...part,
	});
	const plain = message({ conversation: text }, text);
	const inGroup = {
		key: {
			...key,
			remoteJid: groups.family,
			participant: `${sender.lid}@lid`,
			participantPn: userJid(sender.number),
		},
	};

	switch (event) {
		case 'text':
		case 'sdk':
		case 'personal':
		case 'lid':
		case 'hidden':
			return { messages: plain };
		case 'upsert':
			return { messages: [plain], type: 'notify' };
		case 'several':
			return {
				messages: [1, 2, 3].map((place) =>
					message({ conversation: `${text}, part ${place}` }, `${text}, part ${place}`, {
						key: keyOf(event, count, place),
					}),
				),
			};
		case 'image':
			return {
				messages: message(
					{ imageMessage: { ...fileOf(media, samples.jpeg(), 'image/jpeg'), caption: text } },
					text,
				),
			};
		case 'encrypted':
			return { messages: message({ imageMessage: { ...WHATSAPP_FILE, caption: text } }, text) };
		case 'document':
			return {
				messages: message({
					documentMessage: {
						...fileOf(media, samples.pdf(), 'application/pdf'),
						fileName: 'invoice.pdf',
						title: 'invoice.pdf',
					},
				}),
			};
		case 'group':
			return { messages: { ...plain, ...inGroup } };
		case 'channel':
			return { messages: { ...plain, key: { id: key.id, fromMe: false, remoteJid: channel } } };
		case 'own':
			return {
				messages: {
					...plain,
					key: { id: key.id, fromMe: true, remoteJid: userJid(sender.number) },
					pushName: session.name,
				},
			};
		case 'edit':
			return [
				{
					key,
					update: {
						message: { editedMessage: { message: { conversation: `${text}, edited` } } },
						messageTimestamp: seconds(),
					},
				},
			];
		case 'reaction':
			return [
				{
					key,
					reaction: {
						text: '👍',
						key: { ...key, id: messageId(count, 9), fromMe: true },
						senderTimestampMs: Date.now(),
					},
				},
			];
		case 'delete':
			return { keys: [key] };
		case 'receipt':
			return {
				key: { fromMe: false, id: key.id, remoteJid: `${sender.lid}@lid` },
				messageTimestamp: seconds(),
				status: 4,
			};
		case 'call':
			return [
				{
					id: `CALL${key.id}`,
					from: userJid(sender.number),
					chatId: userJid(sender.number),
					date: new Date().toISOString(),
					status: 'offer',
					isVideo: true,
					isGroup: false,
				},
			];
		case 'poll':
			return {
				key: { ...key, fromMe: true },
				pollResult: [
					{ name: 'Morning', voters: [userJid(sender.number)] },
					{ name: 'Afternoon', voters: [] },
				],
			};
		case 'groupParticipants':
			return { id: groups.family, participants: [userJid(sender.number)], action: 'add' };
		case 'groupUpdate':
			return [{ id: groups.family, subject: `Family ${count}` }];
		case 'contact':
			return [{ id: userJid(sender.number), name: sender.name, notify: sender.name }];
		case 'chat':
			return [{ id: userJid(sender.number), unreadCount: count }];
		case 'sessionStatus':
			return { status: 'disconnected', phone: own };
		case 'qr':
			return { qr: session.qr };
	}
}

/** Who wrote what: a private chat unless an event says otherwise. `lid` hides the number in the chat, `hidden` everywhere. */
function keyOf(
	event: WapioEvent,
	count: number,
	place = 0,
): { id: string; fromMe: boolean; remoteJid: string } & Record<string, unknown> {
	const { lid, number } = wapioAccount.sender;
	const id = messageId(count, place);
	if (event === 'hidden') return { id, fromMe: false, remoteJid: `${lid}@lid` };
	return {
		id,
		fromMe: false,
		remoteJid: event === 'lid' ? `${lid}@lid` : userJid(number),
		senderPn: userJid(number),
		cleanedSenderPn: number,
		senderLid: `${lid}@lid`,
	};
}

/** New for each event, also after a restart: a receiver's memory may outlive the sandbox. */
function messageId(count: number, place: number): string {
	return `3EB0${createHash('sha256').update(`${Date.now()} ${count} ${place}`).digest('hex').slice(0, 18).toUpperCase()}`;
}

/** A file at a plain address, as a gateway gives it that decrypts for its users. That Wapio does so is inferred. */
function fileOf(media: MediaStore, content: Buffer, mimetype: string): Record<string, unknown> {
	return { url: media.add(content, mimetype).url, mimetype, fileLength: String(content.length) };
}

/** A file as WhatsApp itself describes it: its address gives encrypted bytes, which nothing here can play. */
const WHATSAPP_FILE = {
	url: 'https://mmg.whatsapp.net/v/t62.7118-24/sandbox.enc?ccb=11-4',
	directPath: '/v/t62.7118-24/sandbox.enc?ccb=11-4',
	mediaKey: 'c2FuZGJveC1tZWRpYS1rZXk=',
	mimetype: 'image/jpeg',
	fileLength: '4096',
};

function seconds(): number {
	return Math.floor(Date.now() / 1000);
}

/**
 * The signature of a body at a time: `t=<seconds>,v1=<hex>`, HMAC-SHA256 over `t.body` (official node and SDK).
 *
 * @param at seconds since 1970
 */
export function signature(secret: string, body: string, at = seconds()): string {
	return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}
