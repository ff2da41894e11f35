import { z } from 'zod';
import { defaultCountryOption, optionsField, timeLimitOption } from '../../shared/messaging/fields/options';
import { ifFilled, onOrOff, requiredId, webAddress } from '../../shared/messaging/fields/schemas';
import type { Field, ItemReader } from '../../shared/operations/define/field';
import { unwrapLocator } from '../../shared/operations/n8n/parameters';
import { listOf } from '../../shared/text';
import * as offered from './options';
import { lacksChannel, telegramUserId, telegramUsername } from './recipient';
import { schedule } from './schedule';

const optionalText = ifFilled(requiredId('fill this in'));

/** A name from a list, or written. Inside of a collection the choice comes as it is stored. */
const chosenName = z.preprocess(unwrapLocator, optionalText).optional();

/** What the options of every send must be. */
const common = { scheduledAt: z.unknown().optional(), senderName: chosenName, utmMark: chosenName };

const plain = {
	...common,
	callbackUrl: ifFilled(webAddress('https://example.com/status')),
	externalId: optionalText,
	priority: z.enum(['high', 'medium', 'low'], { error: 'choose High, Medium or Low' }).optional(),
	replyToMessageId: ifFilled(requiredId('fill this in')),
	simulateTyping: onOrOff.optional(),
};

const single = {
	...plain,
	waitForFinalStatus: onOrOff.default(false),
	waitLimit: z.coerce
		.number({ error: 'give a number of minutes' })
		.min(1, { error: 'give at least one minute' })
		.max(50_000, { error: 'give at most 50000 minutes, which is more than a month' })
		.default(60),
};

/** What {@link offered} has for a single message, apart from the wait for its status. */
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

/** What else the options are judged by. */
interface Facts {
	/** Input items of the node. */
	items: number;
	/** As they are set in the node. */
	channels: unknown;
}

/** What is wrong with which option. */
interface Problem {
	option: string;
	message: string;
}

/** Options with the moment that Scheduled At means. */
type Timed<T> = T & { sendAt: Date | undefined };

/** An Options collection that is judged with the workflow's clock and the rest of the node. */
function judged<T extends { scheduledAt?: unknown }>(
	base: Field<T>,
	problemOf: (options: Timed<T>, facts: Facts) => Problem | undefined,
): Field<Timed<T>> {
	return {
		properties: base.properties,
		read: (item: ItemReader) => ({
			...(base.read(item) as object),
			zone: item.timezone(),
			items: item.count(),
			channels: item.parameter('channels'),
		}),
		schema: z
			.object({ zone: z.string(), items: z.number(), channels: z.unknown() })
			.loose()
			.transform((raw, context): Timed<T> => {
				const parsed = base.schema.safeParse(raw);
				const moment = schedule.safeParse({ written: parsed.data?.scheduledAt, zone: raw.zone });
				if (parsed.success && moment.success) {
					const options = { ...parsed.data, sendAt: moment.data };
					const problem = problemOf(options, raw);
					if (!problem) return options;
					const path = ['options', problem.option];
					context.addIssue({ code: 'custom', path, message: problem.message });
				}
				for (const { path, message } of parsed.error?.issues ?? []) {
					context.addIssue({ code: 'custom', path, message });
				}
				for (const { message } of moment.error?.issues ?? []) {
					context.addIssue({ code: 'custom', path: ['options', 'scheduledAt'], message });
				}
				return z.NEVER;
			}),
	};
}

type Waiting = { waitForFinalStatus: boolean; waitLimit: number; callbackUrl?: string; sendAt?: Date };

/** An execution can wait for one call at a time, to the one address that the message names. */
function waitProblem(options: Waiting, { items }: Facts): Problem | undefined {
	if (!options.waitForFinalStatus) return undefined;
	if (items > 1) {
		const message = `this node can wait for one message at a time and got ${items} items. Put a Loop Over Items node with batch size 1 before it, or run a sub-workflow for each item`;
		return { option: 'waitForFinalStatus', message };
	}
	if (options.callbackUrl !== undefined) {
		const message = 'the node needs the callback for itself. Leave Callback URL empty, or do not wait';
		return { option: 'waitForFinalStatus', message };
	}
	const until = Date.now() + options.waitLimit * 60_000;
	if (options.sendAt === undefined || options.sendAt.getTime() <= until) return undefined;
	const message =
		'the message is scheduled for a time after the wait. Set a longer limit, or an earlier Scheduled At';
	return { option: 'waitLimit', message };
}

/** Options of a text message. */
export const sendOptions = judged(optionsField(singleProperties, single), waitProblem);

export type SendOptions = typeof sendOptions extends Field<infer T> ? T : never;

/** Options of a message that waits for a person's response, not for its status. */
export const plainOptions = judged(optionsField(plainProperties, plain), () => undefined);

export type PlainOptions = typeof plainOptions extends Field<infer T> ? T : never;

/** Options of a file. Its name must have an extension (API reference, Sending files). */
export const fileOptions = judged(
	optionsField([...singleProperties, offered.customerIdOption, offered.fileNameOption, offered.sendAsOption], {
		...single,
		customerId: optionalText,
		fileName: ifFilled(
			requiredId('fill this in').refine(hasExtension, {
				error: 'give the name with its extension, for example invoice.pdf',
			}),
		),
		sendAs: z.enum(['document', 'image'], { error: 'choose Document or Image' }).optional(),
	}),
	waitProblem,
);

/** Whether a file's name ends in an extension. */
export function hasExtension(fileName: string): boolean {
	return /[^.\s/\\]\.[^.\s/\\]+$/.test(fileName);
}

const usernameList = z
	.unknown()
	.transform((written): unknown[] => listOf(written))
	.pipe(z.array(telegramUsername));

/** Options of one text to many. */
export const bulkOptions = judged(
	optionsField(
		[
			defaultCountryOption,
			offered.scheduledAtOption,
			offered.senderNameOption,
			offered.telegramUserIdOption,
			timeLimitOption,
			offered.usernamesOption,
			offered.utmMarkOption,
		],
		{ ...common, usernames: usernameList.optional(), telegramUserId: ifFilled(telegramUserId) },
	),
	({ usernames = [], telegramUserId: userId }, { channels }) => {
		const option = usernames.length > 0 ? 'usernames' : userId === undefined ? undefined : 'telegramUserId';
		if (option === undefined || !lacksChannel(channels, 'tdlib')) return undefined;
		return { option, message: 'this needs the channel Telegram (Account). Add it to Channels' };
	},
);
