import * as fc from 'fast-check';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { chatalo } from '../../../nodes/Chatalo/chatalo.gateway';
import type { Gateway, Resource } from '../../../nodes/shared/operations/define/gateway';
import type { Operation } from '../../../nodes/shared/operations/define/operation';
import { pageNumbers } from '../../../nodes/shared/operations/define/paging';
import { listSizeOf, propertiesOf, propertiesOfOperation } from '../../../nodes/shared/operations/define/properties';
import { isForExpression } from '../../../nodes/shared/operations/define/wholeExpressions';

function property(name: string, type: INodeProperties['type'] = 'string'): INodeProperties {
	return { displayName: name.toUpperCase(), name, type, default: type === 'collection' ? {} : '' };
}

function operation(value: string, properties: INodeProperties[], extra: Partial<Operation> = {}): Operation {
	return {
		value,
		name: value,
		action: value,
		description: value,
		effect: 'read',
		fields: properties.map((each) => ({
			properties: [each],
			read: () => undefined,
			schema: { safeParse: () => ({ success: true }) } as never,
		})),
		prepare: () => ({ secrets: [], output: () => [] }),
		...extra,
	};
}

function gatewayOf(resources: Resource[]): Gateway {
	return { api: chatalo.api, resources };
}

/** Names of the fields a user sees for an operation, top to bottom. */
function seenBy(properties: INodeProperties[], resource: string, name: string): string[] {
	return properties
		.filter((each) => !isForExpression(each))
		.filter(({ displayOptions }) => {
			const { resource: resources, operation: operations } = displayOptions?.show ?? {};
			return resources?.includes(resource) && operations?.includes(name);
		})
		.map((each) => each.name);
}

describe('propertiesOf', () => {
	const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => property(name));

	it('shows every operation its fields in its own order, each shared field standing there once', () => {
		const operations = fc.array(fc.subarray(all, { minLength: 1 }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(operations, (lists) => {
				const made = lists.map((list, index) => operation(`op${index}`, list));
				const properties = propertiesOf(gatewayOf([{ value: 'r', name: 'R', operations: made }]));
				lists.forEach((list, index) => {
					expect(seenBy(properties, 'r', `op${index}`)).toEqual(list.map(({ name }) => name));
				});
				const fields = properties.filter(({ name }) => !['resource', 'operation'].includes(name));
				expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
			}),
			{ numRuns: 500 },
		);
	});

	it('keeps the order of an operation that joins the fields of two earlier ones', () => {
		const [one, other] = [property('one'), property('other')];
		const operations = [operation('x', [one]), operation('y', [other]), operation('z', [one, other])];
		const properties = propertiesOf(gatewayOf([{ value: 'r', name: 'R', operations }]));
		expect(seenBy(properties, 'r', 'z')).toEqual(['one', 'other']);
	});

	it('lists resources and operations by name', () => {
		const resources = ['Zebra', 'message', 'Äpfel', 'Group'].map((name) => ({
			value: name.toLowerCase(),
			name,
			operations: ['Send', 'Get Many', 'Delete', 'Get'].map((value) => operation(value, [])),
		}));
		const [resource, ...rest] = propertiesOf(gatewayOf(resources));
		const names = (each: INodeProperties | undefined) =>
			(each?.options as INodePropertyOptions[]).map(({ name }) => name);
		expect(names(resource)).toEqual(['Äpfel', 'Group', 'message', 'Zebra']);
		for (const each of rest) expect(names(each)).toEqual(['Delete', 'Get', 'Get Many', 'Send']);
	});

	it('keeps the conditions that a field has itself, and leaves the field itself untouched', () => {
		const group: INodeProperties = { ...property('group'), displayOptions: { show: { sendTo: ['group'] } } };
		const before = JSON.stringify(group);
		const resource = { value: 'r', name: 'R', operations: [operation('x', [group])] };
		const found = propertiesOf(gatewayOf([resource])).find(({ name }) => name === 'group');
		expect(found?.displayOptions?.show).toEqual({ resource: ['r'], operation: ['x'], sendTo: ['group'] });
		expect(JSON.stringify(group)).toBe(before);
	});

	it('shows the size of a list after what it is of and before its filters', () => {
		const paging = pageNumbers({ page: 'page', size: 'limit', maxSize: 10 });
		const listing = operation('x', [property('device'), property('filters', 'collection')], { paging });
		expect(propertiesOfOperation(listing).map(({ name }) => name)).toEqual([
			'device',
			'returnAll',
			'limit',
			'filters',
		]);
	});
});

describe('the properties of Chatalo', () => {
	const properties = propertiesOf(chatalo);

	it.each(chatalo.resources.flatMap((resource) => resource.operations.map((each) => [resource, each] as const)))(
		'show the fields of every operation in their order',
		(resource, each) => {
			const expected = propertiesOfOperation(each).map(({ name }) => name);
			expect(seenBy(properties, resource.value, each.value)).toEqual(expected);
			expect(new Set(expected).size).toBe(expected.length);
		},
	);
});

describe('listSizeOf', () => {
	it.each([
		[{ returnAll: true, limit: 5 }, undefined],
		[{ returnAll: false, limit: 5 }, 5],
		[{ limit: '7' }, 7],
		[{ limit: 2.9 }, 2],
		[{ limit: 0 }, 1],
		[{ limit: -3 }, 1],
		[{ limit: Number.NaN }, 1],
		[{}, 50],
	])('reads %j as %p', (parameters: Record<string, unknown>, expected) => {
		expect(listSizeOf((name) => parameters[name])).toBe(expected);
	});
});
