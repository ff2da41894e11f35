/* The packed package on n8n's engine, without an n8n: for the demo, the bench and tests. */
import 'reflect-metadata';
import { LazyPackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType } from 'n8n-workflow';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packInto } from './package';
import { root } from './paths';

/** What n8n provides to every package. */
const FROM_N8N = ['luxon', 'n8n-workflow'];

/**
 * The package as users get it, in a folder where it finds what n8n provides and none of our development packages.
 *
 * @returns its folder, and what removes it
 */
export async function unpackedPackage(): Promise<{ folder: string; remove: () => void }> {
	const temporary = mkdtempSync(path.join(tmpdir(), 'n8n-nodes-'));
	const modules = path.join(temporary, 'node_modules');
	const remove = () => rmSync(temporary, { recursive: true, force: true });
	try {
		const { folder } = await packInto(modules);
		for (const name of FROM_N8N)
			symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
		return { folder, remove };
	} catch (error) {
		remove();
		throw error;
	}
}

/**
 * A package as n8n loads it when it starts: descriptions from its metadata, if it has any, and code when it is needed.
 *
 * @param folder of any built package
 */
export async function loadPackage(folder: string) {
	const loader = new LazyPackageDirectoryLoader(folder);
	await loader.loadAll();
	const credentialTypes: ICredentialType[] = Object.keys(loader.known.credentials).map(
		(name) => loader.getCredential(name).type,
	);
	return { loader, credentialTypes };
}
