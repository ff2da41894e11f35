import type { IDataObject } from 'n8n-workflow';
import type { MessageRecipient, MessageStatus, SentMessage } from '../operations/define/sentMessage';
import { textOf } from '../text';
import type { AnyRecipient } from './fields/recipients';
import { phoneDigits } from './phoneOutput';

/** How a provider says where a message is, as data. */
export interface SendLanguage {
	/** n8n's name of the node, as in the events of the trigger. */
	provider: string;
	/** The provider's own words in lower case, each with its source → ours. */
	statuses: Record<string, MessageStatus>;
	/**
	 * What a word means that is not listed: `accepted` where it is free text beside a clear yes, null where it is a status of
	 * its own, which may mean anything.
	 */
	unlisted: MessageStatus | null;
}

/** What an answer says of a message; what it does not say is absent. */
interface Answered {
	messageId?: unknown;
	/** The provider's own word. */
	status?: unknown;
	/** What the word is listed under, where the provider has a code beside it. */
	code?: unknown;
	phone?: unknown;
	groupId?: unknown;
	/** What else the output holds, under the provider's names. */
	others?: IDataObject;
}

/** What was asked for, which is known whatever the answer says. */
export type Asked = MessageRecipient & { isScheduled?: boolean };

/**
 * The output of a send in the one form of all providers. The recipient is the one of the answer, or of the request where the
 * answer names none.
 */
export function sentMessage(
	{ provider, statuses, unlisted }: SendLanguage,
	{ messageId, status: word, code = word, phone, groupId, others = {} }: Answered,
	asked: Asked,
): SentMessage {
	const listed = textIn(code)?.toLowerCase().replace(/\.$/, '');
	const known = listed === undefined ? 'accepted' : (statuses[listed] ?? unlisted);
	const common: SentMessage = {
		messageId: textIn(messageId) ?? null,
		...('phone' in asked
			? { phone: numberIn(phone) ?? asked.phone }
			: { groupId: textIn(groupId) ?? asked.groupId }),
		// A message for later cannot have left, whatever word comes with the yes.
		status: known !== null && asked.isScheduled === true ? 'scheduled' : known,
		providerStatus: textIn(word) ?? textIn(code) ?? null,
		provider,
	};
	return { ...common, ...others, ...common };
}

/** A recipient as the output names it. A LID is no phone number. */
export function recipientOf(to: AnyRecipient): MessageRecipient {
	if (to.kind === 'group') return { groupId: to.groupId };
	return { phone: to.kind === 'person' ? to.number : null };
}

/** A phone number with its country code; a masked or national one says less than what was asked for. */
function numberIn(written: unknown): string | undefined {
	const digits = textOf(phoneDigits(textIn(written)));
	return /^[1-9]\d{5,14}$/.test(digits) ? digits : undefined;
}

/** A text or a number; an object in its place has an unknown shape, and says nothing. */
function textIn(written: unknown): string | undefined {
	return typeof written === 'object' ? undefined : textOf(written).trim() || undefined;
}
