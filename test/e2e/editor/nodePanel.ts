import { expect, type Locator } from '@playwright/test';
import type { EditorPage } from './editorPage';
import { fillParameters } from './parameters';

/** Something that no list has. */
const NOT_THERE = 'zzz-not-there';

/** A busy machine may take its time to run a node. */
const OUTPUT_MS = 120_000;

/** The panel of one node: its parameters on one side, its output on the other. */
export class NodePanel {
	constructor(private readonly editor: EditorPage) {}

	/** Waits until it is open. */
	async waitFor(): Promise<void> {
		await this.editor.at('node-parameters').waitFor();
		await this.editor.calm();
	}

	/** Opens the panel of the node with this name, or of the only one. */
	async open(name?: string): Promise<void> {
		const node = name === undefined ? '' : `[data-node-name="${name}"]`;
		await this.editor.page.locator(`[data-test-id="canvas-node"]${node}`).first().dblclick();
		await this.waitFor();
	}

	/** Closes it. */
	async close(): Promise<void> {
		await this.editor.at('ndv-close-button').click();
		await this.editor.at('ndv').waitFor({ state: 'hidden' });
		await this.editor.calm();
	}

	/** Types values into fields, by the fields' names. */
	async fill(values: Record<string, string>): Promise<void> {
		await fillParameters(this.editor, values);
	}

	/**
	 * Chooses the credential with this name.
	 *
	 * @param type the label of its type, where the node has several credentials
	 */
	async chooseCredential(name: string, type = ''): Promise<void> {
		const { editor } = this;
		const slot = editor.page.getByTestId('node-credentials-slot').filter({ hasText: type }).first();
		await slot.getByTestId('node-credentials-select').first().click();
		const items = editor.page.locator('[data-test-id^="node-credentials-select-item"]').filter({ visible: true });
		await items.filter({ hasText: name }).first().click();
		// Takes the focus, and its frame, away from the field.
		await editor.at('tab-params').click();
		await editor.calm();
	}

	/** Opens a searchable list, searches it for its first entry, and chooses that; returns all entries it showed. */
	async chooseFromList(field: string): Promise<string[]> {
		const { editor } = this;
		const entries = await this.openList(field);
		const all = await entries.allInnerTexts();
		const text = all[0]?.split(' · ')[0]?.trim() ?? '';
		const search = editor.at('rlc-search');
		await search.fill(NOT_THERE);
		await expect(entries, `entries with "${NOT_THERE}"`).toHaveCount(0);
		await search.fill(text);
		await expect(entries, `entries with "${text}"`).not.toHaveCount(0);
		for (const entry of await entries.allInnerTexts()) expect(entry.toLowerCase()).toContain(text.toLowerCase());
		await entries.first().click();
		await editor.calm();
		return all;
	}

	/** Opens a searchable list and chooses its first entry. */
	async chooseFirst(field: string): Promise<void> {
		await (await this.openList(field)).first().click();
		await this.editor.calm();
	}

	/**
	 * Drags a value of the input onto a field.
	 *
	 * @param path the value's place in the item: `chat.address`
	 */
	async drag(path: string, field: string): Promise<void> {
		const { editor } = this;
		const value = editor.at('ndv-input-panel').locator(`[data-path=".${path}"]`).first();
		await value.dragTo(editor.at(`parameter-input-${field}`));
		await editor.calm();
	}

	private async openList(field: string): Promise<Locator> {
		const { editor } = this;
		const locator = editor.page.getByTestId(`resource-locator-${field}`);
		await locator.getByTestId('rlc-input-container').locator('input').first().click();
		const entries = editor.page.getByTestId('rlc-item').filter({ visible: true });
		await entries.first().waitFor();
		await editor.calm();
		return entries;
	}

	/** Opens a list that allows several choices; returns its entries. */
	async entriesOf(field: string): Promise<string[]> {
		const { editor } = this;
		const select = editor.page.getByTestId(`parameter-input-${field}`).locator('.el-select').first();
		await select.click();
		const entries = editor.page.locator('.el-select-dropdown__item').filter({ visible: true });
		await entries.first().waitFor();
		await editor.calm();
		const all = await entries.allInnerTexts();
		await select.click();
		await editor.calm();
		return all;
	}

	/** Chooses these entries of a list that allows several choices, in this order. */
	async chooseSeveral(field: string, entries: string[]): Promise<void> {
		const { editor } = this;
		const select = editor.page.getByTestId(`parameter-input-${field}`).locator('.el-select').first();
		await select.click();
		const shown = editor.page.locator('.el-select-dropdown__item').filter({ visible: true });
		for (const entry of entries) await shown.filter({ hasText: entry }).first().click();
		await editor.at('tab-params').click();
		await editor.calm();
	}

	/** What a list that allows several choices shows as chosen, from left to right. */
	async chosen(field: string): Promise<string[]> {
		const tags = this.editor.page.getByTestId(`parameter-input-${field}`).locator('.el-tag');
		return (await tags.allInnerTexts()).map((tag) => tag.trim());
	}

	/** Adds an option, by its label, to the last collection of the panel. */
	async addOption(label: string): Promise<void> {
		const { editor } = this;
		await editor.page.getByTestId('collection-parameter-add').last().click();
		const options = editor.page.getByTestId('collection-parameter-option').filter({ visible: true });
		await options.filter({ hasText: label }).first().click();
		await editor.calm();
	}

	/** The values of number or text fields, by the fields' names. */
	async valuesOf(names: string[]): Promise<Record<string, string>> {
		const values = names.map(async (name) => {
			const field = this.editor.at(`parameter-input-${name}`).locator(':is(input, textarea)').first();
			return [name, await field.inputValue()] as const;
		});
		return Object.fromEntries(await Promise.all(values));
	}

	/** A field with its label and what is written under it, by the field's name. */
	field(name: string): Locator {
		const { page } = this.editor;
		const label = page.locator(`label[for="${name}"]`);
		return page.getByTestId('node-parameters').first().getByTestId('parameter-item').filter({ has: label }).first();
	}

	/** The labels of the fields, from top to bottom. */
	async labels(): Promise<string[]> {
		const labels = this.editor.at('node-parameters').locator('label[for]').filter({ visible: true });
		// The switch between Fixed and Expression is part of the label.
		return (await labels.allInnerTexts()).map((label) => label.trim().split('\n')[0] ?? '');
	}

	/** Runs the node. */
	async execute(): Promise<void> {
		await this.editor.at('node-execute-button').click();
	}

	/** Waits until the output shows one item; fails at once where it shows something else. */
	async expectOneItem(): Promise<void> {
		const output = this.editor.at('output-panel');
		await expect(output).toContainText(/\d+ items?\b|Problem|Error/, { timeout: OUTPUT_MS, useInnerText: true });
		await expect(output).toContainText(/\b1 item\b/, { timeout: 1, useInnerText: true });
	}

	/** Shows the output as JSON. */
	async showJson(): Promise<void> {
		await this.editor.at('output-panel').getByTestId('radio-button-json').click();
	}

	/** Fails where the output does not show these words. */
	async expectOutput(words: string | RegExp): Promise<void> {
		await expect(this.editor.at('output-panel')).toContainText(words, { useInnerText: true });
	}
}
