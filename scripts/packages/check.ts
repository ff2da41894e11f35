import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** n8n's scanner, as far as it runs without a network. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (
		folder: string,
		patterns?: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
}

/**
 * Builds and packs a package.
 *
 * @returns the folder of the unpacked tarball
 */
export function installBuild(folder: string): string {
	execFileSync(process.execPath, ['scripts/build.cjs'], { cwd: folder, stdio: 'inherit' });
	const target = `${folder}.packed`;
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	execFileSync(npm, ['pack', '--ignore-scripts', '--silent', '--pack-destination', target], { cwd: folder });
	const tarball = readdirSync(target).find((name) => name.endsWith('.tgz')) ?? '';
	execFileSync('tar', ['-xzf', path.join(target, tarball), '-C', target]);
	return path.join(target, 'package');
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
