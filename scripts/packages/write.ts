import type { ICredentialType, INodeType } from 'n8n-workflow';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import type { Provider } from '../../test/support/provider';
import { readmeOf } from './readme';
import { ESLINT_CONFIG, manifestOf, tsconfigOf, workflows } from './repository';
import { collectSources, root } from './sources';

/** Where the packages are written. */
export const OUTPUT = path.join(root, '.cache', 'packages');

/** Programs that every package has below scripts/, and where they are here. */
const PROGRAMS = {
	'build.cjs': 'packages/build.cjs',
	'build/licenses.cjs': 'build/licenses.cjs',
	'build/vendor.cjs': 'build/vendor.cjs',
	'move-workflow.cjs': 'packages/move-workflow.cjs',
	'release-check.cjs': 'packages/release-check.cjs',
};

/** The name of a provider's package. */
export function packageNameOf({ type }: Pick<Provider, 'type'>): string {
	return `n8n-nodes-${type.toLowerCase()}`;
}

/**
 * Writes the repository of a provider's package, in place of what was there.
 *
 * @returns its folder
 */
export async function writePackage(provider: Pick<Provider, 'name' | 'type'>): Promise<string> {
	const packageName = packageNameOf(provider);
	const folder = path.join(OUTPUT, packageName);
	const sources = collectSources(provider.name, packageName);
	const usesWebSockets = sources.files.has('nodes/shared/http/n8n/webSocket.ts') && provider.type === 'chategy';
	const { name: bigPackage, version } = manifest;
	const readme = readmeOf({
		packageName,
		provider: provider.name,
		version,
		node: (await made<INodeType>(`nodes/${provider.name}/${provider.name}.node`)).description,
		trigger: (await made<INodeType>(`nodes/${provider.name}/${provider.name}Trigger.node`)).description,
		credentials: await Promise.all(sources.credentials.map(async (file) => await made<ICredentialType>(file))),
		bigPackage,
		usesWebSockets,
	});
	const json = (value: object): string => `${JSON.stringify(value, undefined, '\t')}\n`;
	const files = new Map([
		...sources.files,
		...workflows(),
		...Object.entries(PROGRAMS).map(([name, place]) => [`scripts/${name}`, ours(place)] as const),
		['package.json', json(manifestOf({ ...sources, packageName, provider: provider.name }))],
		['tsconfig.json', json(tsconfigOf())],
		['eslint.config.mjs', ESLINT_CONFIG],
		['index.js', readFileSync(path.join(root, 'index.js'), 'utf8')],
		['.gitignore', 'node_modules/\ndist/\n*.tgz\n'],
		['README.md', readme],
		['CHANGELOG.md', `# Changes\n\n## ${version}\n\nFirst version.\n`],
		['LICENSE', readFileSync(path.join(root, 'LICENSE'), 'utf8').replaceAll(bigPackage, packageName)],
	]);
	rmSync(folder, { recursive: true, force: true });
	for (const [file, text] of files) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), text);
	}
	return folder;
}

function ours(place: string): string {
	return readFileSync(path.join(root, 'scripts', place), 'utf8');
}

/** An instance of the class in a file, which has the name of the file. */
async function made<T>(file: string): Promise<T> {
	const className = path.basename(file).replace(/\..*$/, '');
	const module = (await import(path.join(root, `${file}.ts`))) as Record<string, new () => T>;
	const Class = module[className];
	if (!Class) throw new Error(`${file}.ts has no class ${className}`);
	return new Class();
}
