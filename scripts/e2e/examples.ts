/* How each example workflow that does more than send or answer is played in a real n8n. */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readWorkflows } from '../n8n/content';
import { sleep, until } from '../n8n/process';
import { ensure, equal } from './checks';
import { startModel } from './model';
import { itemsOf } from './runData';
import type { Stage } from './stage';

/** Plays one example; throws where it goes wrong. */
export type Play = (stage: Stage, id: string) => Promise<void>;

/** Chategy's numbers for what became of a message. */
const DELIVERED = 2;
const EXPIRED = 3;

/** Long enough for a second message to show up, if there were one. */
const SETTLE_MS = 2_000;

async function begin({ n8n }: Stage, id: string): Promise<string> {
	const start = (await n8n.api.workflow(id)).nodes.find(({ type }) => /\.(manualTrigger|scheduleTrigger)$/.test(type));
	return await n8n.api.runManually(id, start?.name ?? '');
}

/** Runs it from the editor; answers with how many items came out of each of these nodes. */
async function counts(stage: Stage, id: string, nodes: string[]): Promise<number[]> {
	const { status, data } = await stage.n8n.api.finished(await begin(stage, id));
	equal(status, 'success', 'status');
	return nodes.map((node) => itemsOf(data, node).length);
}

/** Changes the parameters of a stored workflow's node. */
async function setParameters({ n8n }: Stage, id: string, node: string, change: (parameters: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
	const { nodes } = await n8n.api.workflow(id);
	await n8n.api.updateWorkflow(id, { nodes: nodes.map((each) => (each.name === node ? { ...each, parameters: change(each.parameters) } : each)) });
}

/** Publishes it for as long as the play takes. A provider has one webhook, so others with the same trigger are taken back meanwhile. */
export async function published({ n8n, packageName }: Stage, id: string, play: () => Promise<void>): Promise<void> {
	const { api } = n8n;
	const triggerOf = (nodes: Array<{ type: string }>) => nodes.find(({ type }) => type.startsWith(`${packageName}.`) && type.endsWith('Trigger'))?.type;
	const trigger = triggerOf((await api.workflow(id)).nodes);
	const others = readWorkflows().filter((other) => other.id !== id && other.active === true && trigger !== undefined && triggerOf(other.nodes) === trigger);
	for (const other of others) await api.unpublish(other.id);
	await api.publish(id);
	try {
		await play();
	} finally {
		await api.unpublish(id);
		for (const other of others) await api.publish(other.id);
	}
}

const cleaning: Play = async (stage, id) =>
	equal(await counts(stage, id, ['On WhatsApp', 'Not on WhatsApp', 'No Valid Number']), [2, 1, 1], 'sorted');

const list: Play = async (stage, id) => equal(await counts(stage, id, ['Sent', 'Not Sent']), [3, 1], 'sent and not sent');

const reminder: Play = async (stage, id) => {
	const before = stage.sandbox.control.scheduled('whacenter').length;
	equal(await counts(stage, id, ['Schedule Reminder']), [2], 'reminders');
	equal(stage.sandbox.control.scheduled('whacenter').length - before, 2, 'messages that wait');
};

const announcement: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	const before = control.messages('wapio').length;
	equal(await counts(stage, id, ['Send to Group']), [2], 'groups');
	equal(new Set(control.messages('wapio').slice(before).map(({ recipient }) => recipient)).size, 2, 'recipients');
};

const cascade: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	for (const [autoStatus, expected] of [[EXPIRED, [0, 1]], [DELIVERED, [1, 0]]] as const) {
		control.configure('chategy', { autoStatus, autoStatusMs: 200, callbackIntervalMs: 500 });
		equal(await counts(stage, id, ['Done', 'Call the Customer']), [...expected], `after status ${autoStatus}`);
	}
};

