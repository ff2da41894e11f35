import type { IDataObject } from 'n8n-workflow';
import { whacenterTrigger } from '../../../nodes/Whacenter/whacenter.trigger';
import { type EventOf, whacenterAccount } from '../../../sandbox';
import { startScriptedServer } from '../../support/scriptedServer';
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
import { whacenter } from './bench';
import { whacenterInbound } from './contracts/inbound';
import { payloads, text } from './payloads';

/** API reference: Webhook. */
const sample = (): IDataObject => structuredClone(whacenterInbound[0]?.payload as IDataObject);

const { connected, waiting } = whacenterAccount.devices;

const trigger = useTriggerBench('whacenter', whacenter, { isWrite: ({ path }) => path === '/setWebhook' });
const { publish, incoming, startedBy, control, credentialWith } = trigger;

describeOneSlot(trigger, {
	owner: 'device',
	hidden: [connected],
	ignoredWrites: {
		kind: 'status',
		status: 200,
		path: '/setWebhook',
		body: { status: true, message: 'success set webhook', data: [] },
	},
	wrongCredentials: [
		{
			name: 'a wrong device ID',
			credentials: () => credentialWith({ deviceId: 'not-the-right-device' }),
			secret: 'not-the-right-device',
			message: 'device not connected or not found',
		},
	],
	otherSlot: { credential: { deviceId: waiting }, key: waiting },
});

it('the webhook is set by GET and read back', async () => {
	await publish();
	expect(
		control()
			.requests({ path: '/setWebhook' })
			.map(({ method }) => method),
	).toEqual(['GET']);
	expect(control().requests().at(-1)?.path).toBe('/getWebhook');
});

const shape = {
	event: 'message',
	provider: 'whacenter',
	id: expect.stringMatching(/^[0-9a-f]{32}/) as string,
	direction: 'incoming',
	location: null,
	replyTo: null,
	messageId: null,
	channel: 'whatsapp',
};

const receiving: ReceivingTable = {
	address: () => trigger.slot() ?? '',
	sample,
	event: {
		...shape,
		// 11:49:50 in UTC+7
		timestamp: '2021-10-10T04:49:50.000Z',
		device: '6285156108635',
		chat: {
			id: '6285603051722',
			type: 'private',
			phone: '6285603051722',
			address: '6285603051722@s.whatsapp.net',
		},
		sender: { id: '6285603051722', phone: '6285603051722', name: null, isMe: false },
		type: 'image',
		text: 'help',
		media: {
			mimeType: 'image/jpeg',
			url: 'https://app.whacenter.com/media/bird.jpg',
			reference: null,
			fileName: 'bird.jpg',
			caption: 'help',
		},
	},
	others: [['its text alone', { ...sample(), message: 'another' }]],
	malformed: [
		['a message without a sender', { ...sample(), from: undefined }],
		['a webhook of another provider', { event: 'messages.received', data: {} }],
	],
};
describeReceiving(trigger, receiving);
describeRedelivery(trigger, receiving);
describeForged(trigger, receiving);
describePayloads(trigger, {
	gateway: whacenterTrigger,
	address: () => trigger.slot() ?? '',
	rows: payloads,
	sample: text,
	text: 'Halo',
	identity: [],
	content: ['message'],
});

describe('messages of Whacenter', () => {
	it('the name of a file is cleaned', async () => {
		const media = { url: 'https://example.com/1', filename: '../../etc/\u202Egnp.exe\r\n', mimetype: 'image/png' };
		const [event] = await startedBy({}, [['text', { overrides: { media } }]]);
		expect(event?.media).toMatchObject({ fileName: 'gnp.exe', mimeType: 'image/png' });
	});

	it('the observed fields', async () => {
		const [event] = await startedBy({ output: 'simplifiedAndRaw' }, [
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
		control().configure('whacenter', { webhookBody: 'form' });
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
		['document', 'document', 'https://example.com/get.php', { mimeType: null, fileName: 'get.php' }],
		['mediaObject', 'image', undefined, { mimeType: 'image/png', fileName: 'photo.png' }],
	])('a file (%s) with its address', async (kind, type, media, expected) => {
		const url = expect.stringMatching(/^http/) as string;
		const [event] = await startedBy({}, [[kind, media === undefined ? {} : { overrides: { media } }]]);
		expect(event).toMatchObject({ type, media: { url, ...expected } });
	});

	it('is fetched into binary on request', async () => {
		const wf = await publish({ options: { downloadMedia: true, binaryPropertyName: 'photo' } });
		await incoming('image');
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();
		const item = wf.executions[0]?.items[0];
		expect(item?.json.mediaError).toBeUndefined();
		expect((await trigger.bench().engine.binaryBuffer(item, 'photo')).subarray(0, 2)).toEqual(
			Buffer.from([0xff, 0xd8]),
		);
	});

	it('is not fetched from the inside of the network, and the message is not held back', async () => {
		const inside = await startScriptedServer({
			headers: { 'content-type': 'image/png' },
			body: Buffer.from('89504e470d0a1a0a', 'hex'),
		});
		try {
			const wf = await publish({ options: { downloadMedia: true } });
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
});

const from = (number: string) => ({ overrides: { from: number } });

describeFilters(trigger, {
	own: [{ is_from_me: true }, { isFromMe: true }, { isFromMe: 'true' }, { isFromMe: 1 }].map((overrides) => [
		'text',
		{ overrides },
	]),
	groups: [['group'], ['group', { overrides: { is_group: undefined, isGroup: true } }]],
	senders: { wanted: ['text', from('6281234567890')], other: ['text', from('6281234567891')] },
	written: '+62 812-3456-7890',
});
