import type { IDataObject } from 'n8n-workflow';
import { emptyEvent } from '../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { byContent } from '../../shared/trigger/event/payload';
import { fieldOf, textOfValue } from '../../shared/trigger/whatsapp/values';

/** What identifies an event. */
export type Identity = Pick<GatewayEvent, 'id' | 'identity'>;

/** A webhook with its account and messenger. */
export interface Source {
	/** The type of the webhook; the panel may use another name. */
	type: string;
	/** The messenger. */
	channel: string;
	device: string | null;
	payload: IDataObject;
	/** As received. */
	raw: IDataObject;
}

/**
 * An event without chat and sender, named after its provider's type.
 *
 * @param identity by default the payload itself
 */
export function bareEvent(source: Source, identity: Identity = byContent(source.raw, false)): GatewayEvent {
	const { type, channel, device, raw } = source;
	return emptyEvent({ event: type, provider: 'chategy', ...identity, device, raw, channel });
}

/** Messengers by the start of a type's name; for Telegram it may be the name of its library, TDLib. */
const CHANNELS: Array<[start: string, channel: string]> = [
	['tdlib', 'telegram'],
	['telegram_bot', 'telegram_bot'],
	['telegram', 'telegram'],
	['max_bot', 'max_bot'],
	['max', 'max'],
];

/** The messenger of an event. An unknown messenger is named as in the type; a type without one is WhatsApp's. */
export function channelOf(type: string): string {
	const known = CHANNELS.find(([start]) => type.startsWith(start));
	return known?.[1] ?? /^(\w{1,40})_incoming_msg$/.exec(type)?.[1] ?? 'whatsapp';
}

/**
 * The id that Send returned as `messageId`. API reference: `payload.delivery_id`, "when sending not from the system, the
 * parameter will be empty"; observed: the id of such a message ends with `_d<delivery_id>THISISBOT`.
 */
export function deliveryIdOf(places: IDataObject[], messageId: string | null): string | null {
	for (const place of places) {
		const id = textOfValue(fieldOf(place, 'delivery_id'));
		if (id !== null && id.length <= 64 && id !== '0') return id;
	}
	return /_d(\d{1,20})THISISBOT(?:_|$)/.exec(messageId?.slice(0, 256) ?? '')?.[1] ?? null;
}

/** Whether an outgoing message came from an app or the API; null if the payload has no `delivery_id`. */
export function sourceOf(
	places: IDataObject[],
	messageId: string | null,
	deliveryId: string | null,
): 'app' | 'api' | null {
	// API reference, message_status: the ids of what the service sends end with this.
	if (deliveryId !== null || /THISISBOT(?:_|$)/.test(messageId?.slice(0, 256) ?? '')) return 'api';
	const isEmpty = places.some((place) => {
		const value = fieldOf(place, 'delivery_id');
		return value === null || value === '';
	});
	return isEmpty ? 'app' : null;
}
