import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { balesOtomatisAccount, type EventOf, type IncomingOptions } from '../../../sandbox';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { balesOtomatis, type Bench, startBench } from './bench';

const { numbers, groups, sender } = balesOtomatisAccount;

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

const incoming = async (event: EventOf<'balesOtomatis'> = 'text', options: IncomingOptions = {}) =>
	await bench.sandbox.control.incoming('balesOtomatis', event, options);

/** A published workflow whose address somebody pasted into the dashboard. */
const published = async (parameters: INodeParameters = {}, device?: string): Promise<Deployment> => {
	const wf = host.deploy({ type: 'balesOtomatisTrigger', parameters });
	await wf.activate();
	bench.sandbox.control.setWebhook('balesOtomatis', wf.productionUrl, device);
	return wf;
};
const startedBy = async (parameters: INodeParameters, events: Array<Parameters<typeof incoming>>) => {
	const wf = await published(parameters);
	for (const [event, options] of events) await incoming(event, options);
	await wf.idle();
	return wf.executions.map(({ items }) => items[0]?.json as IDataObject);
};
const post = async (wf: Deployment, body: unknown, headers: Record<string, string> = {}) =>
	await fetch(wf.productionUrl, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});

describe('there is no API to register with', () => {
	it('publishing, listening and unpublishing ask the provider for nothing', async () => {
		const wf = host.deploy({ type: 'balesOtomatisTrigger' });
		await wf.activate();
		await wf.listen();
		await wf.stopListening();
		expect(await wf.deactivate()).toEqual([]);
		expect(bench.sandbox.control.requests()).toEqual([]);
	});

	it('the panel says where to paste the address, and which event to choose', () => {
		const node = bench.engine.nodeTypes.getByNameAndVersion(balesOtomatis.name + 'Trigger', 1);
		const notice = node.description.properties.find(({ type }) => type === 'notice')?.displayName ?? '';
		expect(notice).toMatch(/Integration/);
		expect(notice).toMatch(/incoming_chat/);
		expect(notice).toMatch(/Production URL/);
		expect(node.description.webhooks).toMatchObject([{ httpMethod: 'POST', responseMode: 'onReceived' }]);
	});

	it('a test event comes to the test address', async () => {
		const wf = host.deploy({ type: 'balesOtomatisTrigger' });
		await wf.listen();
		bench.sandbox.control.setWebhook('balesOtomatis', wf.testUrl);
		await incoming();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
	});
});

describe('receiving', () => {
	it('one message, one execution, in the shape all providers share', async () => {
		const wf = await published();
		const { bodies, deliveries } = await incoming('text', {
			overrides: { data: { message_body: 'Halo', message_id: 'false_62@c.us_3EB0' } },
		});
		await wf.idle();
		expect(deliveries.map(({ status }) => status)).toEqual([200]);
		expect(wf.executions).toHaveLength(1);
		expect(wf.executions[0]?.items).toEqual([
			{
				json: {
					event: 'message',
					provider: 'balesOtomatis',
					id: 'false_62@c.us_3EB0',
					timestamp: null,
					direction: 'incoming',
					device: numbers.connected,
					chat: { id: `${sender.number}@c.us`, type: 'private' },
					sender: { id: `${sender.number}@c.us`, phone: sender.number, name: sender.name },
					type: 'text',
					text: 'Halo',
					media: null,
					location: null,
					replyTo: null,
					raw: JSON.parse(bodies[0] ?? '') as IDataObject,
				},
			},
		]);
	});

	it.each<[EventOf<'balesOtomatis'>, IDataObject]>([
		[
			'image',
			{
				type: 'image',
				text: null,
				media: { mimeType: 'image/jpeg', fileName: 'photo.jpg', url: null, reference: null, caption: null },
			},
		],
		[
			'document',
			{
				type: 'document',
				media: {
					mimeType: 'application/pdf',
					fileName: 'invoice.pdf',
					url: null,
					reference: null,
					caption: null,
				},
			},
		],
		['group', { type: 'text', chat: { id: `${groups.first}@g.us`, type: 'group' }, sender: { phone: null } }],
	])('%s', async (event, expected) => {
		expect(await startedBy({}, [[event]])).toMatchObject([expected]);
	});

	it('a caption stands with its file', async () => {
		const [event] = await startedBy({}, [['image', { overrides: { data: { message_body: 'Look' } } }]]);
		expect(event).toMatchObject({ type: 'image', text: 'Look', media: { caption: 'Look' } });
	});

	it('what the webhook calls `id` is the id as well', async () => {
		const [event] = await startedBy({}, [['text', { overrides: { data: { message_id: undefined, id: 'ABC' } } }]]);
		expect(event?.id).toBe('ABC');
	});

	it('an event of another type passes with what it holds', async () => {
		const [event] = await startedBy({}, [['unknown']]);
		expect(event).toMatchObject({
			event: 'unknown',
			type: 'unknown',
			device: numbers.connected,
			raw: { type: 'message_status', data: { status: 'read' } },
		});
	});

	it('Raw gives the payload as it came', async () => {
		const wf = await published({ output: 'raw' });
		const { bodies } = await incoming();
		await wf.idle();
		expect(wf.executions[0]?.items[0]?.json).toEqual(JSON.parse(bodies[0] ?? ''));
	});

	it.each([false, true])('the same message three times (together: %s) starts one execution', async (parallel) => {
		const wf = await published();
		const { deliveries } = await incoming('text', { times: 3, parallel });
		await wf.idle();
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(wf.executions).toHaveLength(1);
	});

	it.each<[string, unknown]>([
		['nothing', ''],
		['an empty object', {}],
		['a list', []],
	])('%s gets 400 and starts nothing', async (_name, body) => {
		const wf = await published();
		const response = await post(wf, body);
		await wf.idle();
		expect(response.status).toBe(400);
		expect(wf.executions).toHaveLength(0);
	});
});

