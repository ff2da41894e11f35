import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Provider } from '../../test/support/provider';
import { root } from './sources';

/**
 * Runs a provider's tests on its packed package, on n8n's transport and n8n's own zod.
 *
 * @param packed the folder of the unpacked tarball
 * @returns whether all passed
 */
export function testPackage(provider: Pick<Provider, 'name' | 'type'>, packed: string): boolean {
	const jest = require.resolve('jest/bin/jest');
	const { status } = spawnSync(process.execPath, [jest, '-c', 'jest.packages.config.js'], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, PACKED_PACKAGE: path.relative(root, packed), PACKED_PROVIDER: provider.name },
	});
	return status === 0;
}
