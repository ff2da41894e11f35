import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import manifest from '../package.json';
import { unpackedPackage } from '../scripts/n8n/packed';
import { recipients, startProviderBench } from './support/bench';
import { providers } from './support/providers';

/** What a process of its own, which has loaded nothing else, loads of the package. */
function loadedFiles(folder: string): Record<'atStart' | 'inUse', string[]> {
	const program = `
		const load = require('node:module').createRequire(${JSON.stringify(path.join(__dirname, 'package.test.ts'))});
		load('reflect-metadata');
		const { LazyPackageDirectoryLoader } = load('n8n-core');
		const [, folder] = process.argv;
		const loader = new LazyPackageDirectoryLoader(folder);
		const files = () => Object.keys(load.cache).filter((file) => file.startsWith(loader.directory))
			.map((file) => require('node:path').relative(loader.directory, file).replaceAll('\\\\', '/')).sort();
		loader.loadAll().then(() => {
			for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
			const atStart = files();
			for (const name of Object.keys(loader.known.nodes)) loader.getNode(name);
			console.log(JSON.stringify({ atStart, inUse: files() }));
		});`;
	const printed = execFileSync(process.execPath, ['-e', program, folder], { encoding: 'utf8', cwd: folder });
	return JSON.parse(printed) as ReturnType<typeof loadedFiles>;
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the packed package', () => {
	let folder: string;
	let remove: () => void;
	let loader: PackageDirectoryLoader;

	beforeAll(async () => {
		({ folder, remove } = await unpackedPackage());
		loader = new PackageDirectoryLoader(folder);
		await loader.loadAll();
	});
	afterAll(() => remove());

	it('loads every node and credential through n8n, with icon and codex', () => {
		const nodes = Object.values(loader.nodeTypes).map(({ type }) => type.description);
		expect(nodes).toHaveLength(manifest.n8n.nodes.length);
		expect(Object.keys(loader.credentialTypes)).toHaveLength(manifest.n8n.credentials.length);
		for (const node of nodes) {
			const { light, dark } = node.iconUrl as { light: string; dark: string };
			for (const icon of [light, dark]) {
				expect(existsSync(path.join(folder, icon.replace(`icons/${manifest.name}/`, '')))).toBe(true);
			}
			expect(node).toMatchObject({ codex: { categories: ['Communication'] } });
		}
	});

	it('every credential type has a test and can be chosen by a node', () => {
		const used = Object.values(loader.nodeTypes).flatMap(({ type }) =>
			((type.description as { credentials?: Array<{ name: string }> }).credentials ?? []).map(({ name }) => name),
		);
		for (const [name, { type }] of Object.entries(loader.credentialTypes)) {
			expect(used).toContain(name);
			expect(type.test?.request.url).toBeTruthy();
		}
	});

	it('is the same from its metadata, which n8n reads when it starts, as from its code', async () => {
		const lazy = new LazyPackageDirectoryLoader(folder);
		await lazy.loadAll();
		expect(lazy.isLazyLoaded).toBe(true);
		const withoutMethods = loader.types.nodes.map((node) => ({ ...node, __loadOptionsMethods: undefined }));
		expect(lazy.types.nodes).toEqual(asJson(withoutMethods));
		expect(lazy.types.credentials).toEqual(asJson(loader.types.credentials));
		expect(lazy.known).toEqual(asJson(loader.known));
	});

	it('loads no node when n8n starts, and no library but zod before it is needed', () => {
		const { atStart, inUse } = loadedFiles(folder);
		const credentials = atStart.filter((file) => file.startsWith('dist/credentials/'));
		expect(credentials.sort()).toEqual([...manifest.n8n.credentials].sort());
		expect(atStart.filter((file) => /^dist\/(nodes\/(?!shared\/)|vendor\/)/.test(file))).toEqual([]);
		expect(inUse).toEqual(expect.arrayContaining(manifest.n8n.nodes));
		expect(inUse.filter((file) => file.startsWith('dist/vendor/bundles/'))).toEqual(['dist/vendor/bundles/zod.js']);
	});

	it.each(providers.map(({ bench }) => bench))(
		'sends with $name where nothing else is installed',
		async (provider) => {
			const bench = await startProviderBench({
				...provider,
				node: loader.getNode(provider.name).type,
				trigger: loader.getNode(`${provider.name}Trigger`).type,
				credential: loader.getCredential(provider.credentialType).type,
			});
			try {
				const options = { textFormat: 'markdown' };
				const { error } = await bench.run(
					{ ...bench.sendText, text: '=**{{ $json.text }}**', options },
					{ items: recipients(1) },
				);
				expect(error).toBeUndefined();
				expect(bench.sandbox.control.messages()).toMatchObject([{ text: '*message 0*' }]);
			} finally {
				await bench.close();
			}
		},
	);

	it('holds what runs and nothing else', () => {
		const files = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
		const odd = files.filter(
			(file) =>
				!/^dist[\\/](nodes|credentials)[\\/].+\.(js|json)$/.test(file) &&
				!/^dist[\\/](known|types)[\\/](nodes|credentials)\.json$/.test(file) &&
				!/^dist[\\/]vendor[\\/](.+\.js|LICENSES\.txt)$/.test(file) &&
				!/^dist[\\/]icons[\\/].+\.svg$/.test(file) &&
				!['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'index.js'].includes(file),
		);
		expect(odd).toEqual([]);
		expect(files).toEqual(expect.arrayContaining(['index.js', path.join('dist', 'vendor', 'LICENSES.txt')]));
	});
});

it('needs nothing but n8n', () => {
	const { bundledDependencies, dependencies, optionalDependencies } = manifest as Record<string, unknown>;
	expect([bundledDependencies, dependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});
