import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { MAX_ATTEMPTS } from '../../http/timing/retryPolicy';
import { textOf } from '../../text';
import { FieldRefusal, type ReadParameter } from './field';

const MOST_AT_ONCE = 20;
const LONGEST_PAUSE_S = 3600;
const MOST_RETRIES = 10;

/** How a run of sends goes about it; the same options for every provider. */
export interface BatchOptions {
	/** Messages under way at once. */
	atOnce: number;
	/** Milliseconds between two messages: a random time within these. */
	pause?: { min: number; max: number };
	/** How often a message is tried in all. */
	maxAttempts: number;
}

/** Seconds of a pause that is added and left as it is. */
const USUAL_PAUSE = { min: 3, max: 8 };

/** The options that every send has, in the collection Options. */
export const batchOptions: INodeProperties[] = [
	{
		displayName: 'Messages at Once',
		name: 'messagesAtOnce',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_AT_ONCE },
		default: 1,
		description: 'How many messages to send in parallel. With more than one, they may arrive out of order.',
	},
	{
		displayName: 'Pause Between Messages',
		name: 'pause',
		type: 'fixedCollection',
		// One group, which the editor puts there when the option is added. n8n 1 would not save one of usual values otherwise.
		typeOptions: { multipleValues: false },
		default: { seconds: USUAL_PAUSE },
		description: `A random pause between two messages so your number doesn't look automated: ${USUAL_PAUSE.min} to ${USUAL_PAUSE.max} seconds unless you change it. WhatsApp blocks numbers that send in bursts.`,
		options: [
			{
				displayName: 'Seconds',
				name: 'seconds',
				values: [
					{
						displayName: 'At Least (Seconds)',
						name: 'min',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: LONGEST_PAUSE_S },
						default: 3,
					},
					{
						displayName: 'At Most (Seconds)',
						name: 'max',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: LONGEST_PAUSE_S },
						default: 8,
					},
				],
			},
		],
	},
	{
		displayName: 'Retries',
		name: 'retries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MOST_RETRIES },
		default: 3,
		description:
			'How many times to retry a message that was definitely not sent, including one refused by a rate limit. With 0, the node never waits after such a refusal. A message that may have been sent is retried only if the provider can detect the repeat.',
	},
];

const between = (least: number, most: number, what: string) =>
	z.coerce.number({ error: what }).refine((value) => value >= least && value <= most, { error: what });

const schema = z.object({
	messagesAtOnce: between(1, MOST_AT_ONCE, `enter a whole number from 1 to ${MOST_AT_ONCE}`)
		.refine(Number.isInteger, { error: `enter a whole number from 1 to ${MOST_AT_ONCE}` })
		.default(1),
	pause: z
		.object({
			seconds: z
				.object({
					min: between(0, LONGEST_PAUSE_S, `enter 0 to ${LONGEST_PAUSE_S} seconds`),
					max: between(0, LONGEST_PAUSE_S, `enter 0 to ${LONGEST_PAUSE_S} seconds`),
				})
				.refine(({ min, max }) => min <= max, {
					path: ['max'],
					error: 'enter at least as many seconds as the shortest pause',
				})
				// An option that was added is meant, also where nothing is in it, as older workflows have it.
				.default(USUAL_PAUSE),
		})
		.optional(),
	retries: between(0, MOST_RETRIES, `enter a whole number from 0 to ${MOST_RETRIES}`)
		.refine(Number.isInteger, { error: `enter a whole number from 0 to ${MOST_RETRIES}` })
		.default(MAX_ATTEMPTS - 1),
});

/**
 * What the options of a run of sends ask for. They hold for the whole run, so the first item's count.
 *
 * @throws FieldRefusal naming the option and its range
 */
export function readBatchOptions(parameter: ReadParameter): BatchOptions {
	const options = Object.fromEntries(
		batchOptions.map(({ name }) => [name, parameter(`options.${name}`) ?? undefined]),
	);
	const parsed = schema.safeParse(options);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new FieldRefusal(['options', ...(issue?.path ?? [])].map(textOf).join('.'), issue?.message ?? '');
	}
	const { messagesAtOnce, pause, retries } = parsed.data;
	return {
		atOnce: messagesAtOnce,
		pause: pause && { min: pause.seconds.min * 1000, max: pause.seconds.max * 1000 },
		maxAttempts: retries + 1,
	};
}
