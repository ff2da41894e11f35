import type { IDataObject } from 'n8n-workflow';
import { emptyEvent } from '../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { byContent } from '../../shared/trigger/event/payload';

/** What a webhook is about: its account and the whole of it. */
export interface Source {
	type: string;
	device: string | null;
	payload: Record<string, unknown>;
	raw: IDataObject;
}

/** An event that names no parties; its provider's type is its name. */
export function bareEvent({ type, device, raw }: Source): GatewayEvent {
	const channel = channelOf(type);
	return emptyEvent({ event: type, provider: 'chategy', ...byContent(raw, false), device, raw, channel });
}

/** Messengers by the beginning of a type's name; Telegram's library gives its own name to what is of Telegram. */
const CHANNELS: Array<[start: string, channel: string]> = [
	['tdlib', 'telegram'],
	['telegram_bot', 'telegram_bot'],
	['telegram', 'telegram'],
	['max_bot', 'max_bot'],
	['max', 'max'],
];

/** The messenger of an event. A messenger that nobody knows yet is called as in its type; what names none is WhatsApp's. */
function channelOf(type: string): string {
	const known = CHANNELS.find(([start]) => type.startsWith(start));
	return known?.[1] ?? /^(\w{1,40})_incoming_msg$/.exec(type)?.[1] ?? 'whatsapp';
}
