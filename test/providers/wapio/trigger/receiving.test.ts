import type { IDataObject } from 'n8n-workflow';
import { wapioAccount } from '../../../../sandbox';
import { signature } from '../../../../sandbox/providers/wapio/webhook';
import {
	describeForged,
	describeReceiving,
	describeRedelivery,
	type Forgery,
	type ReceivingTable,
} from '../../../support/tables/trigger/receiving';
import { posted, sample, SECRET, signed, useSignedTrigger } from './calls';

const { sessions } = wapioAccount;

const trigger = useSignedTrigger();
const { publish, incoming } = trigger;

const now = () => Math.floor(Date.now() / 1000);

/** The sample with other values beside the message, or in it. */
const other = (change: IDataObject, message: IDataObject = {}): IDataObject => {
	const { data, ...rest } = sample();
	const { messages } = data as { messages: IDataObject };
	return { ...rest, data: { messages: { ...messages, ...message } }, ...change };
};

const forged = (name: string, forge: (body: string) => string): Forgery => ({
	name,
	headers: (body) => ({ 'x-webhook-signature': forge(body) }),
});

const receiving: ReceivingTable = {
	address: ({ productionUrl }) => productionUrl,
	headers: signed,
	sample,
	event: {
		event: 'message',
		provider: 'wapio',
		id: '3EB0C431C26A1916E07E',
		messageId: '3EB0C431C26A1916E07E',
		channel: 'whatsapp',
		timestamp: '2026-09-11T21:27:14.000Z',
		direction: 'incoming',
		device: sessions.connected,
		chat: {
			id: '212600000005@s.whatsapp.net',
			type: 'private',
			phone: '212600000005',
			address: '212600000005@s.whatsapp.net',
		},
		sender: { id: '212600000005@s.whatsapp.net', phone: '212600000005', name: 'Nadia', isMe: false },
		type: 'text',
		text: 'Halo',
		media: null,
		location: null,
		replyTo: null,
	},
	others: [
		['its id', other({}, { key: { id: '3EB0ANOTHER', fromMe: false, remoteJid: '212600000005@s.whatsapp.net' } })],
	],
	malformed: [
		['an event without data', { event: 'messages.received', sessionId: sessions.connected }],
		['a message without a key', { event: 'messages.received', data: { messages: { messageBody: 'x' } } }],
		[
			'a webhook of another provider',
			{ device_id: 'x', chat_id: 'y', sender: { name: 'A', number: '1' }, message: 'x' },
		],
	],
	forgeries: [
		forged('no signature', () => ''),
		forged('a signature of another form', () => 'sha256=0123'),
		forged('a signature without a time', () => `v1=${'0'.repeat(64)}`),
		forged('a signature by another secret', (body) => signature('another-secret-for-tests', body)),
		forged('a signature that is too old', (body) => signature(SECRET, body, now() - 310)),
		forged('a signature of the future', (body) => signature(SECRET, body, now() + 310)),
		forged('a signature that is cut off', (body) => signature(SECRET, body).slice(0, -2)),
		forged('a signature of a longer time', (body) => signature(SECRET, body).replace('t=', 't=0')),
		forged('a signature of another body', () => signature(SECRET, JSON.stringify({ ...sample(), event: 'call' }))),
	],
};
describeReceiving(trigger, receiving);
describeRedelivery(trigger, receiving);
describeForged(trigger, receiving);

