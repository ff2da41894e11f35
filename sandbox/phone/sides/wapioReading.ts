import { wapioAccount } from '../../providers/wapio/seed';
import { isPlain } from '../../merge';
import type { Content, Quoted, Reading, SentStatus } from '../types';
import { chatOf, listAt, numberAt, objectAt, textAt } from './reading';

/** Parts of a message by the kind they are shown as. Any other part is shown by its name. */
const KIND_OF: Record<string, string> = {
	imageMessage: 'image',
	videoMessage: 'video',
	audioMessage: 'voice',
	documentMessage: 'document',
	stickerMessage: 'sticker',
	locationMessage: 'location',
	liveLocationMessage: 'location',
	contactMessage: 'contact',
	buttonsResponseMessage: 'choice',
	templateButtonReplyMessage: 'choice',
	listResponseMessage: 'choice',
	extendedTextMessage: 'text',
	conversation: 'text',
};
const STATUS_OF: Record<string, SentStatus> = { 0: 'failed', 2: 'accepted', 3: 'delivered', 4: 'read', 5: 'read' };
const MAX_DEPTH = 8;

/** What a webhook of Wapio says, in either envelope. Of a message in wrappers, the innermost is shown. */
export function readWapio(body: unknown): Reading[] {
	if (!isPlain(body)) return [];
	const data = body.data ?? body.payload;
	switch (body.event ?? body.event_type) {
		case 'call':
			return itemsOf(data).map(callOf);
		case 'messages.reaction':
			return itemsOf(data).flatMap(reactionOf);
		case 'messages.update':
			return itemsOf(data).flatMap(editOf);
		case 'messages.delete':
			return listAt(objectAt(data), 'keys').flatMap((key) => {
				const target = textAt(objectAt(key), 'id');
				return target === null ? [] : [{ act: 'delete' as const, target }];
			});
		case 'poll.results':
			return itemsOf(data).flatMap(voteOf);
		case 'message-receipt.update':
			return itemsOf(data).flatMap((one) => {
				const target = textAt(objectAt(one, 'key'), 'id');
				const status = STATUS_OF[textAt(one, 'status') ?? ''];
				return target === null || status === undefined ? [] : [{ act: 'status' as const, target, status }];
			});
		default: {
			const messages = objectAt(data).messages;
			return itemsOf(messages).flatMap(messageOf);
		}
	}
}

function itemsOf(value: unknown): Record<string, unknown>[] {
	return (Array.isArray(value) ? value : [value]).filter(isPlain);
}

function whoOf(key: Record<string, unknown>): { id: string; isGroup: boolean; chat: string } {
	const jid = textAt(key, 'remoteJid') ?? '';
	const isGroup = jid.endsWith('@g.us');
	const number = textAt(key, 'cleanedSenderPn') ?? numberOf(textAt(key, isGroup ? 'participant' : 'remoteJid') ?? '');
	return { id: number, isGroup, chat: isGroup || jid.includes('@newsletter') ? chatOf(jid) : numberOf(jid) };
}

/** The number behind an id, where the seed knows it. */
function numberOf(jid: string): string {
	return jid === `${wapioAccount.sender.lid}@lid` ? wapioAccount.sender.number : chatOf(jid);
}

function messageOf(one: Record<string, unknown>): Reading[] {
	const key = objectAt(one, 'key');
	const { id, isGroup, chat } = whoOf(key);
	if (chat === '') return [];
	return [
		{
			act: 'message',
			chat,
			isGroup,
			isOwn: key.fromMe === true,
			from: { id, name: textAt(one, 'pushName') ?? id },
			id: textAt(key, 'id'),
			content: contentOf(objectAt(one, 'message'), textAt(one, 'messageBody')),
		},
	];
}

function contentOf(message: Record<string, unknown>, body: string | null): Content {
	const [name, part] = innermost(message);
	const kind = KIND_OF[name] ?? (name === '' ? 'text' : name.replace(/Message(V\d)?$/, ''));
	const text = body ?? (typeof part === 'string' ? part : textAt(objectAt(part), 'text', 'caption', 'title', 'name'));
	const fields = objectAt(part);
	const content: Content = { kind, text };
	const context = objectAt(fields, 'contextInfo');
	const quotedId = textAt(context, 'stanzaId');
	if (quotedId !== null) content.quoted = quotedOf(quotedId, context);
	const url = textAt(fields, 'url');
	if (url !== null && 'mimetype' in fields)
		content.file = { url, name: textAt(fields, 'fileName', 'title'), mimeType: textAt(fields, 'mimetype') };
	const [latitude, longitude] = [numberAt(fields, 'degreesLatitude'), numberAt(fields, 'degreesLongitude')];
	if (latitude !== null && longitude !== null)
		content.location = { latitude, longitude, name: textAt(fields, 'name') };
	if (name === 'contactMessage') {
		const phone = /waid=(\d+)/.exec(textAt(fields, 'vcard') ?? '')?.[1] ?? '';
		content.contact = { name: textAt(fields, 'displayName') ?? phone, phone };
	}
	return content;
}

function quotedOf(id: string, context: Record<string, unknown>): Quoted {
	const text = textAt(objectAt(context, 'quotedMessage'), 'conversation') ?? '';
	return { id, text, byAccount: false };
}

/** The part that holds the content, below wrappers such as `viewOnceMessage`. */
function innermost(message: Record<string, unknown>, depth = 0): [string, unknown] {
	const names = Object.keys(message).filter(
		(name) => name !== 'messageContextInfo' && name !== 'senderKeyDistributionMessage',
	);
	const [name = ''] = names;
	const part = message[name];
	const inner = isPlain(part) && isPlain(part.message) ? part.message : undefined;
	return inner !== undefined && depth < MAX_DEPTH ? innermost(inner, depth + 1) : [name, part];
}

function reactionOf(one: Record<string, unknown>): Reading[] {
	const target = textAt(objectAt(one, 'reaction', 'key'), 'id');
	if (target === null) return [];
	const { id } = whoOf(objectAt(one, 'key'));
	const emoji = textAt(objectAt(one, 'reaction'), 'text') ?? '';
	return [{ act: 'reaction', target, emoji, from: { id, name: id } }];
}

function editOf(one: Record<string, unknown>): Reading[] {
	const target = textAt(objectAt(one, 'key'), 'id');
	const edited = objectAt(one, 'update', 'message', 'editedMessage', 'message');
	if (target === null || Object.keys(edited).length === 0) return [];
	return [{ act: 'edit', target, text: contentOf(edited, null).text ?? '' }];
}

/** A vote, shown as what the first voter of an answer chose. */
function voteOf(one: Record<string, unknown>): Reading[] {
	const target = textAt(objectAt(one, 'key'), 'id');
	const results = listAt(one, 'pollResult').filter(isPlain);
	const chosen = results.find((result) => listAt(result, 'voters').length > 0);
	if (target === null || chosen === undefined) return [];
	const id = numberOf(String(listAt(chosen, 'voters')[0]));
	return [{ act: 'reaction', target, emoji: `✓ ${textAt(chosen, 'name') ?? ''}`, from: { id, name: id } }];
}

function callOf(one: Record<string, unknown>): Reading {
	const chat = numberOf(textAt(one, 'from') ?? '');
	return {
		act: 'message',
		chat,
		isGroup: false,
		isOwn: false,
		from: { id: chat, name: chat },
		id: textAt(one, 'id'),
		content: { kind: 'call', text: one.isVideo === true ? 'Video call' : 'Voice call' },
	};
}
