import { kindOfId } from '../../messaging/whatsAppId';
import type { ChatType } from './event';

/** What kind of chat a WhatsApp id is of. A person's id needs no suffix; whatever has another one is a person's, too. */
export function chatTypeOf(id: string | null): ChatType {
	if (id === null) return 'unknown';
	const kind = kindOfId(id);
	if (id.toLowerCase() === 'status@broadcast') return 'story';
	return kind === 'group' || kind === 'channel' || kind === 'broadcast' ? kind : 'private';
}
