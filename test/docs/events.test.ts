import { readFileSync } from 'node:fs';
import path from 'node:path';
import { schemaProblemsOf } from '../support/eventSchema';

const docs = path.join(__dirname, '..', '..', 'docs');
const page = readFileSync(path.join(docs, 'events.md'), 'utf8');
const schema = JSON.parse(readFileSync(path.join(docs, 'event.schema.json'), 'utf8')) as {
	properties: Record<string, object>;
	required: string[];
};

/** Examples on the page. */
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? '') as object);

/** Names of fields in the first cell of the rows below a heading. */
function fieldsUnder(heading: string): string[] {
	const [, section = ''] = page.split(`\n## ${heading}\n`);
	const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
	return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''));
}

describe('the page about events', () => {
	it('lists the fields that are always there, in the order of the schema', () => {
		expect(fieldsUnder('Fields that are always there')).toEqual(schema.required);
	});

	it('lists every other field once', () => {
		const others = Object.keys(schema.properties).filter((name) => !schema.required.includes(name));
		expect(fieldsUnder('Fields that are there when known').sort()).toEqual(others.sort());
	});

	it('has examples that keep to the schema', () => {
		expect(examples.length).toBeGreaterThan(0);
		expect(examples.flatMap(schemaProblemsOf)).toEqual([]);
	});
});

describe('the schema of events', () => {
	const [event = {}] = examples;

	it.each<[what: string, change: object]>([
		['a field that nobody knows', { fields: 1 }],
		['a LID as a phone number', { sender: { id: '1', phone: '1234567890123@lid', name: null } }],
		['a time that is none', { timestamp: 'today' }],
		['a message without content', { text: null }],
		['a notice with a text', { event: 'notice', notice: { kind: 'other', name: 'unknown' } }],
		['a reaction that is a message', { type: 'reaction' }],
		['a status event without a status', { event: 'message_status' }],
		['a kind that is not in the list', { type: 'voice' }],
		['a missing field', { chat: undefined }],
	])('refuses %s', (_what, change) => {
		expect(schemaProblemsOf({ ...event, ...change })).not.toEqual([]);
	});
});
