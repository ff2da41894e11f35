/* The Chatalo trigger in a real n8n: who holds the provider's only slot, and that nothing is lost or doubled. */
import { sleep, until } from '../n8n/process';
import { ensure, equal, type Checks } from './checks';
import type { Stage } from './stage';
import { TriggerWorkflow } from './triggerWorkflow';

const FOREIGN = 'https://crm.example.com/hooks/chatalo?token=abc';

/** Long enough for an execution to show up, if there were one. */
const SETTLE_MS = 1_500;

async function failure(attempt: () => Promise<unknown>): Promise<string> {
	try {
		await attempt();
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
	throw new Error('This went through; it should have been refused');
}

/** All checks of the trigger; `label` says which n8n this is. */
export async function triggerChecks(stage: Stage, checks: Checks, label: string): Promise<void> {
	const workflow = new TriggerWorkflow(stage);
	const { control } = stage.sandbox;
	await workflow.create();

	const owns = async (owner: ReturnType<TriggerWorkflow['owner']>) => {
		await until(`the slot to be ${owner}'s`, () => workflow.owner() === owner, 10_000).catch(() => equal(workflow.owner(), owner, 'whose URL is in the slot'));
	};
	/** Plays an event and answers how many executions it started. */
	const runsAfter = async (play: () => Promise<unknown>) => {
		const before = await workflow.runs();
		await play();
		await sleep(SETTLE_MS);
		const after = await workflow.runs();
		return { production: after.production - before.production, test: after.test - before.test, failed: after.failed - before.failed };
	};
	const incoming = async () => await control.incoming('chatalo', 'text');
	const oneProduction = { production: 1, test: 0, failed: 0 };
	const oneTest = { production: 0, test: 1, failed: 0 };
	const none = { production: 0, test: 0, failed: 0 };

	checks.about(`Published (${label})`);
	await checks.check('publishing registers the production URL', async () => {
		await workflow.publish();
		await owns('production');
	});
	await checks.check('a message starts one execution', async () => equal(await runsAfter(incoming), oneProduction, 'executions'));
	await checks.check('a message delivered three times at once starts one execution', async () => {
		equal(await runsAfter(async () => await control.incoming('chatalo', 'text', { times: 3, parallel: true })), oneProduction, 'executions');
	});
	await checks.check('an own message starts none', async () => {
		equal(await runsAfter(async () => await control.incoming('chatalo', 'own')), none, 'executions');
	});
	await checks.check('a call without the secret is answered 401 and starts none', async () => {
		const url = new URL(workflow.slot() ?? '');
		url.search = '';
		const { bodies } = await incoming();
		await sleep(SETTLE_MS);
		let status: number | null = 0;
		equal(await runsAfter(async () => ({ status } = await control.deliverRaw(url.toString(), bodies[0] ?? '{}'))), none, 'executions');
		equal(status, 401, 'answer');
	});
	await checks.check('a body that is no message is answered 400 and starts none', async () => {
		let status: number | null = 0;
		equal(await runsAfter(async () => ({ status } = await control.deliverRaw({ provider: 'chatalo' }, '{"hello":1}'))), none, 'executions');
		equal(status, 400, 'answer');
	});
	let known = '';
	await checks.check('after a restart the same URL is registered, and a message starts one execution', async () => {
		const before = workflow.slot();
		known = (await incoming()).bodies[0] ?? '';
		await sleep(SETTLE_MS);
		await stage.restart();
		equal(workflow.slot(), before, 'slot');
		equal(await runsAfter(incoming), oneProduction, 'executions');
	});
	await checks.check('a message from before the restart, delivered once more, starts none', async () => {
		equal(await runsAfter(async () => await control.deliverRaw({ provider: 'chatalo' }, known)), none, 'executions');
	});

	checks.about(`Listening for a test event while published (${label})`);
	await checks.check('without the option it is refused with the reason, and production goes on', async () => {
		const message = await failure(workflow.listen);
		checks.fact('the message', message);
		ensure(/Take Over Production/i.test(message), `The message does not name the option: ${message}`);
		await owns('production');
		equal(await runsAfter(incoming), oneProduction, 'executions');
	});
	await checks.check('with the option the test takes the slot, its event is a test, and production is put back', async () => {
		await workflow.setOptions({ takeOverProduction: true });
		await workflow.publish();
		const production = workflow.slot();
		await workflow.listen();
		await owns('test');
		equal(await runsAfter(incoming), oneTest, 'executions');
		await owns('production');
		equal(workflow.slot(), production, 'slot');
		equal(await runsAfter(incoming), oneProduction, 'executions');
	});
	await checks.check('listening, then stopping without an event, puts production back', async () => {
		await workflow.listen();
		await owns('test');
		await workflow.stopListening();
		await owns('production');
	});
	await checks.check('listening twice without stopping, then stopping, puts production back', async () => {
		const production = workflow.slot();
		await workflow.listen();
		await workflow.listen();
		await owns('test');
		await workflow.stopListening();
		await owns('production');
		equal(workflow.slot(), production, 'slot');
		equal(await runsAfter(incoming), oneProduction, 'executions');
	});
	await checks.check('killed while listening: publishing anew puts production back', async () => {
		await workflow.listen();
		await owns('test');
		await stage.restart('kill');
		await sleep(1_000);
		checks.fact('n8n killed while listening; the slot after its next start', `${workflow.owner()} ${workflow.slot() ?? ''}`);
		checks.fact('executions that a message starts then', await runsAfter(incoming));
		await workflow.publish();
		checks.fact('the slot after publishing the same version once more', workflow.owner());
		await workflow.listen();
		await workflow.stopListening();
		await sleep(1_000);
		checks.fact('the slot after listening once more, and stopping', workflow.owner());
		await workflow.unpublish();
		checks.fact('the slot after taking it back', workflow.owner());
		await workflow.publish();
		await owns('production');
		ensure(!/[?&]prev=/.test(workflow.slot() ?? ''), `The production URL remembers a URL of our own: ${workflow.slot()}`);
		equal(await runsAfter(incoming), oneProduction, 'executions');
	});

	checks.about(`Not published (${label})`);
	await checks.check('taking it back empties the slot', async () => {
		await workflow.unpublish();
		await owns('nobody');
	});
	await checks.check('listening needs no option then, and leaves the slot empty', async () => {
		await workflow.setOptions({});
		await workflow.listen();
		await owns('test');
		equal(await runsAfter(incoming), oneTest, 'executions');
		await owns('nobody');
	});

	checks.about(`Somebody else's URL in the slot (${label})`);
	await checks.check('publishing fails, names the URL, and leaves it there', async () => {
		control.setWebhook('chatalo', FOREIGN);
		const message = await failure(workflow.publish);
		checks.fact('the message', message);
		ensure(message.includes('crm.example.com'), `The message does not name the URL: ${message}`);
		equal(workflow.slot(), FOREIGN, 'slot');
		await workflow.unpublish();
		equal(workflow.slot(), FOREIGN, 'slot after taking it back');
	});
	await checks.check('listening fails, names the URL, and leaves it there', async () => {
		const message = await failure(workflow.listen);
		ensure(message.includes('crm.example.com'), `The message does not name the URL: ${message}`);
		equal(workflow.slot(), FOREIGN, 'slot');
	});
	await checks.check('with "Replace Existing Webhook" it is replaced, and put back at the end', async () => {
		await workflow.setOptions({ replaceExistingWebhook: true });
		await workflow.publish();
		await owns('production');
		equal(await runsAfter(incoming), oneProduction, 'executions');
		await stage.restart();
		await workflow.unpublish();
		equal(workflow.slot(), FOREIGN, 'slot');
	});
	await checks.check('listening with that option puts it back as well', async () => {
		await workflow.listen();
		await owns('test');
		await workflow.stopListening();
		await until('the URL to be back', () => workflow.slot() === FOREIGN, 5_000);
	});
	control.setWebhook('chatalo', null);
}
