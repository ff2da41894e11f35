/* `npm run packages`: writes the single-provider packages, each a repository that n8n can verify. */
import { parseArgs } from 'node:util';
import { checkPackage, installBuild } from './packages/check';
import { testPackage } from './packages/test';
import { OUTPUT, packageNameOf, writePackage } from './packages/write';
import { providers } from '../test/support/providers';

const usage = `Usage: npm run packages -- [options]

Writes a package for each provider to ${OUTPUT}: a repository of its own, with the nodes of that provider on n8n's HTTP client.

  --only <provider>  only this one, e.g. chatalo
  --check            also builds and packs each, and passes source and tarball through n8n's scanner
  --test             also builds and packs each, and runs its tests on the packed files
  --help             show this text`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			check: { type: 'boolean', default: false },
			test: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(usage);
	const chosen = providers.filter(({ type }) => values.only === undefined || type.toLowerCase() === values.only);
	if (chosen.length === 0) {
		const names = providers.map(({ type }) => type.toLowerCase()).join(', ');
		throw new Error(`There is no provider ${JSON.stringify(values.only)}. Choose one of ${names}.`);
	}
	let failed = 0;
	for (const provider of chosen) {
		const folder = await writePackage(provider);
		console.log(`${packageNameOf(provider)}: ${folder}`);
		if (!values.check && !values.test) continue;
		const packed = installBuild(folder);
		if (values.check) failed += (await checkPackage(folder, packed)) ? 0 : 1;
		if (values.test) failed += testPackage(provider, packed) ? 0 : 1;
	}
	if (failed > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
