/* AI agents in a real n8n that use our nodes as tools, and as the human review of a tool. */
import type { ProviderName } from '../../sandbox';
import { sleep, until } from '../n8n/process';
import { ensure, equal, type Checks } from './checks';
import { startModel, type ScriptedModel } from './model';
import type { Stage } from './stage';
import { ToolWorkflow, type ToolNode } from './toolWorkflow';

const PHONE = '6281200000001';
const REVIEWER = '6281200000009';

/** Long enough for a second message to show up, if there were one. */
const SETTLE_MS = 1_000;

/** An argument that the model gives, as the editor writes it. */
const fromAI = (key: string, about = ''): string => `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${about}\`, 'string') }}`;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Where each provider's text message is found. */
const texts: Record<ProviderName, Record<string, unknown>> = {
	balesOtomatis: { resource: 'personalMessage', operation: 'sendText' },
	chatalo: { resource: 'message', operation: 'sendText', device: byId(fromAI('Device')) },
	chategy: { resource: 'delivery', operation: 'send' },
	wapio: { resource: 'message', operation: 'sendText' },
	whacenter: { resource: 'message', operation: 'sendText' },
};

const names = Object.keys(texts) as ProviderName[];
const toolName = (provider: ProviderName): string => `Send_by_${provider}`;

/** Send Text of a provider as a tool. */
function sendTool(provider: ProviderName, more: Partial<ToolNode> = {}): ToolNode {
	const parameters = { ...texts[provider], phoneNumber: fromAI('Phone_Number'), text: fromAI('Text', 'What to say') };
	return { name: `Send by ${provider}`, type: `${provider}Tool`, parameters, ...more };
}

/** Runs the checks with a model of their own. */
export async function toolChecks(stage: Stage, checks: Checks): Promise<void> {
	const model = await startModel();
	try {
		await sendChecks(stage, checks, model);
		// n8n 1 knows no human review of tools.
		if (stage.installation.line === '2') await reviewChecks(stage, checks, model);
	} finally {
		await model.close();
	}
}

