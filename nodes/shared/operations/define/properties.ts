import type { INodeProperties } from 'n8n-workflow';
import type { Field, ReadParameter } from './field';
import type { Gateway, Resource } from './gateway';
import type { Operation } from './operation';
import { simplifyProperty } from './simplify';
import { wholeExpressions } from './wholeExpressions';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

/** What Return All and Limit ask for: a number of elements, or undefined for all. */
export function listSizeOf(parameter: ReadParameter): number | undefined {
	if (parameter('returnAll') === true) return undefined;
	const wanted = Number(parameter('limit') ?? limit.default);
	return Number.isFinite(wanted) && wanted >= 1 ? Math.floor(wanted) : 1;
}

/**
 * A node's properties, made from its resources: the Resource list, an Operation list for each resource, and each
 * operation's fields, a field that several operations of a resource share standing there once.
 */
export function propertiesOf(gateway: Pick<Gateway, 'resources'>): INodeProperties[] {
	return [
		resourceProperty(gateway.resources),
		...gateway.resources.map(operationProperty),
		...gateway.resources.flatMap(fieldProperties),
	];
}

function resourceProperty(resources: Resource[]): INodeProperties {
	const options = resources.map(({ name, value }) => ({ name, value }));
	const first = (resources.find(({ value }) => value === 'message') ?? resources[0])?.value ?? '';
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: byName(options),
		default: first,
	};
}

function operationProperty(resource: Resource): INodeProperties {
	const options = resource.operations.map(({ name, value, action, description }) => ({
		name,
		value,
		action,
		description,
	}));
	const first = resource.operations[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: byName(options),
		default: first,
	};
}

function fieldProperties(resource: Resource): INodeProperties[] {
	const users = new Map<INodeProperties, string[]>();
	for (const operation of resource.operations) {
		for (const property of propertiesOfOperation(operation)) {
			users.set(property, [...(users.get(property) ?? []), operation.value]);
		}
	}
	const shown = inOrder(resource).map((property) => ({
		...optionalIfDependent(property),
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [resource.value],
				operation: users.get(property) ?? [],
				...property.displayOptions?.show,
			},
		},
	}));
	return wholeExpressions(shown);
}

/**
 * A field that another one shows, without being required. Where that other one is an expression n8n shows all of its
 * fields, and would refuse to start for those that are not meant and so are empty. The node refuses an empty field that is
 * meant itself.
 */
function optionalIfDependent(property: INodeProperties): INodeProperties {
	if (property.displayOptions?.show === undefined || property.required !== true) return property;
	const mark = { [NEEDED]: true };
	return { ...property, ...mark, required: false };
}

/** Marks a field that {@link optionalIfDependent} made optional for n8n. One for all copies of this module. */
const NEEDED = Symbol.for('neededWhereShown');

/** Whether a field has to be filled in where it is shown. */
export function isNeeded(property: INodeProperties): boolean {
	return property.required === true || NEEDED in property;
}

/**
 * The properties of a resource, each once, such that every operation sees its own in its own order: a property comes
 * when all that stand before it in some operation have come; of several, the one met first.
 */
function inOrder(resource: Resource): INodeProperties[] {
	const lists = resource.operations.map(propertiesOfOperation);
	const waiting = new Set(lists.flat());
	const ordered: INodeProperties[] = [];
	while (waiting.size > 0) {
		const isFirst = (property: INodeProperties): boolean =>
			lists.every((list) => {
				const left = list.find((candidate) => waiting.has(candidate));
				return left === property || !list.includes(property);
			});
		const [fallback] = waiting;
		const next = [...waiting].find(isFirst) ?? fallback;
		if (next === undefined) break;
		ordered.push(next);
		waiting.delete(next);
	}
	return ordered;
}

/** All properties of an operation, the ones for its list included. */
export function propertiesOfOperation(operation: Operation): INodeProperties[] {
	const own = operation.fields.map((each: Field) => each.properties);
	if (!operation.paging) return own.flat();
	// The list's size is asked after what the list is of, and before its form and filters.
	const isLate = ([first]: INodeProperties[]): boolean => first?.type === 'collection' || first === simplifyProperty;
	return [...own.filter((properties) => !isLate(properties)), [returnAll, limit], ...own.filter(isLate)].flat();
}

function byName<T extends { name: string }>(options: T[]): T[] {
	return [...options].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
