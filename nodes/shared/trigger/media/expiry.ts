/** No storage signs an address for longer; S3 itself stops at a week. */
const LONGEST_SECONDS = 10 * 366 * 24 * 60 * 60;

/** The names under which storages of Amazon's kind, and Google's, say when an address was signed and for how long. */
const SIGNATURES = [
	['x-amz-date', 'x-amz-expires'],
	['x-goog-date', 'x-goog-expires'],
] as const;

/**
 * Until when a signed address is good: `X-Amz-Date` (when it was signed, UTC) plus `X-Amz-Expires` (seconds, a
 * week at most in Amazon's own storage).
 *
 * @returns ISO 8601, UTC; null for an address that does not say
 */
export function expiryOf(url: string | null | undefined): string | null {
	if (!url || !URL.canParse(url)) return null;
	const values = new Map<string, string>();
	for (const [name, value] of new URL(url).searchParams) values.set(name.toLowerCase(), value);
	for (const [date, expires] of SIGNATURES) {
		const signed = signedAt(values.get(date) ?? '');
		const seconds = /^\d{1,9}$/.test(values.get(expires) ?? '') ? Number(values.get(expires)) : Number.NaN;
		if (signed !== null && seconds <= LONGEST_SECONDS) return new Date(signed + seconds * 1000).toISOString();
	}
	return null;
}

/** `20251125T111456Z` as milliseconds. */
function signedAt(written: string): number | null {
	const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(written)?.slice(1);
	if (!parts) return null;
	const [year, month, day, hour, minute, second] = parts;
	const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	return Number.isNaN(moment) ? null : moment;
}
