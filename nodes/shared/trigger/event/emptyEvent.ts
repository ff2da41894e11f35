import { type GatewayEvent } from './event';

/** What every event has, whatever else a provider tells. */
type EventHead = Pick<GatewayEvent, 'event' | 'provider' | 'id' | 'device' | 'raw'>;

/** An event of which nothing is known but its head. A provider's event is this one with what its payload says. */
export function emptyEvent({ event, provider, id, device, raw }: EventHead): GatewayEvent {
	return {
		event,
		provider,
		id,
		timestamp: null,
		direction: 'incoming',
		device,
		chat: { id: null, type: 'unknown' },
		sender: { id: null, phone: null, name: null },
		type: 'unknown',
		text: null,
		media: null,
		location: null,
		replyTo: null,
		raw,
	};
}
