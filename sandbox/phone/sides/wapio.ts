import { createHash, randomBytes } from 'node:crypto';
import { userJid, wapioAccount } from '../../providers/wapio/seed';
import { isPlain } from '../../merge';
import type { DeviceInfo, SentMessage } from '../../types';
import type { Act, Content, PhoneSide, PlayedAct, SentReading, SentStatus } from '../types';
import { readWapio } from './wapioReading';
import { chatOf, fileByUrl, listAt, numberAt, objectAt, TEAM, textAt } from './reading';

const { sender, groups } = wapioAccount;
const GROUP_ACTS = [
	'text',
	'reply',
	'image',
	'video',
	'voice',
	'document',
	'sticker',
	'location',
	'contact',
	'reaction',
	'choice',
	'edit',
	'delete',
] as const;
/** Baileys' `WebMessageInfo.Status`. */
const STATUSES: Partial<Record<SentStatus, number>> = { failed: 0, delivered: 3, read: 4 };
const PART_OF = {
	image: 'imageMessage',
	video: 'videoMessage',
	voice: 'audioMessage',
	document: 'documentMessage',
	sticker: 'stickerMessage',
} as const;

/** The content of messages has WhatsApp's own names, as Baileys writes them. */
export const wapio: PhoneSide = {
	label: 'Wapio',
	acts: [...GROUP_ACTS, 'call'],
	groupActs: GROUP_ACTS,
	ownActs: ['text', 'reply', 'image', 'video', 'voice', 'document', 'sticker', 'location', 'contact'],
	connected: 'connected',
	disconnected: 'disconnected',
	loginEvents: {
		logIn: { event: 'sessionStatus', overrides: { data: { status: 'connected' } } },
		logOut: { event: 'sessionStatus', overrides: { data: { status: 'disconnected' } } },
	},
	hasSlots: true,
	statuses: ['delivered', 'read', 'failed'],
	report(status, message, chat) {
		const remoteJid = message.recipientType === 'group' ? message.recipient : userJid(chat);
		const key = { fromMe: true, id: message.id, remoteJid };
		return { event: 'receipt', overrides: { data: { key, status: STATUSES[status] } } };
	},
	chats: () => [
		{ id: sender.number, name: sender.name, isGroup: false },
		{ id: '212600000002', name: 'Youssef', isGroup: false },
		...(['family', 'team'] as const).map((name) => ({
			id: chatOf(groups[name]),
			name: name === 'family' ? 'Family' : 'Team & Friends',
			isGroup: true,
			members: [
				{ id: sender.number, name: sender.name },
				{ id: '212600000002', name: 'Youssef' },
				{ id: '212600000003', name: 'Salma' },
			],
		})),
		TEAM,
	],
	play,
	read: readWapio,
	sent,
	chatOf: chatWith,
};

function play(act: Act, device: DeviceInfo): PlayedAct {
	const key = act.isOwn ? ownKeyOf(act, device) : keyOf(act);
	switch (act.do) {
		case 'call': {
			const from = userJid(act.from.id);
			const call = { id: key.id, from, chatId: from, date: new Date().toISOString(), status: 'offer' };
			return { event: 'call', overrides: { data: [{ ...call, isVideo: act.isVideo, isGroup: false }] } };
		}
		case 'edit': {
			const update = {
				message: { editedMessage: { message: { conversation: act.text } } },
				messageTimestamp: seconds(),
			};
			return { event: 'edit', overrides: { data: [{ key: { ...key, id: act.target }, update }] } };
		}
		case 'delete':
			return { event: 'delete', overrides: { data: { keys: [{ ...key, id: act.target }] } } };
		case 'reaction': {
			const target = { ...key, id: act.target.id, fromMe: act.target.byAccount };
			const reaction = { text: act.emoji, key: target, senderTimestampMs: Date.now() };
			return { event: 'reaction', overrides: { data: [{ key, reaction }] } };
		}
		case 'choice': {
			const voters = [userJid(act.from.id)];
			const pollResult = act.options.map((name) => ({ name, voters: name === act.text ? voters : [] }));
			const data = { key: { ...key, id: act.target.id, fromMe: act.target.byAccount }, pollResult };
			return { event: 'poll', overrides: { data } };
		}
		default: {
			const { message, body } = contentOf(act);
			const messages = {
				key,
				pushName: act.isOwn ? device.name : act.from.name,
				messageBody: body,
				message: { conversation: undefined, ...message },
			};
			const event = act.isOwn ? 'own' : act.isGroup ? 'group' : 'text';
			return { event, overrides: { data: { messages } } };
		}
	}
}

