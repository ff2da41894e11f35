import { canonicalNumber } from '../../messaging/sameNumber';
import { before } from '../../text';
import type { GatewayEvent } from '../event/event';

/** A number or LID in a text, as WhatsApp writes a mention. */
const MENTION = /@(\d{5,20})/g;

/** What people write; nothing else contains mentions. */
const WRITTEN: readonly string[] = ['message', 'message_edited'];

/**
 * Whether a message in a group is meant for the connected account: it mentions it, or answers one of its messages. What
 * comes in a private chat always is, and what is no message is not asked.
 *
 * @param ownIds the account's phone numbers and LIDs; empty if they are not known, then whoever is mentioned may be it
 */
export function isMeant(event: GatewayEvent, ownIds: readonly string[]): boolean {
	if (event.chat.type !== 'group' || !WRITTEN.includes(event.event)) return true;
	if (event.mentionsMe === true || event.quoted?.isMine === true) return true;
	const { account, mentions = [], quoted, text } = event;
	const own = new Set([...ownIds, account?.phone, account?.lid].flatMap((id) => digitsOf(id) ?? []));
	if ([quoted?.senderId, quoted?.senderPhone].some((id) => own.has(digitsOf(id) ?? ''))) return true;
	const mentioned = [
		...mentions.flatMap(({ id, phone, lid }) => [id, phone, lid]),
		...[...(text ?? '').matchAll(MENTION)].map(([, digits]) => digits),
	].flatMap((id) => digitsOf(id) ?? []);
	return own.size === 0 ? mentioned.length > 0 : mentioned.some((digits) => own.has(digits));
}

function digitsOf(id: string | null | undefined): string | null {
	if (!id) return null;
	return id.includes('lid') ? before(id, ':@') : canonicalNumber(id);
}
