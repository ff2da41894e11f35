/** The environment without what belongs to the npm run around us. */
export function cleanEnv(env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;

/** The npm to use: the one that started us, or the one on PATH. */
export function npmCommand(): { command: string; args: string[]; shell: boolean };

/** Runs npm and waits for it; a failure is an error with the end of what npm said. Quiet: returns what npm printed. */
export function npm(
	args: string[],
	options?: { cwd?: string; quiet?: boolean; env?: NodeJS.ProcessEnv },
): Promise<string>;

/** Whether node_modules holds what package-lock.json names. */
export function isInstalled(folder: string): boolean;
