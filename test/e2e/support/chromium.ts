import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];

/** The path of the Chromium or Chrome on PATH, or undefined when there is none. Nothing is ever downloaded. */
export function findChromium(): string | undefined {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
