/* `npm run docs`: writes the documentation pages that are generated from the code. */
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import '../test/support/n8n/environment';
import type { Catalog } from './docs/catalog';
import { makeReference } from './docs/reference';

const root = path.join(__dirname, '..');
const docs = path.join(root, 'docs');

const usage = `Usage: npm run docs -- [options]

Writes the documentation pages that are generated from the code: docs/reference, and parts of other pages in docs.

  --help  show this text`;

/** The package as n8n loads it, from its built files. */
async function builtCatalog(): Promise<Catalog> {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	return {
		node: (name) => NodeHelpers.getVersionedNodeType(loader.getNode(name).type),
		credential: (name) => loader.getCredential(name).type,
	};
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
	if (values.help) {
		console.log(usage);
		return;
	}
	const { pages, missing, examples } = await makeReference(await builtCatalog(), docs);
	mkdirSync(path.join(docs, 'reference'), { recursive: true });
	const changed = [...pages].filter(([name, content]) => {
		const file = path.join(docs, name);
		if (contentOf(file) === content) return false;
		writeFileSync(file, content);
		return true;
	});
	for (const [name] of changed) console.log(`written: docs/${name}`);
	console.log(`${pages.size} pages, ${changed.length} changed; ${examples} operations with an example output`);
	if (missing.length > 0) throw new Error(`Operations without an example: ${missing.join(', ')}`);
}

function contentOf(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
