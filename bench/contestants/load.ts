/*
 * Loads a built package as n8n does at its start, and says how long that took. n8n's Node runs this file as it is: it reads
 * TypeScript by itself, and a compiler among the loaders would be measured along.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

/** Part of n8n-core's PackageDirectoryLoader. */
interface Loader {
	loadAll(): Promise<void>;
	types: { nodes: object[] };
}

const { folder, root } = JSON.parse(process.argv[2] ?? '{}') as { folder: string; root: string };
const load = createRequire(path.join(root, 'package.json'));

load('reflect-metadata');
const { PackageDirectoryLoader } = load('n8n-core') as { PackageDirectoryLoader: new (folder: string) => Loader };
const loader = new PackageDirectoryLoader(folder);
const start = performance.now();
void loader.loadAll().then(() => {
	const ms = performance.now() - start;
	const { nodes } = loader.types;
	const descriptionBytes = Buffer.byteLength(JSON.stringify(nodes));
	process.send?.({ loaded: { ms, nodes: nodes.length, descriptionBytes } }, () => process.exit());
});
