/* The workflows that are started by hand or by the clock, and run to their end. */
import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowResult } from '../../test/support/results';
import { startWaitingHost, type WaitingExecution } from '../../test/support/n8n/waitingHost';
import { arrive, published } from './receiving';
import { expect, fields, type Play, type Stage } from './stage';

/** Chategy's numbers for the final status of a message. */
const DELIVERED = 2;
const EXPIRED = 3;

/** n8n handles one resume at a time, and refuses one that comes while it is still saving. */
const RESUME_MS = 5_000;

/** The trigger of the start-here workflow that sends a message. */
const SEND_LANE = 'When clicking Execute';

/** Runs a workflow from its start; a failed execution ends the play. */
export async function run(
	{ engine, file }: Stage,
	options: { staticData?: IDataObject } = {},
): Promise<WorkflowResult> {
	const start = file.nodes.find(({ type }) => /\.(manualTrigger|scheduleTrigger)$/.test(type));
	const result = await engine.runWorkflow(file, { startNode: start?.name, ...options });
	if (result.error) throw result.error;
	return result;
}

/** How many items came out of a node; none if it did not run. */
export function count(result: WorkflowResult, node: string): number {
	return result.outputs(node)[0]?.length ?? 0;
}

/** Plays with executions that wait for a response; `begin` starts one and returns once it waits. */
async function withHost<T>(
	stage: Stage,
	play: (begin: (json?: IDataObject) => Promise<WaitingExecution>) => Promise<T>,
): Promise<T> {
	const host = await startWaitingHost(stage.engine);
	try {
		return await play(async (json = {}) => {
			const startNode = stage.file.nodes.find(({ type }) => /\.(manualTrigger|formTrigger)$/.test(type))?.name;
			const execution = host.start(stage.file, { startNode, json });
			await execution.paused;
			if (execution.status !== 'waiting') {
				const { error } = await execution.finished;
				throw error ?? new Error('The execution did not wait');
			}
			return execution;
		});
	} finally {
		await host.close();
	}
}

/** The end of an execution that waited. */
export async function endOf(execution: WaitingExecution): Promise<WorkflowResult> {
	const result = await Promise.race([execution.finished, sleep(RESUME_MS, undefined, { ref: false })]);
	if (result === undefined) throw new Error('The execution did not resume');
	if (result.error) throw result.error;
	return result;
}

/** The start-here workflow: a message that is sent, one that is refused, one whose response is lost; then a reply. */
export const startHere: Play = async (stage) => {
	const { engine, sandbox, file, provider, tally, say, notice } = stage;
	const { control } = sandbox;
	const sends = async () => await engine.runWorkflow(file, { startNode: SEND_LANE });
	const sent = () => control.messages(provider).length;
	const before = sent();

	const { error } = await sends();
	if (error) throw error;
	expect(sent() - before, 1, 'messages after the first run');

	control.fault({ provider, kind: 'bodyError', code: 400, message: 'The number field is invalid.' });
	const refusal = (await sends()).error?.message ?? '';
	say(`the provider refuses: ${refusal}`);
	expect(sent() - before, 1, 'messages after the refusal');
	tally.refused++;

	control.fault({ provider, kind: 'dropAfter' });
	const lost = (await sends()).error?.message ?? '';
	say(`the response is lost: ${lost}`);
	expect(/may have been sent/.test(lost), true, 'the error says that the message may have been sent');
	expect(sent() - before, 2, 'messages after the lost response');
	tally.unknown++;

	await published(stage, async (workflow) => {
		await arrive(stage, workflow, 'text');
		return 1;
	});
	notice('Sends a message, and replies to one. A refused message is not sent, and the error says why.');
	notice('A response that is lost on the way: the error says "may have been sent", and nothing is sent twice.');
	return 3;
};

/** A list with a pause between messages, and one number that cannot be right. */
export const list: Play = async (stage) => {
	const { say, notice, tally } = stage;
	const begun = Date.now();
	const result = await run(stage);
	say(`took ${((Date.now() - begun) / 1000).toFixed(0)} s, with its pauses`);
	const [refused] = result.outputs('Not Sent')[0] ?? [];
	say(`not sent: ${fields(refused, 'name', 'phone', 'reason')}`);
	expect(count(result, 'Not Sent'), 1, 'not sent');
	tally.refused++;
	const sent = count(result, 'Sent');
	notice(`${sent} of ${sent + 1} are sent, with pauses. A wrong number leaves through Not Sent with the reason.`);
	return sent;
};

export const cleaning: Play = async (stage) => {
	const { say, notice } = stage;
	const result = await run(stage);
	for (const node of ['On WhatsApp', 'Not on WhatsApp', 'No Valid Number']) {
		const people = (result.outputs(node)[0] ?? []).map((item) => fields(item, 'name', 'phone'));
		say(`${node}: ${people.join('; ')}`);
	}
	const counts = [count(result, 'On WhatsApp'), count(result, 'Not on WhatsApp'), count(result, 'No Valid Number')];
	expect(counts, [2, 1, 1], 'sorted');
	notice('4 people: 2 on WhatsApp, 1 not, 1 with an invalid number. Nobody got a message.');
	return 0;
};

export const reminder: Play = async (stage) => {
	const { say, notice } = stage;
	const result = await run(stage);
	for (const { recipient, at } of stage.sandbox.control.scheduled(stage.provider))
		say(`… to ${recipient}, scheduled for ${at}`);
	const leftOut = result.outputs('Is It Tomorrow?')[1]?.length ?? 0;
	say(`${leftOut} appointment is not tomorrow`);
	expect(leftOut, 1, 'left out');
	notice("Tomorrow's 2 appointments are scheduled at the provider. The later one waits for its own day.");
	return 2;
};

