import { PackageDirectoryLoader } from 'n8n-core';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import manifest from '../package.json';

const root = path.join(__dirname, '..');

/**
 * The package as npm would publish it, unpacked. Inside the checkout, so that its run-time dependencies are found the
 * way they are in a user's n8n: in a node_modules folder above it.
 */
function unpack(): string {
	const cache = path.join(root, '.cache');
	mkdirSync(cache, { recursive: true });
	const folder = mkdtempSync(path.join(cache, 'packed-'));
	// Tests run after the build; building again here would change files that other tests are reading.
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	execFileSync(npm, ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
	execFileSync('tar', ['-xzf', path.join(folder, tarball), '-C', folder]);
	return path.join(folder, 'package');
}

describe('the packed package', () => {
	let folder: string;
	let loader: PackageDirectoryLoader;

	beforeAll(async () => {
		folder = unpack();
		loader = new PackageDirectoryLoader(folder);
		await loader.loadAll();
	});
	afterAll(() => {
		rmSync(path.dirname(folder), { recursive: true, force: true });
	});

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

	it('holds what runs and nothing else', () => {
		const files = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
		const odd = files.filter(
			(file) =>
				!/^dist[\\/](nodes|credentials)[\\/].+\.(js|json)$/.test(file) &&
				!/^dist[\\/]icons[\\/].+\.svg$/.test(file) &&
				!['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'index.js'].includes(file),
		);
		expect(odd).toEqual([]);
		expect(files).toContain('index.js');
	});
});

it('run-time dependencies are the seven that are meant to be', () => {
	expect(Object.keys(manifest.dependencies).sort()).toEqual([
		'ipaddr.js',
		'lean-qr',
		'libphonenumber-js',
		'markdown-it',
		'mime-types',
		'undici',
		'zod',
	]);
});
