import type { IDataObject } from 'n8n-workflow';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';
import { parseCall } from '../../../../nodes/Wapio/trigger/parseCall';

export const SECONDS = 1_789_162_034;
export const TIME = new Date(SECONDS * 1000).toISOString();

/** The events of a call. */
export function parse(body: unknown, headers: Record<string, string> = {}): GatewayEvent[] | undefined {
	return parseCall({ headers, query: {}, body, rawBody: undefined });
}

/** The one event of a call. */
export function one(body: unknown, headers: Record<string, string> = {}): GatewayEvent {
	const events = parse(body, headers) ?? [];
	expect(events).toHaveLength(1);
	return events[0] as GatewayEvent;
}

export const key = { id: '3EB0A', fromMe: false, remoteJid: '6281234567890@s.whatsapp.net' };
export const received = (message: IDataObject, event = 'messages.received') => ({
	event,
	sessionId: 'bps_sess_ws_1',
	data: { messages: { key, messageTimestamp: SECONDS, pushName: 'Budi', ...message } },
});
