import { randomBytes } from 'node:crypto';
import { chategyAccount } from '../../providers/chategy/seed';
import { isPlain } from '../../merge';
import type { DeviceInfo, SentMessage } from '../../types';
import type { Act, Content, FileKind, PhoneSide, PlayedAct, Reading, SentStatus } from '../types';
import { chatOf, fileKindOf, objectAt, TEAM, textAt } from './reading';

const { contact, group } = chategyAccount;
const ACTS = ['text', 'reply', 'image', 'video', 'voice', 'document', 'call'] as const;
const STATUS_IDS: Partial<Record<SentStatus, number>> = { delivered: 2, read: 16, failed: 7 };
const TYPE_OF: Record<FileKind, string> = {
	image: 'image',
	video: 'video',
	voice: 'audio',
	document: 'document',
	sticker: 'image',
};

export const chategy: PhoneSide = {
	label: 'Chategy',
	acts: ACTS,
	groupActs: ['text', 'reply', 'image', 'video', 'voice', 'document'],
	ownActs: ['text', 'reply', 'image', 'video', 'voice', 'document'],
	connected: 'connected',
	disconnected: 'disconnected',
	loginEvents: { logIn: { event: 'logIn', overrides: {} }, logOut: { event: 'logOut', overrides: {} } },
	hasSlots: false,
	statuses: ['delivered', 'read', 'failed'],
	report: (status, message) => ({
		action: 'deliveryStatus',
		input: { id: Number(message.id), statusId: STATUS_IDS[status] ?? 0 },
	}),
	chats: () => [
		{ id: contact.phone, name: contact.name, isGroup: false },
		{ id: '995555000002', name: 'Nino', isGroup: false },
		{
			id: chatOf(group.whatsApp),
			name: 'WhatsApp group',
			isGroup: true,
			members: [
				{ id: contact.phone, name: contact.name },
				{ id: '995555000002', name: 'Nino' },
			],
		},
		TEAM,
		{ id: `telegram:${contact.telegramId}`, name: contact.name, isGroup: false, channel: 'Telegram' },
		{ id: `max:${contact.maxId}`, name: contact.name, isGroup: false, channel: 'MAX' },
	],
	play(act, device) {
		const [, channel, id] = /^(telegram|max):(.+)$/.exec(act.chat) ?? [];
		if (channel !== undefined && id !== undefined) return inMessenger(channel, Number(id), act);
		return inWhatsApp(act, device);
	},
	read(body): Reading[] {
		const payload = objectAt(body, 'payload');
		const whatsApp = objectAt(payload, 'new_message');
		const call = objectAt(payload, 'incoming_call');
		if (Object.keys(call).length > 0) return [callOf(call)];
		if (Object.keys(whatsApp).length > 0) return [fromWhatsApp(whatsApp)];
		const type = isPlain(body) ? String(body.type) : '';
		if (!['tdlib_incoming_msg', 'max_incoming_msg'].includes(type)) return [];
		return [fromMessenger(type.startsWith('max') ? 'max' : 'telegram', payload)];
	},
	sent(message) {
		const raw = isPlain(message.raw) ? message.raw : {};
		const upload = objectAt(raw, 'file');
		const isTelegram = 'tdlib_user_id' in raw || 'username' in raw;
		const chat = isTelegram ? `telegram:${message.recipient}` : chatOf(message.recipient.replace(/@lid$/, ''));
		const isContact = !isTelegram && chat === contact.lid;
		return {
			chat: isContact ? contact.phone : chat,
			content: contentSent(message, raw, upload),
			...(message.id === undefined
				? {}
				: { messageId: `true_${message.recipient}@c.us_d${message.id}THISISBOT` }),
		};
	},
};

function contentSent(message: SentMessage, raw: Record<string, unknown>, upload: Record<string, unknown>): Content {
	if (message.kind !== 'file') return { kind: 'text', text: message.text };
	const mimeType = textAt(upload, 'mimeType');
	const name = textAt(raw, 'file_name') ?? textAt(upload, 'fileName');
	return { kind: fileKindOf(mimeType), text: message.text, file: { url: null, name, mimeType } };
}

/** What the examples show in `message`: a text, or a file that can be downloaded. */
function messageOf(act: Act): Record<string, unknown> {
	if (act.do !== 'file') return { type: 'text', text: act.do === 'text' ? act.text : '' };
	const file_data = { mime_type: act.file.mimeType, caption: act.text, download_url: act.file.url };
	return { type: TYPE_OF[act.kind], text: undefined, file_data };
}

/**
 * A message that a person wrote in the app: `delivery_id` is null, where one of the API has a number. Its example in the API
 * reference (folder "Webhooks") names no instance.
 */
