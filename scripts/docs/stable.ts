/** Makes a run's output fit for a page: the same each time, without secrets, and short. */

/** Names of values that nobody else may see. */
const SECRET_NAME = /token|secret|password|api_?key|private|signature|otp_?code|idempotency|checksum/i;

/** Values that are secret whatever their name: keys of sessions and accounts, and what authorizes a request. */
const SECRET_VALUE = /\bbps_(pat|sk)_[\w-]+|\bBearer \S+/g;

const LOCAL_ADDRESS = /\b(https?|wss?):\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/g;
const ISO_DATE = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g;

/** Stands for the moment at which somebody runs the node. */
const SAMPLE_MOMENT = '2026-01-31T08:15:30.000Z';
const MASK = '••••••';
const LONGEST = 120;
const MOST = 3;

/** A value for a page. */
export interface Shown {
	value: unknown;
	/** Lists that were cut, by their path, and how many elements they had. */
	cuts: Array<{ path: string; length: number }>;
}

/** What is known of a run. */
export interface Run {
	/** Values that must not appear anywhere. */
	secrets: string[];
	/** Milliseconds since 1970. */
	start: number;
	end: number;
}

/** Shows a value as a page may have it. */
export function shown(value: unknown, run: Run): Shown {
	const cuts: Shown['cuts'] = [];
	const walk = (each: unknown, path: string, name: string): unknown => {
		if (Array.isArray(each)) {
			if (each.length > MOST) cuts.push({ path: path === '' ? 'the list' : path, length: each.length });
			return each.slice(0, MOST).map((element) => walk(element, `${path}[]`, name));
		}
		if (typeof each === 'object' && each !== null) {
			const inside = (key: string): string => (path === '' ? key : `${path}.${key}`);
			return Object.fromEntries(Object.entries(each).map(([key, part]) => [key, walk(part, inside(key), key)]));
		}
		if (typeof each !== 'string') return each;
		return SECRET_NAME.test(name) && each !== '' ? MASK : textFor(each, run);
	};
	const result = walk(value, '', '');
	// An element of a list that is cut twice, in several elements of another, is reported once.
	return {
		value: result,
		cuts: cuts.filter(({ path }, place) => cuts.findIndex((cut) => cut.path === path) === place),
	};
}

function textFor(text: string, { secrets, start, end }: Run): string {
	const masked = secrets
		.filter((secret) => secret !== '')
		.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
	const told = masked
		.replace(SECRET_VALUE, MASK)
		.replace(LOCAL_ADDRESS, '$1://gateway.example.com')
		.replace(ISO_DATE, (date) =>
			Date.parse(date) >= start - 1000 && Date.parse(date) <= end + 1000 ? SAMPLE_MOMENT : date,
		);
	return told.length > LONGEST ? `${told.slice(0, LONGEST / 2)}…` : told;
}
