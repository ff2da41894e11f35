import { grouped, type KindTable } from '../../../play/kinds';
import { samples } from '../../../samples';
import type { HookType } from '../hooks';
import { chategyAccount } from '../seed';
import type { Fields, Posted, Row, Scene } from './scene';

/** The channels whose messages come flat. */
const CHANNELS: Readonly<Record<string, { hookType: HookType; says: string; chatId: number }>> = {
	telegram: { hookType: 'tdlib_incoming_msg', says: 'Telegram', chatId: chategyAccount.contact.telegramId },
	telegram_bot: {
		hookType: 'telegram_bot_incoming_msg',
		says: 'Telegram bot',
		chatId: chategyAccount.contact.telegramId,
	},
	max: { hookType: 'max_incoming_msg', says: 'MAX', chatId: chategyAccount.contact.maxId },
	max_bot: { hookType: 'max_bot_incoming_msg', says: 'MAX bot', chatId: chategyAccount.contact.maxId },
};

interface Content {
	says: string;
	type: string;
	fields?: (scene: Scene) => Fields;
}

const text = ({ text }: Scene): Fields => ({ text });
const place = (scene: Scene): Fields => ({ location: { latitude: 55.7558, longitude: 37.6173 }, text: scene.text });

const file =
	(bytes: () => Buffer, mimeType: string, hasCaption = true) =>
	(scene: Scene): Fields => ({ file_data: scene.file(bytes(), mimeType, hasCaption ? scene.text : null) });

/**
 * What comes over these channels (EVENTS.md 5). `formattedText` and `document` are examples of the API reference; the other
 * types are TDLib's names, with or without `message` in front (inferred).
 */
const CONTENTS: KindTable<Content> = {
	...grouped<Content>('messages', {
		text: { says: 'A text', type: 'formattedText', fields: text },
		plainText: { says: 'A text, under the type `text`', type: 'text', fields: text },
		messageText: { says: 'A text, under TDLib’s own type', type: 'messageText', fields: text },
		messageContact: {
			says: 'A contact',
			type: 'messageContact',
			fields: () => ({
				contact: { phone_number: '79261234567', first_name: 'Ivan', last_name: 'Petrov' },
				text: 'Ivan Petrov',
			}),
		},
		messageLocation: { says: 'A place', type: 'messageLocation', fields: place },
		messageVenue: { says: 'A place with a name', type: 'messageVenue', fields: place },
		messagePoll: { says: 'A poll', type: 'messagePoll', fields: text },
		unknownWithText: { says: 'A type that nobody knows yet, with words', type: 'messageHologram', fields: text },
	}),
	...grouped<Content>('files', {
		document: { says: 'A document', type: 'document', fields: file(samples.pdf, 'application/pdf') },
		messageDocument: {
			says: 'A document, under TDLib’s own type',
			type: 'messageDocument',
			fields: file(samples.pdf, 'application/pdf'),
		},
		messagePhoto: { says: 'A photo', type: 'messagePhoto', fields: file(samples.jpeg, 'image/jpeg') },
		photo: { says: 'A photo, under the short type', type: 'photo', fields: file(samples.jpeg, 'image/jpeg') },
		messageVideo: { says: 'A video', type: 'messageVideo', fields: file(samples.mp4, 'video/mp4') },
		messageAudio: { says: 'A sound file', type: 'messageAudio', fields: file(samples.ogg, 'audio/ogg') },
		messageVoiceNote: {
			says: 'A voice note',
			type: 'messageVoiceNote',
			fields: file(samples.ogg, 'audio/ogg', false),
		},
		messageVideoNote: {
			says: 'A round video note',
			type: 'messageVideoNote',
			fields: file(samples.mp4, 'video/mp4', false),
		},
		messageAnimation: { says: 'A GIF', type: 'messageAnimation', fields: file(samples.mp4, 'video/mp4') },
		messageSticker: { says: 'A sticker', type: 'messageSticker', fields: file(samples.webp, 'image/webp', false) },
	}),
	...grouped<Content>('edits and reactions', {
		messageEdited: { says: 'Edited a message', type: 'messageEdited', fields: text },
	}),
	...grouped<Content>('notices', {
		messageChatAddMembers: { says: 'Members joined a group', type: 'messageChatAddMembers' },
		messagePinMessage: { says: 'A message was pinned', type: 'messagePinMessage' },
		unknownEmpty: { says: 'A type that nobody knows yet, without content', type: 'messageHologram' },
	}),
};

export const FLAT: KindTable<Row> = Object.fromEntries(
	Object.entries(CHANNELS).flatMap(([channel, { says: channelName }]) =>
		Object.entries(CONTENTS).map(([name, { says, group, type, fields }]) => [
			`${channel}.${name}`,
			{
				says: `${channelName}: ${says}`,
				group,
				post: (scene: Scene) => message(scene, channel, { type, ...fields?.(scene) }),
			},
		]),
	),
);

function message(scene: Scene, channel: string, content: Fields): Posted {
	const { hookType, chatId } = CHANNELS[channel] ?? { hookType: 'tdlib_incoming_msg' as const, chatId: 0 };
	const { options, person, isOwn } = scene;
	const isMax = channel.startsWith('max');
	const isEdit = content.type === 'messageEdited';
	// Numbers of the time and the count, so none comes twice. What no number can hold exactly comes as text.
	const id = idOf((isEdit ? options.target : undefined) ?? options.id) ?? Date.now() * 1000 + (scene.count % 1000);
	scene.messageId = options.withoutId === true ? null : String(id);
	const { chat, type } = chatOf(options.chat ?? 'private', chatId);
	const isPrivate = type === 'person';
	const own = {
		sender_id: 4_335_465,
		sender_name: 'Sandbox',
		sender_phone_number: isPrivate ? chategyAccount.ownPhone : null,
	};
	const other = { sender_id: chatId, sender_name: person.name, sender_phone_number: isPrivate ? person.phone : null };
	const payload = {
		chat_id: chat,
		chat_type: type,
		...(isPrivate ? {} : { chat_name: 'Family' }),
		delivery_id: scene.deliveryId,
		direction: isOwn ? 'outgoing' : 'incoming',
		...scene.of,
		message: {
			id: options.withoutId === true ? undefined : id,
			reply_to_message_id: scene.quotedId(49_283_072) ?? undefined,
			...content,
			timestamp: isMax ? undefined : scene.timestamp,
		},
		timestamp: isMax ? scene.timestamp : undefined,
		...(isOwn ? own : other),
		...(isOwn && isPrivate
			? { recipient_id: chatId, recipient_phone_number: person.phone, recipient_username: 'amina' }
			: {}),
	};
	return { hookTypes: [hookType], body: { payload, type: hookType } };
}

/** Telegram's ids of groups and channels are negative. */
function chatOf(chat: string, person: number): { chat: number | string; type: string } {
	const groups = {
		group: chategyAccount.group.telegram,
		supergroup: -1_009_876_543_210,
		channel: -1_001_111_111_111,
	};
	if (chat === 'private') return { chat: person, type: 'person' };
	if (chat === 'group' || chat === 'supergroup' || chat === 'channel') return { chat: groups[chat], type: chat };
	return { chat: idOf(chat) ?? chat, type: chat.startsWith('-') ? 'group' : 'person' };
}

function idOf(id: string | undefined): number | string | undefined {
	return id !== undefined && /^-?\d+$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id;
}
