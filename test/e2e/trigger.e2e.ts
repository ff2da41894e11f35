/* The Chatalo trigger in a real n8n: who holds the provider's only slot, and that nothing is lost or doubled. */
import { sleep } from '../../scripts/n8n/process';
import { expect, fact, test } from './support/fixtures';
import { TriggerWorkflow } from './support/triggerWorkflow';

const FOREIGN = 'https://crm.example.com/hooks/chatalo?token=abc';

/** Long enough for n8n to have worked through what it was sent. */
const SETTLE_MS = 1_500;

// One workflow and one slot, from the first publishing to the last restored URL.
test.describe.configure({ mode: 'serial' });

let workflow: TriggerWorkflow;
let control: TriggerWorkflow['control'];
const incoming = async () => await control.incoming('chatalo', 'text');

test.beforeAll(async ({ stage }) => {
	workflow = new TriggerWorkflow(stage);
	({ control } = workflow);
	await workflow.create();
});
test.afterAll(async () => {
	await workflow.unpublish();
	control.setWebhook('chatalo', null);
});

test.describe('published', () => {
	const before: string[] = [];

	// Not in the first test: without it, no message would arrive in any of the others.
	test.beforeAll(async () => await workflow.publish());

	test('publishing registers the production URL', async () => {
		await workflow.expectOwner('production');
	});
	test('a message starts one execution', async () => {
		await workflow.expectRuns(incoming, { production: 1 });
	});
	test('a message delivered three times at once starts one execution', async () => {
		const thrice = async () => await control.incoming('chatalo', 'text', { times: 3, parallel: true });
		await workflow.expectRuns(thrice, { production: 1 });
	});
	test('an own message starts none', async () => {
		await workflow.expectRuns(async () => await control.incoming('chatalo', 'own'), {});
	});
	test('a call without the secret is answered 401 and starts none', async () => {
		const url = new URL(workflow.slot() ?? '');
		url.search = '';
		const { bodies } = await incoming();
		await sleep(SETTLE_MS);
		let status: number | null = 0;
		const call = async () => ({ status } = await control.deliverRaw(url.toString(), bodies[0] ?? '{}'));
		await workflow.expectRuns(call, {});
		expect(status).toBe(401);
	});
	test('a body that is no message is answered 400 and starts none', async () => {
		let status: number | null = 0;
		const call = async () => ({ status } = await control.deliverRaw({ provider: 'chatalo' }, '{"hello":1}'));
		await workflow.expectRuns(call, {});
		expect(status).toBe(400);
	});
	test('after a restart the same URL is registered, and a message starts one execution', async ({ stage }) => {
		const slot = workflow.slot();
		for (let number = 0; number < 5; number++) before.push((await incoming()).bodies[0] ?? '');
		await sleep(SETTLE_MS);
		await stage.restart();
		expect(workflow.slot(), 'slot').toBe(slot);
		await workflow.expectRuns(incoming, { production: 1 });
	});
	test('messages from before the restart, delivered once more, start none', async () => {
		await workflow.expectRuns(async () => {
			for (const body of before) await control.deliverRaw({ provider: 'chatalo' }, body);
		}, {});
	});
});

test.describe('listening for a test event while published', () => {
	test('without the option it is refused with the reason, and production continues', async () => {
		await expect(workflow.listen()).rejects.toThrow(/Take Over Production/i);
		await workflow.expectOwner('production');
		await workflow.expectRuns(incoming, { production: 1 });
	});
	test('with the option the test takes the slot, its event is a test, and production is restored', async () => {
		await workflow.setOptions({ takeOverProduction: true });
		await workflow.publish();
		const production = workflow.slot();
		await workflow.listen();
		await workflow.expectOwner('test');
		await workflow.expectRuns(incoming, { test: 1 });
		await workflow.expectOwner('production');
		expect(workflow.slot(), 'slot').toBe(production);
		await workflow.expectRuns(incoming, { production: 1 });
	});
	test('listening, then stopping without an event, restores production', async () => {
		await workflow.listen();
		await workflow.expectOwner('test');
		await workflow.stopListening();
		await workflow.expectOwner('production');
	});
	test('listening twice without stopping, then stopping, restores production', async () => {
		const production = workflow.slot();
		await workflow.listen();
		await workflow.listen();
		await workflow.expectOwner('test');
		await workflow.stopListening();
		await workflow.expectOwner('production');
		expect(workflow.slot(), 'slot').toBe(production);
		await workflow.expectRuns(incoming, { production: 1 });
	});
	test('killed while listening: publishing again restores production', async ({ stage }) => {
		await workflow.listen();
		await workflow.expectOwner('test');
		await stage.restart('kill');
		await sleep(1_000);
		fact('the slot after n8n was killed and started again', `${workflow.owner()} ${workflow.slot() ?? ''}`);
		fact('executions that a message starts then', await workflow.runsAfter(incoming));
		await workflow.publish();
		fact('the slot after publishing the same version once more', workflow.owner());
		await workflow.listen();
		await workflow.stopListening();
		await sleep(1_000);
		fact('the slot after listening once more, and stopping', workflow.owner());
		await workflow.unpublish();
		fact('the slot after unpublishing', workflow.owner());
		await workflow.publish();
		await workflow.expectOwner('production');
		expect(workflow.slot(), 'a production URL that remembers a URL of our own').not.toMatch(/[?&]prev=/);
		await workflow.expectRuns(incoming, { production: 1 });
	});
});

test.describe('not published', () => {
	test('unpublishing empties the slot', async () => {
		await workflow.unpublish();
		await workflow.expectOwner('nobody');
	});
	test('listening needs no option then, and leaves the slot empty', async () => {
		await workflow.setOptions({});
		await workflow.listen();
		await workflow.expectOwner('test');
		await workflow.expectRuns(incoming, { test: 1 });
		await workflow.expectOwner('nobody');
	});
});

test.describe("somebody else's URL in the slot", () => {
	test('publishing fails, names the URL, and leaves it there', async () => {
		control.setWebhook('chatalo', FOREIGN);
		await expect(workflow.publish()).rejects.toThrow('crm.example.com');
		expect(workflow.slot(), 'slot').toBe(FOREIGN);
		await workflow.unpublish();
		expect(workflow.slot(), 'slot after unpublishing').toBe(FOREIGN);
	});
	test('listening fails, names the URL, and leaves it there', async () => {
		await expect(workflow.listen()).rejects.toThrow('crm.example.com');
		expect(workflow.slot(), 'slot').toBe(FOREIGN);
	});
	test('with "Replace Existing Webhook" it is replaced, and restored at the end', async ({ stage }) => {
		await workflow.setOptions({ replaceExistingWebhook: true });
		await workflow.publish();
		await workflow.expectOwner('production');
		await workflow.expectRuns(incoming, { production: 1 });
		await stage.restart();
		await workflow.unpublish();
		expect(workflow.slot(), 'slot').toBe(FOREIGN);
	});
	test('listening with that option restores it as well', async () => {
		await workflow.listen();
		await workflow.expectOwner('test');
		await workflow.stopListening();
		await expect.poll(() => workflow.slot(), { message: 'slot', timeout: 5_000 }).toBe(FOREIGN);
	});
});
