/** What the editor shows in and under fields, and how operations are called. */
import type { INodeType } from 'n8n-workflow';
import { routedGateway } from '../../nodes/WhatsAppGateways/operations';
import { providers } from '../support/providers';
import { allFields, isOwn, type PanelField, panels, walk } from './nodes';

/** So that the name that n8n gives to a new node fits under it. */
const LONGEST_ACTION = 35;

const nameOf = ({ node, path }: PanelField): string => `${node}.${path}`;
const namesOf = (fields: PanelField[]): string[] => [...new Set(fields.map(nameOf))].sort();

const triggerFields = providers.flatMap(({ type, trigger }) => {
	const { description } = (typeof trigger === 'function' ? new trigger() : trigger) as INodeType;
	return description.properties
		.filter(isOwn)
		.flatMap((property) => walk(`${type}Trigger`, '', property, { resource: [], operation: [] }));
});
const every = [...allFields, ...triggerFields];

describe('a field for phone numbers', () => {
	const asking = every.filter(
		({ property: { displayName, type, placeholder = '', description = '' } }) =>
			type === 'string' &&
			(/\bphone numbers?\b/i.test(displayName) ||
				/\bcountry codes?\b/.test(description) ||
				/\b(62|995)\d{8,}/.test(placeholder)),
	);

	it('is found at all', () => {
		expect(namesOf(asking).length).toBeGreaterThan(25);
	});

	it('says under it that the country code is needed', () => {
		expect(namesOf(asking.filter(({ property }) => !/country codes?/.test(property.hint ?? '')))).toEqual([]);
	});

	it('says so where a number is typed in place of a choice', () => {
		const modes = every.flatMap(({ property }) =>
			(property.modes ?? []).filter(({ displayName }) => displayName === 'By Phone Number'),
		);
		expect(modes.length).toBeGreaterThan(0);
		expect(modes.filter(({ hint }) => !/country code/.test(hint ?? ''))).toEqual([]);
	});
});

it('an empty text field shows an example', () => {
	const texts = every.filter(
		({ property: { type, default: usual, typeOptions } }) =>
			type === 'string' && usual === '' && (typeOptions?.password !== true || typeOptions.rows !== undefined),
	);
	expect(namesOf(texts).length).toBeGreaterThan(50);
	const bare = texts.filter(({ property }) => !/^e\.g\. \S/.test(property.placeholder ?? ''));
	expect(namesOf(bare)).toEqual([]);
});

describe('an action', () => {
	const nodes = [
		...panels.map(({ type, provider }) => ({ type, resources: provider.gateway.resources })),
		{ type: 'whatsAppGateways', resources: routedGateway.resources },
	];
	const actions = nodes.flatMap(({ type, resources }) =>
		resources.flatMap(({ value: resource, operations }) =>
			operations.map(({ value, action }) => ({ name: `${type} ${resource}.${value}`, action })),
		),
	);

	it('is short enough for the name of a node', () => {
		const long = actions.filter(({ action }) => action.length > LONGEST_ACTION);
		expect(long.map(({ name, action }) => `${name}: ${action} (${action.length})`)).toEqual([]);
	});

	it('begins with what it does, in sentence case', () => {
		const odd = actions.filter(({ action }) => !/^(?!The |An? |One |All )[A-Z][a-z]+ \S.*[^.\s]$/.test(action));
		expect(odd).toEqual([]);
	});

	it('has no second of its name in the same node', () => {
		const keys = actions.map(({ name, action }) => `${name.split(' ')[0]}: ${action}`);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});
});
