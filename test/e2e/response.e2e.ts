/* Send and Wait for Response in a real n8n: links that are opened, pressed, pressed again, changed; restarts in between. */
import { sleep } from '../../scripts/n8n/process';
import { providerNames } from './providers';
import { AskWorkflow, MESSAGE } from './support/askWorkflow';
import { expect, fact, test } from './support/fixtures';

/** Long enough for n8n to continue, if it did. */
const SETTLE_MS = 1_500;

for (const provider of providerNames) {
	test(`${provider}: opening a link decides nothing, pressing its button does, once`, async ({ stage }) => {
		const ask = new AskWorkflow(stage, provider);
		const before = ask.sent();
		const id = await ask.begin();
		const { approve, decline } = ask.links();
		for (const link of [approve, decline, approve]) {
			const page = await fetch(link);
			expect(page.status, 'status of the page').toBe(200);
			expect(await page.text(), 'the page').toContain(MESSAGE);
		}
		await sleep(SETTLE_MS);
		expect(await ask.statusOf(id), 'status after the links were opened').toBe('waiting');
		expect((await ask.press(approve)).status, 'status of the answer').toBe(200);
		const { status, data } = await stage.n8n.api.finished(id);
		expect(status, 'status').toBe('success');
		expect(data, 'the decision in the output').toContain('"approved":true');
		expect(ask.sent() - before, 'messages').toBe(1);
		const again = await ask.press(decline);
		expect(again.status, 'status of a second answer').not.toBe(500);
		expect(await again.text(), 'the second answer').not.toContain('was recorded');
		fact('the response to a second press', again.status);
	});
}

for (const how of ['stop', 'kill'] as const) {
	test(`survives a restart of n8n (${how}), sent once`, async ({ stage }) => {
		const ask = new AskWorkflow(stage, 'chatalo');
		const before = ask.sent();
		const id = await ask.begin();
		const { decline } = ask.links();
		await stage.restart(how);
		expect(await ask.statusOf(id), 'status after the restart').toBe('waiting');
		expect((await fetch(decline)).status, 'status of the page').toBe(200);
		expect((await ask.press(decline)).status, 'status of the answer').toBe(200);
		expect((await stage.n8n.api.finished(id)).status, 'status').toBe('success');
		expect(ask.sent() - before, 'messages').toBe(1);
	});
}

test('a link that was changed, or of another execution, is refused', async ({ stage }) => {
	const ask = new AskWorkflow(stage, 'chatalo');
	const first = await ask.begin();
	const { approve: ofFirst } = ask.links();
	const second = await ask.begin();
	const { approve, decline } = ask.links();
	const statusOf = async (link: string) => (await ask.press(link)).status;
	const reversed = decline.replace('approved=false', 'approved=true');
	expect(await statusOf(reversed), 'a reversed decision').toBe(401);
	expect(await statusOf(approve.replace(/signature=\w+/, 'signature=0')), 'another signature').toBe(401);
	const moved = ofFirst.replace(`/${first}/`, `/${second}/`);
	expect(await statusOf(moved), 'the signature of another execution').toBe(401);
	expect([await ask.statusOf(first), await ask.statusOf(second)], 'status').toEqual(['waiting', 'waiting']);
	await ask.press(ofFirst);
	await ask.press(approve);
	await Promise.all([first, second].map(async (id) => await stage.n8n.api.finished(id)));
});

test('of several presses at once one is taken', async ({ stage }) => {
	const ask = new AskWorkflow(stage, 'chatalo');
	const id = await ask.begin();
	const { approve, decline } = ask.links();
	const answers = await Promise.all([approve, decline, approve].map(async (link) => await ask.press(link)));
	expect((await stage.n8n.api.finished(id)).status, 'status').toBe('success');
	const pages = await Promise.all(answers.map(async (answer) => await answer.text()));
	fact(
		'the responses to presses at once',
		pages.map((page) => /<h1>([^<]*)/.exec(page)?.[1] ?? page.slice(0, 200)),
	);
});
