import { DateTime } from 'luxon';
import { z } from 'zod';
import { dateText, futureMoment, wallClock } from '../../shared/messaging/dateTime';

/** API reference, `scheduled_at`: at least one minute ahead. */
const SOONEST_MS = 60_000;

/** The same day and time a month later, or the last day of that month where it is shorter. */
export function monthAfter(moment: Date): Date {
	return DateTime.fromJSDate(moment, { zone: 'utc' }).plus({ months: 1 }).toJSDate();
}

/**
 * What is wrong with a scheduled time: API reference, "at least 1 minute and no more than 1 month
 * from the current moment".
 *
 * @returns undefined if nothing is
 */
export function scheduleProblem(moment: Date, now: Date): string | undefined {
	if (moment.getTime() < now.getTime() + SOONEST_MS) return 'choose a time at least one minute from now';
	const latest = monthAfter(now);
	if (moment <= latest) return undefined;
	return `choose a time within a month from now, no later than ${writtenMoment(latest)} UTC`;
}

/** A moment in the form of `scheduled_at`: `YYYY-MM-DD HH:MM:SS` in UTC. */
export function writtenMoment(moment: Date): string {
	return wallClock(moment, 'UTC');
}

/** Judges an entered time in its time zone; an empty one means no schedule. */
export const schedule = z
	.object({ written: z.unknown(), zone: z.string() })
	.transform((given, context): Date | undefined => {
		if (dateText(given.written) === '') return undefined;
		const parsed = futureMoment.safeParse(given);
		const message = parsed.success ? scheduleProblem(parsed.data, new Date()) : parsed.error.issues[0]?.message;
		if (parsed.success && message === undefined) return parsed.data;
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});
