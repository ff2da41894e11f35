'use strict';

/*
 * Libraries become part of the package: each is bundled into dist/vendor, and the compiled files, which import it by its name,
 * are pointed there. A user's n8n then has nothing to install but this package. n8n's rules for community nodes ask for it
 * ("bundle them into your build artifact").
 */
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { builtinModules } = require('node:module');
const path = require('node:path');
const esbuild = require('esbuild');
const { collectLicenses } = require('./licenses.cjs');

/** The only libraries that may be bundled. */
const LIBRARIES = ['ipaddr.js', 'lean-qr', 'libphonenumber-js', 'markdown-it', 'mime-types', 'undici', 'zod'];

/** The one form in which tsc writes an import of a package: `const zod_1 = require("zod");`, on a line of its own. */
const IMPORT = /^const (\w+) = (?:__importDefault\()?require\("([^."][^"]*)"\)\)?;$/gm;

/** zod holds its messages in fifty languages, and loads all of them. Ours are in English. */
const englishOnly = {
	name: 'english-only',
	setup(build) {
		build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path: file }) => ({
			contents: 'export { default as en } from "./en.js";',
			resolveDir: path.dirname(file),
		}));
	},
};

/**
 * mime-types takes one function from a module of Node that n8n's rules for community nodes do not allow: the extension of a
 * file's name. It calls it with a name that begins with "x.".
 */
const withoutPath = {
	name: 'without-path',
	setup(build) {
		build.onResolve({ filter: /^(node:)?path$/ }, ({ importer }) =>
			/[\\/]mime-types[\\/]/.test(importer) ? { path: 'path', namespace: 'extname' } : undefined,
		);
		build.onLoad({ filter: /.*/, namespace: 'extname' }, () => ({
			contents: String.raw`exports.extname = (name) => /[^/](\.[^./]*)$/.exec(name)?.[1] ?? '';`,
		}));
	},
};

/** The package that a module belongs to: `lean-qr` for `lean-qr/extras/node_export`. */
const packageOf = (specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0];

/** Where a module is found below dist/vendor: `zod.js`, `ipaddr.js`, `lean-qr/extras/node_export.js`. */
const fileOf = (specifier) => `${specifier.replace(/\.js$/, '')}.js`;

const isBuiltIn = (specifier) => specifier.startsWith('node:') || builtinModules.includes(specifier);

/** All compiled files that import a library, with what they import by which name. */
function importsIn(dist, fromN8n) {
	return ['credentials', 'nodes']
		.flatMap((folder) =>
			readdirSync(path.join(dist, folder), { recursive: true }).map((name) => path.join(folder, name)),
		)
		.filter((name) => name.endsWith('.js'))
		.flatMap((name) => {
			const code = readFileSync(path.join(dist, name), 'utf8');
			const imports = [...code.matchAll(IMPORT)]
				.map(([, variable, specifier]) => ({ variable, specifier }))
				.filter(({ specifier }) => !isBuiltIn(specifier) && !fromN8n.includes(specifier));
			for (const { specifier } of imports) {
				if (!LIBRARIES.includes(packageOf(specifier)))
					throw new Error(
						`${name} imports ${specifier}, which neither n8n provides nor LIBRARIES in scripts/build/vendor.cjs lists.`,
					);
			}
			return imports.length === 0 ? [] : [{ name, code, imports }];
		});
}

/** Which names of which module are used. tsc writes each use as `zod_1.z`. */
function usedNames(files) {
	const used = new Map();
	for (const { code, imports } of files) {
		for (const { variable, specifier } of imports) {
			const names = used.get(specifier) ?? new Set();
			for (const [, name] of code.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g'))) names.add(name);
			used.set(specifier, names);
		}
	}
	return new Map([...used].sort().map(([specifier, names]) => [specifier, [...names].sort()]));
}

/** All modules of a library in one file. A name in it is its module's and its own, as two modules may have the same. */
async function bundle(root, library, used, outfile) {
	const contents = [...used]
		.filter(([specifier]) => packageOf(specifier) === library)
		.map(
			([specifier, names]) =>
				`export { ${names.map((name) => `${name} as "${specifier}:${name}"`).join(', ')} } from "${specifier}";`,
		)
		.join('\n');
	const { metafile } = await esbuild.build({
		stdin: { contents, resolveDir: root },
		absWorkingDir: root,
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		// Names stay: they are in stack traces, and undici looks at some.
		minifyWhitespace: true,
		minifySyntax: true,
		legalComments: 'none',
		// n8n's rules for community nodes allow no output to the console.
		drop: ['console'],
		metafile: true,
		plugins: [englishOnly, withoutPath],
		logLevel: 'warning',
	});
	return metafile;
}

/** A module that loads its library when one of its names is used for the first time. */
function facade(specifier, names, bundlePath) {
	return `'use strict';
// Loads the library when it is first used.
Object.defineProperty(exports, '__esModule', { value: true });
const named = (name, found) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, ...found });
for (const name of ${JSON.stringify(names)}) {
	named(name, {
		get: () => {
			const value = require(${JSON.stringify(bundlePath)})[${JSON.stringify(`${specifier}:`)} + name];
			named(name, { value });
			return value;
		},
	});
}
`;
}

function write(file, text) {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
}

/** The way from one file to another as \`require\` takes it. */
function relative(from, to) {
	const way = path.relative(path.dirname(from), to).split(path.sep).join('/');
	return way.startsWith('.') ? way : `./${way}`;
}

/**
 * Bundles what the compiled files use of each library, points them to it, and writes the licenses of all that went in.
 *
 * @param root the package's folder, built into dist
 * @param fromN8n modules that n8n provides to the package
 * @throws Error if a file imports what is not in {@link LIBRARIES}, or a license keeps a package from being passed on
 */
async function vendor(root, fromN8n = ['luxon', 'n8n-workflow']) {
	const dist = path.join(root, 'dist');
	const folder = path.join(dist, 'vendor');
	const files = importsIn(dist, fromN8n);
	const used = usedNames(files);
	const libraries = [...new Set([...used.keys()].map(packageOf))];
	const bundleOf = (library) => path.join(folder, 'bundles', fileOf(library));

	const metafiles = await Promise.all(
		libraries.map(async (library) => await bundle(root, library, used, bundleOf(library))),
	);
	for (const [specifier, names] of used) {
		const file = path.join(folder, fileOf(specifier));
		write(file, facade(specifier, names, relative(file, bundleOf(packageOf(specifier)))));
	}
	for (const { name, code } of files) {
		const file = path.join(dist, name);
		const pointed = code.replace(IMPORT, (line, _variable, specifier) =>
			used.has(specifier)
				? line.replace(`"${specifier}"`, `"${relative(file, path.join(folder, fileOf(specifier)))}"`)
				: line,
		);
		writeFileSync(file, pointed);
	}
	writeFileSync(path.join(folder, 'LICENSES.txt'), collectLicenses(root, metafiles));
}

module.exports = { vendor };
