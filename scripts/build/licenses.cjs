'use strict';

/* The licenses of the libraries that are bundled into the package. */
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** Licenses under which a copy may be passed on inside an MIT package, as long as their text comes along. */
const SHIPPABLE = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** Files with the text of a license, or with what it asks to be repeated. */
const LEGAL = /^(?:licen[cs]e|notice|copying)/i;

/** What a package holds of somebody else without the license in a file. Source: the LICENSE of github.com/nodejs/llhttp. */
const INSIDE = {
	undici: 'Contains llhttp, compiled to WebAssembly: MIT License, Copyright Fedor Indutny, 2018. Its terms are those below.',
};

/** The folders of the packages that a bundle has code of. */
function packageFolders(metafile) {
	const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
	return inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
}

function readPackage(root, folder) {
	const place = path.join(root, folder);
	const { name, version, license } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
	const texts = readdirSync(place)
		.filter((file) => LEGAL.test(file))
		.sort()
		.map((file) => readFileSync(path.join(place, file), 'utf8').trim());
	return { name, version, license, texts };
}

/**
 * The text that names each bundled package with its version and license, followed by the licenses.
 *
 * @param root the folder that the metafiles' paths start from
 * @param metafiles esbuild's, one for each bundle
 * @throws Error if a license is none of {@link SHIPPABLE}, or a package comes without its text
 */
function collectLicenses(root, metafiles) {
	const folders = [...new Set(metafiles.flatMap(packageFolders))].sort();
	const packages = folders.map((folder) => readPackage(root, folder));
	for (const { name, version, license, texts } of packages) {
		if (!SHIPPABLE.includes(license))
			throw new Error(`${name} ${version} cannot be bundled: its license is ${JSON.stringify(license)}.`);
		if (texts.length === 0)
			throw new Error(`${name} ${version} cannot be bundled: it comes without the text of its license.`);
	}
	const line = ({ name, version, license }) => `${name} ${version} (${license})`;
	return [
		'The files in this folder contain code of these packages:',
		packages.map((each) => `- ${line(each)}`).join('\n'),
		...packages.flatMap((each) => [
			`${'='.repeat(80)}\n${line(each)}`,
			...(INSIDE[each.name] ? [INSIDE[each.name]] : []),
			...each.texts,
		]),
		'',
	].join('\n\n');
}

module.exports = { collectLicenses };
