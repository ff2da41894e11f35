import type { IDataObject } from 'n8n-workflow';

/** The months as the API reference's answers write them, in English ("10 Aug 2025") and in Indonesian ("21 Des 2025"). */
const MONTHS: Record<string, number> = {
	...{ jan: 0, feb: 1, mar: 2, apr: 3, may: 4, mei: 4, jun: 5, jul: 6, aug: 7, agu: 7, ags: 7, agt: 7 },
	...{ sep: 8, oct: 9, okt: 9, nov: 10, dec: 11, des: 11 },
};

/** Indonesia's time zones, without daylight saving time, in hours ahead of UTC. */
const ZONES: Record<string, number> = { WIB: 7, WITA: 8, WIT: 9 };

const WRITTEN = /^(\d{1,2}) ([a-z]{3})[a-z]* (\d{4}) (\d{1,2}):(\d{2}) (WIB|WITA|WIT)$/i;

/** "10 Aug 2025 21:04 WIB" as ISO 8601 in UTC; other formats, or times without a zone, stay as they are. */
export function indonesianTime(written: unknown): unknown {
	const parts = typeof written === 'string' ? WRITTEN.exec(written.trim()) : null;
	if (!parts) return written;
	const [, day, name = '', year, hour, minute, zone = ''] = parts;
	const month = MONTHS[name.toLowerCase()];
	const ahead = ZONES[zone.toUpperCase()];
	if (month === undefined || ahead === undefined) return written;
	return new Date(Date.UTC(Number(year), month, Number(day), Number(hour) - ahead, Number(minute))).toISOString();
}

/** An object with {@link indonesianTime} of some of its entries. */
export function withTimes(data: IDataObject, ...names: string[]): IDataObject {
	return Object.fromEntries(
		Object.entries(data).map(([name, value]) => [
			name,
			names.includes(name) ? (indonesianTime(value) as string) : value,
		]),
	);
}
