import * as fc from 'fast-check';
import { monthAfter, schedule, scheduleProblem, writtenMoment } from '../../../../nodes/Chategy/fields/schedule';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const anyMoment = fc.date({
	min: new Date('2020-01-01T00:00:00Z'),
	max: new Date('2090-01-01T00:00:00Z'),
	noInvalidDate: true,
});

describe('the time of a scheduled message', () => {
	it('may be a minute to a month ahead, and nothing else', () => {
		fc.assert(
			fc.property(anyMoment, fc.integer({ min: -40 * DAY, max: 40 * DAY }), (now, distance) => {
				const moment = new Date(now.getTime() + distance);
				const isAllowed = distance >= MINUTE && moment <= monthAfter(now);
				expect(scheduleProblem(moment, now) === undefined).toBe(isAllowed);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('reaches 28 to 31 days ahead', () => {
		fc.assert(
			fc.property(anyMoment, (now) => {
				const days = (monthAfter(now).getTime() - now.getTime()) / DAY;
				expect(days).toBeGreaterThanOrEqual(28);
				expect(days).toBeLessThanOrEqual(31);
			}),
		);
	});

	it.each([
		['2026-01-31T10:00:00Z', '2026-02-28T10:00:00.000Z'],
		['2024-01-31T10:00:00Z', '2024-02-29T10:00:00.000Z'],
		['2026-12-15T23:59:59Z', '2027-01-15T23:59:59.000Z'],
	])('a month after %s is %s', (now, end) => {
		expect(monthAfter(new Date(now)).toISOString()).toBe(end);
	});

	it('is written in UTC', () => {
		expect(writtenMoment(new Date('2026-03-01T08:05:09.500Z'))).toBe('2026-03-01 08:05:09');
	});

	it("is read by the clock of the workflow's zone", () => {
		const tomorrow = new Date(Date.now() + DAY).toISOString().slice(0, 10);
		const parsed = schedule.parse({ written: `${tomorrow}T07:30:00`, zone: 'Asia/Jakarta' });
		expect(parsed?.toISOString()).toBe(`${tomorrow}T00:30:00.000Z`);
	});

	it.each([undefined, null, '', '  '])('%j is no schedule', (written) => {
		expect(schedule.parse({ written, zone: 'UTC' })).toBeUndefined();
	});

	it.each([
		['2020-01-01T00:00:00Z', /past/],
		['soon', /not a date/],
		[new Date(Date.now() + 20_000).toISOString(), /one minute/],
		[new Date(Date.now() + 40 * DAY).toISOString(), /within a month/],
	])('%s is refused', (written, reason) => {
		const { error } = schedule.safeParse({ written, zone: 'UTC' });
		expect(error?.issues[0]?.message).toMatch(reason);
	});
});
