import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { Facts } from '../operations/define/field';
import { momentIn } from '../moment';
import { textOf } from '../text';

/** A date, with or without a time, and whether it says itself which moment it means. Fractions of a second are left out. */
const WRITTEN =
	/^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?$/i;

/** The same without dashes and colons, as `DateTime.toISO({ format: 'basic' })` writes it. */
const BASIC =
	/^(\d{4})(\d{2})(\d{2})T([01]\d|2[0-3])(\d{2})(\d{2})?(?:\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?$/i;

/** Unix time, in seconds or milliseconds. Shorter numbers are years and days, not moments. */
const UNIX = /^\d{9,14}(\.\d+)?$/;

/** From here on a Unix time counts milliseconds: as seconds it would be the year 5138. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** Whether this is a time zone's name in the IANA database, such as Asia/Jakarta. */
export function isTimeZone(zone: string): boolean {
	return IANAZone.isValidZone(zone);
}

/**
 * A date as people, n8n's picker and expressions give it: a moment, which means the same everywhere, or what the clocks of
 * some place show.
 */
type WrittenDate = { kind: 'moment'; moment: Date } | { kind: 'clock'; iso: string };

/**
 * Reads a date: a DateTime or Date of an expression, Unix seconds or milliseconds as number or text, or a text such as
 * `2026-01-31T08:00:00`, with an offset or without.
 *
 * @returns undefined if it is no date that exists
 */
export function readDate(written: unknown): WrittenDate | undefined {
	const ofObject = momentIn(written);
	if (ofObject) return ofObject === 'invalid' ? undefined : { kind: 'moment', moment: ofObject };
	const text = dateText(written);
	if (UNIX.test(text)) return { kind: 'moment', moment: ofUnix(Number(text)) };
	const [, date, time = '00:00', offset = ''] = WRITTEN.exec(extended(text)) ?? [];
	if (date === undefined) return undefined;
	const parsed = DateTime.fromISO(`${date}T${time}${offset}`, { zone: 'utc' });
	if (!parsed.isValid) return undefined;
	return offset === '' ? { kind: 'clock', iso: `${date}T${time}` } : { kind: 'moment', moment: parsed.toJSDate() };
}

function extended(text: string): string {
	const [, year, month, day, hour, minute, second = '00', offset = ''] = BASIC.exec(text) ?? [];
	return year === undefined ? text : `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
}

/** A date as it was written, for a person to recognize. */
export function dateText(written: unknown): string {
	// In JSON, from which some expressions take it, a date is in quotes.
	return textOf(written).trim().replace(/^"|"$/g, '');
}

function ofUnix(value: number): Date {
	return new Date(value < FIRST_MILLISECONDS ? value * 1000 : value);
}

/**
 * The moment that a date means: one without an offset is by the clock of `zone`. A time that a clock change leaves out is
 * taken as that much later; of one that comes twice, the first is meant.
 *
 * @returns undefined if it is no date that exists
 */
function momentOf(written: unknown, zone: string): Date | undefined {
	const date = readDate(written);
	if (date?.kind !== 'clock') return date?.moment;
	return DateTime.min(...DateTime.fromISO(date.iso, { zone }).getPossibleOffsets())?.toJSDate();
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
		const moment = isTimeZone(zone) ? momentOf(written, zone) : undefined;
		if (moment && moment.getTime() > Date.now()) return moment;
		context.addIssue({ code: 'custom', message: moment ? pastProblem(moment, zone) : problem(written, zone) });
		return z.NEVER;
	});

function problem(written: unknown, zone: string): string {
	if (!isTimeZone(zone))
		return `the workflow's time zone "${zone}" is not known. Choose one in the workflow settings`;
	return dateProblem(written);
}

/** What is wrong with a value that {@link readDate} cannot read. */
export function dateProblem(written: unknown): string {
	if (momentIn(written) === 'invalid')
		return 'the expression returns an invalid date. Check where its value comes from';
	const text = dateText(written);
	if (text === '') return 'choose a date and time';
	return `"${text}" is not a date. Use the date picker, an expression such as {{ $now.plus({ hours: 2 }) }}, or write it as 2026-01-31 08:00:00`;
}

function pastProblem(moment: Date, zone: string): string {
	return `${wallClock(moment, zone)} (${zone}, the workflow's time zone) is in the past. Choose a future time`;
}
