const { spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { dest, parallel, series, src } = require('gulp');
const { vendor } = require('./scripts/build/vendor.cjs');

/** What an older build left would be packed along. */
function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/** Runs a program of a package to its end. */
function run(program, args, problem) {
	const { status } = spawnSync(process.execPath, [require.resolve(program), ...args], { stdio: 'inherit' });
	if (status !== 0) throw new Error(problem);
}

async function compile() {
	run('typescript/bin/tsc', ['-p', 'tsconfig.json'], 'The TypeScript compiler found errors');
}

function icons() {
	return src('icons/*.svg').pipe(dest('dist/icons'));
}

function codex() {
	return src('nodes/*/*.node.json', { base: 'nodes' }).pipe(dest('dist/nodes'));
}

/** Libraries are bundled, so the package has no dependencies. */
async function libraries() {
	await vendor(__dirname);
}

/** The descriptions of all nodes as n8n reads them when it starts. With them it loads a node's code only when it is used. */
async function metadata() {
	run('n8n-core/bin/generate-metadata', [], 'n8n found errors in the nodes');
	// n8n reads nothing of these while it runs.
	rmSync('dist/methods', { recursive: true });
}

exports.build = series(clean, parallel(compile, icons, codex), libraries, metadata);
