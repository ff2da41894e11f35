import path from 'node:path';

/** The checkout. */
export const root = path.join(__dirname, '..', '..');

/** The private package that carries n8n and its Node. */
export const toolsFolder = path.join(root, 'tools', 'n8n');

/** What the scripts keep between runs; not in version control. */
export const cacheFolder = path.join(root, '.cache');

/** The example workflows. */
export const workflowsFolder = path.join(root, 'workflows');
