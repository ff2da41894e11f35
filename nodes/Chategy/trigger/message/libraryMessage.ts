import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/object';
import { told } from '../../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../../shared/trigger/event/event';
import { messageEvent } from '../../../shared/trigger/whatsapp/message';
import { isKnownPart } from '../../../shared/trigger/whatsapp/parts/content';
import { isWrapper } from '../../../shared/trigger/whatsapp/parts/wrappers';
import { fieldOf, timeIn } from '../../../shared/trigger/whatsapp/values';
import type { MessageFrame } from './frame';
import { deliveryIdOf, type Source, sourceOf } from '../source';

/**
 * A WhatsApp message in the form of the library behind many gateways: complete (`{key, message: {…}}`), or with its parts
 * (`imageMessage`, `ephemeralMessage` …) among the platform's own fields. Chategy has not been observed to send it.
 *
 * @returns undefined if the payload has none
 */
export function libraryEvent(source: Source, frame: MessageFrame | undefined): GatewayEvent | undefined {
	if (source.channel !== 'whatsapp') return undefined;
	const { payload, device, raw } = source;
	const nested = fieldOf(payload, 'new_message');
	const whole = [payload, nested, fieldOf(payload, 'message'), fieldOf(nested, 'message')].find(isWhole);
	const timestamp = timeIn(nested, 'timestamp') ?? timeIn(payload, 'timestamp') ?? timeIn(raw, 'timestamp');
	const from = { provider: 'chategy', device, raw, eventId: null };
	if (whole) {
		const event = messageEvent({ ...from, timestamp }, whole);
		const places = isObject(nested) ? [payload, nested] : [payload];
		const deliveryId = deliveryIdOf(places, event.messageId);
		const made = event.direction === 'outgoing' ? sourceOf(places, event.messageId, deliveryId) : null;
		return { ...event, ...told<Partial<GatewayEvent>>({ deliveryId, source: made ?? event.source }) };
	}
	return frame && partsEvent(source, frame);
}

/** Whether it is a message with its key. */
function isWhole(value: unknown): value is IDataObject {
	const key = fieldOf(value, 'key');
	const isKey = isObject(key) && ['id', 'remoteJid'].some((name) => Object.hasOwn(key, name));
	return isKey && isObject(fieldOf(value, 'message'));
}

/** Names of the library's parts; no field of the platform has such a name. */
const isPart = (name: string): boolean =>
	/Message(?:V\d.{0,12})?$/.test(name) && (isKnownPart(name) || isWrapper(name));

function partsEvent({ device, raw }: Source, { message, base, answers, key }: MessageFrame): GatewayEvent | undefined {
	const parts = Object.entries(message).filter(([name, value]) => isPart(name) && isObject(value));
	if (parts.length === 0) return undefined;
	const { chat, sender, direction, timestamp, messageId } = base;
	const read = messageEvent(
		{ provider: 'chategy', device, raw, eventId: null, timestamp },
		{
			key: told<IDataObject>({
				id: key,
				remoteJid: chat.id,
				fromMe: direction === 'outgoing',
				participant: chat.type === 'group' ? sender.id : null,
			}),
			message: Object.fromEntries(parts),
		},
	);
	const unread = [...(base.unread ?? []).filter((name) => !isPart(name)), ...(read.unread ?? [])];
	const own = { ...base };
	delete own.unread;
	const event: GatewayEvent = {
		...read,
		...own,
		...told<Partial<GatewayEvent>>({
			replyTo: read.replyTo ?? answers.replyTo,
			quoted: read.quoted ?? answers.quoted,
			isStory: base.isStory ?? read.isStory,
		}),
		event: read.event,
		type: read.type,
		text: read.text,
		media: read.media,
		location: read.location,
		messageId,
		id: read.id,
	};
	if (unread.length > 0) return { ...event, unread };
	delete event.unread;
	return event;
}
