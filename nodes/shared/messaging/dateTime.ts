import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { Facts } from '../operations/define/field';
import { textOf } from '../text';

/** A date, with or without a time, and whether it says itself which moment it means. Fractions of a second are left out. */
const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Whether this is a time zone's name in the IANA database, such as Asia/Jakarta. */
export function isTimeZone(zone: string): boolean {
	return IANAZone.isValidZone(zone);
}

/**
 * The moment that a date from n8n's picker or an expression means: one with an offset says so itself, one without is by
 * the clock of `zone`. A time that a clock change leaves out is taken as that much later; of one that comes twice, the
 * first is meant.
 *
 * @returns undefined if it is no date that exists
 */
function momentOf(written: string, zone: string): Date | undefined {
	const [, date, time = '00:00', offset = ''] = WRITTEN.exec(written.trim()) ?? [];
	if (date === undefined) return undefined;
	const moment = DateTime.fromISO(`${date}T${time}${offset}`, { zone });
	if (!moment.isValid) return undefined;
	return offset === '' ? DateTime.min(...moment.getPossibleOffsets())?.toJSDate() : moment.toJSDate();
}

/** What the clocks of a zone show at a moment: `YYYY-MM-DD HH:mm:ss`. */
export function wallClock(moment: Date, zone: string): string {
	const clock = DateTime.fromJSDate(moment, { zone }).startOf('second');
	return clock.toISO({ includeOffset: false, suppressMilliseconds: true })?.replace('T', ' ') ?? '';
}

/** What a date is judged with: the workflow's time zone, whose clock n8n's picker goes by. */
export const workflowZone: Facts = ({ timezone }) => ({ zone: timezone() });

/** Judges a date with the {@link workflowZone}: a moment that is still to come. */
export const futureMoment = z
	.object({ written: z.unknown(), zone: z.string() })
	.transform(({ written, zone }, context): Date => {
		// An expression's date object is written as JSON would: in quotes.
		const text = textOf(written).trim().replace(/^"|"$/g, '');
		const moment = isTimeZone(zone) ? momentOf(text, zone) : undefined;
		if (moment && moment.getTime() > Date.now()) return moment;
		context.addIssue({ code: 'custom', message: moment ? pastProblem(moment, zone) : problem(text, zone) });
		return z.NEVER;
	});

function problem(text: string, zone: string): string {
	if (!isTimeZone(zone))
		return `the workflow's time zone "${zone}" is not known. Choose one in the workflow settings`;
	if (text === '') return 'choose a date and time';
	return `"${text}" is not a date. Use the date picker, or write it as 2026-01-31 08:00:00`;
}

function pastProblem(moment: Date, zone: string): string {
	return `${wallClock(moment, zone)} (${zone}, the workflow's time zone) is in the past. Choose a time to come`;
}
