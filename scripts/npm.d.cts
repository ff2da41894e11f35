/** The environment without what belongs to the npm run around us. */
export function cleanEnv(env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;

/** The npm to use: the one that started us, or the one on PATH. */
export function npmCommand(): { command: string; args: string[]; shell: boolean };

/** Runs npm and waits for it; a failure is an error with the end of npm's output. Quiet: returns what npm printed. */
export function npm(
	args: string[],
	options?: { cwd?: string; quiet?: boolean; env?: NodeJS.ProcessEnv },
): Promise<string>;

/** Whether node_modules holds what package-lock.json names. */
export function isInstalled(folder: string): boolean;

/** Installs exactly what a folder's lock file names. What npm prints is shown only if it fails. */
export function installLocked(folder: string): Promise<void>;

/** How many of the packages in a folder's lock file have been unpacked, to show how far npm is. */
export function unpackedPackages(folder: string): { done: number; total: number };
