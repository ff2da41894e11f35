import type { FastifyRequest } from 'fastify';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { bodyFields, type UploadedFile } from '../../http/body';
import { isPlain } from '../../merge';
import { Refusal } from '../../types';
import { type Channel, CHANNELS } from './seed';

/** What is wrong with which field, in the provider's words. */
export type FieldErrors = Record<string, string[]>;

/** Beside the words of a refusal: what its `meta` holds for input that cannot be used. */
export interface UnprocessableDetail {
	errors: FieldErrors;
	/** null in all examples but "not enough money", which has 1. */
	statusId: number | null;
}

/** The refusal of input that cannot be used (API reference, every "Error, 422"). */
export function unprocessable(errors: FieldErrors, statusId: number | null = null): Refusal {
	return new Refusal(422, 'Unprocessable Entity', { errors, statusId } satisfies UnprocessableDetail);
}

/** Collects what is wrong with a request, so one answer names all of it (inferred from `errors` being lists by field). */
export class Problems {
	private readonly errors: FieldErrors = {};

	add(field: string, words: string): void {
		this.errors[field] = [...(this.errors[field] ?? []), words];
	}

	/** Throws a Refusal when there was anything. */
	throwIfAny(): void {
		if (Object.keys(this.errors).length > 0) throw unprocessable(this.errors);
	}
}

/**
 * The parameters of a request. The documentation writes them in the query, clients of the platform send forms and JSON
 * as well; where a name comes twice the body counts. `name[]` is the list `name`; `instance[name]` is a field of the
 * object `instance`, as in Rails, whose answers these look like.
 */
export class Parameters {
	readonly values: Readonly<Record<string, unknown>>;

	constructor(values: unknown) {
		const read: Record<string, unknown> = {};
		for (const [key, value] of Object.entries(isPlain(values) ? values : {})) {
			const isList = key.endsWith('[]');
			read[isList ? key.slice(0, -2) : key] = isList && !Array.isArray(value) ? [value] : value;
		}
		this.values = read;
	}

	static of(request: FastifyRequest): Parameters {
		return new Parameters({ ...(request.query as Record<string, unknown>), ...bodyFields(request.body) });
	}

	/** An object among the parameters: as JSON writes it, or as a form does. */
	object(name: string): Parameters {
		const value = this.values[name];
		if (isPlain(value)) return new Parameters(value);
		const prefix = `${name}[`;
		const fields = Object.entries(this.values).flatMap(([key, field]) =>
			key.startsWith(prefix) ? [[key.slice(prefix.length).replace(']', ''), field] as const] : [],
		);
		return new Parameters(Object.fromEntries(fields));
	}

	has(name: string): boolean {
		return Object.hasOwn(this.values, name);
	}

	/** Missing, null and blank are the same. Numbers and booleans count as their text. */
	text(name: string): string | undefined {
		const text = asText(this.values[name]);
		return text.trim() === '' ? undefined : text;
	}

	/** A list of texts without blank ones; a single value is a list of one. */
	list(name: string): string[] {
		const value = this.values[name];
		return (Array.isArray(value) ? value : [value]).map(asText).filter((text) => text.trim() !== '');
	}

	/** Undefined when it is missing; whatever is not false is true, as in Rails (inferred). */
	flag(name: string): boolean | undefined {
		const text = this.text(name);
		return text === undefined ? undefined : !/^(false|0|f|off)$/i.test(text);
	}

	/** The channels, "filtered for uniqueness", of which "only the available options" are left (API reference). */
	channels(name = 'dispatch_routing'): Channel[] {
		const wanted = new Set(this.list(name));
		return [...wanted].flatMap((one) => CHANNELS.find((known) => known === one) ?? []);
	}

	file(name: string): UploadedFile | undefined {
		const value = this.values[name];
		return isPlain(value) && typeof value['fileName'] === 'string' && typeof value['size'] === 'number'
			? {
					fileName: value['fileName'],
					size: value['size'],
					mimeType: String(value['mimeType']),
					sha256: String(value['sha256']),
				}
			: undefined;
	}

	/** Whether the checksum is HMAC-SHA256 of the values in the order of their sorted keys (API reference). Files are left out (inferred). */
	matchesChecksum(checksum: string, key: string): boolean {
		const names = Object.keys(this.values)
			.filter((name) => this.file(name) === undefined)
			.sort();
		const text = names.map((name) => joined(this.values[name])).join('');
		const expected = Buffer.from(createHmac('sha256', key).update(text).digest('hex'));
		const given = Buffer.from(checksum);
		return given.length === expected.length && timingSafeEqual(given, expected);
	}
}

/** A phone number as digits; undefined when it is none. "Special characters are allowed" (API reference, operators/search). */
export function phoneDigits(text: string): string | undefined {
	const digits = text.replace(/[\s().+-]/g, '');
	return /^\d{7,15}$/.test(digits) ? digits : undefined;
}

function asText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Ruby's `join` of a value: lists without anything between their elements. */
function joined(value: unknown): string {
	return Array.isArray(value) ? value.map(joined).join('') : asText(value);
}
