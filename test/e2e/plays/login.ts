import { published } from '../support/examples';
import { expect, known } from '../support/fixtures';
import type { Play } from './index';

/** n8n answers a page of a form at once. */
const PAGE_MS = 20_000;

const textOf = async (address: string | URL) =>
	await (await fetch(address, { signal: AbortSignal.timeout(PAGE_MS) })).text();

/** Fills in a page of n8n's Form; returns n8n's answer. It may point to the next page, which is for a GET. */
async function submit(url: string, ...values: string[]): Promise<string> {
	const body = new FormData();
	for (const [index, value] of values.entries()) body.append(`field-${index}`, value);
	const signal = AbortSignal.timeout(PAGE_MS);
	const response = await fetch(url, { method: 'POST', body, redirect: 'manual', signal });
	const text = await response.text();
	expect(response.status, text.slice(0, 300)).toBeLessThan(400);
	return text;
}

/** Waits until the form shows its next page, and checks what it says. Until then n8n leaves a GET without an answer. */
async function expectPage(url: string, words: string): Promise<void> {
	const status = new URL(url);
	status.pathname += '/n8n-execution-status';
	await expect.poll(async () => (await textOf(status)).trim(), 'the next page').toBe('form-waiting');
	expect(await textOf(url)).toContain(words);
}

/** The right code logs in; a wrong one, and the code of another login, do not. */
export const playLogin: Play = async (stage, id) =>
	await published(stage, id, async () => {
		const { nodes } = await stage.n8n.api.workflow(id);
		const form = known(
			nodes.find(({ type }) => type.endsWith('.formTrigger')),
			'form in the example',
		);
		const code = () => {
			const text = stage.sandbox.control.messages('balesOtomatis').at(-1)?.text ?? '';
			return /\b\d{4,8}\b/.exec(text)?.[0] ?? '';
		};
		const open = async (phone: string): Promise<string> => {
			const answer = await submit(`${stage.n8n.url}/form/${form.webhookId}`, 'Sari', phone);
			const { formWaitingUrl } = JSON.parse(answer) as { formWaitingUrl: string };
			await expectPage(formWaitingUrl, 'Enter the code');
			return formWaitingUrl;
		};
		const right = await open('0812 0000 0001');
		await submit(right, code());
		await expectPage(right, 'Welcome, Sari');
		const wrong = await open('0812 0000 0001');
		await submit(wrong, '000');
		await expectPage(wrong, 'That is not the code');
		const codeOfAnother = await open('0812 0000 0002');
		await open('0812 0000 0001');
		await submit(codeOfAnother, code());
		await expectPage(codeOfAnother, 'That is not the code');
	});
