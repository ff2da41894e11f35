import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type EventOf, type IncomingOptions, whacenterAccount } from '../../../sandbox';
import { startScriptedServer } from '../../support/scriptedServer';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { type Bench, credentialFor, startBench } from './bench';
import { whacenterInbound } from './contracts/inbound';

/** API reference: Webhook. */
const inboundSample = (): IDataObject => structuredClone(whacenterInbound[0]?.payload as IDataObject);

const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=do-not-show-this';
const { connected } = whacenterAccount.devices;

let bench: Bench;
let host: TriggerHost;

beforeEach(async () => {
	bench = await startBench();
	host = await startTriggerHost(bench.engine);
});
afterEach(async () => {
	await host.close();
	await bench.close();
});

const deploy = (parameters: INodeParameters = {}): Deployment => host.deploy({ type: 'whacenterTrigger', parameters });
const slot = () => bench.sandbox.control.webhook('whacenter');
const slotPath = () => slot()?.split('?')[0];
const writes = () => bench.sandbox.control.requests({ path: '/setWebhook' });

const incoming = async (event: EventOf<'whacenter'> = 'text', options: IncomingOptions = {}) =>
	await bench.sandbox.control.incoming('whacenter', event, options);

const posted = async (wf: Deployment, body: unknown, query?: string) =>
	await fetch(query === undefined ? (slot() ?? '') : `${wf.productionUrl}${query}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

/** The items of the executions that a published workflow makes of events. */
const startedBy = async (parameters: INodeParameters, events: Array<Parameters<typeof incoming>>) => {
	const wf = deploy(parameters);
	await wf.activate();
	for (const [event, options] of events) await incoming(event, options);
	await wf.idle();
	return wf.executions.map(({ items }) => items[0]?.json as IDataObject);
};

describe('registration', () => {
	it('is made by GET, read back, survives a restart without a call, and is removed', async () => {
		const wf = deploy();
		await wf.activate();
		expect(slotPath()).toBe(wf.productionUrl);
		expect(slot()).not.toContain(connected);
		expect(writes().map(({ method }) => method)).toEqual(['GET']);
		expect(bench.sandbox.control.requests().at(-1)?.path).toBe('/getWebhook');

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

	it('a foreign address stops activation before anything is written, and is named without its secrets', async () => {
		bench.sandbox.control.setWebhook('whacenter', FOREIGN);
		const error = (await deploy()
			.activate()
			.catch((caught: unknown) => caught)) as Error;
		expect(error.message).toMatch(
			/^This device already sends its webhooks to https:\/\/crm\.example\.com\/hooks\/whatsapp\?…/,
		);
		expect(JSON.stringify({ ...error, message: error.message, node: undefined })).toMatch(
			/Replace Existing Webhook/,
		);
		expect(error.message).not.toContain('do-not-show-this');
		expect(writes()).toHaveLength(0);
		expect(slot()).toBe(FOREIGN);
	});

	it('a foreign address that was replaced is put back on deactivation', async () => {
		bench.sandbox.control.setWebhook('whacenter', FOREIGN);
		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await wf.activate();
		expect(slotPath()).toBe(wf.productionUrl);
		wf.restart();
		await wf.deactivate();
		expect(slot()).toBe(FOREIGN);
	});

	it('a provider that says yes and stores nothing is not believed', async () => {
		const body = { status: true, message: 'success set webhook', data: [] };
		bench.sandbox.control.fault({ kind: 'status', status: 200, path: '/setWebhook', body, times: Infinity });
		await expect(deploy().activate()).rejects.toThrow('Whacenter accepted the webhook but did not store it');
	});

	it('a provider that keeps the old address while it says yes is not believed either', async () => {
		bench.sandbox.control.setWebhook('whacenter', FOREIGN);
		const body = { status: true, message: 'success set webhook', data: [] };
		bench.sandbox.control.fault({ kind: 'status', status: 200, path: '/setWebhook', body, times: Infinity });
		const wf = deploy({ options: { replaceExistingWebhook: true } });
		await expect(wf.activate()).rejects.toThrow('Whacenter accepted the webhook but did not store it');
		expect(slot()).toBe(FOREIGN);
	});

	it('a wrong device id is told in words, and not shown', async () => {
		const deviceId = 'not-the-right-device';
		const wf = host.deploy({
			type: 'whacenterTrigger',
			credentials: { whacenterApi: { ...credentialFor(bench.sandbox.baseUrl('whacenter')), deviceId } },
		});
		const error = (await wf.activate().catch((caught: unknown) => caught)) as Error;
		expect(error.message).toContain('device not connected or not found');
		expect(JSON.stringify({ ...error, node: undefined })).not.toContain(deviceId);
	});

	it('two devices have a slot each', async () => {
		const other = whacenterAccount.devices.waiting;
		const wf = deploy();
		await wf.activate();
		const second = host.deploy({
			type: 'whacenterTrigger',
			credentials: { whacenterApi: { ...credentialFor(bench.sandbox.baseUrl('whacenter')), deviceId: other } },
		});
		await second.activate();
		expect(slotPath()).toBe(wf.productionUrl);
		expect(bench.sandbox.control.webhook('whacenter', other)?.split('?')[0]).toBe(second.productionUrl);
	});
});

describe('listening for a test event', () => {
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
		await expect(wf.listen()).rejects.toThrow(/This workflow is active/);
		expect(slot()).toBe(production);
	});

	it('with permission, also twice: borrows the slot and puts production back', async () => {
		const wf = deploy({ options: { takeOverProduction: true } });
		await wf.activate();
		const production = slot();
		await wf.listen();
		await wf.listen();
		expect(slotPath()).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(production);
	});
});

describe('receiving', () => {
	const shape = {
		event: 'message',
		provider: 'whacenter',
		id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
		direction: 'incoming',
		location: null,
		replyTo: null,
	};

	it('the five fields of the collection, in the shape all providers share', async () => {
		const wf = deploy();
		await wf.activate();
		const response = await posted(wf, inboundSample());
		await wf.idle();

		expect(response.status).toBe(200);
		expect(wf.executions).toHaveLength(1);
		expect(wf.executions[0]?.items).toEqual([
			{
				json: {
					...shape,
					// 11:49:50 in UTC+7
					timestamp: '2021-10-10T04:49:50.000Z',
					device: '6285156108635',
					chat: { id: '6285603051722', type: 'private' },
					sender: { id: '6285603051722', phone: '6285603051722', name: null },
					type: 'image',
					text: 'help',
					media: {
						mimeType: 'image/jpeg',
						url: 'https://app.whacenter.com/media/bird.jpg',
						reference: null,
						fileName: 'bird.jpg',
						caption: 'help',
					},
					raw: inboundSample(),
				},
			},
		]);
	});

	it('the observed fields', async () => {
		const [event] = await startedBy({}, [
			['text', { overrides: { message: 'Halo', timestamp: '2035-01-01 00:30:00' } }],
		]);
		expect(event).toMatchObject({
			...shape,
			timestamp: '2034-12-31T17:30:00.000Z',
			device: '6285170000011',
			chat: { id: '6281200000001', type: 'private' },
			sender: { id: '6281200000001', phone: '6281200000001', name: 'Ahmad' },
			type: 'text',
			text: 'Halo',
			media: null,
			raw: { source: 'WHACENTER', pushName: 'Ahmad' },
		});
	});

	it('the same as a form', async () => {
		bench.sandbox.control.configure('whacenter', { webhookBody: 'form' });
		const overrides = { message: 'Halo & selamat', timestamp: '2035-01-01 00:30:00' };
		const [event, group] = await startedBy({}, [
			['text', { overrides }],
			['group', { overrides }],
		]);
		expect(event).toMatchObject({
			...shape,
			timestamp: '2034-12-31T17:30:00.000Z',
			chat: { type: 'private' },
			sender: { phone: '6281200000001', name: 'Ahmad' },
			type: 'text',
			text: 'Halo & selamat',
			media: null,
		});
		expect(group).toMatchObject({ chat: { type: 'group' } });
	});

	it('a number longer than phone numbers are is a LID', async () => {
		const [event] = await startedBy({}, [['lid']]);
		const id = expect.stringMatching(/^203948576102938(@lid)?$/) as string;
		expect(event).toMatchObject({ chat: { type: 'private' }, sender: { id, phone: null } });
	});

	it('a phone number of 14 digits, as Indonesia has them, is a phone number', async () => {
		const [event] = await startedBy({}, [['text', { overrides: { from: '62895413591234' } }]]);
		expect(event).toMatchObject({
			chat: { id: '62895413591234', type: 'private' },
			sender: { phone: '62895413591234' },
		});
	});

	it.each<[EventOf<'whacenter'>, string, unknown, IDataObject]>([
		['image', 'image', 'https://example.com/a/photo.jpg?x=1', { mimeType: 'image/jpeg', fileName: 'photo.jpg' }],
		[
			'document',
			'document',
			'https://example.com/a/invoice.pdf',
			{ mimeType: 'application/pdf', fileName: 'invoice.pdf' },
		],
		['mediaObject', 'image', undefined, { mimeType: 'image/png', fileName: 'photo.png' }],
	])('a file (%s) with its address', async (kind, type, media, expected) => {
		const url = expect.stringMatching(/^http/) as string;
		const [event] = await startedBy({}, [[kind, media === undefined ? {} : { overrides: { media } }]]);
		expect(event).toMatchObject({ type, media: { url, ...expected } });
	});

	it('is fetched into binary on request', async () => {
		const wf = deploy({ options: { downloadMedia: true, binaryPropertyName: 'photo' } });
		await wf.activate();
		await incoming('image');
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();
		const item = wf.executions[0]?.items[0];
		expect(item?.json.mediaError).toBeUndefined();
		expect((await bench.engine.binaryBuffer(item, 'photo')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
	});

	it('is not fetched from the inside of the network, and the message is not held back', async () => {
		const inside = await startScriptedServer({
			headers: { 'content-type': 'image/png' },
			body: Buffer.from('89504e470d0a1a0a', 'hex'),
		});
		try {
			const wf = deploy({ options: { downloadMedia: true } });
			await wf.activate();
			await incoming('image', { overrides: { media: `${inside.url}/photo.png` } });
			await new Promise((resolve) => setTimeout(resolve, 300));
			await wf.idle();
			expect(inside.requests).toHaveLength(0);
			expect(wf.executions[0]?.items[0]?.json).toMatchObject({
				type: 'image',
				mediaError: expect.any(String) as string,
			});
			expect(wf.executions[0]?.items[0]?.binary).toBeUndefined();
		} finally {
			await inside.close();
		}
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
		['no sender', { ...inboundSample(), from: undefined }],
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
	it.each([{ is_from_me: true }, { isFromMe: true }, { isFromMe: 'true' }, { isFromMe: 1 }])(
		'own messages (%j) are dropped unless wanted',
		async (overrides) => {
			expect(await startedBy({}, [['text', { overrides }]])).toHaveLength(0);
			const options = { includeOwn: true, replaceExistingWebhook: true };
			const [own] = await startedBy({ options }, [['text', { overrides }]]);
			expect(own).toMatchObject({ direction: 'outgoing' });
		},
	);

	it.each([{}, { is_group: undefined, isGroup: true }])('by chat (%j)', async (overrides) => {
		const groups = await startedBy({ chats: 'group' }, [['text'], ['group', { overrides }]]);
		expect(groups.map(({ chat }) => (chat as IDataObject).type)).toEqual(['group']);
	});

	it('by sender, however the number is written', async () => {
		const from = (number: string) => ({ overrides: { from: number } });
		const events = await startedBy({ options: { senders: '+62 812-3456-7890' } }, [
			['text', from('6281234567890')],
			['text', from('6281234567891')],
		]);
		expect(events).toHaveLength(1);
	});
});
