import { readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import lock from '../../package-lock.json';
import type { LockedManifest } from './lock';
import { root } from './sources';

/** Stands for the account that will own the repository; `npm run release-check` of the package refuses it. */
export const OWNER = 'OWNER';

/** What n8n 2.41 ships, which has version 4 inside (`zod/v4`). */
const ZOD = '3.25.76';

/** Development packages of every package, in the versions of the big one. */
const TOOLS = [
	'@n8n/eslint-plugin-community-nodes',
	'@types/node',
	'esbuild',
	'eslint',
	'eslint-plugin-n8n-nodes-base',
	'n8n-workflow',
	'typescript',
	'typescript-eslint',
];

/** Libraries whose types are in a package of their own. */
const TYPES: Record<string, string> = {
	luxon: '@types/luxon',
	'markdown-it': '@types/markdown-it',
	'mime-types': '@types/mime-types',
};

/** What a package.json is made of. */
export interface ManifestFacts {
	packageName: string;
	provider: string;
	/** What the nodes do, in a sentence. */
	description: string;
	/** Bundled by the build. */
	libraries: Iterable<string>;
	nodes: string[];
	credentials: string[];
}

/** The package.json of a package. */
export function manifestOf({
	packageName,
	provider,
	description,
	libraries,
	nodes,
	credentials,
}: ManifestFacts): LockedManifest {
	const used = [...libraries];
	const types = [...used, 'luxon'].flatMap((library) => TYPES[library] ?? []);
	const names = [...TOOLS, ...used, ...types].sort();
	const url = `github.com/${OWNER}/${packageName}`;
	const built = (file: string): string => `dist/${file}.js`;
	return {
		name: packageName,
		version: manifest.version,
		description: `n8n nodes for ${provider}: ${description.charAt(0).toLowerCase()}${description.slice(1)}.`,
		keywords: ['n8n-community-node-package', 'n8n', 'whatsapp', 'whatsapp-gateway', provider.toLowerCase()],
		license: 'MIT',
		homepage: `https://${url}#readme`,
		bugs: { url: `https://${url}/issues` },
		repository: { type: 'git', url: `git+https://${url}.git` },
		author: { name: OWNER, email: `${OWNER}@example.invalid` },
		engines: manifest.engines,
		main: 'index.js',
		files: ['dist'],
		scripts: {
			build: 'node scripts/build.cjs',
			lint: 'eslint . && tsc --noEmit',
			'release-check': 'node scripts/release-check.cjs',
		},
		n8n: {
			n8nNodesApiVersion: 1,
			strict: true,
			credentials: credentials.map(built),
			nodes: nodes.map(built),
		},
		peerDependencies: { 'n8n-workflow': '*' },
		devDependencies: { ...versionsOf(names), zod: ZOD },
	};
}

function versionsOf(names: string[]): Record<string, string> {
	const versions: Record<string, string> = {};
	for (const name of names) versions[name] = versionOf(name);
	return versions;
}

function versionOf(name: string): string {
	const { packages } = lock as { packages: Record<string, { version?: string }> };
	const version = packages[`node_modules/${name}`]?.version;
	if (version === undefined) throw new Error(`${name} is not installed. Run npm ci.`);
	return version;
}

/** tsconfig.json: the big package's, for this package's files. */
export function tsconfigOf(): object {
	const { compilerOptions, include } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')) as {
		compilerOptions: object;
		include: string[];
	};
	return { compilerOptions, include };
}

/** What the lock file relies on: no scripts of packages, no peer dependencies, no download addresses. */
export const NPMRC = `legacy-peer-deps=true
ignore-scripts=true
omit-lockfile-registry-resolved=true
audit=false
fund=false
# Some tools of n8n ask for its newest Node; the ones used here run on older ones.
loglevel=error
`;

/** eslint.config.mjs: the rule sets that n8n's scanner applies. */
export const ESLINT_CONFIG = `import community from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const typescript = { languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } } };

// The rules of n8n's scanner for community packages.
export default [
	{ ignores: ['dist/', 'node_modules/', 'scripts/', 'eslint.config.mjs'] },
	{ files: ['package.json', 'nodes/**/*.ts', 'credentials/**/*.ts'], ...community.configs.recommended, ...typescript },
	{ plugins: { 'n8n-nodes-base': nodesBase } },
	{ files: ['package.json'], rules: { ...nodesBase.configs.community.rules } },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
];
`;

/** The actions that the big package's workflows use, in the same versions. */
function action(name: string): string {
	const text = readFileSync(path.join(root, '.github', 'workflows', 'release.yml'), 'utf8');
	const found = new RegExp(`uses: (actions/${name}@.*)`).exec(text)?.[1];
	if (found === undefined) throw new Error(`.github/workflows/release.yml does not use actions/${name}`);
	return found;
}

/** The workflows of a package: one for each push, and one that publishes with provenance. */
export function workflows(): Map<string, string> {
	const setUp = `      - uses: ${action('checkout')}
        with:
          persist-credentials: false
      - uses: ${action('setup-node')}
        with:
          node-version: 24
          package-manager-cache: false
      - run: npm ci
`;
	const ci = `name: CI

on:
  push:
    branches: ['**']
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${setUp}      - run: npm run lint
      - run: npm run build
`;
	const publish = `name: Publish

on:
  push:
    tags: ['v*']

permissions:
  contents: read

concurrency: publish

jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    environment: npm
    permissions:
      contents: read
      # npm takes GitHub's word for which workflow this is (trusted publishing): no token is stored anywhere.
      id-token: write
    steps:
${setUp}      - run: npm run lint
      - run: npm run build
      - run: npm run release-check -- "$GITHUB_REF_NAME"
      - run: npm publish --provenance --access public
`;
	return new Map([
		['.github/workflows/ci.yml', ci],
		['.github/workflows/publish.yml', publish],
	]);
}
