/* Getting a package of ours into an n8n the way n8n itself does it: packed, and unpacked among the community packages. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../npm.cjs';
import { root } from './paths';

interface Manifest {
	name: string;
	version: string;
}

/**
 * Packs a package; returns the tarball's path. It packs what is built: the caller builds first.
 *
 * @param destination the folder of the tarball
 * @param source the package's own folder
 */
export async function pack(destination: string, source = root): Promise<string> {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
	const [packed] = JSON.parse(await npm(args, { cwd: source, quiet: true })) as Array<{ filename: string }>;
	if (packed === undefined) throw new Error('npm pack made no tarball');
	return path.join(destination, packed.filename);
}

/**
 * Packs a package and unpacks it into a folder of packages. That is all it takes, because it has no dependencies. What was
 * there of it before is removed.
 *
 * @param modules a `node_modules` folder, made if it is missing
 * @param source the package's own folder
 * @returns where the package is now
 */
export async function packInto(modules: string, source = root): Promise<Manifest & { folder: string }> {
	const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as Manifest;
	const folder = path.join(modules, manifest.name);
	const temporary = mkdtempSync(path.join(tmpdir(), 'packed-'));
	try {
		const tarball = await pack(temporary, source);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await promisify(execFile)('tar', ['-xzf', path.basename(tarball), '-C', folder, '--strip-components=1'], {
			cwd: temporary,
		});
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
	return { ...manifest, folder };
}

/** Puts a package where n8n looks for community packages when it starts. */
export async function packAndInstall(userFolder: string, source = root): Promise<Manifest> {
	return await packInto(path.join(userFolder, '.n8n', 'nodes', 'node_modules'), source);
}
