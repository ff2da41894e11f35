import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Bench, byId, startBench } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
});

/** An expression that turns out empty; n8n itself refuses what is left empty in the panel. */
const empty = '={{ $json.nothing ?? "" }}';
const channels = (...names: string[]) => ({ channel: names.map((name) => ({ name })) });
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const DAY = 24 * 60 * 60_000;

const send = { resource: 'delivery', operation: 'send', sendTo: 'phone', phoneNumber: '995598464533', text: 'Hi' };
const bulk = {
	resource: 'delivery',
	operation: 'sendBulk',
	numbersFrom: 'field',
	phoneNumbers: '995598464533',
	text: 'Hi',
};
const toName = { ...send, sendTo: 'username', username: 'ani_tbilisi' };
const toId = { ...send, sendTo: 'telegramId', telegramUserId: '379163707' };
const toLid = { ...send, sendTo: 'whatsAppLid', whatsAppLid: '43445322325' };
const instance = {
	resource: 'instance',
	operation: 'create',
	phoneNumber: '995555846453',
	email: 'client@example.com',
};
const webhook = {
	resource: 'webhook',
	operation: 'create',
	webhookUrl: 'https://example.com',
	events: ['whatsapp_log_out'],
};

type Case = [string, () => IDataObject, RegExp];

