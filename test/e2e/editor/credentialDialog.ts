import { expect, type Locator } from '@playwright/test';
import type { EditorPage } from './editorPage';
import { fillParameters } from './parameters';

/** n8n tests a credential when it is saved; a busy machine may take its time. */
const TEST_MS = 120_000;

/** The dialog of one credential. */
export class CredentialDialog {
	constructor(private readonly editor: EditorPage) {}

	private get dialog(): Locator {
		return this.editor.at('credential-edit-dialog');
	}

	/** Opens the dialog of a new credential of the type with this label; returns the name that n8n proposes for it. */
	async openNew(label: string): Promise<string> {
		const { editor } = this;
		await editor.page.goto(`${editor.url}/home/credentials`);
		await editor.at('add-resource-credential').click();
		await editor.at('new-credential-type-select').waitFor();
		await editor.calm();
		await editor.page.keyboard.type(label);
		await editor.calm();
		const options = editor.page.getByTestId('new-credential-type-select-option').filter({ visible: true });
		await options
			.filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) })
			.first()
			.click();
		await editor.at('new-credential-type-button').click();
		await this.dialog.waitFor();
		await editor.calm();
		const name = editor.at('credential-name').getByTestId('inline-edit-preview');
		return (await name.first().innerText()).trim();
	}

	/** Types values into fields, by the fields' names. */
	async fill(values: Record<string, string>): Promise<void> {
		await fillParameters(this.editor, values);
	}

	/** Saves the credential and waits until n8n says that its test passed. */
	async saveAndPass(): Promise<void> {
		await this.editor.at('credential-save-button').click();
		const success = this.editor.page
			.getByTestId('credentials-config-container-test-success')
			.filter({ visible: true });
		await expect(success.first(), 'the test passes').toBeVisible({ timeout: TEST_MS });
	}

	/** Saves the credential and waits until n8n says that its test failed; returns n8n's words, with the details. */
	async saveAndFail(): Promise<string> {
		await this.editor.at('credential-save-button').click();
		const failure = this.dialog.locator('.el-tag--danger').filter({ visible: true }).first();
		await expect(failure, 'the test fails').toBeVisible({ timeout: TEST_MS });
		const more = failure.locator('a', { hasText: 'More details' });
		if ((await more.count()) > 0) await more.first().click();
		await this.editor.calm();
		return await failure.innerText();
	}

	/** All words in the dialog. */
	async words(): Promise<string> {
		return await this.dialog.innerText();
	}

	/** Closes it. */
	async close(): Promise<void> {
		await this.editor.page.keyboard.press('Escape');
		await this.dialog.waitFor({ state: 'hidden' });
	}
}
