import { bodyFields } from '../../http/body';
import { Refusal } from '../../types';

/** "405 Invalid Request / Wrong Required Parameter" (API reference). What follows the colon is inferred. */
export function wrongParameter(what: string): Refusal {
	return new Refusal(405, `Invalid Request / Wrong Required Parameter: ${what}`);
}

/** Reads the fields of a body, and refuses what is missing or of the wrong kind. */
export class Fields {
	readonly values: Record<string, unknown>;

	constructor(body: unknown) {
		this.values = bodyFields(body);
	}

	/** Missing, null and empty are the same. */
	optional(name: string): string | undefined {
		const value = this.values[name];
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value !== 'string' && typeof value !== 'number') throw wrongParameter(name);
		return String(value);
	}

	text(name: string): string {
		const value = this.optional(name);
		if (value === undefined || value.trim() === '') throw wrongParameter(name);
		return value;
	}

	oneOf(name: string, allowed: readonly string[], standard?: string): string {
		const value = this.optional(name) ?? standard;
		if (value === undefined || !allowed.includes(value)) throw wrongParameter(name);
		return value;
	}

	url(name: string): string {
		const value = this.text(name);
		if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) throw wrongParameter(name);
		return value;
	}

	/** A whole number from 0. */
	count(name: string, standard: number): number {
		const value = this.optional(name);
		if (value === undefined) return standard;
		if (!/^\d{1,9}$/.test(value)) throw wrongParameter(name);
		return Number(value);
	}

	/** A number that may have a sign and decimals, as text or as a number. */
	coordinate(name: string): string {
		const value = this.text(name);
		if (!/^-?\d{1,3}(\.\d+)?$/.test(value)) throw wrongParameter(name);
		return value;
	}

	list(name: string): unknown[] {
		const value = this.values[name] ?? [];
		if (!Array.isArray(value)) throw wrongParameter(name);
		return value;
	}

	/**
	 * `phone_no` with `country_code`. Clients send `812…` or `62812…` with `62`; both are accepted. A number that begins
	 * with the code is only taken for the long form where it is longer than national numbers are.
	 */
	phonePair(): string {
		const code = this.text('country_code');
		const written = this.text('phone_no');
		if (!/^[1-9]\d{0,3}$/.test(code)) throw wrongParameter('country_code');
		if (!/^\d{6,15}$/.test(written)) throw wrongParameter('phone_no');
		const national = written.replace(/^0/, '');
		return national.startsWith(code) && national.length > 10 ? national : code + national;
	}

	/** Digits with a country code. */
	number(name: string): string {
		const value = this.text(name);
		if (!/^[1-9]\d{6,14}$/.test(value)) throw wrongParameter(name);
		return value;
	}
}

/** A part of a list, by `start` and `length`. That 100 is the most a page holds is inferred. */
export function slice<Row>(rows: readonly Row[], fields: Fields): Row[] {
	const start = fields.count('start', 0);
	return rows.slice(start, start + Math.min(fields.count('length', 10), 100));
}

/** Sorts by one of the columns, in the requested direction. */
export function sorted<Row>(rows: readonly Row[], key: (row: Row) => string | number, direction: string): Row[] {
	const sign = direction === 'desc' ? -1 : 1;
	return [...rows].sort((one, other) => {
		const [a, b] = [key(one), key(other)];
		return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
	});
}

/** As in the examples: `10 Aug 2025 21:04 WIB`, which is UTC+7. */
export function wibDate(at: number): string {
	const local = new Date(at + 7 * 60 * 60 * 1000);
	const month = local.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
	return `${local.getUTCDate()} ${month} ${local.getUTCFullYear()} ${local.toISOString().slice(11, 16)} WIB`;
}