export const announcement: Play = async (stage) => {
	const { say, notice, tally } = stage;
	const sent = count(await run(stage), 'Send to Group');
	const file = structuredClone(stage.file);
	const text = file.nodes.find(({ name }) => name === 'Announcement');
	if (text) text.parameters.jsonOutput = '{ "text": "To nobody", "groups": ["Family", "Famly"] }';
	const { error } = await stage.engine.runWorkflow(file, {});
	say(`with a name that matches no group: ${error?.message ?? 'no error'}`);
	expect(error?.message.includes('Famly'), true, 'the error names the group');
	tally.refused++;
	notice(`${sent} groups get the text. With one misspelled name, nothing is sent to any of them.`);
	return sent;
};

export const cascade: Play = async (stage) => {
	const ends: [number, string, string][] = [
		[DELIVERED, 'Done', 'delivered'],
		[EXPIRED, 'Call the Customer', 'not delivered by any channel'],
	];
	await withHost(stage, async (begin) => {
		for (const [statusId, node, words] of ends) {
			const execution = await begin();
			await stage.sandbox.control.action(stage.provider, 'deliveryStatus', { statusId });
			stage.tally.received++;
			const result = await endOf(execution);
			stage.say(`waited; the provider called back: ${words} → ${node}`);
			expect(count(result, node), 1, node);
		}
	});
	stage.notice('The workflow waits for the final status: delivered is done, not delivered calls the customer.');
	return ends.length;
};

/** The approver's phone: takes a link out of the message, opens it, and clicks the button. */
async function decide({ sandbox, provider }: Stage, label: string): Promise<void> {
	const text = sandbox.control.messages(provider).at(-1)?.text ?? '';
	const link = new RegExp(`${label}: (\\S+)`).exec(text)?.[1] ?? '';
	const page = await fetch(link);
	expect(page.status, 200, 'the page behind the link');
	const decided = await fetch(link, { method: 'POST' });
	expect(decided.status, 200, 'the button');
}

export const approval: Play = async (stage) => {
	const ways: [string, string, (execution: WaitingExecution) => Promise<void> | void][] = [
		['the approver opens the link and approves', 'Notify: Approved', async () => await decide(stage, 'Approve')],
		['the approver declines', 'Notify: Declined', async () => await decide(stage, 'Decline')],
		['nobody responds within a day', 'Notify: No Response', (execution) => execution.timeOut()],
	];
	await withHost(stage, async (begin) => {
		for (const [words, node, respond] of ways) {
			const execution = await begin();
			await respond(execution);
			const result = await endOf(execution);
			stage.say(`${words} → ${node}`);
			expect(count(result, node), 1, node);
		}
	});
	stage.notice('Approved, declined, or no response within a day: the requester is notified each time.');
	return 2 * ways.length;
};

export const login: Play = async (stage) => {
	const { say, notice } = stage;
	const codeOf = () =>
		/\b\d{4,8}\b/.exec(stage.sandbox.control.messages(stage.provider).at(-1)?.text ?? '')?.[0] ?? '';
	const enter = (phone: string) => ({ Name: 'Sari', 'Phone Number': phone });
	await withHost(stage, async (begin) => {
		const end = async (execution: WaitingExecution, code: string, words: string, node: string) => {
			execution.submitForm({ Code: code });
			const result = await endOf(execution);
			say(`${words} → ${node}`);
			expect(count(result, node), 1, node);
		};
		await end(await begin(enter('0812 0000 0001')), codeOf(), 'the right code', 'Welcome');
		await end(await begin(enter('0812 0000 0001')), '000', 'a wrong code', 'Wrong Code');
		const victim = await begin(enter('0812 0000 0002'));
		const own = await begin(enter('0812 0000 0001'));
		const ownCode = codeOf();
		await end(victim, ownCode, 'a valid code that went to another number', 'Wrong Code');
		await end(own, '000', 'another wrong code', 'Wrong Code');
	});
	notice('Only the code sent to this number logs in; a valid code of another number does not.');
	return 4;
};

export const health: Play = async (stage) => {
	const { control } = stage.sandbox;
	const [device] = control.devices(stage.provider);
	if (device === undefined) throw new Error(`${stage.provider} has no device`);
	const staticData: IDataObject = {};
	const round = async (words: string, expected: number) => {
		const before = control.messages('chategy').length;
		await run(stage, { staticData });
		const alerts = control.messages('chategy').length - before;
		stage.say(`${words}: ${alerts} message${alerts === 1 ? '' : 's'}`);
		expect(alerts, expected, words);
	};
	await round('first run, one session has been disconnected for long', 1);
	await round('five minutes later', 0);
	control.setDeviceStatus(stage.provider, device.id, 'disconnected');
	await round(`"${device.name}" disconnects`, 1);
	await round('five minutes later', 0);
	control.setDeviceStatus(stage.provider, device.id, 'connected');
	await round(`"${device.name}" is connected again`, 1);
	control.fault({ provider: stage.provider, kind: 'status', status: 401 });
	await round('Wapio refuses the token', 1);
	await round('Wapio responds again', 1);
	stage.notice('One alert when a phone or the provider goes down, one when it is back, none in between.');
	return 5;
};
