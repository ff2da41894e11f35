/**
 * The surroundings n8n-core reads when it is first imported. Import this before anything of n8n's:
 * it keeps n8n's folder out of the user's home and its log out of the test output, unless N8N_LOG_LEVEL asks for it.
 */
import 'reflect-metadata';

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n's folder for this process: settings file and stored binary data. */
export const userFolder = join(tmpdir(), `n8n-harness-${process.pid}`);

process.env.N8N_USER_FOLDER = userFolder;
// A fixed key: every test file in the same process finds the settings file the first one wrote.
process.env.N8N_ENCRYPTION_KEY = 'harness-encryption-key';
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

const registered = Symbol.for('n8n-harness.exit-handler');
const marks = process as unknown as Record<symbol, boolean | undefined>;
if (marks[registered] !== true) {
	marks[registered] = true;
	process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));
}
