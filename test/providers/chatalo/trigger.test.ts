import type { IDataObject } from 'n8n-workflow';
import { chataloTrigger } from '../../../nodes/Chatalo/chatalo.trigger';
import { chataloAccount } from '../../../sandbox';
import { useTriggerBench } from '../../support/tables/trigger/bench';
import { describeFilters } from '../../support/tables/trigger/filters';
import { describeOneSlot } from '../../support/tables/trigger/oneSlot';
import { describePayloads } from '../../support/tables/trigger/payloads';
import {
	describeForged,
	describeReceiving,
	describeRedelivery,
	type ReceivingTable,
} from '../../support/tables/trigger/receiving';
import { chatalo } from './bench';
import { chataloInbound } from './contracts/inbound';
import { DEVICE, PHONE } from './contracts/samples';
import { payloads, text } from './payloads';

/** API reference: folder Webhook, Example Webhook Request. */
const sample = (): IDataObject => structuredClone(chataloInbound[0]?.payload as IDataObject);

const trigger = useTriggerBench('chatalo', chatalo, {
	isWrite: ({ path }) => /setWebhook|unsetWebhook/.test(path),
});
const { publish, incoming, startedBy, control, credentialWith } = trigger;

describeOneSlot(trigger, {
	owner: 'API key',
	hidden: [chataloAccount.devices.authenticated],
	ignoredWrites: {
		kind: 'status',
		status: 200,
		path: '/setWebhook',
		body: { data: { url: 'ok' }, meta: { code: 200, message: 'OK' } },
	},
	wrongCredentials: [
		{
			name: 'a wrong secret key',
			credentials: () => credentialWith({ secretKey: 'not-the-right-key' }),
			secret: 'not-the-right-key',
			message: 'Chatalo did not accept the credential',
		},
	],
});

const receiving: ReceivingTable = {
	address: () => trigger.slot() ?? '',
	sample,
	event: {
		event: 'message',
		provider: 'chatalo',
		id: expect.stringMatching(/^[0-9a-f]{32}/) as string,
		timestamp: '2023-07-21T09:13:49.000Z',
		direction: 'incoming',
		device: DEVICE,
		chat: { id: PHONE, type: 'private', phone: PHONE, address: `${PHONE}@s.whatsapp.net` },
		sender: { id: PHONE, phone: PHONE, name: 'SENDER-NAME', isMe: false },
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
		messageId: null,
		channel: 'whatsapp',
		isForwarded: false,
	},
	others: [['its text alone', { ...sample(), message: 'another' }]],
	malformed: [
		['a message without a sender', { ...sample(), sender: undefined }],
		['a webhook of another provider', { event: 'messages.received', data: {} }],
	],
};
describeReceiving(trigger, receiving);
describeRedelivery(trigger, receiving);
describeForged(trigger, receiving);
describePayloads(trigger, {
	gateway: chataloTrigger,
	address: () => trigger.slot() ?? '',
	rows: payloads,
	sample: text,
	text: 'Halo',
	identity: ['device_id', 'sender'],
	content: ['message'],
});

const from = (number: string) => ({ overrides: { sender: { name: 'A', number, in_group: false, group_id: null } } });

describeFilters(trigger, {
	own: [['own']],
	groups: [['group']],
	senders: { wanted: ['text', from('6281234567890')], other: ['text', from('6281234567891')] },
	written: '+62 812-3456-7890',
});

describe('filters of Chatalo', () => {
	it('every kind of message is recognized', async () => {
		const kinds = ['text', 'image', 'sticker', 'location', 'document', 'audio', 'video'] as const;
		const all = await startedBy(
			{},
			kinds.map((kind) => [kind]),
		);
		expect(all.map(({ type }) => type)).toEqual([...kinds]);
	});

	it('only the chosen kinds start the workflow', async () => {
		const some = await startedBy({ events: ['location', 'sticker'] }, [
			['text'],
			['sticker'],
			['location'],
			['image'],
		]);
		expect(some.map(({ type }) => type)).toEqual(['sticker', 'location']);
	});

	it('by device', async () => {
		expect(await startedBy({ devices: ['another-device'] }, [['text']])).toHaveLength(0);
	});
});

describe('media', () => {
	it.each([
		['before the provider gets its answer', 300, false],
		['after it, where it takes longer than the provider would wait', 8_600, true],
	])('is fetched into binary on request, %s', async (_when, ms, isLate) => {
		const wf = await publish({ options: { downloadMedia: true, binaryPropertyName: 'photo' } });
		control().fault({ kind: 'latency', ms, path: '/messages/download', when: 'before' });
		const { deliveries } = await incoming('image');
		expect(deliveries[0]?.status).toBe(200);
		expect(wf.executions).toHaveLength(isLate ? 0 : 1);
		while (wf.executions.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
		await wf.idle();

		const item = wf.executions[0]?.items[0];
		expect(item?.binary?.photo).toMatchObject({ mimeType: expect.stringMatching(/^image\//) as string });
		expect((await trigger.bench().engine.binaryBuffer(item, 'photo')).length).toBeGreaterThan(50);
	});

	it('that cannot be fetched does not hold the message back', async () => {
		const wf = await publish({ options: { downloadMedia: true } });
		control().fault({ kind: 'status', status: 400, path: '/messages/download' });
		await incoming('image');
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();

		const item = wf.executions[0]?.items[0];
		expect(item?.binary).toBeUndefined();
		expect(item?.json.mediaError).toMatch(/^Chatalo refused the request/);
	});
});
