import { hash } from 'node:crypto';
import { textOf } from '../../text';

/** An id that is longer is cut, and told apart by its hash: a trigger remembers the ids it has seen. */
const LONGEST = 200;

/** An id of bearable length; two that are different stay so. */
export function boundedId(id: string): string {
	return id.length <= LONGEST ? id : `${id.slice(0, LONGEST - 33)}:${hashOf(id)}`;
}

/** Half of a character, which JSON can hold and UTF-8 cannot: all of them would have the same hash. */
const HALF = /\p{Surrogate}/u;

/** A hash of a value: 32 characters. */
export function hashOf(value: unknown): string {
	const text = textOf(value);
	return hash('sha256', HALF.test(text) ? JSON.stringify(text) : text, 'hex').slice(0, 32);
}