function ownInWhatsApp(act: Act): PlayedAct {
	const chat_id = act.isGroup ? `${act.chat}@g.us` : `${act.chat}@c.us`;
	const reply = 'quoted' in act && act.quoted !== undefined ? { reply_to_message_id: act.quoted.id } : {};
	const isContact = !act.isGroup && act.chat === contact.phone;
	const new_message = {
		message: {
			id: `true_${chat_id}_${randomBytes(10).toString('hex').toUpperCase()}`,
			file_data: undefined,
			...messageOf(act),
			...reply,
		},
		chat_id,
		chat_phone: act.isGroup ? null : act.chat,
		...(isContact ? {} : { chat_lid: null }),
		pushname: act.from.name,
		recipient_id: chat_id,
		recipient_phone_number: act.isGroup ? null : act.chat,
	};
	return { event: 'ownImage', overrides: { payload: { new_message } } };
}

function inWhatsApp(act: Act, device: DeviceInfo): PlayedAct {
	if (act.isOwn) return ownInWhatsApp(act);
	const known = Object.values(chategyAccount.instances).find(({ id }) => String(id) === device.id);
	const instance = { id: Number(device.id), ...(known && { customer_id: known.customerId }) };
	const own = {
		sender_id: `${act.from.id}@c.us`,
		sender_phone_number: act.from.id,
		chat_id: act.isGroup ? `${act.chat}@g.us` : `${act.from.id}@c.us`,
		chat_phone: act.isGroup ? null : act.from.id,
		...(act.from.id === contact.phone && !act.isGroup ? {} : { chat_lid: null }),
	};
	if (act.do === 'call') {
		const call = { type: act.isVideo ? 'video' : 'audio' };
		return { event: 'call', overrides: { payload: { instance, incoming_call: { ...own, call } } } };
	}
	const id = `false_${own.chat_id}_${Date.now().toString(16).toUpperCase().padStart(20, '0')}`;
	const reply = 'quoted' in act && act.quoted !== undefined ? { reply_to_message_id: act.quoted.id } : {};
	const names = { sender_name: act.from.name, pushname: act.from.name };
	const new_message = { ...own, ...names, message: { id, ...messageOf(act), ...reply } };
	return { event: act.isGroup ? 'group' : 'text', overrides: { payload: { instance, new_message } } };
}

function inMessenger(channel: string, id: number, act: Act): PlayedAct {
	const { type, ...rest } = messageOf(act);
	const quoted = 'quoted' in act ? Number(act.quoted?.id) : NaN;
	const message = {
		...rest,
		// The examples' own word for a text differs between the channels: it stays.
		...(type === 'text' ? {} : { type }),
		...(Number.isFinite(quoted) ? { reply_to_message_id: quoted } : {}),
	};
	const payload = { chat_id: id, sender_id: id, sender_name: act.from.name, message };
	return { event: channel === 'max' ? 'maxText' : 'telegramText', overrides: { payload } };
}

function fromWhatsApp(fields: Record<string, unknown>): Reading {
	const id = textAt(fields, 'chat_id') ?? '';
	const isOwn = fields.direction === 'outgoing';
	const sender = textAt(fields, 'sender_phone_number') ?? chatOf(textAt(fields, 'sender_id') ?? '');
	return {
		act: 'message',
		chat: id.endsWith('@g.us') ? chatOf(id) : (textAt(fields, 'chat_phone') ?? chatOf(id)),
		isGroup: id.endsWith('@g.us'),
		isOwn,
		from: { id: sender, name: textAt(fields, 'pushname', 'sender_name') ?? sender },
		id: textAt(objectAt(fields, 'message'), 'id'),
		content: contentReceived(objectAt(fields, 'message')),
	};
}

function fromMessenger(channel: string, fields: Record<string, unknown>): Reading {
	const sender = textAt(fields, 'sender_id') ?? '';
	return {
		act: 'message',
		chat: `${channel}:${textAt(fields, 'chat_id') ?? sender}`,
		isGroup: fields.chat_type === 'group',
		isOwn: fields.direction === 'outgoing',
		from: { id: sender, name: textAt(fields, 'sender_name') ?? sender },
		id: textAt(objectAt(fields, 'message'), 'id'),
		content: contentReceived(objectAt(fields, 'message')),
	};
}

function callOf(fields: Record<string, unknown>): Reading {
	const sender = textAt(fields, 'sender_phone_number') ?? chatOf(textAt(fields, 'sender_id') ?? '');
	const isVideo = objectAt(fields, 'call').type === 'video';
	return {
		act: 'message',
		chat: sender,
		isGroup: false,
		isOwn: false,
		from: { id: sender, name: sender },
		id: textAt(objectAt(fields, 'call'), 'id'),
		content: { kind: 'call', text: isVideo ? 'Video call' : 'Voice call' },
	};
}

function contentReceived(message: Record<string, unknown>): Content {
	const file = objectAt(message, 'file_data');
	if (Object.keys(file).length === 0) return { kind: 'text', text: textAt(message, 'text') };
	const mimeType = textAt(file, 'mime_type');
	const kind = message.type === 'document' ? 'document' : fileKindOf(mimeType);
	return { kind, text: textAt(file, 'caption'), file: { url: textAt(file, 'download_url'), name: null, mimeType } };
}