describe("a secret of one's own in the pasted address", () => {
	it('is asked for once it is chosen', async () => {
		const wf = await published({ options: { secret: 'a-secret-of-my-own' } });
		const statuses: number[] = [];
		for (const query of ['', '?secret=another', '?secret=a-secret-of-my-own']) {
			bench.sandbox.control.setWebhook('balesOtomatis', wf.productionUrl + query);
			const { deliveries } = await incoming();
			statuses.push(...deliveries.map(({ status }) => status ?? 0));
		}
		await wf.idle();
		expect(statuses).toEqual([401, 401, 200]);
		expect(wf.executions).toHaveLength(1);
	});
});

describe('filters', () => {
	it.each([{}, { is_from_me: 'true' }, { is_from_me: 1 }])(
		'own messages (%j) are dropped unless wanted',
		async (changes) => {
			const event: Parameters<typeof incoming> = ['own', { overrides: { data: changes } }];
			expect(await startedBy({}, [event])).toHaveLength(0);
			expect(await startedBy({ options: { includeOwn: true } }, [event])).toMatchObject([
				{ direction: 'outgoing' },
			]);
		},
	);

	it('the header must name one of the chosen numbers, if any is chosen', async () => {
		expect(await startedBy({ devices: [numbers.connected] }, [['text']])).toHaveLength(1);
		expect(await startedBy({ devices: [numbers.disconnected] }, [['text'], ['unknown']])).toHaveLength(0);
	});

	it('a call without the header does not pass for a chosen number', async () => {
		const wf = await published({ devices: [numbers.connected] });
		const { bodies } = await bench.sandbox.control.incoming('balesOtomatis', 'own');
		const body = (bodies[0] ?? '').replace('"is_from_me":true', '"is_from_me":false');
		await post(wf, body);
		await post(wf, body, { 'bls-oto-numberid': numbers.disconnected });
		await wf.idle();
		expect(wf.executions).toHaveLength(0);
		await post(wf, body, { 'BLS-OTO-NUMBERID': numbers.connected });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
	});

	it('by chat, kind and sender', async () => {
		expect(await startedBy({ chats: 'private' }, [['text'], ['group']])).toHaveLength(1);
		expect(await startedBy({ chats: 'group' }, [['text'], ['group']])).toHaveLength(1);
		expect(await startedBy({ events: ['image'] }, [['text'], ['image'], ['unknown']])).toMatchObject([
			{ type: 'image' },
		]);
		const options = { senders: `+${sender.number.slice(0, 2)} ${sender.number.slice(2)}` };
		expect(
			await startedBy({ options }, [
				['text'],
				['text', { overrides: { data: { chat_id: '6281299999999@c.us' } } }],
			]),
		).toHaveLength(1);
	});
});
