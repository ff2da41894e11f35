import { kindOfId } from '../../messaging/whatsAppId';

/** Stands for the id of a group that a payload does not name. */
export const UNNAMED_GROUP = '@g.us';

/**
 * Ids of groups without their suffix: from 120363 on those of today, with a dash those made before 2022 (lists of groups in
 * the API references of two providers).
 */
const BARE_GROUP = /^(?:120363\d{9,14}|\d{5,15}-\d{8,12})$/;

/** An id as WhatsApp has it: that of a group gets its suffix, others stay as they are. */
export function withSuffix(id: string): string {
	return BARE_GROUP.test(id) ? `${id}@g.us` : id;
}

/** The id of a group that a payload calls one: with its suffix, whatever its form. */
export function asGroup(id: string): string {
	return id.includes('@') ? id : `${id}@g.us`;
}

/** Whether an id is a group's by its form. */
export function isGroupId(id: string): boolean {
	return kindOfId(withSuffix(id)) === 'group';
}

/** The id of a message as one text: `false_<chat>_<id>`, in groups `false_<chat>_<id>_<author>` (whatsapp-web.js). */
interface SerializedId {
	fromMe: boolean;
	chat: string;
	/** WhatsApp's own. */
	id: string;
	author: string | null;
}

/** The parts of a serialized id; null for an id of another form. */
export function serializedId(id: string | null): SerializedId | null {
	const [, fromMe, chat, own, author = ''] = /^(true|false)_([^_]+)_([^_]+)(?:_(.+))?$/.exec(id ?? '') ?? [];
	if (fromMe === undefined || chat === undefined || own === undefined) return null;
	return { fromMe: fromMe === 'true', chat, id: own, author: author.includes('@') ? author : null };
}
