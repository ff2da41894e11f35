import type { IDataObject } from 'n8n-workflow';
import { phoneDigits, withPhone } from '../../shared/messaging/phoneOutput';
import { kindOfId } from '../../shared/messaging/whatsAppId';
import { isObject } from '../../shared/object';
import { each, pick, renamed } from '../../shared/operations/define/outputFields';
import { textOf } from '../../shared/text';

/** API reference: what a send answers: `msgId`, `jid`, `status`. */
export const sentMessage = (answer: IDataObject): IDataObject => renamed(answer, { msgId: 'messageId' });

/** {@link sentMessage} as the output of an operation. */
export const sentOutput = each(sentMessage);

/** API reference: a session has a `phone_number`. */
export const sessionOutput = each((session) => withPhone(session, 'phone_number'));

/** WhatsApp libraries call a group's name its subject. The API reference leaves the form of groups out (inferred). */
export const groupOutput = each((group) => ('name' in group ? group : renamed(group, { subject: 'name' })));

/** Provider documentation: what a webhook is set to. Its secret is not put out. */
export const webhookOutput = each((webhook) => renamed(webhook, { target_url: 'url', subscribed_events: 'events' }));

/** API reference: Create a session, whose answer holds the session beside its key. */
export function createdOutput(answer: unknown): IDataObject {
	if (!isObject(answer)) return { success: true };
	return isObject(answer.session) ? { ...answer, session: sessionOutput(answer.session) } : answer;
}

/** API reference: Get delivery info for a message, with its most useful fields. */
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
