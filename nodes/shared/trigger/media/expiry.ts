/** The longest life of a signed address that is believed: a year. Storage services allow a week. */
const LONGEST_SECONDS = 366 * 24 * 60 * 60;

/**
 * Until when a signed address is good, by `X-Amz-Date` and `X-Amz-Expires` (seconds), as storage services with Amazon's
 * interface write them (AWS reference: Authenticating Requests, Using Query Parameters).
 *
 * @returns ISO 8601, UTC; null for an address that does not say
 */
export function expiryOf(address: string | null | undefined): string | null {
	if (!address || !URL.canParse(address)) return null;
	const query = new Map([...new URL(address).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('x-amz-date') ?? '') ?? [];
	const expires = query.get('x-amz-expires') ?? '';
	const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	const seconds = /^\d{1,9}$/.test(expires) ? Number(expires) : NaN;
	if (Number.isNaN(signedAt) || Number.isNaN(seconds) || seconds > LONGEST_SECONDS) return null;
	return new Date(signedAt + seconds * 1000).toISOString();
}
