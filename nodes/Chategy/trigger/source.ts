import type { IDataObject } from 'n8n-workflow';
import { emptyEvent } from '../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { contentId } from '../../shared/trigger/event/payload';

/** What a webhook is about: its account and the whole of it. */
export interface Source {
	type: string;
	device: string | null;
	payload: Record<string, unknown>;
	raw: IDataObject;
}

/** An event that names no parties; its provider's type is its name. */
export function bareEvent({ type, device, raw }: Source): GatewayEvent {
	return emptyEvent({ event: type, provider: 'chategy', id: contentId(raw, false), device, raw });
}
