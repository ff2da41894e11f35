import type { IDataObject } from 'n8n-workflow';
import { chategyAccount } from '../../../../sandbox';
import { describeFilters } from '../../../support/tables/trigger/filters';
import {
	describeForged,
	describeReceiving,
	describeRedelivery,
	type ReceivingTable,
} from '../../../support/tables/trigger/receiving';
import { changed, sample, useChategyTrigger } from './calls';

const trigger = useChategyTrigger();
/** Beside messages. */
const everything = { events: ['*'] };
const { publish, address, control, startedByPosts } = trigger;

const anotherMessage = (change: IDataObject): IDataObject =>
	changed('incoming', (payload) =>
		Object.assign((payload.new_message as IDataObject).message as IDataObject, change),
	);

const receiving: ReceivingTable = {
	address,
	sample: () => sample('incoming'),
	event: {
		event: 'message',
		provider: 'chategy',
		id: expect.any(String) as string,
		timestamp: '2025-11-25T11:19:22.000Z',
		direction: 'incoming',
		device: expect.stringMatching(/^(6329|2707)$/) as string,
		chat: {
			id: '995555558974@c.us',
			type: 'private',
			phone: '995555558974',
			lid: '48464478093451@lid',
			address: '995555558974@s.whatsapp.net',
		},
		// sender_name is the number once more, between invisible marks.
		sender: {
			id: '995555558974@c.us',
			phone: '995555558974',
			name: 'Test',
			lid: '48464478093451@lid',
			isMe: false,
		},
		type: 'text',
		text: 'text',
		media: null,
		location: null,
		replyTo: null,
		messageId: 'false_995555558974@c.us_3B55D8ECE08DAC8198EB',
		channel: 'whatsapp',
		whatsAppId: '3B55D8ECE08DAC8198EB',
	},
	others: [['its id', anotherMessage({ id: 'false_995555558974@c.us_3B55ANOTHER' })]],
	malformed: [
		['a type without a payload', { type: 'whatsapp_incoming_msg' }],
		['a payload without a message', { type: 'whatsapp_incoming_msg', payload: { instance: { id: 1 } } }],
		['a delivery without a status', { delivery: { id: 26 } }],
		['a type that does not exist', { type: 'pigeon_incoming_msg', payload: { message: 'coo' } }],
		['a webhook of another provider', { event: 'messages.received', data: {} }],
	],
};
describeReceiving(trigger, receiving);
describeRedelivery(trigger, receiving);
describeForged(trigger, receiving);

const { phone } = chategyAccount.contact;
const somebodyElse = {
	sender_id: '995555550000@c.us',
	sender_phone_number: '995555550000',
	chat_phone: '995555550000',
};

describeFilters(trigger, {
	own: [['ownImage'], ['telegramOwn']],
	groups: [['group'], ['telegramGroup']],
	senders: { wanted: ['text'], other: ['text', { overrides: { payload: { new_message: somebodyElse } } }] },
	written: `+${phone.slice(0, 3)} ${phone.slice(3, 6)}-${phone.slice(6)}`,
});

describe('which events start the workflow', () => {
	const one = {
		message_whatsapp: 'incoming',
		message_telegram: 'telegramIncoming',
		message_status: 'status',
		log_in: 'logIn',
		log_out: 'logOut',
		call: 'call',
	} as const;

	it.each(Object.entries(one))('%s alone', async (event, name) => {
		const bodies = Object.values(one).map(sample);
		expect(await startedByPosts({ events: [event], output: 'raw' }, ...bodies, sample('deliveryStatus'))).toEqual([
			sample(name),
		]);
	});

	it('calls of both messengers', async () => {
		expect(await startedByPosts({ events: ['call'] }, sample('call'), sample('telegramCall'))).toHaveLength(2);
	});

	it('delivery statuses alone, beside something that can be registered', async () => {
		const events = await startedByPosts(
			{ events: ['delivery_status', 'log_out'] },
			sample('deliveryStatus'),
			sample('incoming'),
		);
		expect(events.map(({ event }) => event)).toEqual(['delivery_status']);
	});

	it('by sender, however the number is written', async () => {
		const other = changed('incoming', (payload) => {
			const message = payload.new_message as IDataObject;
			Object.assign(message, {
				sender_id: '995555550000@c.us',
				sender_phone_number: '995555550000',
				chat_phone: '995555550000',
			});
			(message.message as IDataObject).id = 'false_995555550000@c.us_3B55';
		});
		expect(
			await startedByPosts({ options: { senders: '+995 555-558-974' } }, sample('incoming'), other),
		).toHaveLength(1);
	});
});

describe('deliveries of Chategy', () => {
	it('two statuses of one message start two; one that comes again at once starts none', async () => {
		const received = changed('status', (payload) =>
			Object.assign(payload.message_status as IDataObject, { status: 'received' }),
		);
		const events = await startedByPosts(everything, received, received, sample('status'), sample('status'));
		expect(events.map(({ status }) => (status as IDataObject).name)).toEqual(['received', 'read']);
	});

	it('two delivery statuses of one message start two, a repeated callback none', async () => {
		const later = sample('deliveryStatus') as { delivery: { status: IDataObject } };
		later.delivery.status.status_id = 2;
		const events = await startedByPosts(everything, sample('deliveryStatus'), sample('deliveryStatus'), later);
		expect(events.map(({ status }) => (status as IDataObject).code)).toEqual([26, 2]);
	});

	it('a call that rings and one that has ended are two, as are two messages', async () => {
		const ringing = changed('telegramCall', (payload) =>
			Object.assign(payload.call as IDataObject, { state: 'callStatePending', reason: null }),
		);
		expect(await startedByPosts(everything, ringing, sample('telegramCall'), sample('telegramCall'))).toHaveLength(
			2,
		);
	});

	it('a message that names this address as its callback starts one execution when it has arrived', async () => {
		const wf = await publish({ events: ['delivery_status', 'log_out'] });
		const url = await address(wf);
		const { run, sendText } = trigger.bench();
		const sent = await run({
			...sendText,
			phoneNumber: '995598464533',
			text: 'Hi',
			options: { callbackUrl: url },
		});
		expect(sent.error).toBeUndefined();
		const messageId = sent.outputs[0]?.[0]?.json.messageId;
		await control().action('chategy', 'deliveryStatus', { id: Number(messageId), statusId: 2 });
		await wf.idle();
		expect(wf.executions.map(({ items }) => items[0]?.json)).toMatchObject([
			{
				event: 'delivery_status',
				status: { messageId, name: 'delivered', code: 2, final: true, delivered: true },
			},
		]);
	});
});
