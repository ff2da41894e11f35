import type { IDataObject } from 'n8n-workflow';
import { balesOtomatisTrigger } from '../../../nodes/BalesOtomatis/balesotomatis.trigger';
import { balesOtomatisAccount, type EventOf } from '../../../sandbox';
import { post, useTriggerBench } from '../../support/tables/trigger/bench';
import { describeFilters } from '../../support/tables/trigger/filters';
import { describePayloads } from '../../support/tables/trigger/payloads';
import {
	describeForged,
	describeReceiving,
	describeRedelivery,
	type ReceivingTable,
} from '../../support/tables/trigger/receiving';
import { balesOtomatis } from './bench';
import { NUMBER, payloads, text } from './payloads';

const { numbers, groups, sender } = balesOtomatisAccount;

const trigger = useTriggerBench('balesOtomatis', balesOtomatis, { isWrite: () => true, isPasted: true });
const { deploy, publish, incoming, startedBy, control } = trigger;

describe('there is no API to register with', () => {
	it('publishing, listening and unpublishing send the provider nothing', async () => {
		const wf = deploy();
		await wf.activate();
		await wf.listen();
		await wf.stopListening();
		expect(await wf.deactivate()).toEqual([]);
		expect(control().requests()).toEqual([]);
	});

	it('the panel says where to paste the address, and which event to choose', () => {
		const node = trigger.bench().engine.nodeTypes.getByNameAndVersion(`${balesOtomatis.name}Trigger`, 1);
		const notice = node.description.properties.find(({ type }) => type === 'notice')?.displayName ?? '';
		expect(notice).toMatch(/Integration/);
		expect(notice).toMatch(/incoming_chat/);
		expect(notice).toMatch(/Production URL/);
		expect(node.description.webhooks).toMatchObject([{ httpMethod: 'POST', responseMode: 'onReceived' }]);
	});

	it('a test event comes to the test address', async () => {
		const wf = deploy();
		await wf.listen();
		trigger.setSlot(wf.testUrl);
		await incoming();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
	});
});

/** A message as receivers saw it. */
const message = (changes: IDataObject = {}): IDataObject => ({
	type: 'incoming_chat',
	data: {
		chat_id: `${sender.number}@c.us`,
		message_body: 'Halo',
		name: sender.name,
		is_from_me: false,
		has_media: false,
		message_id: 'false_62@c.us_3EB0',
		...changes,
	},
});

const receiving: ReceivingTable = {
	address: ({ productionUrl }) => productionUrl,
	headers: () => ({ 'bls-oto-numberid': numbers.connected }),
	sample: message,
	event: {
		event: 'message',
		provider: 'balesOtomatis',
		id: 'false_62@c.us_3EB0',
		timestamp: null,
		direction: 'incoming',
		device: numbers.connected,
		chat: {
			id: `${sender.number}@c.us`,
			type: 'private',
			phone: sender.number,
			address: `${sender.number}@s.whatsapp.net`,
		},
		sender: { id: `${sender.number}@c.us`, phone: sender.number, name: sender.name, isMe: false },
		type: 'text',
		text: 'Halo',
		media: null,
		location: null,
		replyTo: null,
		messageId: 'false_62@c.us_3EB0',
		channel: 'whatsapp',
		whatsAppId: '3EB0',
	},
	others: [
		['its id', message({ message_id: 'false_62@c.us_3EB1' })],
		// Without an id, the whole payload identifies a message.
		['its text and has no id', message({ message_id: undefined, message_body: 'another' })],
	],
};
describeReceiving(trigger, receiving);
describeRedelivery(trigger, receiving);
describePayloads(trigger, {
	gateway: balesOtomatisTrigger,
	headers: { 'bls-oto-numberid': NUMBER },
	address: ({ productionUrl }) => productionUrl,
	rows: payloads,
	sample: text,
	text: 'Halo',
	identity: [],
	// A call of another type is no message, and one without its data has none.
	content: ['type', 'data.message_body'],
});

const SECRET = 'a-secret-of-my-own';

describeForged(trigger, {
	...receiving,
	parameters: { options: { secret: SECRET } },
	address: ({ productionUrl }) => `${productionUrl}?secret=${SECRET}`,
});

