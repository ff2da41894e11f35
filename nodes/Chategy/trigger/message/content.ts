import type { IDataObject } from 'n8n-workflow';
import { plainMimeType } from '../../../shared/mimeType';
import { isObject } from '../../../shared/object';
import { told } from '../../../shared/trigger/event/emptyEvent';
import {
	type EventMedia,
	type GatewayEvent,
	type MessageType,
	messageTypeOf,
} from '../../../shared/trigger/event/event';
import { fileNameIn } from '../../../shared/trigger/event/fileName';
import { expiryOf } from '../../../shared/trigger/media/expiry';
import { readLocation } from '../../../shared/trigger/whatsapp/parts/trade';
import { amountIn, fieldOf, objectIn, objectsOf, textIn, textOfValue } from '../../../shared/trigger/whatsapp/values';
import { calendarIn, inviteIn, orderIn, paymentIn, pollIn, productIn } from './cards';
import { contactsIn, namesOf } from './contacts';
import { interactiveIn } from './interactive';
import type { MessageKind } from './messageTypes';

/** The content of a message. */
export type Content = Pick<GatewayEvent, 'type' | 'text' | 'media' | 'location'> &
	Partial<
		Pick<
			GatewayEvent,
			'contacts' | 'interactive' | 'order' | 'product' | 'poll' | 'invite' | 'calendar' | 'payment' | 'unread'
		>
	>;

type ContentKind = Extract<MessageKind, { type: MessageType }>;

/**
 * The content of a message. Its fields decide; the name of its type fills the gaps.
 *
 * @param message `payload.new_message.message` or `payload.message`
 * @param kind the kind of its type, if that is in the table
 * @param typeName its type as received
 */
export function readContent(message: IDataObject, kind: ContentKind | undefined, typeName: string | null): Content {
	const media = mediaIn(message, kind);
	const written =
		textValue(message, 'text') ?? textValue(message, 'caption') ?? media?.caption ?? bodyIn(message, kind);
	const contacts = contactsIn(message, kind?.type === 'contact' ? written : cardText(written, kind));
	const interactive = interactiveIn(message, kind?.interactive ?? null, written);
	const poll = pollIn(message, kind?.type === 'poll', textValue);
	const fields = {
		contacts,
		interactive,
		poll,
		order: orderIn(message, kind?.type === 'order'),
		product: productIn(message, kind?.type === 'product'),
		invite: inviteIn(message, kind?.type === 'invite'),
		calendar: calendarIn(message, kind?.type === 'calendar'),
		payment: paymentIn(message, kind?.type === 'payment'),
	};
	const location = locationIn(message);
	const shown = contacts === null || (written !== null && !isCard(written)) ? written : namesOf(contacts);
	const text = shown ?? interactive?.title ?? interactive?.id ?? poll?.question ?? null;
	const type = typeOf(kind, { ...fields, media, location, text }, typeName);
	return {
		type,
		text,
		media,
		location,
		...told<Partial<Content>>({
			...fields,
			unread: type === 'unknown' && typeName !== null ? [`type ${typeName.slice(0, 80)}`] : null,
		}),
	};
}

/** Whether there is any content that a person may expect a reply to. */
export function saysSomething(content: Content): boolean {
	return Object.entries(content).some(([name, value]) => !['type', 'unread'].includes(name) && value !== null);
}

/**
 * A text, or Telegram's form of a formatted text, which is an object that contains it (inferred).
 *
 * @param name of the field
 */
export function textValue(source: unknown, name: string): string | null {
	const value = fieldOf(source, name);
	return isObject(value) ? textValue(value, 'text') : textOfValue(value);
}

/** The library behind the gateway calls the text `body`, which for other kinds is a small picture in base64 (inferred). */
function bodyIn(message: IDataObject, kind: ContentKind | undefined): string | null {
	return kind === undefined || kind.type === 'text' || kind.type === 'contact' ? textValue(message, 'body') : null;
}

const isCard = (text: string): boolean => /^\s*BEGIN:VCARD/i.test(text.slice(0, 100));

/** A text that is a contact card, of a message whose type does not say so. */
function cardText(text: string | null, kind: ContentKind | undefined): string | null {
	return text !== null && kind?.type !== 'text' && isCard(text) ? text : null;
}

/**
 * The file of a message. API reference, Additional fields for messages with files: `file_data{mime_type, caption,
 * download_url}`; names and sizes are inferred. A kind that is a file by its name has media even if the payload has nothing
 * else about it.
 */
function mediaIn(message: IDataObject, kind: ContentKind | undefined): EventMedia | null {
	const given = fieldOf(message, 'file_data');
	const [data = {}] = objectsOf(given);
	const url = typeof given === 'string' ? textOfValue(given) : textIn(data, 'download_url', 'url');
	const isThere = url !== null || Object.values(data).some((value) => textOfValue(value) !== null);
	if (!isThere && kind?.isFile !== true) return null;
	const mimeType = textIn(data, 'mime_type', 'mimetype');
	return {
		mimeType: plainMimeType(mimeType) ?? null,
		url,
		reference: null,
		fileName: textIn(data, 'file_name', 'filename', 'name') ?? fileNameIn(url),
		caption: textIn(data, 'caption') ?? textValue(message, 'caption'),
		...told<Partial<EventMedia>>({
			sizeBytes: amountIn(data, 'size', 'file_size'),
			durationSeconds: amountIn(data, 'duration'),
			width: amountIn(data, 'width'),
			height: amountIn(data, 'height'),
			expiresAt: url === null ? null : expiryOf(url),
			...kind?.flags,
		}),
	};
}

/** A location, in the message's fields or in a separate one; a Telegram venue has its name next to the location. */
function locationIn(message: IDataObject): GatewayEvent['location'] {
	const venue = objectIn(message, 'venue');
	const named = { ...objectIn(message, 'location'), ...objectIn(venue, 'location') };
	const place = Object.keys(named).length > 0 ? named : message;
	const location = readLocation({
		...place,
		degreesLatitude: fieldOf(place, 'latitude') ?? fieldOf(place, 'lat'),
		degreesLongitude: fieldOf(place, 'longitude') ?? fieldOf(place, 'lng') ?? fieldOf(place, 'lon'),
		name: textIn(venue, 'title') ?? textIn(place, 'name', 'title'),
		address: textIn(venue, 'address') ?? textIn(place, 'address'),
		accuracyInMeters: fieldOf(place, 'horizontal_accuracy') ?? fieldOf(place, 'accuracy'),
	} as IDataObject);
	const isOnMap = location !== null && Math.abs(location.latitude) <= 90 && Math.abs(location.longitude) <= 180;
	return isOnMap ? location : null;
}

/** The type: by its name if that is known, otherwise by the content. */
function typeOf(
	kind: ContentKind | undefined,
	content: { [Name in 'media' | 'location' | 'contacts' | 'poll' | 'text']: Content[Name] | null },
	typeName: string | null,
): MessageType {
	const { media, location, contacts, poll, text } = content;
	const mimeType = media?.mimeType ?? null;
	// API reference, Incoming with the file: a photo comes as `document` with an image's MIME type.
	if (kind?.type === 'document' && mimeType !== null && messageTypeOf(mimeType) === 'image') return 'image';
	if (kind !== undefined && kind.type !== 'text') return kind.type;
	if (media) return messageTypeOf(mimeType);
	if (location) return 'location';
	if (contacts) return 'contact';
	if (poll) return 'poll';
	return kind === undefined && (typeName !== null || text === null) ? 'unknown' : 'text';
}
