'use strict';

/* Builds the package into dist: compiles it, copies icons and codex files, and bundles the libraries. */
const { spawnSync } = require('node:child_process');
const { cpSync, readdirSync, rmSync } = require('node:fs');
const path = require('node:path');
const { vendor } = require('./build/vendor.cjs');

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');

/** What n8n provides to the package. */
const FROM_N8N = ['luxon', 'n8n-workflow', 'zod/v4'];

function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const { status } = spawnSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.json')], { stdio: 'inherit' });
	if (status !== 0) throw new Error('The TypeScript compiler found errors. They are listed above.');
}

function copy() {
	cpSync(path.join(root, 'icons'), path.join(dist, 'icons'), { recursive: true });
	const names = readdirSync(path.join(root, 'nodes'), { recursive: true });
	for (const name of names.filter((each) => each.endsWith('.node.json')))
		cpSync(path.join(root, 'nodes', name), path.join(dist, 'nodes', name));
}

async function build() {
	rmSync(dist, { recursive: true, force: true });
	compile();
	copy();
	await vendor(root, FROM_N8N);
}

build().catch((error) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
