/** All pages that are made from the code. */
import type { INodeTypeDescription } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Provider, providers } from '../../test/support/providers';
import { startDocsBench } from './benches';
import {
	type Catalog,
	fileNameOf,
	operationsOf,
	type ProviderTypes,
	ROUTING_FILE,
	ROUTING_NODE,
	typesOf,
} from './catalog';
import { eventExample } from './events';
import { contractExamples, type Example } from './examples';
import { operationsTable, type ProviderExamples, referencePage, routingPage } from './page';
import { routingExamples } from './routingExamples';
import { sandboxExamples } from './sandboxExamples';

/** Between these the pages written by hand hold a list made from the code. */
const START = '<!-- generated:operations -->';
const END = '<!-- /generated -->';

/** The pages, and what they lack. */
export interface Reference {
	/** Content by path below the folder docs, with slashes. */
	pages: Map<string, string>;
	/** Operations without an example, as `node.resource.operation`. */
	missing: string[];
	/** How many operations have one. */
	examples: number;
}

/**
 * Makes every page.
 *
 * @param docs the folder with the pages written by hand
 * @throws Error if a run that gives an example fails, or a page lacks the place for its list
 */
export async function makeReference(catalog: Catalog, docs: string): Promise<Reference> {
	const reference: Reference = { pages: new Map(), missing: [], examples: 0 };
	for (const provider of providers) {
		const { type: name } = provider;
		const types = typesOf(catalog, name);
		const { node } = types;
		const { operations, event } = await examplesOf(types, provider);
		count(reference, name, node.description, operations);
		setPages(reference, docs, fileNameOf(name), node.description, referencePage(types, { operations, event }));
	}
	const { description } = catalog.node(ROUTING_NODE);
	const examples = await routingExamples(catalog);
	count(reference, ROUTING_NODE, description, examples);
	const types = providers.map(({ type }) => typesOf(catalog, type));
	setPages(reference, docs, ROUTING_FILE, description, routingPage(description, types, examples));
	return reference;
}

/** Counts the operations with an example, and names those without. */
function count(
	reference: Reference,
	node: string,
	description: INodeTypeDescription,
	examples: Map<string, Example>,
): void {
	const keys = operationsOf(description).map(({ key }) => key);
	const missing = keys.filter((key) => !examples.has(key));
	reference.missing.push(...missing.map((key) => `${node}.${key}`));
	reference.examples += keys.length - missing.length;
}

/** Sets a node's reference, and the list of its operations on the page written by hand. */
function setPages(
	{ pages }: Reference,
	docs: string,
	file: string,
	description: INodeTypeDescription,
	page: string,
): void {
	pages.set(`reference/${file}`, page);
	const written = readFileSync(path.join(docs, file), 'utf8');
	pages.set(file, withList(file, written, operationsTable(description, `reference/${file}`)));
}

async function examplesOf(types: ProviderTypes, provider: Provider): Promise<ProviderExamples> {
	const bench = await startDocsBench(types);
	try {
		const operations = await sandboxExamples(provider, bench);
		const event = await eventExample(types, bench);
		return { operations: new Map([...operations, ...(await contractExamples(bench.engine, provider))]), event };
	} finally {
		await bench.close();
	}
}

function withList(file: string, page: string, list: string): string {
	const [before, rest] = page.split(START);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined)
		throw new Error(`docs/${file} needs the lines "${START}" and "${END}"`);
	return `${before}${START}\n${list}\n${END}${after}`;
}
