import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { momentIn } from '../../moment';
import { isObject } from '../../object';
import { listOf } from '../../text';
import { FieldRefusal, takesLists } from '../define/field';
import { unwrapLocator } from '../define/locator';

/*
 * What an expression gives for a parameter need not have the form in which the editor stores it: a switch as text, a
 * collection as one object or as JSON, a choice of several as a list or a text with commas. Every form that can mean one
 * thing only is read; any other is refused by its name. Nothing is left out in silence.
 */

/** A kind of entry of a fixed collection. */
type Group = INodePropertyCollection;

/**
 * A parameter's value in the form in which the editor stores it, resource locators reduced to what was chosen. Dates keep
 * what they are.
 *
 * @param path of the parameter, for the refusal
 * @throws FieldRefusal if the value has another form
 */
export function parameterValue(value: unknown, property: INodeProperties, path = property.name): unknown {
	if (value === undefined || value === null) return value;
	switch (property.type) {
		case 'boolean':
			return switched(value);
		case 'string':
			return takesLists(property) ? value : oneText(value, path);
		case 'multiOptions':
			return severalChoices(value, path);
		case 'resourceLocator':
			return oneText(unwrapLocator(value), path);
		case 'collection':
			return members(objectIn(value, path, { example: exampleOf(property) }), optionsOf(property), path);
		case 'fixedCollection':
			return groups(value, property, path);
		default:
			return value;
	}
}

/** A part of a collection's value, by the path below it. */
export function partOf(value: unknown, path: string[]): unknown {
	return path.reduce<unknown>((part, name) => (isObject(part) ? (part[name] ?? null) : null), value);
}

/** What luxon writes for a date that is none; within a collection n8n hands on the text in place of the date. */
const INVALID_DATE = 'Invalid DateTime';

/** Models and spreadsheets write a switch as "true" or "False". */
function switched(value: unknown): unknown {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return word === 'true' || word === 'false' ? word === 'true' : value;
}

function oneText(value: unknown, path: string): unknown {
	if (Array.isArray(value)) {
		throw new FieldRefusal(path, "this is a list. Use a single text, for example {{ $json.names.join(', ') }}");
	}
	const moment = momentIn(value);
	if (moment === 'invalid' || value === INVALID_DATE) {
		throw new FieldRefusal(path, 'the expression returns an invalid date. Check where its value comes from');
	}
	if (typeof value !== 'object' || value === null) return value;
	if (moment) return isoOf(value, moment);
	throw new FieldRefusal(path, 'this is an object. Use one of its texts, for example {{ $json.customer.name }}');
}

/** With the offset that the expression's own date has. */
function isoOf(value: object, moment: Date): string {
	const { toISO } = value as { toISO?: () => string | null };
	return toISO?.call(value) ?? moment.toISOString();
}

function severalChoices(value: unknown, path: string): unknown[] {
	const given = readJson(value);
	if (!Array.isArray(given)) {
		if (isObject(given)) {
			throw new FieldRefusal(path, 'this is an object. Use a list of texts, for example {{ ["one", "two"] }}');
		}
		return listOf(given);
	}
	if (given.some((entry) => typeof entry === 'object' && entry !== null)) {
		throw new FieldRefusal(path, 'the list holds objects. Use a list of texts, for example {{ ["one", "two"] }}');
	}
	return [...(given as unknown[])];
}

/** The members of a collection, each in its own form. One that does not exist would have no effect. */
function members(given: Record<string, unknown>, known: INodeProperties[], path: string): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(given).map(([name, value]) => {
			const property = named(name, known, path);
			return [name, parameterValue(value, property, `${path}.${name}`)];
		}),
	);
}

function named<T extends { name: string }>(name: string, known: T[], path: string): T {
	const found = known.find((candidate) => candidate.name === name);
	if (found) return found;
	const names = known.map((candidate) => candidate.name).join(', ');
	throw new FieldRefusal(path, `there is no "${name}" in it. Use one of these: ${names}`);
}

/** A fixed collection as `{ group: entry }`, or with several entries `{ group: [entry, …] }`. */
function groups(value: unknown, property: INodeProperties, path: string): Record<string, unknown> {
	const all = groupsOf(property);
	const isList = property.typeOptions?.multipleValues === true;
	const example = exampleOf(property);
	const given = objectIn(inGroup(readJson(value), all, isList), path, { example });
	const read: Record<string, unknown> = {};
	for (const [name, entries] of Object.entries(given)) {
		const group = named(name, all, path);
		const where = `${path}.${name}`;
		const list: unknown[] = Array.isArray(entries) ? entries : [entries];
		read[name] = isList
			? list.map((each, index) => entry(each, group, `${where}.${index}`, example))
			: entry(entries, group, where, example);
	}
	return read;
}

/** Entries with their group around them, which may be left out where there is only one. */
function inGroup(value: unknown, [only, ...others]: Group[], isList: boolean): unknown {
	if (!only || others.length > 0) return value;
	if (isList && Array.isArray(value)) return { [only.name]: value };
	const isBare = isObject(value) && Object.keys(value).length > 0 && !(only.name in value);
	if (!isBare) return value;
	return { [only.name]: isList ? [value] : value };
}

/** An entry of a fixed collection; where it has one value, that alone will do. What is not given has its default. */
function entry(given: unknown, { values }: Group, path: string, example: string): Record<string, unknown> {
	const [only, ...others] = values;
	const isBare = typeof given !== 'object' && given !== undefined && given !== null;
	const object = isBare && only && others.length === 0 ? { [only.name]: given } : objectIn(given, path, { example });
	const shown = values.filter(({ displayOptions, name }) => displayOptions === undefined || name in object);
	const defaults = Object.fromEntries(shown.map((value) => [value.name, value.default]));
	return { ...defaults, ...members(object, values, path) };
}

/**
 * A value as an object: one as it is, or one in JSON. Nothing is an empty one.
 *
 * @throws FieldRefusal that says what the value is instead
 */
function objectIn(value: unknown, path: string, { example }: { example: string }): Record<string, unknown> {
	const given = readJson(value);
	if (given === undefined || given === null || given === '') return {};
	if (isObject(given) && momentIn(given) === undefined) return given;
	const what = Array.isArray(given)
		? 'a list'
		: isObject(given)
			? 'a date'
			: `a ${typeof given === 'string' ? 'text' : typeof given}`;
	throw new FieldRefusal(path, `this is ${what}. Use an object, for example ${example}`);
}

/** What a text says in JSON, if that is an object or a list; any other value as it is. */
function readJson(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/** An expression of the form that is expected, made of a parameter's own names. */
function exampleOf(property: INodeProperties): string {
	const [option] = optionsOf(property);
	if (option) return `{{ { ${option.name}: … } }}`;
	const [group] = groupsOf(property);
	const [value] = group?.values ?? [];
	if (!group || !value) return '{{ { … } }}';
	const inner = `{ ${value.name}: … }`;
	return `{{ { ${group.name}: ${property.typeOptions?.multipleValues === true ? `[${inner}]` : inner} } }}`;
}

function optionsOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'type' in option);
}

function groupsOf({ options = [] }: INodeProperties): Group[] {
	return options.filter((option): option is Group => 'values' in option);
}