const approval: Play = async (stage, id) => {
	const { n8n, sandbox } = stage;
	for (const [label, node] of [['Approve', 'Tell: Approved'], ['Decline', 'Tell: Declined']] as const) {
		const execution = await begin(stage, id);
		await until('the execution to wait', async () => (await n8n.api.execution(execution)).status === 'waiting');
		const link = new RegExp(`${label}: (\\S+)`).exec(sandbox.control.messages('balesOtomatis').at(-1)?.text ?? '')?.[1] ?? '';
		equal((await fetch(link)).status, 200, 'the page');
		equal((await fetch(link, { method: 'POST' })).status, 200, 'the button');
		const { status, data } = await n8n.api.finished(execution);
		equal([status, itemsOf(data, node).length], ['success', 1], node);
	}
};

/** n8n answers a page of a form at once. */
const PAGE_MS = 20_000;

/** Fills in a page of n8n's Form; answers with what n8n says to it. It may point to the next page, which is for a GET. */
async function submit(url: string, ...values: string[]): Promise<string> {
	const form = new FormData();
	for (const [index, value] of values.entries()) form.append(`field-${index}`, value);
	const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual', signal: AbortSignal.timeout(PAGE_MS) });
	const text = await response.text();
	ensure(response.status < 400, `${response.status}: ${text.slice(0, 300)}`);
	return text;
}

/** Waits until the form shows its next page, and checks what stands there. n8n leaves a GET without an answer until then. */
async function page(url: string, words: string): Promise<void> {
	const status = new URL(url);
	status.pathname += '/n8n-execution-status';
	const textOf = async (address: string | URL) => await (await fetch(address, { signal: AbortSignal.timeout(PAGE_MS) })).text();
	await until('the next page', async () => (await textOf(status)).trim() === 'form-waiting');
	const text = await textOf(url);
	ensure(text.includes(words), `"${words}" is not on the page: ${text.slice(0, 300)}`);
}

const login: Play = async (stage, id) =>
	await published(stage, id, async () => {
		const { control } = stage.sandbox;
		const form = (await stage.n8n.api.workflow(id)).nodes.find(({ type }) => type.endsWith('.formTrigger'));
		const codeOf = () => /\b\d{4,8}\b/.exec(control.messages('balesOtomatis').at(-1)?.text ?? '')?.[0] ?? '';
		const open = async (phone: string): Promise<string> => {
			const answer = JSON.parse(await submit(`${stage.n8n.url}/form/${form?.webhookId}`, 'Sari', phone)) as { formWaitingUrl: string };
			await page(answer.formWaitingUrl, 'Type in the code');
			return answer.formWaitingUrl;
		};
		const right = await open('0812 0000 0001');
		await submit(right, codeOf());
		await page(right, 'Welcome, Sari');
		const wrong = await open('0812 0000 0001');
		await submit(wrong, '000');
		await page(wrong, 'That is not the code');
		const foreign = await open('0812 0000 0002');
		await open('0812 0000 0001');
		await submit(foreign, codeOf());
		await page(foreign, 'That is not the code');
	});

const archive: Play = async (stage, id) => {
	const folder = path.join(stage.userFolder, '.n8n-files');
	mkdirSync(folder, { recursive: true });
	await setParameters(stage, id, 'Save File', ({ fileName, ...rest }) => ({ ...rest, fileName: (fileName as string).replace('/home/node/.n8n-files', folder) }));
	await published(stage, id, async () => {
		await stage.sandbox.control.incoming('whacenter', 'image', { times: 2 });
		const [name = ''] = await until('the file', () => readdirSync(folder).length > 0 && readdirSync(folder));
		await sleep(SETTLE_MS);
		equal(readdirSync(folder), [name], 'files');
		ensure(/^\d{4}-\d\d-\d\d_\d+_[\w-]+\.(jpg|jpeg)$/.test(name), name);
		ensure(statSync(path.join(folder, name)).size > 0, 'the file is empty');
		await stage.sandbox.control.incoming('whacenter', 'image', { overrides: { media: `${stage.sandbox.url}/files/gone.jpg` } });
		const executions = await until('both executions', async () => {
			const all = await stage.n8n.api.executions(id);
			return all.length > 1 && all.every(({ status }) => status === 'success') && all;
		});
		const { data } = await stage.n8n.api.execution(executions[0]?.id ?? '');
		equal(itemsOf(data, 'Not Fetched').length, 1, 'not fetched');
	});
};

