/* n8n's editor, worked as a person does: by clicks and keys. Things are found by the test ids that n8n gives them. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { CredentialDialog } from './credentialDialog';
import { NodePanel } from './nodePanel';

/** Long enough for the editor's animations. */
const CALM_MS = 1_000;

/** How much of the page around it a picture of a panel shows: n8n lets buttons stick out of the panel's sides. */
const MARGIN = 24;

/** One page of the editor. */
export class EditorPage {
	/** What the page reported as errors, except for requests to other servers. */
	readonly errors: string[] = [];
	readonly credential = new CredentialDialog(this);
	readonly panel = new NodePanel(this);

	/**
	 * @param url where n8n is
	 * @param folder where pictures go; none are taken without it
	 */
	constructor(
		readonly page: Page,
		readonly url: string,
		private readonly folder?: string,
	) {
		if (folder !== undefined) mkdirSync(folder, { recursive: true });
		page.on('pageerror', (error) => this.errors.push(error.message));
		page.on('console', (message) => {
			const from = message.location().url;
			// The editor asks the package registry about community packages, which a machine without internet refuses.
			const isElsewhere = /^https?:/.test(from) && !from.startsWith(url);
			if (message.type() === 'error' && !isElsewhere) this.errors.push(`${message.text()} (${from})`);
		});
	}

	/** The first element with this test id. */
	at(id: string): Locator {
		return this.page.getByTestId(id).first();
	}

	/** Waits for the editor to come to rest. */
	async calm(): Promise<void> {
		await this.page.waitForTimeout(CALM_MS);
	}

	/** Takes a picture of the element with this test id, or of the page, if pictures are wanted. */
	async picture(name: string, testId?: string): Promise<void> {
		if (this.folder === undefined) return;
		await this.calm();
		await this.closeNotices();
		const box = testId === undefined ? null : await this.at(testId).boundingBox();
		const clip = box && {
			x: box.x - MARGIN,
			y: box.y - MARGIN,
			width: box.width + 2 * MARGIN,
			height: box.height + 2 * MARGIN,
		};
		await this.page.screenshot({ path: path.join(this.folder, `${name}.png`), clip: clip ?? undefined });
	}

	/** Closes notices at the edge of the page, which cover what a picture should show. */
	async closeNotices(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn');
		for (let left = await close.count(); left > 0; left--) {
			// A notice may disappear on its own.
			await close
				.first()
				.click({ timeout: 2_000 })
				.catch(() => undefined);
		}
		// Away from everything that lights up under the mouse.
		await this.page.mouse.move(1, 1);
		await this.calm();
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.at('canvas-plus-button').waitFor();
		await this.calm();
	}

	/** An entry of the nodes panel. */
	private entry(name: RegExp): Locator {
		return this.page.getByTestId('node-creator-item-name').filter({ hasText: name }).first();
	}

	/** Opens the nodes panel: for the first node, or for the one after the last. */
	private async openNodesPanel(): Promise<void> {
		const first = this.at('canvas-plus-button');
		const next = this.page.getByTestId('canvas-handle-plus').last();
		await first.or(next).first().click();
		await this.at('node-creator-search-bar').waitFor();
		await this.calm();
	}

	/** Adds one of n8n's own triggers to an empty workflow, which opens no panel. */
	async addTrigger(item: RegExp): Promise<void> {
		await this.openNodesPanel();
		await this.entry(item).click();
		await this.at('canvas-node').waitFor();
		await this.calm();
	}

	/**
	 * Adds one of our nodes through the nodes panel, which opens the node's own panel: the first node of an empty
	 * workflow, or the one after the last.
	 */
	async addNode(node: string, kind: 'Triggers' | 'Actions', item: RegExp): Promise<void> {
		await this.openNodesPanel();
		await this.page.keyboard.type(node);
		await this.entry(new RegExp(`^\\s*${node}`)).click();
		const category = this.page.getByTestId('node-creator-category-item').filter({ hasText: kind }).first();
		await category.waitFor();
		await this.calm();
		if (!(await this.entry(item).isVisible())) await category.click();
		await this.entry(item).click();
		await this.panel.waitFor();
	}

	/** Publishes the open workflow and closes what n8n says about it; returns those words. */
	async publish(): Promise<string> {
		await this.at('workflow-open-publish-modal-button').click();
		await this.at('workflow-publish-button').click();
		const button = this.page.getByRole('button', { name: 'Got it' }).first();
		await button.waitFor();
		await this.calm();
		const dialogs = this.page.locator('.el-dialog, [role="dialog"]').filter({ visible: true });
		const words = await dialogs.last().innerText();
		await button.click();
		await button.waitFor({ state: 'hidden' });
		return words;
	}

	/** The id that n8n gave the open workflow. */
	workflowId(): string {
		return /\/workflow\/([^/?]+)/.exec(this.page.url())?.[1] ?? '';
	}

	/** Opens the workflow's executions; returns how many the list shows: all, and those that were tests. */
	async executions(): Promise<{ all: number; tests: number }> {
		await this.at('radio-button-executions').click();
		const list = this.page.getByTestId('current-executions-list');
		const entries = list.locator('[data-test-id^="execution-details-"]');
		await entries.first().waitFor();
		await this.calm();
		// A test is marked with a flask.
		return { all: await entries.count(), tests: await list.locator('[data-icon="flask-conical"]').count() };
	}
}
