import { chataloAccount } from '../../providers/chatalo/seed';
import { isPlain } from '../../merge';
import type { SentMessage } from '../../types';
import type { Content, PhoneSide, Reading } from '../types';
import { fileByUrl, fileKindOf, numberAt, objectAt, TEAM, textAt } from './reading';

/** The second of the seeded groups: the one in which the sandbox plays. */
const GROUP = '120363020007654321';
const ACTS = ['text', 'image', 'video', 'voice', 'document', 'sticker', 'location'] as const;
const OWN_ACTS = ['text', 'image', 'video', 'voice', 'document'] as const;
const EVENT_OF = { image: 'image', video: 'video', voice: 'audio', document: 'document', sticker: 'sticker' } as const;

/** A webhook has no id of a message, so nothing can point at one: no replies, reactions, edits or deletions. */
export const chatalo: PhoneSide = {
	label: 'Chatalo',
	acts: ACTS,
	groupActs: ACTS,
	ownActs: OWN_ACTS,
	connected: 'AUTHENTICATED',
	disconnected: 'DISCONNECTED',
	hasSlots: false,
	statuses: [],
	chats: () => [
		{ id: '6281200000001', name: 'Arik', isGroup: false },
		{ id: chataloAccount.withoutPicture, name: 'Angga', isGroup: false },
		{
			id: GROUP,
			name: 'GROUP 2',
			isGroup: true,
			members: [
				{ id: '6281200000001', name: 'Arik' },
				{ id: '6281200000003', name: 'Zumy' },
			],
		},
		TEAM,
	],
	play(act, device) {
		const overrides: Record<string, unknown> = {
			device_id: device.id,
			// The sender of an own message is the account (inferred), and the recipient is missing.
			sender: {
				name: act.isOwn ? device.name : act.from.name,
				number: act.isOwn ? device.number : act.from.id,
				in_group: act.isGroup,
				group_id: act.isGroup ? act.chat : null,
			},
		};
		if (act.do === 'file') {
			const media_info = { mimetype: act.file.mimeType.replaceAll('/', '\\/'), file_encoded: act.file.reference };
			const message = act.text ?? false;
			const event = act.isOwn ? 'own' : EVENT_OF[act.kind];
			return { event, overrides: { ...overrides, message, has_media: true, media_info } };
		}
		if (act.do === 'location') {
			const { latitude, longitude } = act;
			return { event: 'location', overrides: { ...overrides, location_attached: { latitude, longitude } } };
		}
		const message = act.do === 'text' ? act.text : '';
		return { event: act.isOwn ? 'own' : 'text', overrides: { ...overrides, message } };
	},
	read(body): Reading[] {
		if (!isPlain(body)) return [];
		const sender = objectAt(body, 'sender');
		const number = textAt(sender, 'number');
		if (number === null) return [];
		const group = sender.in_group === true ? (textAt(sender, 'group_id') ?? 'group') : null;
		return [
			{
				act: 'message',
				chat: group ?? number,
				isGroup: group !== null,
				isOwn: body.from_me === true,
				from: { id: number, name: textAt(sender, 'name') ?? number },
				id: null,
				content: contentOf(body),
			},
		];
	},
	sent: (message: SentMessage) => ({
		chat: message.recipient,
		content:
			message.url === null
				? { kind: 'text', text: message.text }
				: {
						kind: fileKindOf(fileByUrl(message.url).mimeType),
						text: message.text,
						file: fileByUrl(message.url),
					},
	}),
};

function contentOf(body: Record<string, unknown>): Content {
	const text = textAt(body, 'message');
	const place = objectAt(body, 'location_attached');
	const [latitude, longitude] = [numberAt(place, 'latitude'), numberAt(place, 'longitude')];
	if (latitude !== null && longitude !== null)
		return { kind: 'location', text, location: { latitude, longitude, name: null } };
	if (body.has_media !== true) return { kind: 'text', text };
	const mimeType = textAt(objectAt(body, 'media_info'), 'mimetype')?.replaceAll('\\', '') ?? null;
	const kind = body.is_sticker === true ? 'sticker' : fileKindOf(mimeType);
	return { kind, text, file: { url: null, name: null, mimeType } };
}
