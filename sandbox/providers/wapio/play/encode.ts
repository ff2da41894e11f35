import { isPlain } from '../../../merge';
import type { PlayOptions } from '../../../play/options';

/** A 64-bit number, bytes or an enumerated word: what libraries write into JSON in different ways. */
export class Long {
	constructor(readonly value: number) {}
}

export class Bytes {
	constructor(readonly value: Uint8Array) {}
}

export class Term {
	constructor(
		readonly number: number,
		readonly word: string,
	) {}
}

type Form = NonNullable<PlayOptions['form']>;

/**
 * How each is written. `plain`: as gateways do that clean up after the library; `protobuf`: protobufjs' own toJSON;
 * `object`: JSON.stringify of the library's objects; `indexed`: the same after a structured copy.
 */
const FORMS: Record<
	Form,
	{ long: (value: number) => unknown; bytes: (value: Uint8Array) => unknown; term: (term: Term) => unknown }
> = {
	plain: { long: String, bytes: base64, term: ({ number }) => number },
	protobuf: { long: String, bytes: base64, term: ({ word }) => word },
	object: {
		long: (value) => ({ low: value | 0, high: Math.floor(value / 2 ** 32), unsigned: true }),
		bytes: (value) => ({ type: 'Buffer', data: [...value] }),
		term: ({ number }) => number,
	},
	indexed: {
		long: (value) => value,
		bytes: (value) => Object.fromEntries([...value].map((byte, index) => [String(index), byte])),
		term: ({ number }) => number,
	},
};

/** A payload as JSON can hold it, at any depth; fields that are undefined are left out. */
export function encode(value: unknown, form: Form = 'plain'): unknown {
	const { long, bytes, term } = FORMS[form];
	if (value instanceof Long) return long(value.value);
	if (value instanceof Bytes) return bytes(value.value);
	if (value instanceof Term) return term(value);
	if (Array.isArray(value)) return value.map((one) => encode(one, form));
	if (!isPlain(value)) return value;
	const fields = Object.entries(value).filter(([, field]) => field !== undefined);
	return Object.fromEntries(fields.map(([name, field]) => [name, encode(field, form)]));
}

function base64(value: Uint8Array): string {
	return Buffer.from(value).toString('base64');
}
