import type { Person } from '../../messaging/person';
import { kindOfId } from '../../messaging/whatsAppId';
import type { ChatType } from './event';

/** What kind of chat an id is of. Bare digits are a person's, as is whatever has a suffix that is not known. */
export function chatTypeOf(id: string | null): ChatType {
	if (id === null) return 'unknown';
	const kind = kindOfId(id);
	return kind === 'group' || kind === 'channel' || kind === 'broadcast' || kind === 'story' ? kind : 'private';
}

/** What to put into a recipient field to write into a chat; it carries its suffix, so that nothing has to be guessed. */
export function addressOf(type: ChatType, id: string | null, { phone, lid }: Person): string | null {
	// A number without its country reaches someone else, or no one.
	const isWhole = phone !== null && !phone.startsWith('0');
	if (type === 'private') return isWhole ? `${phone}@s.whatsapp.net` : lid;
	return (type === 'group' || type === 'channel') && id?.includes('@') ? id : null;
}
