/* Getting our package into an n8n the way a user gets it there: packed, and installed as a community package. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../npm.cjs';
import { root } from './paths';
import type { Log } from './process';

interface Manifest {
	name: string;
	version: string;
}

const readManifest = (folder: string) =>
	JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

/** Packs a package into a folder; returns the tarball's path. It packs what is built: the caller builds first. */
export async function pack(packageFolder: string, destination: string): Promise<string> {
	mkdirSync(destination, { recursive: true });
	const printed = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', destination], {
		cwd: packageFolder,
		quiet: true,
	});
	const [packed] = JSON.parse(printed) as Array<{ filename: string }>;
	if (packed === undefined) throw new Error('npm pack made no tarball');
	// npm prints a scoped package's name with its slash, and writes a dash.
	return path.join(destination, packed.filename.replace('@', '').replace('/', '-'));
}

/**
 * Installs the package into an n8n user folder as n8n itself would: production dependencies only, no scripts, no second n8n-workflow.
 * Does nothing if this exact tarball is installed.
 */
export async function packAndInstall(
	userFolder: string,
	options: { packageFolder?: string; log?: Log } = {},
): Promise<Manifest> {
	const packageFolder = options.packageFolder ?? root;
	const manifest = readManifest(packageFolder);
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodesFolder, { recursive: true });

	const tarball = await pack(packageFolder, nodesFolder);
	const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex');
	const stamp = path.join(nodesFolder, '.installed');
	const installed = path.join(nodesFolder, 'node_modules', manifest.name);
	if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return manifest;

	options.log?.(`installing ${manifest.name} ${manifest.version}`);
	// npm keeps an installed package of the same name and version, whatever is in it, so it must find none.
	rmSync(installed, { recursive: true, force: true });
	rmSync(path.join(nodesFolder, 'package-lock.json'), { force: true });
	rmSync(path.join(nodesFolder, 'node_modules', '.package-lock.json'), { force: true });
	writeFileSync(
		path.join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }, null, 2),
	);
	await npm(
		[
			'install',
			'--ignore-scripts',
			'--omit=peer',
			'--omit=dev',
			'--legacy-peer-deps',
			'--install-strategy=shallow',
			'--prefer-offline',
			'--no-audit',
			'--no-fund',
			`./${path.basename(tarball)}`,
		],
		{ cwd: nodesFolder, quiet: true },
	);
	for (const other of readdirSync(nodesFolder)) {
		if (other.endsWith('.tgz') && other !== path.basename(tarball)) rmSync(path.join(nodesFolder, other));
	}
	writeFileSync(stamp, hash);
	return manifest;
}
