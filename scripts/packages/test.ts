import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Provider } from '../../test/support/provider';
import { packagedNode } from '../n8n/install';
import { root, toolsFolders } from '../n8n/paths';

/** Node's own websocket, which Chategy's package uses, comes with this version. n8n 2 itself runs on 24. */
const LEAST_NODE = 22;

/**
 * Runs a provider's tests on its packed package, on n8n's transport and n8n's own zod.
 *
 * @param packed the folder of the unpacked tarball
 * @returns whether all passed
 * @throws Error if there is no Node that n8n 2 runs on
 */
export function testPackage(provider: Pick<Provider, 'name' | 'type'>, packed: string): boolean {
	const jest = require.resolve('jest/bin/jest');
	const { status } = spawnSync(nodeOfN8n(), [jest, '-c', 'jest.packages.config.js'], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, PACKED_PACKAGE: path.relative(root, packed), PACKED_PROVIDER: provider.name },
	});
	return status === 0;
}

function nodeOfN8n(): string {
	if (Number(process.versions.node.split('.')[0]) >= LEAST_NODE) return process.execPath;
	const node = packagedNode(path.join(toolsFolders['2'], 'node_modules'));
	if (node !== undefined) return node;
	throw new Error(
		`These tests need Node.js ${LEAST_NODE} or newer, as n8n does. This is ${process.version}. Run them with a newer one, or run "npm start" once, which installs n8n and its Node.js.`,
	);
}
