/*
 * Loads a package as n8n does at its start, then a node as its first use does, and says how long that took. n8n's Node runs
 * this file as it is: it reads TypeScript by itself, and a compiler among the loaders would be measured along.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

/** Part of n8n-core's LazyPackageDirectoryLoader. */
interface Loader {
	loadAll(): Promise<void>;
	known: Record<'credentials' | 'nodes', Record<string, unknown>>;
	types: { nodes: object[] };
	getCredential(name: string): unknown;
	getNode(name: string): unknown;
}

const { folder, root } = JSON.parse(process.argv[2] ?? '{}') as { folder: string; root: string };
const load = createRequire(path.join(root, 'package.json'));

load('reflect-metadata');
const { LazyPackageDirectoryLoader } = load('n8n-core') as {
	LazyPackageDirectoryLoader: new (folder: string) => Loader;
};
const loader = new LazyPackageDirectoryLoader(folder);
const start = performance.now();
void loader.loadAll().then(() => {
	for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
	const startMs = performance.now() - start;
	const { nodes } = loader.types;
	const descriptionBytes = Buffer.byteLength(JSON.stringify(nodes));
	const loaded = { startMs, nodes: nodes.length, descriptionBytes };
	const firstUse = performance.now();
	loader.getNode(Object.keys(loader.known.nodes)[0] ?? '');
	process.send?.({ loaded: { ...loaded, firstUseMs: performance.now() - firstUse } }, () => process.exit());
});
