/* n8n's editor, worked as a person does: by clicks and keys. Things are found by the test ids that n8n gives them. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { until } from '../n8n/process';
import type { Locator, Page } from './browser';
import { ensure } from './checks';

/** Long enough for the editor's animations. */
const CALM_MS = 1_000;

/** Long enough for a busy machine to draw a page of the editor. */
const PATIENCE_MS = 120_000;

/** How much of the page around it a picture of a panel shows: n8n lets buttons stand out of the panel's sides. */
const MARGIN = 24;

/** Something that no list has. */
const NOT_THERE = 'zzz-not-there';

const byTestId = (id: string) => `[data-test-id="${id}"]`;
const dialog = byTestId('credential-edit-dialog');

/** What n8n says about a credential after it was saved. */
export interface TestResult {
	passed: boolean;
	/** The banner's text, with its details unfolded. */
	text: string;
}

/** One page of the editor. */
export class Editor {
	/** What the page reported as errors, beside requests to other servers. */
	readonly errors: string[] = [];

	constructor(
		readonly page: Page,
		private readonly url: string,
		private readonly folder?: string,
	) {
		if (folder !== undefined) mkdirSync(folder, { recursive: true });
		page.setDefaultTimeout(PATIENCE_MS);
		page.on('pageerror', (error) => this.errors.push(error.message));
		page.on('console', (message) => {
			// The editor asks the package registry about community packages, which a machine without internet refuses.
			const isElsewhere = /^https?:/.test(message.location().url) && !message.location().url.startsWith(url);
			if (message.type() === 'error' && !isElsewhere) this.errors.push(`${message.text()} (${message.location().url})`);
		});
	}

	/** What has this test id. */
	at(id: string): Locator {
		return this.page.locator(byTestId(id)).first();
	}

	/** Waits for the editor to come to rest. */
	async calm(): Promise<void> {
		await this.page.waitForTimeout(CALM_MS);
	}

	/** Takes a picture of what has this test id, or of the page; does nothing where no pictures are wanted. */
	async picture(name: string, testId?: string): Promise<void> {
		if (this.folder === undefined) return;
		await this.calm();
		await this.closeNotices();
		const box = testId === undefined ? null : await this.at(testId).boundingBox();
		const clip = box === null ? undefined : { x: box.x - MARGIN, y: box.y - MARGIN, width: box.width + 2 * MARGIN, height: box.height + 2 * MARGIN };
		await this.page.screenshot({ path: path.join(this.folder, `${name}.png`), clip });
	}

	/** The notices at the edge of the page lie over what is to be seen. */
	private async closeNotices(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn');
		for (let left = await close.count(); left > 0; left--) await close.first().click({ timeout: 2_000 }).catch(() => undefined);
		// Away from everything that lights up under the mouse.
		await this.page.mouse.move(1, 1);
		await this.calm();
	}

	/** Opens the dialog of a new credential of the type with this label; answers with the name that n8n proposes for it. */
	async newCredential(label: string): Promise<string> {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.at('add-resource-credential').click();
		await this.at('new-credential-type-select').waitFor();
		await this.calm();
		await this.page.keyboard.type(label);
		await this.calm();
		const options = this.page.locator(`${byTestId('new-credential-type-select-option')}:visible`, { hasText: new RegExp(`^\\s*${label}\\s*$`) });
		await options.first().click();
		await this.at('new-credential-type-button').click();
		await this.page.locator(dialog).first().waitFor();
		await this.calm();
		return (await this.page.locator(`${byTestId('credential-name')} ${byTestId('inline-edit-preview')}`).first().innerText()).trim();
	}

