import type { IDataObject } from 'n8n-workflow';
import { phoneDigits, withPhone } from '../../shared/messaging/phoneOutput';
import { type SendLanguage, sentMessage } from '../../shared/messaging/sentMessage';
import { kindOfId } from '../../shared/messaging/whatsAppId';
import { isObject } from '../../shared/object';
import { each, pick, renamed } from '../../shared/operations/define/outputFields';
import type { MessageRecipient, SentMessage } from '../../shared/operations/define/sentMessage';
import { textOf } from '../../shared/text';

/** API reference, all sends: "queued"; the provider's documentation also has "in_progress". */
const language: SendLanguage = {
	provider: 'wapio',
	statuses: { queued: 'queued', in_progress: 'queued' },
	unlisted: null,
};

/**
 * API reference: the answer to a send: `msgId`, `jid`, `status`. That the ID may have the name it has in Get delivery info is
 * inferred.
 *
 * @param asked the recipient in the request; absent if it has none
 */
export function sent(answer: unknown, asked?: MessageRecipient): SentMessage {
	const { msgId, message_id, status, ...others } = isObject(answer) ? answer : {};
	const jid = typeof others.jid === 'string' ? others.jid : '';
	const kind = kindOfId(jid);
	const named = kind === 'group' || kind === 'channel' ? { groupId: jid } : { phone: null };
	return sentMessage(language, { messageId: msgId ?? message_id, status, phone: jid, others }, asked ?? named);
}

/** API reference: a session has a `phone_number`. */
export const sessionOutput = each((session) => withPhone(session, 'phone_number'));

/** WhatsApp libraries call a group's name its subject. The API reference leaves the form of groups out (inferred). */
export const groupOutput = each((group) => ('name' in group ? group : renamed(group, { subject: 'name' })));

/** Provider documentation: what a webhook is set to. Its secret is left out. */
export const webhookOutput = each((webhook) => renamed(webhook, { target_url: 'url', subscribed_events: 'events' }));

/** API reference: Create a session, whose answer holds the session and its key. */
export function createdOutput(answer: unknown): IDataObject {
	if (!isObject(answer)) return { success: true };
	return isObject(answer.session) ? { ...answer, session: sessionOutput(answer.session) } : answer;
}

/** API reference: Get delivery info for a message, reduced to its most useful fields. */
export function simpleInfo(info: IDataObject): IDataObject {
	const { message_id, to } = info;
	const recipient = phoneDigits(to);
	const name = kindOfId(textOf(to)) === 'group' ? 'groupId' : /^\d+$/.test(textOf(recipient)) ? 'phone' : 'to';
	return {
		...(message_id === undefined ? {} : { messageId: textOf(message_id) }),
		...(to === undefined ? {} : { [name]: recipient }),
		...pick(
			info,
			'kind',
			'status',
			'accepted_at',
			'delivered_at',
			'read_at',
			'failed_at',
			'failure_reason',
			'updated_at',
		),
	};
}
