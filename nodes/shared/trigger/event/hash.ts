import { hash } from 'node:crypto';
import { textOf } from '../../text';

/** An id that is longer is cut, and told apart by its hash: a trigger remembers the ids it has seen. */
const LONGEST = 200;

/** An id of bearable length; two that are different stay so. */
export function boundedId(id: string): string {
	return id.length <= LONGEST ? id : `${id.slice(0, LONGEST - 33)}:${hashOf(id)}`;
}

/** A hash of a value: 32 characters. */
export function hashOf(value: unknown): string {
	return hash('sha256', textOf(value), 'hex').slice(0, 32);
}
