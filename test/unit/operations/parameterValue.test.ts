import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { runInNewContext } from 'node:vm';
import { listsToo } from '../../../nodes/shared/operations/define/field';
import { parameterValue } from '../../../nodes/shared/operations/n8n/parameterValue';

const property = (type: INodeProperties['type'], rest: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: 'Field',
	name: 'field',
	type,
	default: '',
	...rest,
});

const number = (name: string, usual: number): INodeProperties => ({ ...property('number'), name, default: usual });
const text = (name: string): INodeProperties => ({ ...property('string'), name });

const seconds = property('fixedCollection', {
	options: [{ displayName: 'Seconds', name: 'seconds', values: [number('min', 3), number('max', 8)] }],
});
const people = property('fixedCollection', {
	typeOptions: { multipleValues: true },
	options: [{ displayName: 'Person', name: 'person', values: [text('phone')] }],
});
const buttons = property('fixedCollection', {
	typeOptions: { multipleValues: true },
	options: [
		{ displayName: 'Button', name: 'button', values: [{ ...text('type'), default: 'reply' }, text('label')] },
	],
});
const options = property('collection', {
	options: [
		number('retries', 3),
		{ ...property('boolean'), name: 'typing' },
		{ ...seconds, name: 'pause' },
		{ ...property('resourceLocator'), name: 'sender' },
	],
});

const date = new Date('2035-01-31T01:00:00Z');

it.each<[string, INodeProperties, unknown, unknown]>([
	['a switch', property('boolean'), ' TRUE', true],
	['no switch', property('boolean'), 'yes', 'yes'],
	['a text', property('string'), 'text', 'text'],
	['a number as text', property('string'), 7, 7],
	['a date as text', property('string'), date, '2035-01-31T01:00:00.000Z'],
	[
		'a DateTime as text',
		property('string'),
		DateTime.fromISO('2035-01-31T08:00:00', { zone: 'Asia/Jakarta' }),
		'2035-01-31T08:00:00.000+07:00',
	],
	['a list where one may be', { ...property('string'), ...listsToo }, ['1'], ['1']],
	['a date', property('dateTime'), date, date],
	['choices as text', property('multiOptions'), 'a, b;c', ['a', 'b', 'c']],
	['choices in JSON', property('multiOptions'), '["a", "b"]', ['a', 'b']],
	['one choice that is a number', property('multiOptions'), 7, ['7']],
	['a choice as it is stored', property('resourceLocator'), { __rl: true, mode: 'id', value: '1' }, '1'],
	['a choice without its mark', property('resourceLocator'), { mode: 'id', value: 1 }, 1],
	['a choice as text', property('resourceLocator'), '1', '1'],
	['options', options, { retries: 1, typing: 'true' }, { retries: 1, typing: true }],
	['options in JSON', options, '{ "retries": 1 }', { retries: 1 }],
	['no options', options, '', {}],
	['a group in options', options, { pause: { min: 1 } }, { pause: { seconds: { min: 1, max: 8 } } }],
	['a choice in options', options, { sender: { __rl: true, mode: 'id', value: 'x' } }, { sender: 'x' }],
	['an empty group', seconds, {}, {}],
	['a group that is empty', seconds, { seconds: {} }, { seconds: { min: 3, max: 8 } }],
	['a list of texts', people, ['1', '2'], { person: [{ phone: '1' }, { phone: '2' }] }],
	['a list of entries', people, [{ phone: '1' }], { person: [{ phone: '1' }] }],
	['one entry', people, { phone: '1' }, { person: [{ phone: '1' }] }],
	['one entry in its group', people, { person: { phone: '1' } }, { person: [{ phone: '1' }] }],
	['entries in JSON', people, '[{ "phone": "1" }]', { person: [{ phone: '1' }] }],
	[
		'an entry without its usual value',
		buttons,
		{ button: [{ label: 'a' }] },
		{ button: [{ type: 'reply', label: 'a' }] },
	],
	['nothing', people, null, null],
])('reads %s', (_what, described, value, expected) => {
	expect(parameterValue(value, described)).toEqual(expected);
});

it.each<[string, INodeProperties, unknown, string, RegExp]>([
	['a list as text', property('string'), ['a'], 'field', /^this is a list\. Use a single text/],
	['an object as text', property('string'), { a: 1 }, 'field', /^this is an object\. Use one of its texts/],
	['a date that is none', property('string'), new Date('soon'), 'field', /^the expression returns an invalid date/],
	['a choice that is an object', property('resourceLocator'), { id: 1 }, 'field', /^this is an object/],
	['a choice in a choice', property('resourceLocator'), { mode: 'id', value: ['1'] }, 'field', /^this is a list/],
	['choices as an object', property('multiOptions'), { a: true }, 'field', /^this is an object\. Use a list/],
	['choices that are objects', property('multiOptions'), [{ a: 1 }], 'field', /^the list holds objects/],
	[
		'options as text',
		options,
		'retries',
		'field',
		/^this is a text\. Use an object, for example \{\{ \{ retries: … \} \}\}/,
	],
	['options as a list', options, [1], 'field', /^this is a list/],
	['options as a number', options, 7, 'field', /^this is a number/],
	['options as a date', options, date, 'field', /^this is a date/],
	[
		'options of another name',
		options,
		{ retry: 1 },
		'field',
		/^there is no "retry" in it\. Use one of these: retries, typing, pause, sender$/,
	],
	[
		'a group of another name',
		options,
		{ pause: { minimum: 1 } },
		'field.pause.seconds',
		/^there is no "minimum" in it\. Use one of these: min, max$/,
	],
	[
		'entries as text',
		buttons,
		'one, two',
		'field',
		/^this is a text\. Use an object, for example \{\{ \{ button: \[\{ type: … \}\] \} \}\}/,
	],
	['an entry that is a text', buttons, ['one'], 'field.button.0', /^this is a text/],
	[
		'a text that is a list in an entry',
		people,
		{ person: [{ phone: ['1'] }] },
		'field.person.0.phone',
		/^this is a list/,
	],
	['an entry of another name', people, [{ number: '1' }], 'field.person.0', /^there is no "number" in it/],
])('refuses %s', (_what, described, value, path, words) => {
	const refusal = expect.objectContaining({
		property: path,
		problem: expect.stringMatching(words) as string,
	}) as Error;
	expect(() => parameterValue(value, described)).toThrow(refusal);
});

it('knows dates of another realm', () => {
	const foreign: unknown = runInNewContext("new Date('2035-01-31T01:00:00Z')");
	expect(foreign).not.toBeInstanceOf(Date);
	expect(parameterValue(foreign, property('string'))).toBe('2035-01-31T01:00:00.000Z');
});
