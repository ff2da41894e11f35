/* The customer service agent when something comes in between: a lost answer, a person, another message. */
import { sleep } from '../../scripts/n8n/process';
import { itemsOf } from '../../scripts/n8n/runData';
import { setStaff } from './plays/service';
import { messagesFromNow, publishExamples, setParameters, SETTLE_MS, unpublishExamples } from './support/examples';
import { expect, test } from './support/fixtures';
import type { Stage } from './support/stage';

const ids = { agent: 'wapioService', sweep: 'wapioQuickSweep' };
const STAFF = '212600000002';
const SEND = { provider: 'wapio', path: '/api/send-message' };
const TYPING = { provider: 'wapio', path: '/api/send-presence-update' };
/** Longer than the example waits for another message. */
const QUIET_MS = 8_000;
/** Longer than the sweep waits between two runs, and than it leaves a message to the execution that stored it. */
const SWEEP_MS = 150_000;

const writes = async ({ sandbox }: Stage, phone: string, text: string, own?: { source: 'app' }) =>
	await sandbox.control.play('wapio', 'conversation', { phone, text, ...(own && { own: true, ...own }) });

/** What was sent to a number from now on. */
function sentTo(stage: Stage, phone: string): () => string[] {
	const messages = messagesFromNow(stage, 'wapio');
	return () =>
		messages()
			.filter(({ recipient }) => recipient.startsWith(phone))
			.map(({ text }) => text ?? '');
}

test.describe('the customer service agent', () => {
	test.skip(({ n8nLine }) => n8nLine !== '2', 'n8n 1 cannot create Data Tables in a workflow');
	test.beforeAll(async ({ stage }) => {
		await publishExamples(stage);
		await setStaff(stage, ids.agent, STAFF);
		const { api } = stage.n8n;
		await api.publish(ids.agent);
		const { status } = await api.finished(await api.runManually(ids.agent, 'Set Up'));
		expect(status, 'setting up').toBe('success');
	});
	test.afterAll(async ({ stage }) => await unpublishExamples(stage));
	test.afterEach(({ stage }) => stage.sandbox.control.clearFaults());

	test('lets a message that comes while it works wait for its turn', async ({ stage }) => {
		const { control } = stage.sandbox;
		const phone = '212600000051';
		const sent = sentTo(stage, phone);
		const isHers = (body: unknown) => JSON.stringify(body).includes(phone);
		control.fault({ ...TYPING, kind: 'latency', ms: 14_000 });
		await writes(stage, phone, 'When are you open?');
		await expect
			.poll(() => control.requests(TYPING).filter(({ body }) => isHers(body)), { timeout: 2 * QUIET_MS })
			.toHaveLength(1);
		await writes(stage, phone, 'How can I pay?');
		await expect.poll(sent, { message: 'replies', timeout: 60_000 }).toHaveLength(2);
		expect(sent()[0]).toContain('Monday to Saturday');
		expect(sent()[1]).toContain('bank transfer');
		const order = control
			.requests({ provider: 'wapio' })
			.filter(({ path, body }) => [SEND.path, TYPING.path].includes(path) && isHers(body))
			.map(({ path }) => path);
		expect(order).toEqual([TYPING.path, SEND.path, TYPING.path, SEND.path]);
	});

	test('says nothing once a person has answered, even if the model hands over', async ({ stage }) => {
		const { control } = stage.sandbox;
		const phone = '212600000052';
		const [sent, toStaff] = [sentTo(stage, phone), sentTo(stage, STAFF)];
		const { api } = stage.n8n;
		control.fault({ ...TYPING, kind: 'latency', ms: 6_000 });
		const before = control.requests(TYPING).length;
		await writes(stage, phone, 'I want to talk to a person');
		await expect.poll(() => control.requests(TYPING).length, { timeout: 2 * QUIET_MS }).toBe(before + 1);
		await writes(stage, phone, 'Hi, Youssef here', { source: 'app' });
		await sleep(6_000 + 2 * SETTLE_MS);
		const executions = await api.executions(ids.agent);
		const wishes = await Promise.all(
			executions.slice(0, 3).map(async ({ id }) => itemsOf((await api.finished(id)).data, 'One per Reply')),
		);
		expect(wishes.flat().map(({ json }) => json.wish)).toContainEqual(expect.stringContaining('person'));
		expect(sent()).toEqual([]);
		expect(toStaff()).toEqual([]);
	});

	test('tells nobody as long as the staff’s number is empty', async ({ stage }) => {
		const phone = '212600000053';
		const messages = messagesFromNow(stage, 'wapio');
		await setStaff(stage, ids.agent, '');
		await stage.n8n.api.publish(ids.agent);
		await writes(stage, phone, 'I want to talk to a person');
		await expect.poll(sentTo(stage, phone)).toHaveLength(0);
		await expect.poll(() => messages().length, { timeout: 2 * QUIET_MS + SETTLE_MS }).toBe(1);
		await sleep(SETTLE_MS);
		expect(messages().map(({ recipient }) => recipient.slice(0, phone.length))).toEqual([phone]);
	});

	test('sends a stored reply again after a lost answer, with the same text and key', async ({ stage }) => {
		const { control } = stage.sandbox;
		const { api } = stage.n8n;
		const phone = '212600000054';
		const sent = sentTo(stage, phone);
		// The claim is over at once, as after a crash of some minutes.
		await setParameters(stage, ids.agent, 'Save the Reply', (parameters) => {
			const columns = parameters.columns as { value: object };
			return { ...parameters, columns: { ...columns, value: { ...columns.value, busyUntil: '={{ $now }}' } } };
		});
		await api.publish(ids.agent);
		const fault = control.fault({ ...SEND, kind: 'status', status: 500, accepted: true, times: Infinity });
		await writes(stage, phone, 'Do you deliver?');
		const latest = async () => (await api.executions(ids.agent))[0];
		await expect.poll(async () => (await latest())?.status, { timeout: 60_000 }).toBe('error');
		const failed = await latest();
		fault.remove();
		await api.publish(ids.sweep);
		const swept = async () => (await api.executions(ids.agent)).find(({ id }) => Number(id) > Number(failed?.id));
		await expect.poll(async () => (await swept())?.status, { timeout: SWEEP_MS }).toBe('success');
		const { data } = await api.finished((await swept())?.id ?? '');
		expect(itemsOf(data, 'Send Reply')).toHaveLength(1);
		expect(itemsOf(data, 'AI Agent'), 'the model is not asked again').toEqual([]);
		const requests = control.requests(SEND).filter(({ body }) => JSON.stringify(body).includes(phone));
		expect(requests.length).toBeGreaterThan(1);
		expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size, 'keys').toBe(1);
		expect(new Set(requests.map(({ body }) => JSON.stringify(body))).size, 'bodies').toBe(1);
		expect(sent()).toHaveLength(1);
	});
});