async function sendChecks(stage: Stage, checks: Checks, model: ScriptedModel): Promise<void> {
	const { control } = stage.sandbox;
	const workflow = new ToolWorkflow(stage, model);
	const run = async () => await succeeded(await workflow.begin());
	const succeeded = async (id: string): Promise<void> => {
		const { status, data } = await stage.n8n.api.finished(id);
		ensure(status === 'success', `The execution ended with ${status}: ${data.slice(0, 1500)}`);
	};
	const device = control.devices('chatalo')[0]?.id ?? '';
	const give = (text: string, phone: unknown = PHONE) => ({ Phone_Number: phone, Text: text, Device: device });

	checks.about('Our nodes as tools of an AI agent');
	await checks.check('an agent with all five sends one message by each, and reads what became of it', async () => {
		await workflow.setTools(names.map((name) => sendTool(name)));
		const before = control.messages().length;
		model.script({ calls: names.map((name) => ({ tool: toolName(name), arguments: give(`by ${name}`) })) }, { text: 'All sent.' });
		await run();
		await sleep(SETTLE_MS);
		const sent = control.messages().slice(before);
		equal(sent.map(({ provider, recipient, text }) => [provider, recipient.split('@')[0], text]).sort(), names.map((name) => [name, PHONE, `by ${name}`]).sort(), 'messages');
		equal(model.tools().map(({ name }) => name).sort(), names.map(toolName).sort(), 'tools');
		for (const { name, description } of model.tools()) checks.fact(name, description);
		const { properties = {} } = model.tools()[0]?.parameters ?? {};
		equal(properties.Text?.description, 'What to say', 'what the model is told of an argument');
		const results = model.results();
		equal(results.length, names.length, 'results');
		for (const result of results) ensure(!/"error"/.test(result), result);
		checks.fact('what the model reads', results[0]);
		for (const { data } of stage.credentials) {
			const secrets = Object.values(data).map(String).filter((value) => value.length > 8 && !/^(http|ws)/.test(value));
			for (const secret of secrets) ensure(!results.join().includes(secret), 'The model reads a secret');
		}
	});
	// In n8n 1 a tool that fails ends the agent's execution, whatever the tool; nothing of ours is to be seen there.
	const isN8n2 = stage.installation.line === '2';
	if (isN8n2) await checks.check('a wrong number is refused in words that help; nothing is sent until it is right', async () => {
		await workflow.setTools([sendTool('wapio')]);
		const before = control.requests({ provider: 'wapio' }).length;
		const tool = toolName('wapio');
		model.script({ calls: [{ tool, arguments: give('hello', '0812 3456 7890') }] });
		await run();
		equal(control.requests({ provider: 'wapio' }).length, before, 'requests');
		checks.fact('what the model reads', model.results()[0]);
		ensure(/Phone Number: .*Default Country.*Nothing was sent/s.test(model.results()[0] ?? ''), model.results()[0] ?? 'nothing');
		const sent = control.messages('wapio').length;
		model.script({ calls: [{ tool, arguments: give('hello', '0812 3456 7890') }] }, { calls: [{ tool, arguments: give('hello') }] });
		await run();
		equal(control.messages('wapio').length, sent + 1, 'messages');
	});
	if (isN8n2) await checks.check('what the provider refuses reaches the model in the provider’s words', async () => {
		control.setDeviceStatus('chatalo', device, 'DISCONNECTED');
		await workflow.setTools([sendTool('chatalo')]);
		model.script({ calls: [{ tool: toolName('chatalo'), arguments: give('hello') }] });
		const before = control.messages().length;
		await run();
		control.setDeviceStatus('chatalo', device, 'AUTHENTICATED');
		equal(control.messages().length, before, 'messages');
		checks.fact('what the model reads', model.results()[0]);
		ensure(/Chatalo refused the request: /.test(model.results()[0] ?? ''), model.results()[0] ?? 'nothing');
	});
	if (isN8n2) await checks.check('the same text twice, deliberately, is two messages; a try of Retry On Fail is none', async () => {
		await workflow.setTools([sendTool('chatalo', { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } })]);
		const call = { calls: [{ tool: toolName('chatalo'), arguments: give('again') }] };
		let before = control.messages().length;
		model.script(call, call);
		await run();
		equal(control.messages().length, before + 2, 'messages of two calls');
		before = control.messages().length;
		control.fault({ provider: 'chatalo', kind: 'dropAfter' });
		model.script(call);
		await run();
		equal(control.messages().length, before + 1, 'messages of a call whose answer was lost');
		ensure(/may have been sent/.test(model.results()[0] ?? ''), model.results()[0] ?? 'nothing');
	});
	await checks.check('an operation whose output is a picture says what it is, or that an agent cannot have it', async () => {
		control.setDeviceStatus('whacenter', control.devices('whacenter')[0]?.id ?? '', 'NOT CONNECTED');
		const device = (name: string, operation: string): ToolNode => ({ name, type: 'whacenterTool', parameters: { resource: 'device', operation } });
		await workflow.setTools([device('Relog', 'relog'), device('QR', 'getQrCode')]);
		model.script({ calls: [{ tool: 'Relog', arguments: {} }] }, { calls: [{ tool: 'QR', arguments: {} }] });
		await run();
		control.setDeviceStatus('whacenter', control.devices('whacenter')[0]?.id ?? '', 'CONNECTED');
		checks.fact('what the model reads', model.results()[1]);
		ensure(/image\/png/.test(model.results()[1] ?? ''), model.results()[1] ?? 'nothing');
	});
}

