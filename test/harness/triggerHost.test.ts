import type { INode } from 'n8n-workflow';

import { createEngine, type Engine } from '../support/engine';
import { type Deployment, startTriggerHost, type TriggerHost } from '../support/triggerHost';
import { echo } from './dummyNodes';
import { DummyTrigger } from './dummyTrigger';

const post = async (url: string, body: unknown, contentType = 'application/json') =>
	await fetch(url, {
		method: 'POST',
		headers: { 'content-type': contentType },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});

const calls = (wf: Deployment) => wf.lifecycle.map(({ method, mode, activation }) => `${method} ${mode} ${activation}`);

describe('trigger host', () => {
	let engine: Engine;
	let host: TriggerHost;
	let wf: Deployment;

	beforeEach(async () => {
		DummyTrigger.reset();
		engine = createEngine({ nodes: { dummyTrigger: DummyTrigger, echo } });
		host = await startTriggerHost(engine);
		wf = host.deploy({ type: 'dummyTrigger', parameters: { label: 'mine' }, webhookId: 'wh-1' });
	});
	afterEach(async () => {
		await host.close();
		await engine.close();
	});

	describe('publishing', () => {
		it('calls checkExists and create, and saves what create wrote', async () => {
			await wf.activate();

			expect(calls(wf)).toEqual(['checkExists trigger activate', 'create trigger activate']);
			expect(DummyTrigger.slot).toBe(`${host.url}/webhook/wh-1/webhook`);
			expect(wf.productionUrl).toBe(DummyTrigger.slot);
			expect(wf.savedStaticData).toEqual({ 'node:Dummy Trigger': { replaced: 'nothing', tries: 1 } });
		});

		it('skips create when checkExists says yes', async () => {
			DummyTrigger.exists = true;
			await wf.activate();

			expect(calls(wf)).toEqual(['checkExists trigger activate']);
		});

		it('tries a failing create again after delete, with the same static data', async () => {
			DummyTrigger.failures = 2;
			await wf.activate();

			const round = ['checkExists trigger activate', 'create trigger activate'];
			const clean = 'delete internal update';
			expect(calls(wf)).toEqual([...round, clean, ...round, clean, ...round]);
			expect(DummyTrigger.deleted.map(({ tries }) => tries)).toEqual([1, 2]);
			expect((await post(wf.productionUrl, {})).status).toBe(200);
		});

		it('gives up after five tries with the error of create', async () => {
			DummyTrigger.failures = 9;

			await expect(wf.activate()).rejects.toThrow('The provider is down');
			expect(calls(wf).filter((call) => call.startsWith('create'))).toHaveLength(5);
			expect((await post(wf.productionUrl, {})).status).toBe(404);
		});

		it('calls delete with the saved static data when unpublished', async () => {
			await wf.activate();
			expect(await wf.deactivate()).toEqual([]);

			expect(calls(wf).at(-1)).toBe('delete internal update');
			expect(DummyTrigger.deleted).toEqual([{ replaced: 'nothing', tries: 1 }]);
			expect((await post(wf.productionUrl, {})).status).toBe(404);
		});

		it('calls nothing when n8n restarts', async () => {
			await wf.activate();
			host.restart();

			expect(calls(wf)).toHaveLength(2);
			expect((await post(wf.productionUrl, {})).status).toBe(200);
		});
	});

	describe('listening for a test event', () => {
		it('registers the test URL with a copy of static data that is never saved', async () => {
			await wf.listen();

			expect(calls(wf)).toEqual(['checkExists manual manual', 'create manual manual']);
			expect(DummyTrigger.slot).toBe(`${host.url}/webhook-test/wh-1/webhook`);
			expect(wf.testUrl).toBe(DummyTrigger.slot);
			await wf.stopListening();
			expect(DummyTrigger.deleted).toEqual([{ replaced: 'nothing', tries: 1 }]);
			expect(wf.savedStaticData).toEqual({});
		});

		it('ends with the first event', async () => {
			await wf.listen();
			const answer = await post(wf.testUrl, { text: 'hi' });
			await wf.idle();

			expect(answer.status).toBe(200);
			expect(wf.executions).toMatchObject([{ mode: 'manual', items: [{ json: { text: 'hi', label: 'mine' } }] }]);
			expect(calls(wf).at(-1)).toBe('delete internal update');
			expect(wf.savedStaticData).toEqual({});
			expect((await post(wf.testUrl, {})).status).toBe(404);
		});

		it('goes on listening after a call that starts nothing', async () => {
			await wf.listen();
			expect((await post(wf.testUrl, { ignore: true })).status).toBe(200);
			await wf.idle();

			expect(wf.isListening).toBe(true);
			expect(wf.executions).toEqual([]);
			await wf.stopListening();
		});

		it('gives delete empty data when create was skipped', async () => {
			await wf.listen();
			DummyTrigger.exists = true;
			await wf.listen();
			await wf.stopListening();

			expect(calls(wf).slice(2)).toEqual(['checkExists manual manual', 'delete internal update']);
			expect(DummyTrigger.deleted).toEqual([{}]);
		});

		it('leaves the test URL in the slot when n8n dies', async () => {
			await wf.listen();
			wf.killWhileListening();

			expect(calls(wf)).toHaveLength(2);
			expect(DummyTrigger.slot).toBe(wf.testUrl);
			expect((await post(wf.testUrl, {})).status).toBe(404);
		});

		it('calls delete when create throws, and does not try again', async () => {
			DummyTrigger.failures = 1;

			await expect(wf.listen()).rejects.toThrow('The provider is down');
			expect(calls(wf)).toEqual(['checkExists manual manual', 'create manual manual', 'delete internal update']);
			expect(wf.isListening).toBe(false);
		});
	});

	describe('calls', () => {
		beforeEach(async () => await wf.activate());

		it('starts an execution; as in n8n, static data that was written before is not saved', async () => {
			const answer = await post(wf.productionUrl, { text: 'hi' });
			await wf.idle();

			// A webhook description without `responseData` makes n8n answer with the name of its default.
			expect([answer.status, await answer.text()]).toEqual([200, 'firstEntryJson']);
			expect(wf.executions).toMatchObject([
				{ mode: 'webhook', items: [{ json: { text: 'hi', label: 'mine', raw: 13, calls: 1 } }] },
			]);
			expect(wf.executions[0]?.error).toBeUndefined();
			const saved = structuredClone(wf.savedStaticData);
			await post(wf.productionUrl, { text: 'hi' });
			expect(wf.savedStaticData).toEqual(saved);
		});

		it('answers 422 to broken JSON and starts nothing', async () => {
			const answer = await post(wf.productionUrl, '{"text": ');

			expect(answer.status).toBe(422);
			expect(await answer.json()).toMatchObject({ code: 422, message: 'Failed to parse request body' });
			expect(wf.executions).toEqual([]);
		});

		it('counts a throw in webhook() as a failed execution and keeps the reason to itself', async () => {
			const answer = await post(wf.productionUrl, { throw: true });
			await wf.idle();

			expect(answer.status).toBe(500);
			expect(await answer.json()).toEqual({
				code: 0,
				message: 'Workflow Webhook Error: Workflow could not be started!',
			});
			expect(wf.executions).toMatchObject([{ mode: 'webhook', items: [], error: { message: 'Broken handler' } }]);
			expect((await wf.executions[0]?.finished)?.status).toBe('error');
		});

		it('answers 200 and starts nothing when webhook() returns no data', async () => {
			const answer = await post(wf.productionUrl, { ignore: true });

			expect([answer.status, await answer.json()]).toEqual([200, { message: 'Webhook call received' }]);
			expect(wf.executions).toEqual([]);
		});

		it('lets the node refuse a call', async () => {
			const answer = await post(wf.productionUrl, { refuse: true });

			expect([answer.status, await answer.json()]).toEqual([401, { message: 'Forged' }]);
			expect(wf.executions).toEqual([]);
		});

		it('lets the node answer first and run afterwards', async () => {
			const answer = await post(wf.productionUrl, { selfAnswered: true });
			await wf.idle();

			expect([answer.status, await answer.text()]).toEqual([202, 'thanks']);
			expect(wf.executions).toHaveLength(1);
		});

		it('answers 404 to another method and to an unknown path', async () => {
			const get = await fetch(wf.productionUrl);
			expect(get.status).toBe(404);
			expect(((await get.json()) as { message: string }).message).toContain('make a POST request');
			expect((await post(`${host.url}/webhook/nobody`, {})).status).toBe(404);
		});

		it('parses forms and keeps text as text', async () => {
			await post(wf.productionUrl, 'text=hi&from=x', 'application/x-www-form-urlencoded');
			expect(wf.executions[0]?.items[0]?.json).toMatchObject({ text: 'hi', from: 'x' });
		});
	});

	it('runs the rest of the workflow, with paired items', async () => {
		const node = (name: string, type: string, parameters = {}): INode => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters,
		});
		const reply = host.deploy({
			workflow: {
				nodes: [
					node('When', 'n8n-nodes-whatsapp-gateways.dummyTrigger'),
					node('Reply', 'n8n-nodes-whatsapp-gateways.echo', { value: '=Re: {{ $("When").item.json.text }}' }),
				],
				connections: { When: { main: [[{ node: 'Reply', type: 'main', index: 0 }]] } },
			},
		});
		await reply.activate();
		await post(reply.productionUrl, { text: 'hi' });

		const result = await reply.executions[0]?.finished;
		expect(result?.error).toBeUndefined();
		expect(result?.outputs('Reply')[0]?.[0]?.json).toEqual({ value: 'Re: hi' });
	});
});
