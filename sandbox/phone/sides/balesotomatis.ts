import { balesOtomatisAccount } from '../../providers/balesotomatis/seed';
import { isPlain } from '../../merge';
import type { SentMessage } from '../../types';
import type { Content, PhoneSide } from '../types';
import { chatOf, fileByUrl, fileKindOf, numberAt, objectAt, TEAM, textAt } from './reading';

const { sender, groups } = balesOtomatisAccount;
const ACTS = ['text', 'image', 'voice', 'document'] as const;

/** A webhook names a file without a way to get it, and knows no replies, reactions or other acts. */
export const balesOtomatis: PhoneSide = {
	label: 'BalesOtomatis',
	acts: ACTS,
	groupActs: ACTS,
	ownActs: ACTS,
	connected: 'connected',
	disconnected: 'disconnected',
	hasSlots: true,
	statuses: [],
	wrongKey: { kind: 'bodyError', code: 403, message: 'Invalid API Key' },
	otherAccounts: [{ id: balesOtomatisAccount.businessNumber, name: 'WhatsApp Business API' }],
	chats: () => [
		{ id: sender.number, name: sender.name, isGroup: false },
		{ id: '6281200000002', name: 'Sari', isGroup: false },
		{
			id: groups.first,
			name: 'Example Group 1',
			isGroup: true,
			members: [
				{ id: sender.number, name: sender.name },
				{ id: '6281200000002', name: 'Sari' },
			],
		},
		TEAM,
	],
	play(act) {
		const chat_id = act.isGroup ? `${act.chat}@g.us` : `${act.chat}@c.us`;
		const mark = Date.now().toString(16).toUpperCase().padStart(18, '0');
		const message_id = act.isOwn ? `true_${chat_id}_3A${mark}` : `false_${chat_id}_3EB0${mark}`;
		const common = { chat_id, message_id, name: act.from.name };
		if (act.do === 'file') {
			const media = { has_media: true, media_name: act.file.name, media_mime: act.file.mimeType };
			return {
				event: act.isOwn ? 'own' : act.kind === 'image' ? 'image' : 'document',
				overrides: { data: { ...common, ...media, message_body: act.text ?? '' } },
			};
		}
		const message_body = act.do === 'text' ? act.text : '';
		const event = act.isOwn ? 'own' : act.isGroup ? 'group' : 'text';
		return { event, overrides: { data: { ...common, message_body } } };
	},
	read(body) {
		if (!isPlain(body) || body.type !== 'incoming_chat') return [];
		const data = objectAt(body, 'data');
		const id = textAt(data, 'chat_id');
		if (id === null) return [];
		const text = textAt(data, 'message_body');
		const mimeType = textAt(data, 'media_mime');
		const content: Content =
			data.has_media === true
				? { kind: fileKindOf(mimeType), text, file: { url: null, name: textAt(data, 'media_name'), mimeType } }
				: { kind: 'text', text };
		return [
			{
				act: 'message',
				chat: chatOf(id),
				isGroup: id.endsWith('@g.us'),
				isOwn: data.is_from_me === true,
				from: { id: chatOf(id), name: textAt(data, 'name') ?? chatOf(id) },
				id: textAt(data, 'message_id'),
				content,
			},
		];
	},
	sent: (message) => ({ chat: message.recipient, content: sentContent(message) }),
};

function sentContent({ kind, text, url, raw }: SentMessage): Content {
	const fields = isPlain(raw) ? raw : {};
	if (kind === 'otp') return { kind: 'code', text };
	const [latitude, longitude] = [numberAt(fields, 'latitude'), numberAt(fields, 'longitude')];
	if (kind === 'location' && latitude !== null && longitude !== null)
		return { kind, text: null, location: { latitude, longitude, name: text } };
	if (url === null) return { kind: kind === 'template' ? 'template' : 'text', text };
	const file = fileByUrl(url);
	const name = textAt(fields, 'fileName', 'file_name') ?? file.name;
	return { kind: fileKindOf(file.mimeType), text: kind === 'document' ? null : text, file: { ...file, name } };
}
