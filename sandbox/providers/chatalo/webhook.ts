import { createHash } from 'node:crypto';
import type { MediaStore } from '../../media';
import { samples } from '../../samples';
import type { Contact, Device, Group } from './seed';

export const chataloEvents = [
	'text',
	'image',
	'video',
	'audio',
	'document',
	'sticker',
	'location',
	'forwarded',
	'group',
	'own',
	'broadcast',
] as const;

export type ChataloEvent = (typeof chataloEvents)[number];

/** The body of a webhook: the fields and their order are those of the API reference's "Example Webhook Request". */
export interface ChataloWebhook {
	device_id: string;
	chat_id: string;
	sender: { name: string; number: string; in_group: boolean; group_id: string | null };
	from_me: boolean;
	is_forwarded: boolean;
	is_sticker: boolean;
	timestamp: number;
	broadcast: boolean;
	message: string | false;
	has_media: boolean;
	media_info: { mimetype: string | null; file_encoded: string | null };
	location_attached: { latitude: number | null; longitude: number | null };
}

const MEDIA: Partial<Record<ChataloEvent, { mimeType: string; bytes: () => Buffer }>> = {
	image: { mimeType: 'image/jpeg', bytes: samples.jpeg },
	video: { mimeType: 'video/mp4', bytes: samples.mp4 },
	audio: { mimeType: 'audio/ogg; codecs=opus', bytes: samples.ogg },
	document: { mimeType: 'application/pdf', bytes: samples.pdf },
	sticker: { mimeType: 'image/webp', bytes: samples.webp },
};

/**
 * Builds the webhook for an event. From the example: the shape, `message: false` with media, null for no location.
 * Inferred, as the one example shows an image in a private chat: the content of the fields that it leaves at false or null.
 */
export function chataloWebhook(
	event: ChataloEvent,
	count: number,
	world: { media: MediaStore; device: Device; sender: Contact; group: Group },
): ChataloWebhook {
	const { device, sender, group } = world;
	const payload: ChataloWebhook = {
		device_id: device.id,
		chat_id: chatId(count),
		sender: { name: sender.name, number: sender.number, in_group: false, group_id: null },
		from_me: false,
		is_forwarded: event === 'forwarded',
		is_sticker: event === 'sticker',
		timestamp: Math.floor(Date.now() / 1000),
		broadcast: event === 'broadcast',
		message: `Message ${count} from the sandbox`,
		has_media: false,
		media_info: { mimetype: null, file_encoded: null },
		location_attached: { latitude: null, longitude: null },
	};

	const media = MEDIA[event];
	if (media !== undefined) {
		payload.message = false;
		payload.has_media = true;
		payload.media_info = {
			mimetype: quirkyMimeType(media.mimeType),
			file_encoded: world.media.add(media.bytes(), media.mimeType).reference,
		};
	}
	if (event === 'location') {
		payload.message = false;
		payload.location_attached = { latitude: -6.175392, longitude: 106.827153 };
	}
	if (event === 'group') {
		payload.sender.in_group = true;
		payload.sender.group_id = group.id;
	}
	if (event === 'own') {
		payload.from_me = true;
		payload.sender.name = device.name;
		payload.sender.number = device.whatsappNumber;
	}
	return payload;
}

/** The example's JSON reads `"image\\/jpeg"`: decoded, it has a backslash before the slash. */
export function quirkyMimeType(mimeType: string): string {
	return mimeType.replaceAll('/', '\\/');
}

/**
 * The example says `D073D8Bxxxx`. Whether that names the chat or, as it looks, the message, the API reference leaves open.
 * Here it is new for each event (inferred), also after a restart, so that a receiver's memory of earlier events,
 * which may outlive the sandbox, never takes a new one for a repetition. Override `chat_id` to play the other reading.
 */
function chatId(count: number): string {
	return `D0${createHash('sha256').update(`${Date.now()} ${count}`).digest('hex').slice(0, 9).toUpperCase()}`;
}
