/* A headless Chromium. playwright-core is installed with n8n only, so the few things used of it are described here. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { N8nInstallation } from '../n8n/install';

/** A rectangle of the page, in pixels. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Part of playwright's ConsoleMessage. */
export interface ConsoleMessage {
	type(): string;
	text(): string;
	location(): { url: string };
}

/** Part of playwright's Locator. */
export interface Locator {
	click(options?: { timeout?: number; force?: boolean }): Promise<void>;
	fill(value: string): Promise<void>;
	dblclick(options?: { timeout?: number }): Promise<void>;
	count(): Promise<number>;
	first(): Locator;
	nth(index: number): Locator;
	last(): Locator;
	locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
	waitFor(options?: { state?: 'visible' | 'hidden' | 'attached'; timeout?: number }): Promise<void>;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	inputValue(): Promise<string>;
	boundingBox(): Promise<Box | null>;
	isVisible(): Promise<boolean>;
	scrollIntoViewIfNeeded(): Promise<void>;
}

/** Part of playwright's Page. */
export interface Page {
	goto(url: string): Promise<unknown>;
	url(): string;
	locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
	screenshot(options: { path: string; clip?: Box }): Promise<unknown>;
	keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
	mouse: { move(x: number, y: number): Promise<void> };
	waitForTimeout(ms: number): Promise<void>;
	setDefaultTimeout(ms: number): void;
	on(event: 'pageerror', listener: (error: Error) => void): void;
	on(event: 'console', listener: (message: ConsoleMessage) => void): void;
}

interface BrowserContext {
	addCookies(cookies: Array<{ name: string; value: string; url: string }>): Promise<void>;
	addInitScript(script: string): Promise<void>;
	newPage(): Promise<Page>;
	close(): Promise<void>;
}

interface Playwright {
	chromium: { launchPersistentContext(userDataDir: string, options: Record<string, unknown>): Promise<BrowserContext> };
}

/** Looks along PATH, under the names Chromium and Chrome go by; undefined where there is none. */
export function findChromium(): string | undefined {
	for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
		for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']) {
			const file = path.join(folder, name);
			try {
				accessSync(file, constants.X_OK);
				return file;
			} catch {
				// Not here.
			}
		}
	}
	return undefined;
}

/** Opens a page that is logged in to n8n, runs `work` with it, and closes the browser. */
export async function withPage(
	installation: N8nInstallation,
	options: { url: string; cookie: string; browser?: string },
	work: (page: Page) => Promise<void>,
): Promise<void> {
	const executablePath = options.browser ?? findChromium();
	if (executablePath === undefined) throw new Error('No Chromium was found on PATH. Install one (Debian: apt-get install chromium), or name it with --browser.');
	const { chromium } = createRequire(path.join(installation.modules, 'n8n', 'package.json'))('playwright-core') as Playwright;
	const userDataDir = mkdtempSync(path.join(tmpdir(), 'n8n-browser-'));
	try {
		const context = await chromium.launchPersistentContext(userDataDir, {
			executablePath,
			headless: true,
			viewport: { width: 1440, height: 900 },
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		try {
			const [name = '', value = ''] = options.cookie.split('=');
			await context.addCookies([{ name, value, url: options.url }]);
			await work(await context.newPage());
		} finally {
			await context.close();
		}
	} finally {
		rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}
