import { indonesianTime, withTimes } from '../../../../nodes/BalesOtomatis/api/indonesianTime';

it.each([
	['10 Aug 2025 21:04 WIB', '2025-08-10T14:04:00.000Z'],
	['21 Des 2025 07:00 WIB', '2025-12-21T00:00:00.000Z'],
	['1 Januari 2026 00:30 WITA', '2025-12-31T16:30:00.000Z'],
	['3 Mei 2025 9:05 WIT', '2025-05-03T00:05:00.000Z'],
	// A zone that is not known, or not named, stays unknown.
	['10 Aug 2025 21:04', '10 Aug 2025 21:04'],
	['10 Aug 2025 21:04 XYZ', '10 Aug 2025 21:04 XYZ'],
	['10 Foo 2025 21:04 WIB', '10 Foo 2025 21:04 WIB'],
	['2024-08-16 17:07:53', '2024-08-16 17:07:53'],
	[null, null],
])('%j is %j', (written, moment) => {
	expect(indonesianTime(written)).toBe(moment);
});

it('converts the entries that are named', () => {
	const one = { made: '10 Aug 2025 21:04 WIB', note: '10 Aug 2025 21:04 WIB' };
	expect(withTimes(one, 'made', 'absent')).toEqual({ ...one, made: '2025-08-10T14:04:00.000Z' });
});
