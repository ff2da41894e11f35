import type { EditorPage } from './editorPage';

/** Types values into the open dialog's or panel's fields, by the fields' names. */
export async function fillParameters(editor: EditorPage, values: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(values)) {
		const field = editor.at(`parameter-input-${name}`).locator(':is(input, textarea)').first();
		await field.click();
		await field.fill(value);
	}
}
