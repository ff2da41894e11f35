/** What a WhatsApp id may be the id of. */
type WhatsAppIdKind = 'person' | 'group' | 'channel' | 'lid' | 'broadcast';

/** By what follows the "@" (WhatsApp libraries; `c.us` is what its web client calls the same). */
const KINDS = new Map<string, WhatsAppIdKind>([
	['s.whatsapp.net', 'person'],
	['c.us', 'person'],
	['g.us', 'group'],
	['newsletter', 'channel'],
	['lid', 'lid'],
	['broadcast', 'broadcast'],
]);

/** What an id with its suffix is the id of; undefined for other suffixes and for bare digits. */
export function kindOfId(id: string): WhatsAppIdKind | undefined {
	const at = id.lastIndexOf('@');
	return at < 0 ? undefined : KINDS.get(id.slice(at + 1).toLowerCase());
}

/** The id of a group without "@g.us". */
export function withoutGroupSuffix(id: string): string {
	return kindOfId(id) === 'group' ? id.slice(0, id.lastIndexOf('@')) : id;
}

/**
 * The digits of the phone number in a person's id, which may name a device (`62812…:7@s.whatsapp.net`); null for a LID and
 * everything else.
 *
 * @param form `bare` digits count as a number as well, unless only an `id` with its suffix may
 */
export function phoneOf(id: string | null, form: 'bare' | 'id' = 'bare'): string | null {
	const [, digits = null, suffix] = /^(\d{5,15})(?::\d+)?(@(?:c\.us|s\.whatsapp\.net))?$/i.exec(id ?? '') ?? [];
	return form === 'id' && suffix === undefined ? null : digits;
}
