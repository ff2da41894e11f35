import { builtinModules } from 'node:module';
import community from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const typed = tseslint.configs.recommendedTypeChecked.map((config) => ({
	...config,
	files: ['**/*.ts'],
}));

export default [
	{ ignores: ['dist/', 'node_modules/', 'bench/node_modules/', 'tools/', '.cache/', 'coverage/'] },
	...typed,
	{
		files: ['**/*.ts'],
		languageOptions: {
			parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
		},
		linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-explicit-any': 'error',
			// Functions of one shape (a list loader, a judge) are async whether or not this one waits.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/return-await': ['error', 'always'],
			'prefer-const': 'error',
			eqeqeq: 'error',
			'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
		},
	},
	{
		// With support for n8n Cloud: no built-in module but node:crypto, no timers, no process.
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		...community.configs.recommended,
		ignores: ['nodes/shared/http/undici/**'],
		rules: {
			...community.configs.recommended.rules,
			// The other plugin wants every field called a key to be hidden, a public one as well.
			'@n8n/community-nodes/credential-unnecessary-password': 'off',
		},
	},
	{
		files: ['nodes/shared/http/undici/**/*.ts'],
		...community.configs.recommendedWithoutN8nCloudSupport,
	},
	{
		// Each has one library to itself, which the build bundles.
		files: [
			'nodes/shared/http/n8n/policy.ts',
			'nodes/shared/http/transport/publicRange.ts',
			'nodes/shared/mimeType.ts',
			'nodes/shared/messaging/phoneNumber.ts',
			'nodes/shared/messaging/qrCode.ts',
			'nodes/shared/messaging/text/parse.ts',
		],
		rules: {
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'no-restricted-imports': ['error', { patterns: ['node:*', ...builtinModules] }],
		},
	},
	{
		files: ['package.json'],
		...community.configs.recommendedWithoutN8nCloudSupport,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...community.configs.recommendedWithoutN8nCloudSupport.rules,
			// The repository has no public address yet.
			'@n8n/community-nodes/require-homepage': 'off',
		},
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: { ...nodesBase.configs.community.rules },
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: {
			...nodesBase.configs.credentials.rules,
			// Meant for n8n's own repository; the community plugin asks for a full address instead.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: {
			...nodesBase.configs.nodes.rules,
			// The community plugin asks for NodeConnectionTypes.Main instead of 'main'.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		files: ['nodes/shared/http/**/*.ts'],
		rules: {
			// This layer knows nothing of n8n's nodes and items; operations/n8n/errors.ts makes n8n's errors.
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
];