describe('the signature', () => {
	it('a signature from a few minutes ago is accepted', async () => {
		const wf = await publish();
		const response = await posted(wf, sample(), {
			'x-webhook-signature': signature(SECRET, JSON.stringify(sample()), now() - 280),
		});
		await wf.idle();
		expect([response.status, wf.executions.length]).toEqual([200, 1]);
	});

	it('the signature covers the bytes, not what they mean', async () => {
		const wf = await publish();
		const spaced = JSON.stringify(sample(), undefined, 2);
		const refused = await posted(wf, spaced, signed(JSON.stringify(sample())));
		expect([refused.status, wf.executions]).toEqual([401, []]);
		expect((await posted(wf, spaced)).status).toBe(200);
	});

	it('a changed body: 401, and nothing starts', async () => {
		const wf = await publish();
		const { bodies } = await incoming();
		await wf.idle();
		const before = wf.executions.length;
		const changed = (bodies[0] ?? '').replace('from the sandbox', 'from a stranger');
		const response = await posted(wf, changed, signed(bodies[0] ?? ''));
		await wf.idle();
		expect([response.status, wf.executions.length]).toEqual([401, before]);
	});
});

describe('a message in another form', () => {
	const other = (change: IDataObject, message: IDataObject = {}): IDataObject => {
		const { data, ...rest } = sample();
		const { messages } = data as { messages: IDataObject };
		return { ...rest, data: { messages: { ...messages, ...message } }, ...change };
	};
	it.each<[string, IDataObject, IDataObject]>([
		[
			'directly in data',
			{
				event: 'messages.received',
				sessionId: sessions.connected,
				data: (sample().data as { messages: IDataObject }).messages,
			},
			{},
		],
		[
			'named by event_type, in payload',
			{
				event_type: 'message_received',
				account_id: 'a',
				session_id: sessions.connected,
				emitted_at: 1789162035000,
				payload: sample().data,
			},
			{},
		],
		['named by type', { ...sample(), event: undefined, type: 'messages.received' }, {}],
		['under the name of a private message', { ...sample(), event: 'messages-personal.received' }, {}],
		[
			'as an answer to another',
			other(
				{},
				{
					messageBody: null,
					message: { extendedTextMessage: { text: 'Halo', contextInfo: { stanzaId: 'THEFIRST' } } },
				},
			),
			{ replyTo: 'THEFIRST' },
		],
		[
			'with a place',
			other(
				{},
				{ messageBody: null, message: { locationMessage: { degreesLatitude: 33.5, degreesLongitude: -7.5 } } },
			),
			{ type: 'location', text: null, location: { latitude: 33.5, longitude: -7.5 } },
		],
		[
			'with a sticker',
			other(
				{},
				{
					messageBody: null,
					message: { stickerMessage: { mimetype: 'image/webp', url: 'https://example.com/a.webp' } },
				},
			),
			{ type: 'sticker', text: null },
		],
		[
			'with a voice note',
			other(
				{},
				{
					messageBody: null,
					message: {
						audioMessage: {
							mimetype: 'audio/ogg; codecs=opus',
							url: 'https://example.com/a.ogg',
							ptt: true,
						},
					},
				},
			),
			{ type: 'audio', text: null },
		],
		[
			'with a contact',
			other({}, { messageBody: null, message: { contactMessage: { displayName: 'M', vcard: 'BEGIN:VCARD' } } }),
			{ type: 'contact', text: 'M' },
		],
		[
			'that vanishes',
			other({}, { messageBody: null, message: { ephemeralMessage: { message: { conversation: 'Halo' } } } }),
			{},
		],
		[
			'in a broadcast',
			other(
				{},
				{ key: { id: 'B1', fromMe: false, remoteJid: '1234567@broadcast', cleanedSenderPn: '212600000005' } },
			),
			{ chat: { id: '212600000005@s.whatsapp.net', type: 'private' }, isBroadcast: true },
		],
	])('%s is read, too', async (_name, body, expected) => {
		const wf = await publish();
		expect((await posted(wf, body)).status).toBe(200);
		await wf.idle();
		expect(wf.executions[0]?.items[0]?.json).toMatchObject({
			event: 'message',
			device: sessions.connected,
			sender: { phone: '212600000005' },
			text: 'Halo',
			...expected,
		});
	});

	it('whose event is only in a header is read, too', async () => {
		const wf = await publish();
		await posted(wf, { ...sample(), event: undefined }, { 'x-webhook-event': 'messages.received' });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
	});
});
