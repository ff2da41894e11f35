import { whacenterAccount } from '../../providers/whacenter/seed';
import { isPlain } from '../../merge';
import type { PhoneSide } from '../types';
import { fileByUrl, fileKindOf, TEAM, textAt } from './reading';

const { sender, groups } = whacenterAccount;
const ACTS = ['text', 'image', 'voice', 'document'] as const;

/**
 * A webhook has no id of a message, so nothing can point at one. Of a group it says only that there is one: what comes
 * from elsewhere than this phone is shown in one chat for all.
 */
export const whacenter: PhoneSide = {
	label: 'Whacenter',
	acts: ACTS,
	groupActs: ACTS,
	// That a webhook marks own messages was only seen in use, and not that Whacenter posts any.
	ownActs: [],
	connected: 'CONNECTED',
	disconnected: 'NOT CONNECTED',
	hasSlots: true,
	statuses: [],
	wrongKey: { kind: 'bodyError', code: 401, message: 'device not found' },
	chats: () => [
		{ id: sender.number, name: sender.name, isGroup: false },
		{ id: '6281200000002', name: 'Rudi', isGroup: false },
		{
			id: groups[0],
			name: groups[0],
			isGroup: true,
			members: [
				{ id: sender.number, name: sender.name },
				{ id: '6281200000002', name: 'Rudi' },
			],
		},
		TEAM,
	],
	play(act) {
		const overrides = { pushName: act.from.name, from: act.from.id, is_group: act.isGroup };
		if (act.do === 'file') {
			return {
				event: act.kind === 'image' ? 'image' : 'document',
				overrides: { ...overrides, message: act.text ?? '', media: act.file.url },
			};
		}
		return { event: 'text', overrides: { ...overrides, message: act.do === 'text' ? act.text : '' } };
	},
	read(body) {
		const fields = isPlain(body) ? body : formOf(body);
		const from = textAt(fields, 'from');
		if (from === null) return [];
		const isGroup = [true, '1', 'true'].some((yes) => yes === fields.is_group);
		const url = textAt(isPlain(fields.media) ? fields.media : fields, isPlain(fields.media) ? 'url' : 'media');
		const text = textAt(fields, 'message');
		const file = url === null ? undefined : fileByUrl(url);
		return [
			{
				act: 'message',
				chat: isGroup ? 'A group' : from,
				isGroup,
				isOwn: false,
				from: { id: from, name: textAt(fields, 'pushName') ?? from },
				id: null,
				content: file === undefined ? { kind: 'text', text } : { kind: fileKindOf(file.mimeType), text, file },
			},
		];
	},
	sent(message) {
		// "085…" is a number of Indonesia without its country code.
		const isPerson = message.recipientType === 'person';
		const chat = isPerson ? message.recipient.replace(/^0/, '62') : message.recipient;
		if (message.url === null) return { chat, content: { kind: 'text', text: message.text } };
		const file = fileByUrl(message.url);
		return { chat, content: { kind: fileKindOf(file.mimeType), text: message.text, file } };
	},
};

function formOf(body: unknown): Record<string, unknown> {
	return typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : {};
}
