import type { IDataObject } from 'n8n-workflow';
import type { FileAnswer } from '../../http/client';
import { isObject } from '../../object';
import { MediaFailure, tooLarge } from './failure';

/** The field that gateways put a file into, beside the message, in `message`, or in its part. */
const FIELD = 'base64';

/** Not the file of this message, but of the one that it answers. */
const OTHERS: readonly string[] = ['contextInfo', 'quotedMessage', 'quoted'];

/** How much of a payload is searched. */
const MOST_VALUES = 2_000;

/** A `data:` address up to its content. */
const DATA_URI = /^data:([^,]{0,200}?)(?:;base64),/i;

/** A file that a payload holds itself. */
export interface InlinedFile {
	text: string;
	/** The names that lead to it. */
	path: string[];
}

/** The file in a payload, the one nearest to its top; undefined if there is none. */
export function inlinedFileIn(payload: IDataObject): InlinedFile | undefined {
	const left: Array<{ value: IDataObject; path: string[] }> = [{ value: payload, path: [] }];
	for (let seen = 0; seen < left.length; seen++) {
		const { value, path } = left[seen] ?? { value: {}, path: [] };
		const text = Object.hasOwn(value, FIELD) ? value[FIELD] : undefined;
		if (typeof text === 'string' && text !== '') return { text, path: [...path, FIELD] };
		for (const [name, inner] of firstOf(value)) {
			if (left.length >= MOST_VALUES) break;
			if (OTHERS.includes(name) || typeof inner !== 'object' || inner === null) continue;
			// Lists are looked into as well: a call may bring its one message in one.
			left.push({ value: inner as IDataObject, path: [...path, name] });
		}
	}
	return undefined;
}

/** The first names of an object, or of a list, with their values: a list of millions must not be copied for them. */
function firstOf(value: IDataObject): Array<[name: string, inner: unknown]> {
	if (Array.isArray(value)) return Object.entries(value.slice(0, MOST_VALUES));
	return Object.keys(value)
		.slice(0, MOST_VALUES)
		.map((name) => [name, value[name]]);
}

/**
 * The file of a Base64 text or a `data:` address, which must be correct to the last sign.
 *
 * @throws MediaFailure
 */
export function decoded({ text }: InlinedFile, maxBytes: number): FileAnswer {
	const [head = '', mimeType = ''] = DATA_URI.exec(text.slice(0, 300)) ?? [];
	if ((text.length - head.length) * 0.75 - 2 > maxBytes) throw tooLarge(maxBytes);
	const content = text.slice(head.length);
	if (content.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(content)) {
		throw new MediaFailure('unavailable', 'The file in the message is not valid Base64');
	}
	return { body: Buffer.from(content, 'base64'), headers: mimeType === '' ? {} : { 'content-type': mimeType } };
}

/** The payload with the file's size in its place: the file itself is a binary by now. */
export function withoutInlined(payload: IDataObject, { path }: InlinedFile, bytes: number): IDataObject {
	const [name = '', ...rest] = path;
	const copy = (Array.isArray(payload) ? [...(payload as unknown[])] : { ...payload }) as IDataObject;
	const inner = copy[name];
	copy[name] = isContainer(inner) ? withoutInlined(inner, { text: '', path: rest }, bytes) : `<${bytes} bytes>`;
	return copy;
}

function isContainer(value: unknown): value is IDataObject {
	return isObject(value) || Array.isArray(value);
}
