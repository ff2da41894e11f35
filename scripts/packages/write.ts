import type { ICredentialType, INodeType } from 'n8n-workflow';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import tools from '../../tools/n8n/package.json';
import type { Provider } from '../../test/support/provider';
import type { WorkflowFile } from '../n8n/content';
import { packagesFolder, workflowsFolder } from '../n8n/paths';
import { lockOf } from './lock';
import { moveWorkflow } from './move-workflow.cjs';
import { readmeOf } from './readme';
import { ESLINT_CONFIG, manifestOf, NPMRC, tsconfigOf, workflows } from './repository';
import { collectSources, root } from './sources';
import { submissionOf } from './submission';

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
 * @param parent the folder that it is written into
 * @returns its folder
 */
export async function writePackage(
	provider: Pick<Provider, 'name' | 'type' | 'e2e'>,
	parent = packagesFolder,
): Promise<string> {
	const packageName = packageNameOf(provider);
	const folder = path.join(parent, packageName);
	const sources = collectSources(provider.name, packageName);
	const usesWebSockets = sources.files.has('nodes/shared/http/n8n/webSocket.ts') && provider.type === 'chategy';
	const { name: bigPackage, version } = manifest;
	const { description: node } = await made<INodeType>(`nodes/${provider.name}/${provider.name}.node`);
	const { description: trigger } = await made<INodeType>(`nodes/${provider.name}/${provider.name}Trigger.node`);
	const credentials = await Promise.all(sources.credentials.map(async (file) => await made<ICredentialType>(file)));
	const readme = readmeOf({
		packageName,
		provider: provider.name,
		version,
		node,
		trigger,
		credentials,
		bigPackage,
		n8nVersion: tools.dependencies.n8n,
		usesWebSockets,
	});
	const json = (value: object): string => `${JSON.stringify(value, undefined, '\t')}\n`;
	const submission = submissionOf({
		packageName,
		provider,
		node,
		trigger,
		credentials: credentials.map(({ displayName }) => displayName),
		bigPackage,
	});
	const packageJson = manifestOf({ ...sources, packageName, provider: provider.name, description: node.description });
	const files = new Map([
		...sources.files,
		...workflows(),
		...Object.entries(PROGRAMS).map(([name, place]) => [`scripts/${name}`, ours(place)] as const),
		['package.json', json(packageJson)],
		['package-lock.json', json(lockOf(packageJson))],
		['.npmrc', NPMRC],
		['docs/http-client.md', readFileSync(path.join(root, 'docs', 'http-client.md'), 'utf8')],
		['docs/submission.md', submission],
		['examples/auto-reply.json', json(exampleOf(provider, packageName))],
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

/** The example that receives a message and answers it, with the nodes of this package. */
function exampleOf({ type }: Pick<Provider, 'type'>, packageName: string): object {
	const file = path.join(workflowsFolder, `${type.toLowerCase()}-auto-reply.json`);
	const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	const { workflow } = moveWorkflow(example, [type, `${type}Trigger`], manifest.name, packageName);
	const nodes = workflow.nodes.map((node) => ({ ...node, credentials: undefined }));
	return { ...workflow, active: false, nodes };
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