describe('invalid input is refused before anything is sent', () => {
	const recipientCases: Case[] = [
		['no phone number', () => ({ ...send, phoneNumber: empty }), /^Phone Number: /],
		[
			'a national number without a country',
			() => ({ ...send, phoneNumber: '0598464533' }),
			/^Phone Number: .*country code/,
		],
		[
			'the ID of a group as phone number',
			() => ({ ...send, phoneNumber: '120363000000000001@g.us' }),
			/^Phone Number: .*group/,
		],
		['no username', () => ({ ...toName, username: empty, channels: channels('tdlib') }), /^Telegram Username: /],
		[
			'a username without Telegram',
			() => ({ ...toName, channels: channels('whatsapp') }),
			/^(Send To|Telegram Username|Channels): .*Telegram/,
		],
		[
			'a username without channels',
			() => ({ ...toName, channels: {} }),
			/^(Send To|Telegram Username|Channels): .*Telegram/,
		],
		[
			'a Telegram ID without Telegram',
			() => ({ ...toId, channels: channels('sms') }),
			/^(Send To|Telegram User or Group ID|Channels): .*Telegram/,
		],
		[
			'an invalid Telegram ID',
			() => ({ ...toId, telegramUserId: 'ani', channels: channels('tdlib') }),
			/^Telegram User or Group ID: /,
		],
		[
			'a Telegram ID with a fraction',
			() => ({ ...toId, telegramUserId: 1.5, channels: channels('tdlib') }),
			/^Telegram User or Group ID: /,
		],
		[
			'a LID without WhatsApp',
			() => ({ ...toLid, channels: channels('tdlib') }),
			/^(Send To|WhatsApp LID|Channels): .*WhatsApp/,
		],
		[
			'an invalid LID',
			() => ({ ...toLid, whatsAppLid: 'ani@lid', channels: channels('whatsapp') }),
			/^WhatsApp LID: /,
		],
		[
			'a MAX ID without MAX',
			() => ({ ...send, sendTo: 'maxId', maxUserId: '14087921', channels: channels('whatsapp') }),
			/^Send To: .*MAX or MAX \(Bot\)/,
		],
		[
			'a channel twice',
			() => ({ ...send, channels: channels('sms', 'tdlib', 'tdlib') }),
			/^Channels.*: Telegram \(Account\) is in the list twice/,
		],
		['an unknown channel', () => ({ ...send, channels: channels('pigeon') }), /^Channels.*: /],
	];
	const optionCases: Case[] = [
		['no text', () => ({ ...send, text: '  ' }), /^Text: /],
		['a text of 3501 characters', () => ({ ...send, text: 'a'.repeat(3501) }), /^Text: .*3[,.]?500/],
		[
			'an invalid country',
			() => ({ ...send, options: { defaultCountry: 'Georgia' } }),
			/^Options → Default Country: /,
		],
		[
			'an invalid callback URL',
			() => ({ ...send, options: { callbackUrl: 'localhost/x' } }),
			/^Options → Callback URL: /,
		],
		['a time within a minute', () => ({ ...send, options: { sendAt: inMs(30_000) } }), /^Options → .+: .*minute/],
		['a time in the past', () => ({ ...send, options: { sendAt: '2021-11-11T20:30:00Z' } }), /^Options → .+: /],
		[
			'a time more than a month ahead',
			() => ({ ...send, options: { sendAt: inMs(40 * DAY) } }),
			/^Options → .+: .*month/,
		],
		['an invalid time', () => ({ ...send, options: { sendAt: 'tomorrow' } }), /^Options → .+: .*tomorrow/],
		['an unknown priority', () => ({ ...send, options: { priority: 'urgent' } }), /^Options → Priority: /],
		[
			'a time limit out of range',
			() => ({ ...send, options: { timeLimit: 0 } }),
			/^Options → Time Limit \(Seconds\): /,
		],
	];
	const waitAndAsk = { ...send, operation: 'sendAndWait', message: 'Ship it?', responseType: 'approval' };
	const waitCases: Case[] = [
		[
			'a response awaited until before the message is sent',
			() => ({ ...waitAndAsk, options: { sendAt: inMs(5 * DAY), waitLimit: 60 } }),
			/^Options → Wait Limit \(Minutes\): the wait would end before the message is sent/,
		],
	];
	const bulkCases: Case[] = [
		['no numbers', () => ({ ...bulk, phoneNumbers: empty }), /^Phone Numbers: /],
		[
			'an invalid number among many',
			() => ({ ...bulk, phoneNumbers: '995598464533, nobody' }),
			/^Phone Numbers(?: →.*)?: .*nobody/,
		],
		['a long text to many', () => ({ ...bulk, text: 'a'.repeat(3501) }), /^Text: .*3[,.]?500/],
		['too soon to many', () => ({ ...bulk, options: { sendAt: inMs(30_000) } }), /^Options → .+: .*minute/],
	];
	const otherCases: Case[] = [
		['no delivery', () => ({ resource: 'delivery', operation: 'getStatus', messageId: empty }), /^Message ID: /],
		[
			'no number to look up',
			() => ({ resource: 'phoneNumber', operation: 'lookUpOperator', phoneNumber: empty }),
			/^Phone Number: /,
		],
		[
			'no number for MAX',
			() => ({ resource: 'maxAuthorization', operation: 'sendPhone', phoneNumber: 'me' }),
			/^Phone Number: /,
		],
		['no code for MAX', () => ({ resource: 'maxAuthorization', operation: 'sendCode', code: empty }), /^Code: /],
		[
			'no number for Telegram',
			() => ({ resource: 'telegramAuthorization', operation: 'sendPhone', phoneNumber: 'me' }),
			/^Phone Number: /,
		],
		['no email', () => ({ ...instance, email: empty }), /^Email: /],
		[
			'an update that does not say whether to renew',
			() => ({
				resource: 'instance',
				operation: 'update',
				instance: byId('3748'),
				renewSubscription: empty,
				updateFields: {},
			}),
			/^Auto-Renew Subscription: choose On or Off/,
		],
		[
			'a password that is too short',
			() => ({ ...instance, options: { password: 'abc123' } }),
			/^Options → Password: .*7/,
		],
		[
			'a password without digits',
			() => ({ ...instance, options: { password: 'abcdefgh' } }),
			/^Options → Password: /,
		],
		[
			'a password without letters',
			() => ({ ...instance, options: { password: '12345678' } }),
			/^Options → Password: /,
		],
		['no customer', () => ({ resource: 'instance', operation: 'get', customerId: empty }), /^Customer ID: /],
		[
			'no external ID',
			() => ({ resource: 'instance', operation: 'getByExternalId', externalId: empty }),
			/^External ID: /,
		],
		[
			'no instance',
			() => ({ resource: 'instance', operation: 'renewSubscription', instance: byId(empty) }),
			/^Instance: /,
		],
		['an invalid webhook URL', () => ({ ...webhook, webhookUrl: 'localhost/x' }), /^Webhook URL: /],
		['a webhook without events', () => ({ ...webhook, events: '={{ [] }}' }), /^Events: /],
		['no webhook', () => ({ resource: 'webhook', operation: 'get', webhookId: byId(empty) }), /^Webhook( ID)?: /],
	];
	it.each([...recipientCases, ...optionCases, ...waitCases, ...bulkCases, ...otherCases])(
		'%s',
		async (_name, parameters, message) => {
			const result = await bench.run(parameters() as INodeParameters);
			expect(result.error?.message).toMatch(message);
			expect(bench.sandbox.control.requests()).toHaveLength(0);
		},
	);

	it('a refused code or password is not shown', async () => {
		const result = await bench.run({ ...instance, options: { password: 'hunter' } });
		const { error } = result;
		expect(error?.message).toMatch(/^Options → Password: /);
		// The node as the user set it up is the workflow itself.
		expect(JSON.stringify({ ...error, message: error?.message, node: undefined })).not.toContain('hunter');
	});
});