const health: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	// Far enough apart for one look to end before the next begins, as it does with minutes.
	const often = { interval: [{ field: 'seconds', secondsInterval: 6 }] };
	await setParameters(stage, id, 'Every 5 Minutes', (parameters) => ({ ...parameters, rule: often }));
	const [device] = control.devices('wapio');
	ensure(device !== undefined, 'wapio has no device');
	const before = control.messages('chategy').length;
	const told = async (words: string, count: number): Promise<void> => {
		await until(words, () => control.messages('chategy').length >= before + count);
		const runs = (await stage.n8n.api.executions(id)).length;
		await until('two more looks', async () => (await stage.n8n.api.executions(id)).length >= runs + 2);
		equal(control.messages('chategy').length - before, count, words);
	};
	await published(stage, id, async () => {
		await told('the session that has been disconnected for long', 1);
		control.setDeviceStatus('wapio', device.id, 'disconnected');
		await told('the session that is disconnected', 2);
		control.setDeviceStatus('wapio', device.id, 'connected');
		await told('the session that is back', 3);
		equal(control.messages('chategy').at(-1)?.text, `${device.name} is back (connected).`, 'the last message');
	});
};

/** The AI agent, with a model that says what it was told to. */
const agent: Play = async (stage, id) => {
	const model = await startModel();
	try {
		await agentWith(stage, id, model);
	} finally {
		await model.close();
	}
};

/** Gives the example's chat model a credential for `model`, and lets a customer write twice. */
async function agentWith(stage: Stage, id: string, model: Awaited<ReturnType<typeof startModel>>): Promise<void> {
	const { api } = stage.n8n;
	const { control } = stage.sandbox;
	const name = 'Model of the example';
	const credential = await api.createCredential({ name, type: 'openAiApi', data: { apiKey: 'none', url: model.url } });
	const { nodes } = await api.workflow(id);
	const withModel = nodes.map((node) => (node.type.endsWith('.lmChatOpenAi') ? { ...node, credentials: { openAiApi: { id: credential, name } } } : node));
	await api.updateWorkflow(id, { nodes: withModel });
	await published(stage, id, async () => {
		const before = control.messages('chatalo').length;
		const sent = () => control.messages('chatalo').slice(before).map(({ recipient, text }) => `${recipient}: ${text}`);
		model.script({ text: 'We are open until six.' });
		const { bodies } = await control.incoming('chatalo', 'text', { times: 2 });
		const { sender } = JSON.parse(bodies[0] ?? '{}') as { sender: { number: string } };
		await until('the answer', () => sent().length >= 1);
		model.script({ calls: [{ tool: 'Tell_the_Team', arguments: { text: 'Arik wants a person' } }] }, { text: 'Somebody will write back.' });
		await control.incoming('chatalo', 'text');
		await until('the message to the team and the answer', () => sent().length >= 3);
		await control.incoming('chatalo', 'group');
		await control.incoming('chatalo', 'own');
		await sleep(SETTLE_MS);
		equal(sent(), [`${sender.number}: We are open until six.`, '6281200000009: Arik wants a person', `${sender.number}: Somebody will write back.`], 'messages');
	});
}

/** The plays, by the ids of the examples. */
export const plays: Record<string, { words: string; play: Play }> = {
	balesApproval: { words: 'tells what was approved and what was declined', play: approval },
	balesOtomatisOtp: { words: 'lets in with the right code only', play: login },
	chataloAiAgent: { words: 'answers once, and calls the team when told to', play: agent },
	chataloCleanList: { words: 'sorts the list', play: cleaning },
	chataloSendList1: { words: 'sends to the valid numbers', play: list },
	chategyCascade: { words: 'tells delivered from not delivered', play: cascade },
	wapioAnnounce: { words: 'writes to both groups', play: announcement },
	wapioHealthAlert: { words: 'tells of each outage once', play: health },
	whacenterArchive: { words: 'saves a file once, where n8n lets it', play: archive },
	whacenterRemind: { words: "schedules tomorrow's reminders", play: reminder },
};
