/* Send and Wait for Response in a real n8n: links that are opened, pressed, pressed again, changed; restarts in between. */
import { chataloAccount, type ProviderName } from '../../sandbox';
import type { WorkflowNode } from '../n8n/api';
import { importWorkflows } from '../n8n/content';
import { sleep, until } from '../n8n/process';
import { ensure, equal, type Checks } from './checks';
import type { Stage } from './stage';

const START = 'Start';
const ASK = 'Ask';
const MESSAGE = 'Approve invoice INV-7?';

/** Long enough for n8n to run on, if it did. */
const SETTLE_MS = 1_500;

const device = { __rl: true, mode: 'id', value: chataloAccount.devices.authenticated };

/** How each provider's node is told whom to ask. */
const asking: Array<{ provider: ProviderName; credential: string; node: string; parameters: Record<string, unknown> }> = [
	{ provider: 'chatalo', credential: 'chataloApi', node: 'chatalo', parameters: { resource: 'message', sendTo: 'person', device } },
	{ provider: 'whacenter', credential: 'whacenterApi', node: 'whacenter', parameters: { resource: 'message' } },
	{ provider: 'balesOtomatis', credential: 'balesOtomatisApi', node: 'balesOtomatis', parameters: { resource: 'personalMessage' } },
	{ provider: 'chategy', credential: 'chategyApi', node: 'chategy', parameters: { resource: 'delivery', sendTo: 'phone' } },
	{ provider: 'wapio', credential: 'wapioApi', node: 'wapio', parameters: { resource: 'message', sendTo: 'person' } },
];

/** A workflow that asks and ends. */
async function store(stage: Stage, { provider, credential, node, parameters }: (typeof asking)[number]): Promise<string> {
	const id = `e2eAsk-${provider}`;
	const known = stage.credentials.find(({ type }) => type === credential);
	ensure(known !== undefined, `There is no credential for ${provider}`);
	const start = { id: 'start', name: START, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} } satisfies WorkflowNode;
	const ask = {
		id: `ask-${provider}`,
		name: ASK,
		type: `${stage.packageName}.${node}`,
		typeVersion: 1,
		position: [220, 0],
		parameters: { ...parameters, operation: 'sendAndWait', phoneNumber: '6281200000001', message: MESSAGE },
		webhookId: `0c9f2f0e-5b1d-4f43-9d55-0a3f8c3d2b${asking.findIndex((one) => one.provider === provider) + 10}`,
		credentials: { [credential]: { id: known.id, name: known.name } },
	} satisfies WorkflowNode;
	const connections = { [START]: { main: [[{ node: ASK, type: 'main', index: 0 }]] } };
	await importWorkflows(stage.n8n.api, [{ id, name: `Ask through ${provider}`, nodes: [start, ask], connections }], stage.credentials, stage.credentialIds, stage.storeWorkflows);
	return id;
}

/** Each provider's node asks; people open, press and change links. */
export async function responseChecks(stage: Stage, checks: Checks): Promise<void> {
	const { control } = stage.sandbox;
	checks.about('Send and Wait for Response');
	const sent = (provider: ProviderName) => control.messages(provider).filter(({ text }) => (text ?? '').startsWith(MESSAGE));
	const links = (provider: ProviderName): string[] => (sent(provider).at(-1)?.text ?? '').match(/https?:\/\/\S+/g) ?? [];
	const statusOf = async (id: string): Promise<string> => (await stage.n8n.api.execution(id)).status;
	const press = async (link: string): Promise<Response> => await fetch(link, { method: 'POST', body: new URLSearchParams() });
	const begin = async (workflow: string): Promise<string> => {
		const id = await stage.n8n.api.runManually(workflow, START);
		await until(`execution ${id} to wait`, async () => {
			const { status, data } = await stage.n8n.api.execution(id);
			ensure(status !== 'error' && status !== 'success', `it did not wait: ${data.slice(0, 2_000)}`);
			return status === 'waiting';
		});
		return id;
	};
	const workflows = new Map<ProviderName, string>();

	for (const about of asking) {
		const { provider } = about;
		await checks.check(`${provider}: opening a link decides nothing, pressing its button does, once`, async () => {
			const workflow = await store(stage, about);
			workflows.set(provider, workflow);
			const before = sent(provider).length;
			const id = await begin(workflow);
			const [approve = '', decline = ''] = links(provider);
			for (const link of [approve, decline, approve]) {
				const page = await fetch(link);
				equal(page.status, 200, 'status of the page');
				ensure((await page.text()).includes(MESSAGE), 'the page does not show the message');
			}
			await sleep(SETTLE_MS);
			equal(await statusOf(id), 'waiting', 'status after the links were opened');
			equal((await press(approve)).status, 200, 'status of the answer');
			const { status, data } = await stage.n8n.api.finished(id);
			equal(status, 'success', 'status');
			ensure(data.includes('"approved":true'), 'the decision is missing in the output');
			equal(sent(provider).length - before, 1, 'messages');
			const again = await press(decline);
			ensure(again.status !== 500 && !(await again.text()).includes('was recorded'), `a second answer was taken (${again.status})`);
			checks.fact('what a second press is answered with', again.status);
		});
	}

	const workflow = workflows.get('chatalo');
	ensure(workflow !== undefined, 'The first workflow was not stored');
	for (const how of ['stop', 'kill'] as const) {
		await checks.check(`lives through a restart of n8n (${how}), sent once`, async () => {
			const before = sent('chatalo').length;
			const id = await begin(workflow);
			const [, decline = ''] = links('chatalo');
			await stage.restart(how);
			equal(await statusOf(id), 'waiting', 'status after the restart');
			equal((await fetch(decline)).status, 200, 'status of the page');
			equal((await press(decline)).status, 200, 'status of the answer');
			equal((await stage.n8n.api.finished(id)).status, 'success', 'status');
			equal(sent('chatalo').length - before, 1, 'messages');
		});
	}
	await checks.check('a link that was changed, or of another execution, is refused', async () => {
		const first = await begin(workflow);
		const [ofFirst = ''] = links('chatalo');
		const second = await begin(workflow);
		const [approve = '', decline = ''] = links('chatalo');
		equal((await press(decline.replace('approved=false', 'approved=true'))).status, 401, 'a decision turned round');
		equal((await press(approve.replace(/signature=\w+/, 'signature=0'))).status, 401, 'another signature');
		equal((await press(ofFirst.replace(`/${first}/`, `/${second}/`))).status, 401, 'the signature of another execution');
		equal([await statusOf(first), await statusOf(second)], ['waiting', 'waiting'], 'status');
		await press(ofFirst);
		await press(approve);
		await Promise.all([first, second].map(async (id) => await stage.n8n.api.finished(id)));
	});
	await checks.check('of several presses at once one is taken', async () => {
		const id = await begin(workflow);
		const [approve = '', decline = ''] = links('chatalo');
		const answers = await Promise.all([press(approve), press(decline), press(approve)]);
		equal((await stage.n8n.api.finished(id)).status, 'success', 'status');
		const pages = await Promise.all(answers.map(async (answer) => await answer.text()));
		checks.fact('what presses at once are answered with', pages.map((page) => /<h1>([^<]*)/.exec(page)?.[1] ?? page.slice(0, 200)));
	});
}
