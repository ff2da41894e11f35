import { bodyFields } from '../../http/body';
import { Refusal } from '../../types';

/** The fields that are wrong, each with what is wrong with it. */
type Errors = Record<string, string[]>;

/** 422 with the words, the code and the form of the API reference (Send Text Message, Validation failed). */
export function invalid(errors: Errors): Refusal {
	return new Refusal(422, 'Validation failed', { reason_code: 'validation_error', errors });
}

/** Reads the fields of a body or a query, and refuses what is missing or of the wrong kind. "Required" is the API reference's word. */
export class Fields {
	readonly values: Record<string, unknown>;

	constructor(
		values: unknown,
		private readonly prefix = '',
	) {
		this.values = bodyFields(values);
	}

	has(name: string): boolean {
		return this.values[name] !== undefined;
	}

	/** Missing, null and empty are the same. */
	optional(name: string): string | undefined {
		const value = this.values[name];
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value !== 'string') throw this.wrong(name, 'Must be a string');
		return value;
	}

	text(name: string): string {
		const value = this.optional(name);
		if (value === undefined || value.trim() === '') throw this.wrong(name, 'Required');
		return value;
	}

	flag(name: string): boolean | undefined {
		const value = this.values[name];
		if (value === undefined) return undefined;
		if (typeof value !== 'boolean') throw this.wrong(name, 'Must be a boolean');
		return value;
	}

	/** A number from -`most` to `most`. */
	degrees(name: string, most: number): number {
		const value = this.values[name];
		if (value === undefined || value === null) throw this.wrong(name, 'Required');
		if (typeof value !== 'number' || Math.abs(value) > most)
			throw this.wrong(name, `Must be a number from -${most} to ${most}`);
		return value;
	}

	url(name: string): string {
		const value = this.text(name);
		if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) throw this.wrong(name, 'Must be a URL');
		return value;
	}

	oneOf<T extends string>(name: string, allowed: readonly T[]): T {
		const value = this.text(name);
		const found = allowed.find((one) => one === value);
		if (found === undefined) throw this.wrong(name, `Must be one of ${allowed.join(', ')}`);
		return found;
	}

	/** A list of texts with at least one in it. */
	texts(name: string): string[] {
		const value = this.values[name];
		if (!Array.isArray(value) || value.length === 0) throw this.wrong(name, 'Required');
		if (!value.every((one): one is string => typeof one === 'string' && one.trim() !== ''))
			throw this.wrong(name, 'Must be a list of strings');
		return value;
	}

	/** The fields of an object inside. */
	inner(name: string): Fields {
		const value = this.values[name];
		if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong(name, 'Required');
		return new Fields(value, `${this.prefix}${name}.`);
	}

	/** A whole number from 1 to `most` in a query. */
	count(name: string, standard: number, most: number): number {
		const value = this.optional(name);
		if (value === undefined) return standard;
		if (!/^\d{1,6}$/.test(value) || Number(value) < 1 || Number(value) > most)
			throw this.wrong(name, `Must be a number from 1 to ${most}`);
		return Number(value);
	}

	wrong(name: string, problem: string): Refusal {
		return invalid({ [`${this.prefix}${name}`]: [problem] });
	}
}

/** One page of a list, and the cursor of the next: the id of the page's last row. null at the end. */
export function pageOf<Row>(
	rows: readonly Row[],
	idOf: (row: Row) => string,
	query: { limit: number; cursor: string | undefined; cursorName: string },
): { data: Row[]; next_cursor: string | null } {
	const { limit, cursor, cursorName } = query;
	const before = cursor === undefined ? -1 : rows.findIndex((row) => idOf(row) === cursor);
	if (cursor !== undefined && before === -1) throw invalid({ [cursorName]: ['Unknown cursor'] });
	const data = rows.slice(before + 1, before + 1 + limit);
	const last = data.at(-1);
	const isEnd = before + 1 + limit >= rows.length || last === undefined;
	return { data, next_cursor: isEnd ? null : idOf(last) };
}

/** The recipient of a message: digits, or an id as WhatsApp writes them. A leading "+" is accepted (provider documentation: E.164 or digits). */
export function recipientOf(fields: Fields, name = 'to'): { jid: string; kind: 'person' | 'group' } {
	const value = fields.text(name);
	if (/^\+?[1-9]\d{6,14}$/.test(value)) return { jid: `${value.replace('+', '')}@s.whatsapp.net`, kind: 'person' };
	if (/^\d+(-\d+)?@g\.us$/.test(value)) return { jid: value, kind: 'group' };
	if (/^\d+@(s\.whatsapp\.net|lid)$/.test(value)) return { jid: value, kind: 'person' };
	throw fields.wrong(name, 'Must be a phone number or a JID');
}

/** A phone number in a path or a body: digits; a leading "+" is accepted. */
export function phoneOf(value: string, name = 'phone'): string {
	if (!/^\+?[1-9]\d{6,14}$/.test(value)) throw invalid({ [name]: ['Must be a phone number'] });
	return value.replace('+', '');
}
