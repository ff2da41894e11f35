/** The reference pages, from the nodes' descriptions and the output of their runs. */
import type { ICredentialType, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { isForExpression } from '../../nodes/shared/operations/define/wholeExpressions';
import { fileNameOf, type OperationEntry, operationsOf, type ProviderTypes, ROUTING_FILE } from './catalog';
import type { Example } from './examples';
import { fieldsOf, fieldTable, fieldTables } from './fields';
import { anchorOf, code, details, escaped, fromHtml, jsonBlock, table } from './markdown';
import { choicesOf } from './words';

/** What was found out by running the nodes. */
export interface ProviderExamples {
	/** By `resource.operation`. */
	operations: Map<string, Example>;
	event: Example;
}

const GENERATED = '<!-- Generated from the code by "npm run docs". Changes made here are lost. -->';

const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);
const link = (heading: string, label = heading, page = ''): string =>
	`[${escaped(label)}](${page}#${anchorOf(heading)})`;
const headingOf = ({ resource, operation }: OperationEntry): string => `${resource.name}: ${operation.name}`;

/** The list of resources with their operations, each a link to its place in the reference. */
export function operationsTable(description: INodeTypeDescription, page: string): string {
	const byResource = new Map<string, string[]>();
	for (const entry of operationsOf(description)) {
		const { name } = entry.resource;
		byResource.set(name, [...(byResource.get(name) ?? []), link(headingOf(entry), entry.operation.name, page)]);
	}
	return table(
		['Resource', 'Operations'],
		[...byResource].map(([name, links]) => [escaped(name), links.join(', ')]),
	);
}

/** The reference of one provider. */
export function referencePage(types: ProviderTypes, examples: ProviderExamples): string {
	const { name, node, trigger, credentials } = types;
	const { description } = node;
	const parts = [
		GENERATED,
		`# ${escaped(description.displayName)}: reference`,
		`Every field and every output of the nodes. For everything else, see the [page about ${escaped(description.displayName)}](../${fileNameOf(name)}).`,
		[
			...credentials.map((credential) => `- Credential: ${link(credential.displayName)}`),
			`- Action node: ${link(description.displayName)}`,
			`- Trigger: ${link(trigger.description.displayName)}`,
		].join('\n'),
		operationsTable(description, ''),
		...credentials.map(credentialPart),
		`## ${escaped(description.displayName)}`,
		sentence(fromHtml(description.description)),
		...operationParts(description, credentials, examples.operations),
		...triggerParts(trigger.description, examples.event),
	];
	return `${parts.join('\n\n')}\n`;
}

/**
 * The reference of the node above the providers.
 *
 * @param providers with the credential of each
 */
export function routingPage(
	description: INodeTypeDescription,
	providers: ProviderTypes[],
	examples: Map<string, Example>,
): string {
	const credentials = providers.flatMap(({ name, credentials: [first] }) =>
		first === undefined ? [] : [link(first.displayName, first.displayName, fileNameOf(name))],
	);
	const parts = [
		GENERATED,
		`# ${escaped(description.displayName)}: reference`,
		`Every field and every output of the node. For everything else, see the [page about ${escaped(description.displayName)}](../${ROUTING_FILE}).`,
		`It needs the credential of each chosen provider: ${credentials.join(', ')}.`,
		operationsTable(description, ''),
		`## ${escaped(description.displayName)}`,
		sentence(fromHtml(description.description)),
		...operationParts(description, [], examples),
	];
	return `${parts.join('\n\n')}\n`;
}

function operationParts(
	description: INodeTypeDescription,
	credentials: ICredentialType[],
	examples: Map<string, Example>,
): string[] {
	return operationsOf(description).map((entry) =>
		operationPart(description, credentials, entry, examples.get(entry.key)),
	);
}

function credentialPart({ displayName, documentationUrl, properties, test }: ICredentialType): string {
	const about = [
		test === undefined
			? ''
			: `n8n tests it when you save it, with ${code(`${test.request.method ?? 'GET'} ${test.request.url}`)}.`,
		documentationUrl === undefined ? '' : `[Documentation of the provider](${documentationUrl}).`,
	];
	return [`## ${escaped(displayName)}`, about.filter(Boolean).join(' '), fieldTable(properties, properties)].join(
		'\n\n',
	);
}

function operationPart(
	description: INodeTypeDescription,
	credentials: ICredentialType[],
	entry: OperationEntry,
	example: Example | undefined,
): string {
	const { resource, operation } = entry;
	const fields = fieldsOf(description, resource.value, operation.value);
	const values = `Resource ${code(resource.value)}, operation ${code(operation.value)}.`;
	return [
		`### ${escaped(headingOf(entry))}`,
		`${sentence(fromHtml(operation.description))} ${values}${credentialOf(description, credentials, resource.value)}`.trim(),
		fields.length === 0 ? 'It has no fields.' : fieldTables(fields),
		...(example === undefined ? [] : [examplePart('Example output', example)]),
	].join('\n\n');
}

/** Which credential a resource needs, for nodes that have several on their page. */
function credentialOf({ credentials = [] }: INodeTypeDescription, types: ICredentialType[], resource: string): string {
	if (types.length < 2) return '';
	const needed = credentials.filter(({ displayOptions }) => {
		const { show, hide } = displayOptions ?? {};
		return (show?.resource ?? [resource]).includes(resource) && !(hide?.resource ?? []).includes(resource);
	});
	const names = needed.map(({ name }) => types.find((type) => type.name === name)?.displayName ?? name);
	return ` Credential: ${names.map((name) => link(name)).join(' or ')}.`;
}

function triggerParts(description: INodeTypeDescription, event: Example): string[] {
	const events = description.properties.find(({ name }) => name === 'events');
	const others = description.properties.filter((property) => property !== events && !isForExpression(property));
	return [
		`## ${escaped(description.displayName)}`,
		`${sentence(fromHtml(description.description))} How to set it up and test it: [Triggers](../triggers.md).`,
		...(events === undefined ? [] : [eventTable(events)]),
		fieldTables(others),
		examplePart('Example event', event),
	];
}

/** The kinds of events, which get their own table. */
function eventTable(events: INodeProperties): string {
	const rows = choicesOf(events).map(({ name, value, description = '' }) => [
		escaped(name),
		code(String(value)),
		sentence(fromHtml(description)),
	]);
	const hasWords = rows.some(([, , words]) => words !== '');
	const head = [escaped(events.displayName), 'Value', ...(hasWords ? ['Description'] : [])];
	return [
		`**${escaped(events.displayName)}** (${code(events.name)}): ${sentence(fromHtml(events.description ?? ''))}`,
		table(
			head,
			rows.map((row) => row.slice(0, head.length)),
		),
	].join('\n\n');
}

function examplePart(title: string, { count, json, files }: Example): string {
	const cuts = json.cuts.map(
		({ path, length }) => `${path === 'the list' ? path : code(path)} has ${length} elements; three are shown`,
	);
	return details(
		title,
		[
			...(count > 1 ? [`${count} items; the first:`] : []),
			jsonBlock(json.value),
			...cuts,
			...files.map(
				({ field, fileName, mimeType, size }) =>
					`File in the field ${code(field)}: ${fileName === '' ? '' : `${code(fileName)}, `}${code(mimeType)}, ${escaped(size)}`,
			),
		].join('\n\n'),
	);
}