describe("a secret of one's own in the pasted address", () => {
	it('is needed once it is chosen', async () => {
		const wf = await publish({ options: { secret: 'a-secret-of-my-own' } });
		const statuses: number[] = [];
		for (const query of ['', '?secret=another', '?secret=a-secret-of-my-own']) {
			trigger.setSlot(wf.productionUrl + query);
			const { deliveries } = await incoming();
			statuses.push(...deliveries.map(({ status }) => status ?? 0));
		}
		await wf.idle();
		expect(statuses).toEqual([401, 401, 200]);
		expect(wf.executions).toHaveLength(1);
	});
});

describe('messages of BalesOtomatis', () => {
	it('a message of the sandbox starts one execution, in the shape all providers share', async () => {
		const wf = await publish({ output: 'simplifiedAndRaw' });
		const { bodies, deliveries } = await incoming('text', {
			overrides: { data: { message_body: 'Halo', message_id: 'false_62@c.us_3EB0' } },
		});
		await wf.idle();
		expect(deliveries.map(({ status }) => status)).toEqual([200]);
		expect(wf.executions).toHaveLength(1);
		const raw = JSON.parse(bodies[0] ?? '') as IDataObject;
		const receivedAt: unknown = expect.any(String);
		expect(wf.executions[0]?.items).toEqual([{ json: { ...receiving.event, receivedAt, raw } }]);
	});

	it('a message of the sandbox comes as it is with the output Raw', async () => {
		const wf = await publish({ output: 'raw' });
		const { bodies } = await incoming();
		await wf.idle();
		expect(wf.executions[0]?.items[0]?.json).toEqual(JSON.parse(bodies[0] ?? ''));
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

	it('a caption comes with its file', async () => {
		const [event] = await startedBy({}, [['image', { overrides: { data: { message_body: 'Look' } } }]]);
		expect(event).toMatchObject({ type: 'image', text: 'Look', media: { caption: 'Look' } });
	});

	it('what the webhook calls `id` is the id too', async () => {
		const [event] = await startedBy({}, [['text', { overrides: { data: { message_id: undefined, id: 'ABC' } } }]]);
		expect(event?.id).toBe('ABC');
	});

	it('an event of another type passes with what it holds', async () => {
		const [event] = await startedBy({ events: ['unknown'], output: 'simplifiedAndRaw' }, [['unknown']]);
		expect(event).toMatchObject({
			event: 'unknown',
			type: 'unknown',
			device: numbers.connected,
			raw: { type: 'message_status', data: { status: 'read' } },
		});
	});
});

describeFilters(trigger, {
	own: [{}, { is_from_me: 'true' }, { is_from_me: 1 }].map((data) => ['own', { overrides: { data } }]),
	groups: [['group']],
	senders: { wanted: ['text'], other: ['text', { overrides: { data: { chat_id: '6281299999999@c.us' } } }] },
	written: `+${sender.number.slice(0, 2)} ${sender.number.slice(2)}`,
});

describe('filters of BalesOtomatis', () => {
	it('the header must name one of the chosen numbers, if any is chosen', async () => {
		expect(await startedBy({ devices: [numbers.connected] }, [['text']])).toHaveLength(1);
		expect(await startedBy({ devices: [numbers.disconnected] }, [['text'], ['unknown']])).toHaveLength(0);
	});

	it('a call without the header does not pass for a chosen number', async () => {
		const wf = await publish({ devices: [numbers.connected] });
		const { bodies } = await incoming('own');
		const body = (bodies[0] ?? '').replace('"is_from_me":true', '"is_from_me":false');
		await post(wf.productionUrl, body);
		await post(wf.productionUrl, body, { 'bls-oto-numberid': numbers.disconnected });
		await wf.idle();
		expect(wf.executions).toHaveLength(0);
		await post(wf.productionUrl, body, { 'BLS-OTO-NUMBERID': numbers.connected });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
	});

	it('by kind', async () => {
		expect(await startedBy({ events: ['image'] }, [['text'], ['image'], ['unknown']])).toMatchObject([
			{ type: 'image' },
		]);
	});
});
