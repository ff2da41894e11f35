'use strict';

/*
 * Builds the package into dist: compiles it, copies icons and codex files, and bundles the libraries, so that the package
 * has no dependencies ("or bundle them into your build artifact": n8n's rules for community nodes).
 */
const { spawnSync } = require('node:child_process');
const { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');

/** What n8n provides to every package. */
const FROM_N8N = ['luxon', 'n8n-workflow', 'zod/v4', 'node:crypto'];

/** Licenses under which a copy may be passed on inside an MIT package, as long as their text comes along. */
const SHIPPABLE = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** Files with the text of a license. */
const LEGAL = /^(?:licen[cs]e|notice|copying)/i;

/** An import of a package as tsc writes it. */
const REQUIRE = /require\("([^."][^"]*)"\)/g;

function filesBelow(folder, pattern) {
	const names = readdirSync(path.join(root, folder), { recursive: true });
	return names.filter((name) => pattern.test(name)).map((name) => path.join(folder, name));
}

function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const { status } = spawnSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.json')], { stdio: 'inherit' });
	if (status !== 0) throw new Error('The TypeScript compiler found errors');
}

function copy() {
	cpSync(path.join(root, 'icons'), path.join(dist, 'icons'), { recursive: true });
	for (const file of filesBelow('nodes', /\.node\.json$/)) cpSync(path.join(root, file), path.join(dist, file));
}

/**
 * mime-types takes one function from a module of Node that n8n Cloud does not have: the extension of a file's name. It calls
 * it with a name that begins with "x.".
 */
const withoutPath = {
	name: 'without-path',
	setup(build) {
		build.onResolve({ filter: /^(node:)?path$/ }, () => ({ path: 'path', namespace: 'extname' }));
		build.onLoad({ filter: /.*/, namespace: 'extname' }, () => ({
			contents: String.raw`exports.extname = (name) => /[^/](\.[^./]*)$/.exec(name)?.[1] ?? '';`,
		}));
	},
};

/** Bundles one module of a library into dist/vendor. */
async function bundle(module, outfile) {
	const { metafile } = await esbuild.build({
		stdin: { contents: `module.exports = require(${JSON.stringify(module)});`, resolveDir: root },
		absWorkingDir: root,
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		// Names stay: they are in stack traces.
		minifyWhitespace: true,
		minifySyntax: true,
		legalComments: 'none',
		// n8n's scanner allows no output to the console.
		drop: ['console'],
		plugins: [withoutPath],
		metafile: true,
		logLevel: 'warning',
	});
	return Object.keys(metafile.inputs);
}

/** The text that names each bundled package with its version and license, followed by the licenses. */
function licensesOf(inputs) {
	const folders = inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
	const packages = [...new Set(folders)].sort().map((folder) => {
		const place = path.join(root, folder);
		const { name, version, license } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
		const texts = readdirSync(place).filter((file) => LEGAL.test(file));
		if (!SHIPPABLE.includes(license)) throw new Error(`${name} cannot be bundled: its license is ${license}.`);
		if (texts.length === 0) throw new Error(`${name} cannot be bundled: it comes without the text of its license.`);
		const text = texts.map((file) => readFileSync(path.join(place, file), 'utf8').trim()).join('\n\n');
		return `${name} ${version} (${license})\n\n${text}`;
	});
	const line = `\n\n${'='.repeat(80)}\n`;
	return ['The files in this folder contain code of these packages:', ...packages].join(line) + '\n';
}

/** Bundles the libraries that the compiled files import, and points the files to the bundles. */
async function vendor() {
	const bundles = new Map();
	for (const file of ['dist/nodes', 'dist/credentials'].flatMap((folder) => filesBelow(folder, /\.js$/))) {
		const code = readFileSync(path.join(root, file), 'utf8');
		const pointed = code.replace(REQUIRE, (whole, module) => {
			if (FROM_N8N.includes(module)) return whole;
			const target = path.join(dist, 'vendor', `${module.replace(/\.js$/, '')}.js`);
			bundles.set(module, target);
			const way = path
				.relative(path.dirname(path.join(root, file)), target)
				.split(path.sep)
				.join('/');
			return `require("${way}")`;
		});
		if (pointed !== code) writeFileSync(path.join(root, file), pointed);
	}
	if (bundles.size === 0) return;
	const inputs = await Promise.all([...bundles].map(async ([module, target]) => await bundle(module, target)));
	mkdirSync(path.join(dist, 'vendor'), { recursive: true });
	writeFileSync(path.join(dist, 'vendor', 'LICENSES.txt'), licensesOf(inputs.flat()));
}

async function build() {
	rmSync(dist, { recursive: true, force: true });
	compile();
	copy();
	await vendor();
}

build().catch((error) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
