/* `npm run docs`: writes the documentation pages that are generated from the code. */
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json';
import '../test/support/n8n/environment';
import type { Catalog } from './docs/catalog';
import { makeReference } from './docs/reference';
import { pairsIn, writeMarks } from './docs/translationFiles';
import { waitingSections } from './docs/translations';

const root = path.join(__dirname, '..');
const docs = path.join(root, 'docs');

const usage = `Usage: npm run docs -- [options]

Writes the documentation pages that are generated from the code: docs/reference, and parts of other pages in docs.

  --translated docs/ru/triggers.md  instead, mark this translation as following the English page as it is now
  --outdated docs/ru/triggers.md    instead, tell its readers in which sections the English page has changed
  --help                            show this text

The last two can be given several times.`;

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
	const { values } = parseArgs({
		options: {
			help: { type: 'boolean', default: false },
			translated: { type: 'string', multiple: true, default: [] },
			outdated: { type: 'string', multiple: true, default: [] },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const { translated, outdated } = values;
	if (translated.length > 0 && outdated.length > 0) throw new Error('Give either --translated or --outdated');
	if (translated.length + outdated.length > 0) {
		const how = translated.length > 0 ? 'translated' : 'outdated';
		const changed = writeMarks(docs, values[how], how, manifest.version);
		for (const file of values[how]) console.log(`${changed.includes(file) ? 'written' : 'as it was'}: ${file}`);
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
	for (const pair of pairsIn(docs)) {
		const waiting = waitingSections(pair);
		if (waiting.length > 0) console.log(`to translate: docs/${pair.language}/${pair.name}: ${waiting.join(', ')}`);
	}
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
