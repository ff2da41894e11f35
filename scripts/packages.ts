/* `npm run packages`: writes the single-provider packages, each a repository that n8n can verify. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './n8n/paths';
import { buildPackage, checkPackage, checkScanner, unpackedTarball } from './packages/check';
import { testPackage } from './packages/test';
import { packageNameOf, writePackage } from './packages/write';
import type { Provider } from '../test/support/provider';
import { providers } from '../test/support/providers';

const usage = `Usage: npm run packages -- [options]

Writes a package for each provider to .cache/packages: a repository of its own, with the nodes of that provider on n8n's HTTP client.

  --only <provider>  only this one, e.g. chatalo
  --build            also builds each
  --check            also builds and packs each, and passes source and tarball through n8n's scanner
  --test             also builds and packs each, and runs its tests on the packed files
  --help             show this text`;

interface Wanted {
	build: boolean;
	check: boolean;
	test: boolean;
}

/** One package after the other. Returns whether all passed. */
async function makePackage(provider: Provider, { build, check, test }: Wanted): Promise<boolean> {
	const folder = await writePackage(provider);
	console.log(`${packageNameOf(provider)}: ${path.relative(root, folder)}`);
	if (build || check || test) buildPackage(folder);
	if (!check && !test) return true;
	const packed = await unpackedTarball(folder);
	const passed = !check || (await checkPackage(folder, packed));
	return (!test || testPackage(provider, packed)) && passed;
}

/** Makes each package in a process of its own, as many at a time as there are cores. Returns whether all passed. */
async function makeInParallel(chosen: Provider[], options: string[]): Promise<boolean> {
	const waiting = [...chosen];
	let passed = true;
	const work = async (): Promise<void> => {
		for (let provider = waiting.shift(); provider; provider = waiting.shift()) {
			const child = fork(__filename, ['--only', provider.type, ...options], { silent: true });
			let printed = '';
			for (const stream of [child.stdout, child.stderr])
				stream?.on('data', (part: Buffer) => (printed += part.toString()));
			const [code] = (await once(child, 'close')) as [number | null];
			process.stdout.write(printed);
			passed &&= code === 0;
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	return passed;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			build: { type: 'boolean', default: false },
			check: { type: 'boolean', default: false },
			test: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(usage);
	const chosen = providers.filter(
		({ type }) => values.only === undefined || type.toLowerCase() === values.only.toLowerCase(),
	);
	const [first] = chosen;
	if (first === undefined) {
		const names = providers.map(({ type }) => type.toLowerCase()).join(', ');
		throw new Error(`There is no provider ${JSON.stringify(values.only)}. Choose one of ${names}.`);
	}
	const flags = (['build', 'check'] as const).filter((flag) => values[flag]).map((flag) => `--${flag}`);
	// Once, not in the process of each package.
	if (values.check && process.send === undefined) await checkScanner();
	let passed = true;
	// Tests use all cores themselves.
	if (chosen.length > 1 && !values.test) passed = await makeInParallel(chosen, flags);
	else for (const provider of chosen) passed = (await makePackage(provider, values)) && passed;
	if (!passed) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
