import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	defaultCountryOf,
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { mimeTypeSchema } from '../../shared/messaging/fields/files';
import { COUNTRY_CODES_HINT, type AnyRecipient, personLidOrGroup } from '../../shared/messaging/fields/recipients';
import { onOrOff, trimmedText } from '../../shared/messaging/fields/schemas';
import { type Field, type ItemReader, listsToo } from '../../shared/operations/define/field';
import type { Delivery } from '../api/requests';
import { idempotencyKey, wapioKeyOption, idempotencyKeySchema, type KeyOfPart } from './idempotencyKey';
import { group, mentionsOf } from './recipients';
import { session } from './session';

const replyOption: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyToMessageId',
	type: 'string',
	default: '',
	placeholder: 'e.g. bps_msg_0123456789',
	description:
		'ID of the message to reply to: messageId in the output of the node that sent it. IDs from the trigger may not work.',
};

/** Only for a message with a text or caption, where the mentions appear. */
export const mentionsOption: INodeProperties = {
	displayName: 'Mentions',
	name: 'mentions',
	type: 'string',
	default: '',
	placeholder: 'e.g. 6281234567890, 6289876543210',
	hint: COUNTRY_CODES_HINT,
	description:
		'Phone numbers of group members to mention, separated by commas. Also write each as @ and the number in the text or caption.',
	...listsToo,
};

/** The options of a send; all may be absent. */
interface SendOptions {
	timeLimit?: number;
	defaultCountry?: string;
	replyToMessageId?: string;
	mentions: string[];
	mimeType?: string;
	voiceNote?: boolean;
}

/** National numbers among the mentions belong to the Default Country. */
const mentions = {
	facts: (item: ItemReader) => ({ country: defaultCountryOf(item) }),
	schema: z.object({ written: z.unknown(), country: z.string() }).transform(({ written, country }, context) => {
		const found = mentionsOf(written, country);
		if (Array.isArray(found)) return found;
		context.addIssue({ code: 'custom', message: found.problem });
		return z.NEVER;
	}),
};

/**
 * The Options of a send.
 *
 * @param properties options that not every send has
 */
export function sendOptions(properties: INodeProperties[] = []): Field<SendOptions> {
	return optionsField([defaultCountryOption, wapioKeyOption, replyOption, timeLimitOption, ...properties], {
		idempotencyKey: idempotencyKeySchema.optional(),
		replyToMessageId: trimmedText.optional(),
		mentions,
		mimeType: mimeTypeSchema.optional(),
		voiceNote: onOrOff.optional(),
	});
}

/** The recipient of a message. */
export const recipient: Field<AnyRecipient> = personLidOrGroup(group);

/**
 * API reference: `to`: a number in digits; a group by its id, and people by "phone or full JID" (provider documentation). That
 * the JID may be a LID's is inferred.
 */
export function addressOf(to: AnyRecipient): string {
	if (to.kind === 'group') return to.groupId;
	return to.kind === 'person' ? to.number : to.lid;
}

/** The fields of every send, apart from its content. */
export const sendFields = { session, recipient, key: idempotencyKey };

/** The values of {@link sendFields} and of the options. */
export interface SendValues {
	session: string | undefined;
	recipient: AnyRecipient;
	key: KeyOfPart;
	options: SendOptions;
}

/**
 * How a send goes out.
 *
 * @param part of a text, the first being 0
 */
export function delivery(
	values: Pick<SendValues, 'session' | 'key'> & { options: { timeLimit?: number } },
	part = 0,
): Delivery {
	return {
		session: values.session,
		keyFor: (recipient) => values.key(part, recipient),
		timeLimitMs: timeLimitMs(values.options),
	};
}

/**
 * The part of a message that is the same for all kinds; absent options are left out.
 *
 * @param part of a text: the first, 0, is the reply
 */
export function commonBody({ recipient: to, options }: SendValues, part = 0) {
	return {
		to: addressOf(to),
		quoted_message_id: part === 0 ? options.replyToMessageId : undefined,
		mentions: options.mentions.length > 0 ? options.mentions : undefined,
	};
}
