import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packInto } from '../n8n/package';
import { packagesFolder } from '../n8n/paths';

interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

/** n8n's scanner, as far as it runs without a network. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (folder: string, patterns?: string[]) => Promise<ScanResult>;
}

/** Builds a package in its folder, as its own `npm run build` does. */
export function buildPackage(folder: string): void {
	execFileSync(process.execPath, ['scripts/build.cjs'], { cwd: folder, stdio: 'inherit' });
}

/**
 * Packs a package that is built.
 *
 * @returns the folder of the unpacked tarball
 */
export async function unpackedTarball(folder: string): Promise<string> {
	return (await packInto(path.join(packagesFolder, 'packed'), folder)).folder;
}

/** What n8n's rules forbid: a variable of the environment. */
const FORBIDDEN = 'exports.secret = process.env.SECRET;\n';

/**
 * Makes sure that n8n's scanner still finds what it should, because a scanner that finds nothing passes everything.
 *
 * @throws Error if it accepts what n8n's rules forbid
 */
export async function checkScanner(): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'scanned-'));
	try {
		mkdirSync(path.join(folder, 'nodes'));
		writeFileSync(path.join(folder, 'package.json'), '{ "name": "n8n-nodes-forbidden", "version": "1.0.0" }');
		for (const file of ['nodes/Forbidden.node.ts', 'nodes/Forbidden.node.js'])
			writeFileSync(path.join(folder, file), FORBIDDEN);
		const { source, tarball } = await scan(folder, folder);
		if (source.passed || tarball.passed)
			throw new Error(
				"n8n's scanner accepts process.env, so its other results mean nothing. Compare scripts/packages/check.ts with the version of @n8n/scan-community-package in package.json.",
			);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function scan(folder: string, packed: string): Promise<Record<'source' | 'tarball', ScanResult>> {
	// By a variable: it has no types.
	const module: string = '@n8n/scan-community-package/scanner/scanner.mjs';
	const scanner = (await import(module)) as Scanner;
	return {
		source: await scanner.analyzePackage(folder, scanner.SOURCE_FILE_PATTERNS),
		tarball: await scanner.analyzePackage(packed),
	};
}

/**
 * Passes a package through both halves of n8n's scanner: its source as the repository will hold it, and its tarball.
 *
 * @returns whether it passed; what it found is printed
 */
export async function checkPackage(folder: string, packed: string): Promise<boolean> {
	const { source, tarball } = await scan(folder, packed);
	for (const [what, result] of Object.entries({ source, tarball })) {
		console.log(
			`  ${what}: ${result.passed ? 'passed' : `${result.message ?? 'failed'}\n${result.details ?? ''}`}`,
		);
	}
	return source.passed && tarball.passed;
}
