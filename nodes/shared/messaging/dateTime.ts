import { z } from 'zod';
import type { Facts } from '../operations/define/field';
import { textOf } from '../text';

/** A date and time as written, and whether it says itself which moment it means. */
const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Whether this is a time zone's name in the IANA database, such as Asia/Jakarta. */
export function isTimeZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/**
 * The moment that a date from n8n's picker or an expression means: one with an offset says so itself, one without is by
 * the clock of `zone`.
 *
 * @returns undefined if it is no date that exists
 */
export function momentOf(written: string, zone: string): Date | undefined {
	const parts = WRITTEN.exec(written.trim());
	if (!parts) return undefined;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
		.slice(1, 7)
		.map((part) => Number(part ?? 0));
	const clock = Date.UTC(year, month - 1, day, hour, minute, second);
	// 31 February and 25 o'clock would silently become another time.
	const digits = [year, month, day, hour, minute, second].map(twoDigits).join('');
	if (Number.isNaN(clock) || wallClock(new Date(clock), 'UTC').replace(/\D/g, '') !== digits) return undefined;
	if (parts[7]) return new Date(clock - offsetOf(parts[7]));

	// The zone's distance from UTC depends on the moment, which is what is sought: the second step meets clock changes.
	const guess = clock - distance(clock, zone);
	const moment = new Date(clock - distance(guess, zone));
	// A time that a clock change leaves out is taken as that much later.
	const isLeftOut = wallClock(moment, zone).replace(/\D/g, '') !== digits;
	return isLeftOut ? new Date(Math.max(guess, moment.getTime())) : moment;
}

/** What the clocks of a zone show at a moment: `YYYY-MM-DD HH:mm:ss`. */
export function wallClock(moment: Date, zone: string): string {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	const parts = new Map<string, string>(format.formatToParts(moment).map(({ type, value }) => [type, value]));
	const part = (type: string): string => parts.get(type) ?? '';
	const date = [part('year').padStart(4, '0'), part('month'), part('day')].join('-');
	return `${date} ${part('hour')}:${part('minute')}:${part('second')}`;
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

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}

/** Milliseconds by which the clocks of a zone are ahead of UTC. */
function distance(moment: number, zone: string): number {
	return Date.parse(`${wallClock(new Date(moment), zone).replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
}

function offsetOf(written: string): number {
	const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(written) ?? [];
	const minutesInAll = Number(hours) * 60 + Number(minutes);
	return (sign === '-' ? -minutesInAll : minutesInAll) * 60_000;
}
