import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Deployment } from '../../support/deployment';
import { startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { type ChataloBench, credentialFor, startBench } from './bench';
import { chataloInbound } from './contracts/inbound';
import { DEVICE, PHONE } from './contracts/samples';

/** API reference: folder Webhook, Example Webhook Request. */
const inboundSample = (): IDataObject => structuredClone(chataloInbound[0]?.payload as IDataObject);

const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=do-not-show-this';

let bench: ChataloBench;
let host: TriggerHost;

beforeEach(async () => {
	bench = await startBench();
	host = await startTriggerHost(bench.engine);
});
afterEach(async () => {
	await host.close();
	await bench.close();
});

const deploy = (parameters: INodeParameters = {}): Deployment => host.deploy({ type: 'chataloTrigger', parameters });

const slot = () => bench.sandbox.control.webhook('chatalo');

/** The slot's address without its query. */
const slotPath = () => slot()?.split('?')[0];

const writes = () => bench.sandbox.control.requests().filter(({ path }) => /setWebhook|unsetWebhook/.test(path));

const incoming = async (
	event: Parameters<typeof bench.sandbox.control.incoming<'chatalo'>>[1] = 'text',
	options: Parameters<typeof bench.sandbox.control.incoming<'chatalo'>>[2] = {},
) => await bench.sandbox.control.incoming('chatalo', event, options);

const posted = async (wf: Deployment, body: unknown, query?: string) =>
	await fetch(query === undefined ? (slot() ?? '') : `${wf.productionUrl}${query}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

describe('registration', () => {
	it('is made, survives a restart without a call, and is removed', async () => {
		const wf = deploy();
		await wf.activate();
		expect(slotPath()).toBe(wf.productionUrl);
		expect(slot()).not.toContain(bench.device);

		const before = bench.sandbox.control.requests().length;
		wf.restart();
		expect(bench.sandbox.control.requests()).toHaveLength(before);
		await incoming();
		await wf.idle();
		expect(wf.executions).toHaveLength(1);

		expect(await wf.deactivate()).toEqual([]);
		expect(slot()).toBeNull();
	});

	it('publishing again leaves a registration that is right alone', async () => {
		const wf = deploy();
		await wf.activate();
		const registered = writes().length;
		await wf.activate();
		expect(writes()).toHaveLength(registered);
	});

	it('a changed key gets a new secret into the address when published again', async () => {
		const wf = deploy();
		await wf.activate();
		const old = slot() ?? '';
		bench.sandbox.control.setWebhook('chatalo', old.replace(/secret=[^&]+/, 'secret=of-the-old-key'));
		await wf.activate();
		expect(slot()).toBe(old);
	});

	it('a foreign address stops activation before anything is written, and is named without its secrets', async () => {
		bench.sandbox.control.setWebhook('chatalo', FOREIGN);
		const wf = deploy();
		// Publishing shows the message alone, so the remedy stands in it.
		await expect(wf.activate()).rejects.toThrow(
			/^This API key already sends its webhooks to https:\/\/crm\.example\.com\/hooks\/whatsapp\?…\. .*"Replace Existing Webhook"/,
		);
		expect(writes()).toHaveLength(0);
		expect(slot()).toBe(FOREIGN);
	});

	it('a foreign address that was replaced is put back on deactivation', async () => {
		bench.sandbox.control.setWebhook('chatalo', FOREIGN);
		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await wf.activate();
		expect(slotPath()).toBe(wf.productionUrl);
		wf.restart();
		await wf.deactivate();
		expect(slot()).toBe(FOREIGN);
	});

	it('an address that somebody else set meanwhile is not touched on deactivation', async () => {
		const wf = deploy();
		await wf.activate();
		bench.sandbox.control.setWebhook('chatalo', FOREIGN);
		await wf.deactivate();
		expect(slot()).toBe(FOREIGN);
	});

	it('a second workflow on the same key is told about the first', async () => {
		await deploy().activate();
		await expect(deploy().activate()).rejects.toThrow(/already sends its webhooks to/);
	});

	it('a provider that takes the address but does not store it is not believed', async () => {
		bench.sandbox.control.fault({
			kind: 'status',
			status: 200,
			path: '/setWebhook',
			body: { data: { url: 'ok' }, meta: { code: 200, message: 'OK' } },
			times: Infinity,
		});
		await expect(deploy().activate()).rejects.toThrow('Chatalo accepted the webhook but did not store it');
	});

	it('wrong keys are told in words', async () => {
		const wf = host.deploy({
			type: 'chataloTrigger',
			credentials: {
				chataloApi: { ...credentialFor(bench.sandbox.baseUrl('chatalo')), secretKey: 'not-the-right-key' },
			},
		});
		await expect(wf.activate()).rejects.toThrow('Chatalo did not accept the credential');
	});
});

describe('listening for a test event', () => {
	const takeOver = { options: { takeOverProduction: true } };

	it('on an inactive workflow: takes the free slot and empties it again', async () => {
		const wf = deploy();
		await wf.listen();
		expect(slotPath()).toBe(wf.testUrl);
		await incoming();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
		await wf.stopListening();
		expect(slot()).toBeNull();
	});

	it('on an active workflow: refused with the reason, production untouched', async () => {
		const wf = deploy();
		await wf.activate();
		const production = slot();
		await expect(wf.listen()).rejects.toThrow(/^This workflow is active.*"Take Over Production While Testing"/);
		expect(slot()).toBe(production);
	});

	it('with permission: borrows the slot and puts production back', async () => {
		const wf = deploy(takeOver);
		await wf.activate();
		const production = slot();
		await wf.listen();
		expect(slotPath()).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(production);
	});

	it('twice without stopping: puts production back all the same', async () => {
		const wf = deploy(takeOver);
		await wf.activate();
		const production = slot();
		await wf.listen();
		await wf.listen();
		await wf.stopListening();
		expect(slot()).toBe(production);
	});

	it('n8n killed while listening: publishing again, or listening and stopping, brings production back', async () => {
		const wf = deploy(takeOver);
		await wf.activate();
		const production = slot();
		for (const recover of [
			async () => {
				await wf.activate();
			},
			async () => {
				await wf.listen();
				await wf.stopListening();
			},
		]) {
			await wf.listen();
			wf.killWhileListening();
			wf.restart();
			expect(slotPath()).toBe(wf.testUrl);
			await recover();
			expect(slot()).toBe(production);
		}
	});

	it('a foreign address is borrowed only with permission, and put back', async () => {
		bench.sandbox.control.setWebhook('chatalo', FOREIGN);
		await expect(deploy().listen()).rejects.toThrow(/already sends its webhooks/);
		expect(slot()).toBe(FOREIGN);

		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await wf.listen();
		expect(slotPath()).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(FOREIGN);
	});

	it('deactivating while listening does not bring production back, but what stood before it', async () => {
		bench.sandbox.control.setWebhook('chatalo', FOREIGN);
		const wf = deploy({ options: { takeOverProduction: true, replaceExistingWebhook: true } });
		await wf.activate();
		await wf.listen();
		await wf.deactivate();
		expect(slotPath()).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(FOREIGN);
	});

	it('a forged call while listening starts nothing and leaves n8n listening', async () => {
		const wf = deploy();
		await wf.listen();
		const response = await fetch(wf.testUrl, { method: 'POST', body: '{}' });
		expect(response.status).toBe(401);
		expect(wf.executions).toHaveLength(0);
		expect(wf.isListening).toBe(true);
	});
});

describe('receiving', () => {
	it('one message, one execution, in the shape all providers share', async () => {
		const wf = deploy();
		await wf.activate();
		const response = await posted(wf, inboundSample());
		await wf.idle();

		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ message: 'ok' });
		expect(wf.executions).toHaveLength(1);
		expect(wf.executions[0]?.items).toEqual([
			{
				json: {
					event: 'message',
					provider: 'chatalo',
					id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
					timestamp: '2023-07-21T09:13:49.000Z',
					direction: 'incoming',
					device: DEVICE,
					chat: { id: PHONE, type: 'private' },
					sender: { id: PHONE, phone: PHONE, name: 'SENDER-NAME' },
					type: 'image',
					text: null,
					media: {
						mimeType: 'image/jpeg',
						url: null,
						reference: 'eyJpdiI6ImV3dGVzdCJ9',
						fileName: null,
						caption: null,
					},
					location: null,
					replyTo: null,
					raw: inboundSample(),
				},
			},
		]);
	});

	it('Raw gives the payload as it came', async () => {
		const wf = deploy({ output: 'raw' });
		await wf.activate();
		await posted(wf, inboundSample());
		await wf.idle();
		expect(wf.executions[0]?.items[0]?.json).toEqual(inboundSample());
	});

	it.each([
		['no secret', ''],
		['a wrong secret', '?secret=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
		['two secrets', '?secret=a&secret=b'],
	])('a forged call (%s) gets 401 and starts nothing', async (_name, query) => {
		const wf = deploy();
		await wf.activate();
		const response = await posted(wf, inboundSample(), query);
		await wf.idle();
		expect(response.status).toBe(401);
		expect(wf.executions).toHaveLength(0);
	});

	it.each<[string, unknown]>([
		['an empty object', {}],
		['a list', []],
		['no sender', { ...inboundSample(), sender: undefined }],
		['another provider', { event: 'messages.received', data: {} }],
	])('a payload of the wrong shape (%s) gets 400 and starts nothing', async (_name, body) => {
		const wf = deploy();
		await wf.activate();
		const response = await posted(wf, body);
		await wf.idle();
		expect(response.status).toBe(400);
		expect(wf.executions).toHaveLength(0);
	});

	it.each([false, true])('the same message three times (together: %s) starts one execution', async (parallel) => {
		const wf = deploy();
		await wf.activate();
		const { deliveries } = await incoming('text', { times: 3, parallel });
		await wf.idle();
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(wf.executions).toHaveLength(1);
	});

	it('what was seen is saved with the workflow, for the time after a restart', async () => {
		const wf = deploy();
		await wf.activate();
		await posted(wf, inboundSample());
		await wf.idle();
		expect(wf.savedStaticData['node:Chatalo Trigger']).toEqual({
			seenEvents: [wf.executions[0]?.items[0]?.json.id],
		});
	});

	it('two messages that differ in text alone start two', async () => {
		const wf = deploy();
		await wf.activate();
		await posted(wf, { ...inboundSample(), message: 'one' });
		await posted(wf, { ...inboundSample(), message: 'two' });
		await wf.idle();
		expect(wf.executions).toHaveLength(2);
	});
});

describe('filters', () => {
	const startedBy = async (parameters: INodeParameters, events: Array<Parameters<typeof incoming>>) => {
		const wf = deploy(parameters);
		await wf.activate();
		for (const [event, options] of events) await incoming(event, options);
		await wf.idle();
		return wf.executions.map(({ items }) => items[0]?.json as IDataObject);
	};

	it('own messages are dropped unless wanted', async () => {
		expect(await startedBy({}, [['own']])).toHaveLength(0);
		const [own] = await startedBy({ options: { includeOwn: true, replaceExistingWebhook: true } }, [['own']]);
		expect(own).toMatchObject({ direction: 'outgoing' });
	});

	it('by kind of message', async () => {
		const kinds = ['text', 'image', 'sticker', 'location', 'document', 'audio', 'video'] as const;
		const all = await startedBy(
			{},
			kinds.map((kind) => [kind]),
		);
		expect(all.map(({ type }) => type)).toEqual([...kinds]);
	});

	it('only the chosen kinds', async () => {
		const some = await startedBy({ events: ['location', 'sticker'] }, [
			['text'],
			['sticker'],
			['location'],
			['image'],
		]);
		expect(some.map(({ type }) => type)).toEqual(['sticker', 'location']);
	});

	it('by chat', async () => {
		const groups = await startedBy({ chats: 'group' }, [['text'], ['group']]);
		expect(groups.map(({ chat }) => (chat as IDataObject).type)).toEqual(['group']);
	});

	it('by device', async () => {
		expect(await startedBy({ devices: ['another-device'] }, [['text']])).toHaveLength(0);
	});

	it('by sender, however the number is written', async () => {
		const from = (number: string) => ({
			overrides: { sender: { name: 'A', number, in_group: false, group_id: null } },
		});
		const events = await startedBy({ options: { senders: '+62 812-3456-7890' } }, [
			['text', from('6281234567890')],
			['text', from('6281234567891')],
		]);
		expect(events).toHaveLength(1);
	});
});

describe('media', () => {
	it('is fetched into binary on request, after the provider got its answer', async () => {
		const wf = deploy({ options: { downloadMedia: true, binaryPropertyName: 'photo' } });
		await wf.activate();
		bench.sandbox.control.fault({ kind: 'latency', ms: 2000, path: '/messages/download', when: 'before' });
		const { deliveries } = await incoming('image');
		expect(deliveries[0]?.ms).toBeLessThan(1500);
		await new Promise((resolve) => setTimeout(resolve, 2600));
		await wf.idle();

		const item = wf.executions[0]?.items[0];
		expect(item?.binary?.photo).toMatchObject({ mimeType: expect.stringMatching(/^image\//) as string });
		expect((await bench.engine.binaryBuffer(item, 'photo')).length).toBeGreaterThan(50);
	});

	it('that cannot be fetched does not hold the message back', async () => {
		const wf = deploy({ options: { downloadMedia: true } });
		await wf.activate();
		bench.sandbox.control.fault({ kind: 'status', status: 400, path: '/messages/download' });
		await incoming('image');
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();

		const item = wf.executions[0]?.items[0];
		expect(item?.binary).toBeUndefined();
		expect(item?.json.mediaError).toMatch(/^Chatalo refused the request/);
	});
});
