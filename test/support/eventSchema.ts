import Ajv, { type ErrorObject } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventProblems } from './eventProblems';

const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
	JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'docs', 'event.schema.json'), 'utf8')) as object,
);

/** What is wrong with an event by the schema that users read, one line each; nothing if it is one. */
export function schemaProblemsOf(event: unknown): string[] {
	// As it comes to the next node: what is undefined is not there.
	const json: unknown = JSON.parse(JSON.stringify(event));
	return validate(json) ? [] : (validate.errors ?? []).map(lineOf);
}

function lineOf({ instancePath, message, params }: ErrorObject): string {
	return `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`;
}

/** Notes what is wrong with the events among items; see `checkedEvents.ts`. */
export function noteEventProblems(items: Array<{ json: object }>): void {
	const events = items.map(({ json }) => json).filter(isEvent);
	eventProblems.push(...events.flatMap(schemaProblemsOf));
}

/** Whether an item is an event, and not a payload as it came. */
function isEvent(json: object): boolean {
	return ['provider', 'event', 'channel', 'direction'].every((name) => name in json);
}
