import type { IDataObject } from 'n8n-workflow';
import { BoundedMap } from '../../boundedMap';
import { isObject } from '../../object';

/** `={{ $json.phone }}`, `={{ $json.sender.phone }}`: what most fields of most workflows hold. */
const PLAIN_REFERENCE = /^=\{\{\s*\$json((?:\.[A-Za-z_][A-Za-z0-9_]*)+)\s*\}\}$/;

/** A value that is no expression. */
type Plain = string | number | boolean | null;

/**
 * The value of a parameter whose value is plain to see: one without an expression, or with nothing but the name of a value
 * of the input item. It is the value that n8n's evaluation gives, which builds n8n's whole world (dates, helpers, every
 * other node) anew for each expression of each item: with a thousand items that takes longer than sending them.
 *
 * @param written the parameter as it is in the node, expressions not resolved
 * @param json of the input item
 * @returns undefined where n8n has to be asked: other expressions, objects that are not empty, lists that hold any of
 *   these, and references to anything that is no text, number or yes/no
 */
export function readPlainValue(
	written: unknown,
	json: IDataObject | undefined,
): Plain | Plain[] | Record<string, never> | undefined {
	if (typeof written === 'string' && written.startsWith('=')) return referred(written, json);
	if (Array.isArray(written)) return isPlainList(written) ? [...written] : undefined;
	// As most nodes have it under Options.
	if (isObject(written)) return Object.keys(written).length === 0 ? {} : undefined;
	return isPlain(written) ? written : undefined;
}

function isPlainList(list: unknown[]): list is Plain[] {
	return list.every((entry) => isPlain(entry) && !(typeof entry === 'string' && entry.startsWith('=')));
}

function referred(expression: string, json: unknown): Plain | undefined {
	const path = pathIn(expression);
	if (path === null) return undefined;
	let value = json;
	for (const name of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
		value = (value as Record<string, unknown>)[name];
	}
	// What null means to an expression is n8n's to say.
	return value === null || !isPlain(value) ? undefined : value;
}

/** The names in an expression of this form, or null; found once, since it is the same for all items. */
function pathIn(expression: string): string[] | null {
	const known = paths.get(expression);
	if (known !== undefined) return known;
	const path = PLAIN_REFERENCE.exec(expression)?.[1]?.slice(1).split('.') ?? null;
	paths.set(expression, path);
	return path;
}

const paths = new BoundedMap<string[] | null>(1_000);

function isPlain(value: unknown): value is Plain {
	return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
