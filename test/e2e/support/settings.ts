/* The command's options, as the configuration and the tests read them. Playwright passes no options of its own to tests. */
import { tmpdir } from 'node:os';
import { findChromium } from './chromium';

/** Names the Chromium to use. */
export const BROWSER_VARIABLE = 'E2E_BROWSER';

/** Names the folder for pictures of the editor. */
export const SCREENSHOTS_VARIABLE = 'E2E_SCREENSHOTS';

/** Names the folder for what n8n stores. */
export const FOLDER_VARIABLE = 'E2E_FOLDER';

/** Where each n8n gets a folder of its own. */
export const temporaryFolder = process.env[FOLDER_VARIABLE] ?? tmpdir();

/** The Chromium to use, or undefined when this machine has none. */
export const chromium = process.env[BROWSER_VARIABLE] ?? findChromium();

/** The folder for pictures of the editor, or undefined when nobody wants any. */
export const screenshotsFolder = process.env[SCREENSHOTS_VARIABLE];

/** What a run without a browser says. */
export const NO_CHROMIUM = 'no Chromium was found on PATH (name one with --browser)';
