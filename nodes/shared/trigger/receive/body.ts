import type { IDataObject, GenericValue, IWebhookFunctions } from 'n8n-workflow';
import { isNestedDeeperThan } from '../../text';
import { isFilledObject } from '../event/payload';

/** Levels of lists and objects in a payload: more than any message has. Some thousands end in a stack overflow somewhere. */
const MAX_LEVELS = 100;

/** Fields in which people write: JSON in them is what a person wrote. */
const WRITTEN = new Set(['message', 'text', 'caption', 'body', 'content', 'message_body', 'messageBody']);

/** What a text can begin with that may be the JSON of an object. */
const OBJECT = /^\uFEFF?\s*\{/;

/**
 * The body of a call as an object, however it is sent. n8n parses JSON and forms by their content type, hands over plain
 * text as text, and nothing of a body without a content type or of one that it does not know (n8n 2.41: `body-parser`).
 * Gateways name one type and send another.
 *
 * @returns undefined if it is no object: a list, a text, nothing, or nested deeper than any payload
 */
export function bodyOf(
	context: Pick<IWebhookFunctions, 'getBodyData' | 'getHeaderData' | 'getRequestObject'>,
): IDataObject | undefined {
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	const parsed: unknown = context.getBodyData();
	const type = context.getHeaderData()['content-type'] ?? '';
	const body = /^\s*application\/x-www-form-urlencoded/i.test(type)
		? (objectIn(rawBody?.toString('utf8')) ?? ofForm(parsed))
		: isFilledObject(parsed)
			? parsed
			: objectIn(typeof parsed === 'string' ? parsed : rawBody?.toString('utf8'));
	return body === undefined || isNestedDeeperThan(body, MAX_LEVELS) ? undefined : body;
}

/** A form: flat, with JSON in some fields, or with one field that holds it all. */
function ofForm(form: unknown): IDataObject | undefined {
	if (!isFilledObject(form)) return undefined;
	const read = (name: string): GenericValue => (WRITTEN.has(name) ? undefined : objectIn(form[name])) ?? form[name];
	const [first = '', ...more] = Object.keys(form);
	const only = read(first);
	if (more.length === 0 && isFilledObject(only)) return only;
	return Object.fromEntries(Object.keys(form).map((name) => [name, read(name)] as const));
}

function objectIn(text: unknown): IDataObject | undefined {
	if (typeof text !== 'string' || !OBJECT.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		return isFilledObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
