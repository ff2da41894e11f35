import { futureMoment, isTimeZone, wallClock } from '../../../nodes/shared/messaging/dateTime';

const moment = (written: unknown, zone: string) => futureMoment.safeParse({ written, zone }).data?.toISOString();

describe('a date without an offset', () => {
	it.each([
		['2035-01-15T09:00:00', 'America/New_York', '2035-01-15T14:00:00.000Z'],
		['2035-07-15 09:00', 'America/New_York', '2035-07-15T13:00:00.000Z'],
		['2035-07-15', 'Asia/Jakarta', '2035-07-14T17:00:00.000Z'],
		['"2035-07-15T09:00:00.250"', 'UTC', '2035-07-15T09:00:00.000Z'],
	])('%s in %s is %s', (written, zone, expected) => {
		expect(moment(written, zone)).toBe(expected);
	});

	it('that a clock change leaves out is that much later', () => {
		expect(moment('2035-03-25T02:30:00', 'Europe/Berlin')).toBe('2035-03-25T01:30:00.000Z');
		expect(moment('2035-03-11T02:30:00', 'America/New_York')).toBe('2035-03-11T07:30:00.000Z');
	});

	it('that comes twice is the first of the two', () => {
		expect(moment('2035-10-28T02:30:00', 'Europe/Berlin')).toBe('2035-10-28T00:30:00.000Z');
		expect(moment('2035-11-04T01:30:00', 'America/New_York')).toBe('2035-11-04T05:30:00.000Z');
	});
});

it.each([
	['2035-10-28T01:30:00Z', '2035-10-28T01:30:00.000Z'],
	['2035-10-28T02:30:00+01:00', '2035-10-28T01:30:00.000Z'],
	['2035-07-15 09:00:00 -0330', '2035-07-15T12:30:00.000Z'],
	['2035-07-15T19:55+07', '2035-07-15T12:55:00.000Z'],
	['20350715T195510.135-0500', '2035-07-16T00:55:10.000Z'],
	['20350715T195510Z', '2035-07-15T19:55:10.000Z'],
	['2035-07-15T09:00:00.000-04:00[America/New_York]', '2035-07-15T13:00:00.000Z'],
])('the offset of %s decides, whatever the zone', (written, expected) => {
	expect(moment(written, 'Europe/Berlin')).toBe(expected);
});

it.each([
	'2035-02-30',
	'2035-13-01',
	'2035-07-15T24:00:00',
	'2035-07-15T25:00:00',
	'2035-W05',
	'2035-07',
	'soon',
	20_350,
])('%s is no date', (written) => {
	expect(moment(written, 'UTC')).toBeUndefined();
});

it('knows the zones of the IANA database and no others', () => {
	expect(['Asia/Jakarta', 'UTC', 'America/New_York'].map(isTimeZone)).toEqual([true, true, true]);
	expect(['Mars/Base', '', 'local', 'UTC+7'].map(isTimeZone)).toEqual([false, false, false, false]);
	expect(moment('2035-07-15', 'Mars/Base')).toBeUndefined();
});

it('writes what the clocks of a zone show', () => {
	expect(wallClock(new Date('2035-07-14T17:00:00Z'), 'Asia/Jakarta')).toBe('2035-07-15 00:00:00');
});