/** Who wrote it, under which id. The number of other people than the seeded one is hidden by no LID. */
function keyOf(act: Act): Record<string, unknown> & { id: string } {
	const jid = userJid(act.from.id);
	const lid = act.from.id === sender.number ? `${sender.lid}@lid` : undefined;
	const id = `3EB0${createHash('sha256').update(`${Date.now()} ${Math.random()}`).digest('hex').slice(0, 18).toUpperCase()}`;
	const common = { id, fromMe: false, senderPn: jid, cleanedSenderPn: act.from.id, senderLid: lid };
	if (!act.isGroup) return { ...common, remoteJid: userJid(act.chat) };
	return { ...common, remoteJid: `${act.chat}@g.us`, participant: lid ?? jid, participantPn: jid };
}

/** Written in the app: an id as Android phones make them (EVENTS.md 2.5), 32 characters. */
function ownKeyOf(act: Act, { number = '' }: DeviceInfo): Record<string, unknown> & { id: string } {
	const id = `AC${randomBytes(15).toString('hex').toUpperCase()}`;
	if (!act.isGroup) return { id, fromMe: true, remoteJid: userJid(act.chat) };
	return { id, fromMe: true, remoteJid: `${act.chat}@g.us`, participant: userJid(number) };
}

function contentOf(act: Act): { message: Record<string, unknown>; body: string | null } {
	switch (act.do) {
		case 'text': {
			const contextInfo = contextOf(act);
			if (contextInfo === undefined) return { message: { conversation: act.text }, body: act.text };
			return { message: { extendedTextMessage: { text: act.text, contextInfo } }, body: act.text };
		}
		case 'file': {
			const { file, kind } = act;
			const part = {
				url: file.url,
				mimetype: file.mimeType,
				fileLength: String(file.size),
				caption: act.text ?? undefined,
				fileName: kind === 'document' ? file.name : undefined,
				ptt: kind === 'voice' ? true : undefined,
				contextInfo: contextOf(act),
			};
			return { message: { [PART_OF[kind]]: part }, body: act.text };
		}
		case 'location': {
			const { latitude: degreesLatitude, longitude: degreesLongitude, name } = act;
			return {
				message: { locationMessage: { degreesLatitude, degreesLongitude, name: name ?? undefined } },
				body: null,
			};
		}
		case 'contact': {
			const phone = act.phone.replace(/\D/g, '');
			const name = act.name.replace(/[\r\n\\;,]/g, ' ');
			const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL;type=CELL;waid=${phone}:+${phone}\nEND:VCARD`;
			return { message: { contactMessage: { displayName: act.name, vcard } }, body: null };
		}
		default:
			return { message: {}, body: null };
	}
}

function contextOf(act: Act): Record<string, unknown> | undefined {
	if (!('quoted' in act) || act.quoted === undefined) return undefined;
	return { stanzaId: act.quoted.id, quotedMessage: { conversation: act.quoted.text } };
}

function sent(message: SentMessage): SentReading {
	const raw = isPlain(message.raw) ? message.raw : {};
	const quotedId = textAt(raw, 'quoted_message_id');
	const content: Content = {
		kind: message.kind === 'audio' ? 'voice' : message.kind,
		text: message.text,
		...(quotedId === null ? {} : { quoted: { id: quotedId, text: '', byAccount: false } }),
	};
	if (message.url !== null) {
		const file = fileByUrl(message.url);
		const name = textAt(raw, 'file_name') ?? file.name;
		content.file = { ...file, name, mimeType: textAt(raw, 'mime_type') ?? file.mimeType };
	}
	const place = objectAt(raw, 'location');
	const [latitude, longitude] = [numberAt(place, 'latitude'), numberAt(place, 'longitude')];
	if (message.kind === 'location' && latitude !== null && longitude !== null) {
		content.location = { latitude, longitude, name: message.text };
		content.text = null;
	}
	if (message.kind === 'contact') {
		content.contact = { name: message.text ?? '', phone: textAt(objectAt(raw, 'contact'), 'phoneNumber') ?? '' };
		content.text = null;
	}
	if (message.kind === 'poll') {
		const options = listAt(objectAt(raw, 'poll'), 'options');
		content.options = options.map(String);
	}
	return {
		chat: chatWith(message.recipient),
		content,
		...(message.id === undefined ? {} : { messageId: message.id }),
	};
}

/** The chat of a recipient: the number behind the one LID that the seed knows. */
function chatWith(recipient: string): string {
	return recipient === `${sender.lid}@lid` ? sender.number : chatOf(recipient);
}

function seconds(): number {
	return Math.floor(Date.now() / 1000);
}
