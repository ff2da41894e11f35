import {
	type EventMedia,
	type GatewayEvent,
	isoTime,
	type MessageType,
	messageTypeOf,
} from '../../shared/trigger/event/event';
import { fileNameIn } from '../../shared/trigger/event/fileName';
import { byContent, byId } from '../../shared/trigger/event/payload';
import { chatAndSender } from './chatAndSender';
import { conversation, type IncomingMessage } from './payload';
import { bareEvent, type Source } from './source';

/** The message in a webhook of any messenger; undefined if there is none. */
export function messageEvent(source: Source): GatewayEvent | undefined {
	const nested = conversation.safeParse(source.payload.new_message);
	const found = nested.data ?? conversation.safeParse(source.payload).data;
	if (!found) return undefined;
	const { message } = found;
	const chatFacts = chatAndSender(found);
	const media = mediaOf(message);
	const text = message.text || media?.caption || null;
	const timestamp = isoTime(message.timestamp);
	return {
		...bareEvent(source),
		...chatFacts,
		event: 'message',
		...(message.id
			? byId(
					messageId(
						message.id,
						nested.success && chatFacts.chat.type === 'private',
						source.device,
						chatFacts.chat.id,
					),
				)
			: byContent(source.raw, timestamp !== null)),
		messageId: message.id || null,
		timestamp,
		type: typeOf(message, media, text),
		text,
		media,
		replyTo: message.reply_to_message_id || null,
	};
}

/**
 * WhatsApp's ids are unique within a private chat. A group's message has the same one for every account that is in the
 * group, and Telegram counts anew for each account and chat, so account and chat belong to the event's identity there.
 */
function messageId(id: string, isUnique: boolean, device: string | null, chat: string | null): string {
	return isUnique ? id : [device ?? '', chat ?? '', id].join('_');
}

function mediaOf({ file_data: file }: IncomingMessage): EventMedia | null {
	if (!file || Object.values(file).every((part) => !part)) return null;
	const url = file.download_url || null;
	return {
		mimeType: file.mime_type || null,
		url,
		reference: null,
		fileName: fileNameIn(url),
		caption: file.caption || null,
	};
}

/** Names of kinds beside those of the event shape: API reference `formattedText`; the others are the messengers' own. */
const TYPES: Record<string, MessageType> = {
	text: 'text',
	formattedtext: 'text',
	chat: 'text',
	image: 'image',
	photo: 'image',
	video: 'video',
	videonote: 'video',
	animation: 'video',
	audio: 'audio',
	voice: 'audio',
	voicenote: 'audio',
	ptt: 'audio',
	document: 'document',
	file: 'document',
	sticker: 'sticker',
	location: 'location',
	contact: 'contact',
	vcard: 'contact',
	poll: 'poll',
	reaction: 'reaction',
};

function typeOf(message: IncomingMessage, media: EventMedia | null, text: string | null): MessageType {
	const named = TYPES[message.type?.toLowerCase().replace(/^message/, '') ?? ''];
	if (named) return named;
	if (media) return messageTypeOf(media.mimeType);
	return text === null ? 'unknown' : 'text';
}
