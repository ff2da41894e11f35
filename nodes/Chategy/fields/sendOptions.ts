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
const scheduledAt = { facts: workflowZone, schema: schedule };

const plain = {
	senderName: optionalText,
	utmMark: optionalText,
	callbackUrl: ifFilled(webAddress('https://example.com/status')),
	externalId: optionalText,
	priority: z.enum(['high', 'medium', 'low'], { error: 'choose High, Medium or Low' }).optional(),
	replyToMessageId: ifFilled(requiredId('enter a value')),
	simulateTyping: onOrOff.optional(),
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
	.min(1, { error: 'enter at least 1 minute' })
	.max(50_000, { error: 'enter at most 50000 minutes, which is more than a month' })
	.default(60);

/** Options that depend on other facts come last, because only the first of several problems is reported. */
const timed = { waitLimit, scheduledAt, waitForFinalStatus };

/** The options of a single message, except the wait for its status. */
const plainProperties = [
	offered.callbackUrlOption,
	defaultCountryOption,
	offered.externalIdOption,
	offered.priorityOption,
	offered.replyToOption,
	offered.scheduledAtOption,
	offered.senderNameOption,
	offered.simulateTypingOption,
	timeLimitOption,
	offered.utmMarkOption,
];

const singleProperties = [...plainProperties, offered.waitForFinalStatusOption, offered.waitLimitOption];

interface Wait {
	waitForFinalStatus: boolean;
	waitLimit: number;
	scheduledAt: Date | undefined;
}

/** The options, with a wait that must end after the message is sent. */
function withWaitInTime<T extends Wait>(options: Field<T>): Field<T> {
	const schema = options.schema.superRefine((chosen, context) => {
		const until = Date.now() + chosen.waitLimit * 60_000;
		if (!chosen.waitForFinalStatus || chosen.scheduledAt === undefined || chosen.scheduledAt.getTime() <= until)
			return;
		context.addIssue({
			code: 'custom',
			path: ['options', 'waitLimit'],
			message: 'the wait would end before the message is sent. Set a longer limit, or an earlier Scheduled At',
		});
	});
	return { ...options, schema };
}

/** Options of a text message. */
export const sendOptions = withWaitInTime(optionsField(singleProperties, { ...plain, ...timed }));

export type SendOptions = typeof sendOptions extends Field<infer T> ? T : never;

/** Options of a message that waits for a response, not for its status. */
export const plainOptions = optionsField(plainProperties, { ...plain, scheduledAt });

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
		offered.scheduledAtOption,
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
		scheduledAt,
	},
);
