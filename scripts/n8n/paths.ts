import path from 'node:path';

/** The checkout. */
export const root = path.join(__dirname, '..', '..');

/** The private packages that carry n8n and its Node, by n8n's line. */
export const toolsFolders = {
	'2': path.join(root, 'tools', 'n8n'),
	'1.123': path.join(root, 'tools', 'n8n-1.123'),
};

/** What the scripts keep between runs; not in version control. */
export const cacheFolder = path.join(root, '.cache');

/** Where `npm run packages` writes the single-provider packages. */
export const packagesFolder = path.join(cacheFolder, 'packages');

/** The example workflows. */
export const workflowsFolder = path.join(root, 'workflows');