	/** Types values into fields of the open dialog or panel, by the fields' names. */
	async type(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			const field = this.page.locator(`${byTestId(`parameter-input-${name}`)} :is(input, textarea)`).first();
			await field.click();
			await field.fill(value);
		}
	}

	/** Saves the credential in the open dialog; n8n tests it then. Waits for another result than the one shown, as long as patience lasts. */
	async saveCredential(): Promise<TestResult> {
		const success = this.page.locator(`${byTestId('credentials-config-container-test-success')}:visible`);
		const failure = this.page.locator(`${dialog} .el-tag--danger:visible`);
		const shown = async () => ((await success.count()) > 0 ? 'passed' : (await failure.count()) > 0 ? 'failed' : '');
		const before = await shown();
		await this.at('credential-save-button').click();
		const result = await until(
			'the result of the test',
			async () => {
				const now = await shown();
				return now !== '' && now !== before && now;
			},
			PATIENCE_MS,
		).catch(() => before);
		if (result === 'passed') return { passed: true, text: await success.first().innerText() };
		ensure(result === 'failed', 'No result of the test is shown');
		const more = failure.locator('a', { hasText: 'More details' });
		if ((await more.count()) > 0) await more.first().click();
		await this.calm();
		return { passed: false, text: await failure.first().innerText() };
	}

	/** The words in the open dialog. */
	async wordsOfDialog(): Promise<string> {
		return await this.page.locator(dialog).first().innerText();
	}

	/** Closes the dialog of a credential. */
	async closeCredential(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator(dialog).first().waitFor({ state: 'hidden' });
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.at('canvas-plus-button').waitFor();
		await this.calm();
	}

	/** Adds a node to an empty workflow through the nodes panel; its own panel is open then. */
	async addNode(node: string, kind: 'Triggers' | 'Actions', item: RegExp): Promise<void> {
		await this.at('canvas-plus-button').click();
		await this.at('node-creator-search-bar').waitFor();
		await this.calm();
		await this.page.keyboard.type(node);
		await this.page.locator(byTestId('node-creator-item-name'), { hasText: new RegExp(`^\\s*${node}`) }).first().click();
		const category = this.page.locator(byTestId('node-creator-category-item'), { hasText: kind }).first();
		await category.waitFor();
		await this.calm();
		const wanted = this.page.locator(byTestId('node-creator-item-name'), { hasText: item }).first();
		if (!(await wanted.isVisible())) await category.click();
		await wanted.click();
		await this.at('node-parameters').waitFor();
		await this.calm();
	}

	/** Chooses the open panel's credential by its name. */
	async chooseCredential(name: string): Promise<void> {
		await this.at('node-credentials-select').click();
		await this.page.locator('[data-test-id^="node-credentials-select-item"]:visible', { hasText: name }).first().click();
		// The focus goes elsewhere, and its frame with it.
		await this.at('tab-params').click();
		await this.calm();
	}

	/** Opens a searchable list, searches in it for its first entry, and takes that; answers with all entries it showed. */
	async chooseFromList(field: string): Promise<string[]> {
		await this.page.locator(`${byTestId(`resource-locator-${field}`)} ${byTestId('rlc-input-container')} input`).first().click();
		const entries = this.page.locator(`${byTestId('rlc-item')}:visible`);
		await entries.first().waitFor();
		await this.calm();
		const all = await entries.allInnerTexts();
		const text = all[0]?.split(' · ')[0]?.trim() ?? '';
		const search = this.at('rlc-search');
		await search.fill(NOT_THERE);
		await until('the list to be empty', async () => (await entries.count()) === 0);
		await search.fill(text);
		const found = await until(`"${text}" to be found`, async () => {
			const texts = await entries.allInnerTexts();
			return texts.length > 0 && texts;
		});
		ensure(found.every((entry) => entry.toLowerCase().includes(text.toLowerCase())), `Searching for "${text}" showed ${found.join(', ')}`);
		await entries.first().click();
		await this.calm();
		return all;
	}

	/** Opens a list of which several entries can be chosen; answers with them. */
	async entriesOf(field: string): Promise<string[]> {
		const select = this.page.locator(`${byTestId(`parameter-input-${field}`)} .el-select`).first();
		await select.click();
		const entries = this.page.locator('.el-select-dropdown__item:visible');
		await entries.first().waitFor();
		await this.calm();
		const all = await entries.allInnerTexts();
		await select.click();
		await this.calm();
		return all;
	}

	/** Runs the node of the open panel, and waits for its output. */
	async executeStep(): Promise<string> {
		await this.at('node-execute-button').click();
		return await this.output();
	}

	/** Waits for the open panel's output; answers with its words. */
	async output(): Promise<string> {
		const panel = this.at('output-panel');
		return await until(
			'the output',
			async () => {
				const text = await panel.innerText();
				return /\d+ items?\b|Problem|Error/.test(text) && text;
			},
			PATIENCE_MS,
		);
	}

	/** Closes the open panel. */
	async closePanel(): Promise<void> {
		await this.at('ndv-close-button').click();
		await this.at('ndv').waitFor({ state: 'hidden' });
		await this.calm();
	}

	/** Opens the panel of the only node. */
	async openPanel(): Promise<void> {
		await this.at('canvas-node').dblclick();
		await this.at('node-parameters').waitFor();
		await this.calm();
	}

	/** Publishes the open workflow, and closes what n8n says about it; answers with that. */
	async publish(): Promise<string> {
		await this.at('workflow-open-publish-modal-button').click();
		await this.at('workflow-publish-button').click();
		const button = this.page.locator('button:visible', { hasText: 'Got it' }).first();
		await button.waitFor();
		await this.calm();
		const said = await this.page.locator('.el-dialog:visible, [role="dialog"]:visible').last().innerText();
		await button.click();
		await button.waitFor({ state: 'hidden' });
		return said;
	}

	/** The id that n8n gave the open workflow. */
	workflowId(): string {
		return /\/workflow\/([^/?]+)/.exec(this.page.url())?.[1] ?? '';
	}

	/** Opens the tab of the workflow's executions; answers with how many it lists: in all, and those that were tests. */
	async executions(): Promise<{ all: number; tests: number }> {
		await this.at('radio-button-executions').click();
		const list = this.page.locator(`${byTestId('current-executions-list')} [data-test-id^="execution-details-"]`);
		await list.first().waitFor();
		await this.calm();
		// A test carries a flask.
		return { all: await list.count(), tests: await this.page.locator(`${byTestId('current-executions-list')} [data-icon="flask-conical"]`).count() };
	}
}
