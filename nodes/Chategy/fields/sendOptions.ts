import { z } from 'zod';
import { workflowZone } from '../../shared/messaging/dateTime';
import { mimeTypeOption, mimeTypeSchema } from '../../shared/messaging/fields/files';
import { defaultCountryOption, optionsField, timeLimitOption } from '../../shared/messaging/fields/options';
import { ifFilled, onOrOff, requiredId, webAddress } from '../../shared/messaging/fields/schemas';
import type { Field, ItemReader } from '../../shared/operations/define/field';
import { listOf, textOf } from '../../shared/text';
import * as offered from './options';
import { lacksChannel, telegramUserId, telegramUsername } from './recipient';
import { schedule } from './schedule';

const optionalText = ifFilled(requiredId('enter a value'));

/** When the message is sent; right away if it is empty. */
const sendAt = { facts: workflowZone, schema: schedule };

const plain = {
	senderName: optionalText,
	utmMark: optionalText,
	callbackUrl: ifFilled(webAddress('https://example.com/status')),
	externalId: optionalText,
	priority: z.enum(['high', 'medium', 'low'], { error: 'choose High, Medium or Low' }).optional(),
	replyToMessageId: ifFilled(requiredId('enter a value')),
	showTyping: onOrOff.optional(),
};

/** An execution can wait for one call at a time, at the one URL that the message names. */
const waitForFinalStatus = {
	facts: ({ count, parameter }: ItemReader) => ({
		items: count(),
		callbackUrl: textOf(parameter('options.callbackUrl')).trim(),
	}),
	schema: z
		.object({ written: onOrOff.default(false), items: z.number(), callbackUrl: z.string() })
		.transform(({ written, items, callbackUrl }, context) => {
			if (!written) return false;
			const refuse = (message: string): never => {
				context.addIssue({ code: 'custom', message });
				return z.NEVER;
			};
			if (items > 1) {
				return refuse(
					`this node can wait for only one message at a time but got ${items} items. Put a Loop Over Items node with batch size 1 before it, or run a sub-workflow for each item`,
				);
			}
			if (callbackUrl !== '') {
				return refuse(
					'waiting needs the callback for itself. Leave Callback URL empty, or turn off Wait for Final Status',
				);
			}
			return true;
		}),
};

const waitLimit = z.coerce
	.number({ error: 'enter a number of minutes' })
	.min(1, { error: 'enter at least one minute' })
	.max(50_000, { error: 'enter at most 50000 minutes, which is more than a month' })
	.default(60);

/** Options that depend on other facts come last, because only the first of several problems is reported. */
const timed = { waitLimit, sendAt, waitForFinalStatus };

/** The options of a single message, except the wait for its status. */
const plainProperties = [
	offered.callbackUrlOption,
	defaultCountryOption,
	offered.externalIdOption,
	offered.priorityOption,
	offered.replyToOption,
	offered.sendAtOption,
	offered.senderNameOption,
	offered.showTypingOption,
	timeLimitOption,
	offered.utmMarkOption,
];

const singleProperties = [...plainProperties, offered.waitForFinalStatusOption, offered.waitLimitOption];

interface Wait {
	/** In minutes; undefined if there is no end. */
	waitLimit?: number;
	sendAt: Date | undefined;
}

/** The options, with a wait that must end after the message is sent. */
function withWaitInTime<T extends Wait>(options: Field<T>, waits: (chosen: T) => boolean): Field<T> {
	const schema = options.schema.superRefine((chosen, context) => {
		const { waitLimit: minutes = Infinity, sendAt: moment } = chosen;
		if (!waits(chosen) || moment === undefined || moment.getTime() <= Date.now() + minutes * 60_000) return;
		context.addIssue({
			code: 'custom',
			path: ['options', 'waitLimit'],
			message: 'the wait would end before the message is sent. Set a longer limit, or an earlier Send At',
		});
	});
	return { ...options, schema };
}

function waitsForStatus({ waitForFinalStatus: waits }: { waitForFinalStatus: boolean }): boolean {
	return waits;
}

/** Options of a text message. */
export const sendOptions = withWaitInTime(optionsField(singleProperties, { ...plain, ...timed }), waitsForStatus);

export type SendOptions = typeof sendOptions extends Field<infer T> ? T : never;

/**
 * Options of a message that waits for a response, not for its status. The operation itself offers Wait Limit and refuses
 * what is no limit; without one, it waits forever.
 */
export const plainOptions = withWaitInTime(
	optionsField(plainProperties, { ...plain, sendAt, waitLimit: z.coerce.number().optional().catch(undefined) }),
	() => true,
);

export type PlainOptions = typeof plainOptions extends Field<infer T> ? T : never;

/** Options of a file. Its name must have an extension (API reference, Sending files). */
export const fileOptions = withWaitInTime(
	optionsField(
		[...singleProperties, offered.customerIdOption, offered.fileNameOption, mimeTypeOption, offered.sendAsOption],
		{
			...plain,
			customerId: optionalText,
			fileName: ifFilled(
				requiredId('enter a value').refine(hasExtension, {
					error: 'include the extension, for example invoice.pdf',
				}),
			),
			mimeType: mimeTypeSchema.optional(),
			sendAs: z.enum(['document', 'image'], { error: 'choose Document or Image' }).optional(),
			...timed,
		},
	),
	waitsForStatus,
);

/** Whether a file's name ends in an extension. */
export function hasExtension(fileName: string): boolean {
	return /[^.\s/\\]\.[^.\s/\\]+$/.test(fileName);
}

const usernameList = z
	.unknown()
	.transform((written): unknown[] => listOf(written))
	.pipe(z.array(telegramUsername));

/** A Telegram recipient of Send Bulk. The channels must include one that reaches it. */
function viaTelegram<T>(recipients: z.ZodType<T | undefined>) {
	return {
		facts: ({ parameter }: ItemReader) => ({ channels: parameter('channels') }),
		schema: z.object({ written: recipients, channels: z.unknown() }).transform(({ written, channels }, context) => {
			const isAbsent = written === undefined || (Array.isArray(written) && written.length === 0);
			if (!isAbsent && lacksChannel(channels, 'tdlib')) {
				const message = 'this needs the channel Telegram (Account). Add it to Channels';
				context.addIssue({ code: 'custom', message });
			}
			return written;
		}),
	};
}

/** Options of a bulk message. */
export const bulkOptions = optionsField(
	[
		defaultCountryOption,
		offered.sendAtOption,
		offered.senderNameOption,
		offered.telegramUserIdOption,
		timeLimitOption,
		offered.usernamesOption,
		offered.utmMarkOption,
	],
	{
		senderName: optionalText,
		utmMark: optionalText,
		usernames: viaTelegram(usernameList.optional()),
		telegramUserId: viaTelegram(ifFilled(telegramUserId)),
		sendAt,
	},
);
