import { chategyAccount } from '../../../../sandbox';
import { type Answer, anyNumber, matching } from '../../../sandbox/client';
import { deliveryOf, OK, PHONE, refused, useCalls } from './calls';

const { instances } = chategyAccount;
const { sandbox, client, send } = useCalls();

const writtenIn = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 19).replace('T', ' ');
const DAY = 24 * 60 * 60 * 1000;

describe('delivery', () => {
	it('answers as the example', async () => {
		expect((await send({ dispatch_routing: ['sms'] })).json).toEqual({
			delivery: {
				callback_url: null,
				dispatch_routing: ['sms'],
				external_id: null,
				id: anyNumber,
				phone: `+${PHONE}`,
				priority: 'low',
				scheduled_at: null,
				sender_name: 'CHATEGY.IO',
				status_description: 'Accepted',
				status_id: 6,
				sum: '0.0',
				total_sms: 1,
				traffic_category: 0,
				utm_mark: null,
			},
			meta: OK,
		});
	});

	it.each<[string, () => Promise<Answer>]>([
		['JSON', () => send({ dispatch_routing: ['whatsapp', 'sms'], simulate_typing: false })],
		[
			'a query',
			() =>
				client(
					'POST',
					`/delivery?phone=${PHONE}&text=Hello&dispatch_routing[]=whatsapp&dispatch_routing[]=sms`,
				),
		],
		[
			'a form',
			() =>
				client(
					'POST',
					'/delivery',
					new URLSearchParams([
						['phone', PHONE],
						['text', 'Hello'],
						['dispatch_routing[]', 'whatsapp'],
						['dispatch_routing[]', 'sms'],
					]),
				),
		],
	])('takes %s', async (_name, post) => {
		expect(deliveryOf(await post()).dispatch_routing).toEqual(['whatsapp', 'sms']);
		expect(sandbox().control.messages('chategy')).toMatchObject([
			{
				device: String(instances.main.id),
				recipient: PHONE,
				recipientType: 'person',
				kind: 'text',
				text: 'Hello',
			},
		]);
	});

	it('filters the channels, and takes the default for none', async () => {
		expect(
			deliveryOf(await send({ dispatch_routing: ['whatsapp', 'pigeon', 'whatsapp', 'max'] })).dispatch_routing,
		).toEqual(['whatsapp', 'max']);
		expect(deliveryOf(await send({ dispatch_routing: ['pigeon'] })).dispatch_routing).toEqual(['sms']);
	});

	it('replaces an unknown sender name, keeps a known one, and counts the parts', async () => {
		expect(deliveryOf(await send({ sender_name: 'nobody' })).sender_name).toBe('CHATEGY.IO');
		expect(deliveryOf(await send({ sender_name: 'testname' })).sender_name).toBe('testname');
		expect(deliveryOf(await send({ text: 'ы'.repeat(71) })).total_sms).toBe(2);
	});

	it.each<[string, Record<string, unknown>, string, string]>([
		['username', { phone: undefined, username: '@ann_1' }, 'tdlib', '@ann_1'],
		['a Telegram id', { phone: undefined, tdlib_user_id: '379163707' }, 'tdlib', '379163707'],
		['a Telegram group', { phone: undefined, tdlib_user_id: -1001234567890 }, 'tdlib', '-1001234567890'],
		['a lid', { phone: undefined, whatsapp_lid: '43445322325@lid' }, 'whatsapp', '43445322325@lid'],
	])('sends to %s over its channel only', async (_name, fields, channel, recipient) => {
		const [name = ''] = Object.keys(fields).slice(1);
		expect((await send(fields)).json).toMatchObject({
			meta: { code: 422, errors: { [name]: [matching(/needs the/)] } },
		});
		expect(deliveryOf(await send({ ...fields, dispatch_routing: [channel] })).phone).toBeNull();
		expect(sandbox().control.messages()).toMatchObject([
			{ recipient, recipientType: recipient.startsWith('-') ? 'group' : 'person' },
		]);
	});

	it.each<[Record<string, unknown>, unknown]>([
		[{ text: '' }, { text: ['the text cannot be empty'] }],
		[{ text: 'x'.repeat(3501) }, { text: [matching(/too long/)] }],
		[{ phone: undefined }, { phone: ['the phone cannot be empty'] }],
		[{ phone: '123456' }, { phone: ['phone invalid'] }],
		[{ phone: '1234567890123456' }, { phone: ['phone invalid'] }],
		[
			{ phone: `${PHONE}@c.us`, text: ' ' },
			{ phone: ['phone invalid'], text: ['the text cannot be empty'] },
		],
		[{ priority: 'urgent' }, { priority: ['priority invalid'] }],
		[{ tdlib_user_id: 'ann', dispatch_routing: ['tdlib'] }, { tdlib_user_id: ['tdlib_user_id invalid'] }],
		[{ whatsapp_lid: 'lid', dispatch_routing: ['whatsapp'] }, { whatsapp_lid: ['whatsapp_lid invalid'] }],
		[{ scheduled_at: '2035-10-07T11:30' }, { scheduled_at: ['scheduled_at invalid'] }],
	])('refuses %j', async (fields, errors) => {
		const { status, json } = await send(fields);
		expect([status, json]).toEqual([422, refused(errors)]);
		expect(sandbox().control.messages()).toEqual([]);
	});

	it('keeps a message from a minute to a month ahead, in UTC', async () => {
		const written = writtenIn(5 * 60_000);
		expect(deliveryOf(await send({ scheduled_at: written })).scheduled_at).toBe(`${written.replace(' ', 'T')}Z`);
		expect(sandbox().control.scheduled('chategy')).toMatchObject([{ recipient: PHONE, text: 'Hello', written }]);
		for (const ms of [-60_000, 50_000, 32 * DAY]) {
			expect((await send({ scheduled_at: writtenIn(ms) })).json).toMatchObject({
				meta: { errors: { scheduled_at: [matching(/1 minute to 1 month/)] } },
			});
		}
	});

	it('refuses with HTTP 200 if configured', async () => {
		sandbox().control.configure('chategy', { refusalStatus: 'ok', refusalWord: 'failed' });
		const { status, json } = await send({ text: '' });
		expect([status, json]).toMatchObject([200, { meta: { code: 422, status: 'failed' } }]);
		expect(() => sandbox().control.configure('chategy', { refusalStatus: 'maybe' })).toThrow('refusalStatus');
	});
});
