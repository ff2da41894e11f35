import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { packInto } from '../n8n/package';
import { packagesFolder } from '../n8n/paths';

/** n8n's scanner, as far as it runs without a network. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (
		folder: string,
		patterns?: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
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

/**
 * Passes a package through both halves of n8n's scanner: its source as the repository will hold it, and its tarball.
 *
 * @returns whether it passed; what it found is printed
 */
export async function checkPackage(folder: string, packed: string): Promise<boolean> {
	// By a variable: it has no types.
	const module: string = '@n8n/scan-community-package/scanner/scanner.mjs';
	const scanner = (await import(module)) as Scanner;
	const source = await scanner.analyzePackage(folder, scanner.SOURCE_FILE_PATTERNS);
	const tarball = await scanner.analyzePackage(packed);
	for (const [what, result] of Object.entries({ source, tarball })) {
		console.log(
			`  ${what}: ${result.passed ? 'passed' : `${result.message ?? 'failed'}\n${result.details ?? ''}`}`,
		);
	}
	return source.passed && tarball.passed;
}
