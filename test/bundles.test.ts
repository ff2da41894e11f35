import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import manifest from '../package.json';

/* The libraries that the build puts into dist/vendor. */

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');
const vendor = path.join(dist, 'vendor');

/** What n8n provides to every package. */
const FROM_N8N = ['luxon', 'n8n-workflow'];

/** Every library that is bundled, on purpose. */
const LIBRARIES = ['ipaddr.js', 'lean-qr', 'libphonenumber-js', 'markdown-it', 'mime-types', 'undici', 'zod'];

/** Licenses that let a copy be passed on inside an MIT package together with their text. */
const SHIPPABLE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

const filesBelow = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.js'))
		.map((name) => path.join(folder, name));

/** All that a file requires or imports. One whose name is only known when it runs is `undefined`. */
function requiredBy(file: string): Array<string | undefined> {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: Array<string | undefined> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node)) {
			const { expression: called } = node;
			const isRequire = ts.isIdentifier(called) && called.text === 'require';
			if (isRequire || called.kind === ts.SyntaxKind.ImportKeyword) {
				const [name] = node.arguments;
				found.push(name && ts.isStringLiteralLike(name) ? name.text : undefined);
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const isBuiltIn = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);
const isOwn = (file: string, name: string): boolean =>
	name.startsWith('.') && path.join(path.dirname(file), name).startsWith(dist + path.sep);

const compiled = ['credentials', 'nodes'].flatMap((folder) => filesBelow(path.join(dist, folder)));
const vendored = filesBelow(vendor);

it.each<[string, string[], string[]]>([
	['our files', compiled, FROM_N8N],
	['the libraries', vendored, []],
])('%s need nothing but the package itself, Node and n8n', (_name, files, others) => {
	const required = files.flatMap((file) => requiredBy(file).map((name) => ({ file, name })));
	expect(required.length).toBeGreaterThan(10);
	const missing = required.filter(
		({ file, name }) => name === undefined || (!isBuiltIn(name) && !isOwn(file, name) && !others.includes(name)),
	);
	expect(missing).toEqual([]);
});

it('all libraries are there, and work where nothing else is installed', () => {
	const bundles = readdirSync(path.join(vendor, 'bundles')).map((file) => file.replace(/\.js$/, ''));
	expect(bundles).toEqual(LIBRARIES.map((name) => name.replace(/\.js$/, '')));
	const folder = mkdtempSync(path.join(tmpdir(), 'vendor-'));
	try {
		cpSync(vendor, folder, { recursive: true });
		const modules = vendored
			.map((file) => path.relative(vendor, file))
			.filter((file) => !file.startsWith('bundles'));
		expect(modules.length).toBeGreaterThanOrEqual(LIBRARIES.length);
		// Every name of every module; those that are no function or object would be missing in the library.
		const program = `
			const missing = process.argv.slice(1).flatMap((file) => {
				const entries = Object.entries(require(require('node:path').resolve(file)));
				return entries.length === 0 ? [file] : entries.flatMap(([name, value]) => (value == null ? [file + ': ' + name] : []));
			});
			console.log(JSON.stringify(missing));`;
		const env = { ...process.env, NODE_PATH: '' };
		const printed = execFileSync(process.execPath, ['-e', program, ...modules], {
			cwd: folder,
			env,
			encoding: 'utf8',
		});
		expect(JSON.parse(printed)).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

it('the licenses name each bundled package, and each lets us ship it', async () => {
	const { metafile } = await build({
		entryPoints: manifest.n8n.nodes.map((file) =>
			path.join(root, path.relative('dist', file).replace(/\.js$/, '.ts')),
		),
		absWorkingDir: root,
		outdir: path.join(root, 'never'),
		write: false,
		bundle: true,
		platform: 'node',
		external: FROM_N8N,
		metafile: true,
	});
	const folders = Object.values(metafile.outputs)
		.flatMap(({ inputs }) => Object.keys(inputs))
		.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
	const packages = [...new Set(folders)].map(
		(folder) =>
			JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as Record<
				'name' | 'version' | 'license',
				string
			>,
	);
	expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining([...LIBRARIES, 'entities', 'mime-db']));
	expect(packages.filter(({ license }) => !SHIPPABLE.includes(license))).toEqual([]);

	const licenses = readFileSync(path.join(vendor, 'LICENSES.txt'), 'utf8');
	const [list = '', ...texts] = licenses.split(/^={80}\n/m);
	const lines = packages.map(({ name, version, license }) => `${name} ${version} (${license})`).sort();
	expect([...list.matchAll(/^- (.*)$/gm)].map(([, line]) => line)).toEqual(lines);
	for (const [index, line] of lines.entries()) {
		expect(texts[index]?.split('\n')[0]).toBe(line);
		expect(texts[index]).toMatch(/copyright/i);
		expect(texts[index]?.length).toBeGreaterThan(500);
	}
	// The metadata of phone numbers is Google's.
	expect(licenses).toContain('Apache License');
	expect(licenses).toContain('llhttp');
});
