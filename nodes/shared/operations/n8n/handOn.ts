import type { IExecuteFunctions } from 'n8n-workflow';
import type { Handout } from '../define/operation';

/** Milliseconds for an address of the user's to take something. */
const LIMIT_MS = 10_000;

/**
 * Posts a picture to an address of the user's while the node is still at work, as a form: n8n's Webhook node puts the file into
 * a binary field by the name `data` and the words into `body`. It goes through n8n's own helper, by its network policy, and
 * carries no credential.
 *
 * @throws Error when the address does not take it
 */
export async function handOn(context: IExecuteFunctions, url: string, { fields, file }: Handout): Promise<void> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append('data', new Blob([new Uint8Array(file.content)], { type: file.mimeType }), file.fileName);
	await context.helpers.httpRequest({
		method: 'POST',
		url,
		body: form,
		timeout: LIMIT_MS,
		abortSignal: context.getExecutionCancelSignal(),
	});
}
