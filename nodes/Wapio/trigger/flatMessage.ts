import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import { objectIn, textIn, textOfValue } from '../../shared/trigger/whatsapp/values';

/** Kinds of files by the words that a message may use for them, and WhatsApp's part for each. */
const FILES: ReadonlyMap<string, string> = new Map([
	['image', 'imageMessage'],
	['video', 'videoMessage'],
	['audio', 'audioMessage'],
	['voice', 'audioMessage'],
	['ptt', 'audioMessage'],
	['document', 'documentMessage'],
	['sticker', 'stickerMessage'],
]);

/**
 * A message with WhatsApp's parts: one without parts gets those that its flat fields describe (kind, file and place;
 * inferred).
 */
export function withParts(message: IDataObject): IDataObject {
	const { message: parts } = message;
	if (isObject(parts) && Object.keys(parts).length > 0) return message;
	if (textOfValue(parts) !== null) return { ...message, message: { conversation: parts } };
	const kind = textIn(message, 'kind', 'messageType', 'message_type', 'type')?.toLowerCase() ?? '';
	const key = FILES.get(kind) ?? [...FILES.values()].find((name) => name.toLowerCase() === kind);
	if (key !== undefined) return { ...message, message: { [key]: objectIn(message, 'media') } };
	const place = objectIn(message, 'location');
	return Object.keys(place).length > 0 ? { ...message, message: { locationMessage: place } } : message;
}