async function reviewChecks(stage: Stage, checks: Checks, model: ScriptedModel): Promise<void> {
	const { control } = stage.sandbox;
	const { api } = stage.n8n;
	const workflow = new ToolWorkflow(stage, model, 'e2eReview');
	const waiting = async (id: string) => await until(`execution ${id} to wait`, async () => (await api.execution(id)).status === 'waiting', 60_000);
	const linksTo = (reviewer: ProviderName): string[] => (control.messages(reviewer).at(-1)?.text ?? '').match(/https?:\/\/\S+/g) ?? [];
	const call = (text: string) => ({
		calls: [
			{ tool: toolName('wapio'), arguments: { toolParameters: { Phone_Number: PHONE, Text: text }, hitlParameters: {} } },
		],
	});
	const press = async (link: string): Promise<void> => equal((await fetch(link, { method: 'POST' })).status, 200, 'answer to the press');
	const review = (reviewer: ProviderName): ToolNode => {
		// n8n fills in resource, operation, message and kind of answer.
		const own = Object.entries(texts[reviewer]).filter(([name]) => name !== 'resource' && name !== 'operation');
		const device = control.devices('chatalo')[0]?.id ?? '';
		const parameters = { ...Object.fromEntries(own), ...(reviewer === 'chatalo' ? { device: byId(device) } : {}), phoneNumber: REVIEWER };
		return { name: 'Review', type: `${reviewer}HitlTool`, parameters };
	};

	checks.about('Send and Wait as the human review of a tool');
	for (const reviewer of names) {
		await checks.check(`${reviewer}: approved, the tool runs once; declined, it does not, and the model is told`, async () => {
			await workflow.setTools([review(reviewer), sendTool('wapio', { reviewedBy: 'Review' })]);
			const sent = (text: string) => control.messages('wapio').filter((message) => message.text === text).length;

			const text = `reviewed by ${reviewer}`;
			model.script(call(text), { text: 'Done.' });
			const approved = await workflow.begin();
			await waiting(approved);
			equal(sent(text), 0, 'messages before the approval');
			const [approve = ''] = linksTo(reviewer);
			const page = await (await fetch(approve)).text();
			for (const shown of [PHONE, text]) ensure(page.includes(shown), `The page does not show ${shown}: ${page.slice(page.indexOf('<main>'))}`);
			equal((await api.execution(approved)).status, 'waiting', 'status after the page was opened');
			await press(approve);
			equal((await api.finished(approved)).status, 'success', 'status');
			equal(sent(text), 1, 'messages');
			ensure(model.results().some((result) => !/"error"|rejected/.test(result)), model.results().join());

			model.script(call('declined'), { text: 'Done.' });
			const declined = await workflow.begin();
			await waiting(declined);
			await press(linksTo(reviewer)[1] ?? '');
			equal((await api.finished(declined)).status, 'success', 'status');
			equal(sent('declined'), 0, 'declined messages');
			ensure(/rejected/.test(model.results().join()), model.results().join());
		});
	}
	await checks.check('of two reviews in one execution each page shows its own', async () => {
		model.script(call('first of two'), call('second of two'), { text: 'Done.' });
		const id = await workflow.begin();
		await waiting(id);
		const reviewer = names.at(-1) ?? 'whacenter';
		const [first = ''] = linksTo(reviewer);
		checks.fact('the message to the reviewer', control.messages(reviewer).at(-1)?.text);
		await press(first);
		await until('the second review', () => (control.messages(reviewer).at(-1)?.text ?? '').includes('second of two'));
		await waiting(id);
		const [second = ''] = linksTo(reviewer);
		const page = await (await fetch(second)).text();
		ensure(page.includes('second of two') && !page.includes('first of two'), `The page shows another call: ${page.slice(-600)}`);
		await press(second);
		equal((await api.finished(id)).status, 'success', 'status');
	});
	// n8n 2.41 itself takes an agent that waits for one that crashed when it is started again.
	model.script(call('before a restart'), { text: 'Done.' });
	const id = await workflow.begin();
	await waiting(id);
	await stage.restart();
	checks.fact('a review over a restart of n8n', /"WorkflowCrashedError"/.test((await stage.n8n.api.execution(id)).data) ? 'taken for crashed' : 'goes on');
}
