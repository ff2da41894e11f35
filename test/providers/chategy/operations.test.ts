import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { chategyAccount } from '../../../sandbox';
import { type Bench, keyedCredentialFor, recipients, startBench } from './bench';

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

const run = async (parameters: IDataObject, items?: INodeExecutionData[]) =>
	await bench.run(parameters as INodeParameters, items === undefined ? {} : { items });
const outputsOf = async (parameters: IDataObject, items?: INodeExecutionData[]) => {
	const result = await run(parameters, items);
	expect(result.error).toBeUndefined();
	return result.outputs[0] ?? [];
};
const only = async (parameters: IDataObject, items?: INodeExecutionData[]) => {
	const outputs = await outputsOf(parameters, items);
	expect(outputs).toHaveLength(1);
	return outputs[0]?.json as IDataObject;
};
const messages = () => bench.sandbox.control.messages();
const requests = () => bench.sandbox.control.requests();
const bodyOf = (index: number) => requests()[index]?.body as IDataObject;

const channels = (...names: string[]) => ({ channel: names.map((name) => ({ name })) });
const send = { resource: 'delivery', operation: 'send', sendTo: 'phone', phoneNumber: '995598464533', text: 'Hi' };

describe('messages', () => {
	it('are sent once for each item, in order, with nothing but the given parameters', async () => {
		const result = await bench.run(bench.sendText, { items: recipients(3) });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(messages().map(({ text }) => text)).toEqual(['message 0', 'message 1', 'message 2']);
		expect(bodyOf(0)).toEqual({ phone: '6281200000000', text: 'message 0' });
		expect(requests()[0]?.query).toEqual({});
		expect(requests()[0]?.headers).not.toHaveProperty('checksum');
	});

	it('are returned without their envelope', async () => {
		expect(await only(send)).toMatchObject({
			messageId: expect.stringMatching(/^\d+$/) as string,
			phone: '995598464533',
		});
		expect(await only(send)).not.toHaveProperty('meta');
	});

	it('without channels return the default channels of the account, which Account > Get returns as well', async () => {
		const { dispatch_routing } = await only({ resource: 'account', operation: 'get' });
		expect(dispatch_routing).toEqual(['sms']);
		expect(await only({ ...send, channels: {} })).toMatchObject({ dispatch_routing });
	});

	it.each<[string, IDataObject, string]>([
		['a phone number', { sendTo: 'phone', phoneNumber: '\u202a+995 598-464-533\u202c' }, '995598464533'],
		[
			'a Telegram user name',
			{ sendTo: 'username', username: '@ani_tbilisi', channels: channels('tdlib') },
			'ani_tbilisi',
		],
		[
			'a Telegram user',
			{ sendTo: 'telegramId', telegramUserId: '379163707', channels: channels('tdlib') },
			'379163707',
		],
		[
			'a Telegram group',
			{ sendTo: 'telegramId', telegramUserId: '-1001234567890', channels: channels('tdlib') },
			'-1001234567890',
		],
		[
			'a WhatsApp LID',
			{ sendTo: 'whatsAppLid', whatsAppLid: '43445322325@lid', channels: channels('whatsapp') },
			'43445322325',
		],
	])('reach %s', async (_name, recipient, address) => {
		await only({ ...send, phoneNumber: '', ...recipient });
		expect(messages()).toHaveLength(1);
		expect(messages()[0]?.recipient).toContain(address);
	});

	it('keep line breaks, quotes and other alphabets, up to 3500 characters', async () => {
		const text = 'გამარჯობა "Ani"\r\nline & more\n--boundary\n漢字 📦 = 50%';
		await only({ ...send, text });
		await only({ ...send, text: 'ა'.repeat(3500) });
		expect(messages().map((message) => message.text)).toEqual([text, 'ა'.repeat(3500)]);
	});

	it('are sent in the evening of the workflow, which is another hour in UTC', async () => {
		const inTenDays = new Date(Date.now() + 10 * 24 * 60 * 60_000).toISOString().slice(0, 10);
		const file = {
			name: 'Reminder',
			nodes: [
				{
					id: '1',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0] as [number, number],
					parameters: {},
				},
				{
					id: '2',
					name: 'Remind',
					type: 'chategy',
					typeVersion: 1,
					position: [200, 0] as [number, number],
					parameters: { ...send, options: { sendAt: `${inTenDays}T20:30:00` } },
					credentials: { chategyApi: { id: '1', name: 'Chategy' } },
				},
			],
			connections: { Start: { main: [[{ node: 'Remind', type: 'main' as const, index: 0 }]] } },
			settings: { timezone: 'Asia/Jakarta' },
		};
		expect((await bench.engine.runWorkflow(file)).error).toBeUndefined();
		expect(bodyOf(0).scheduled_at).toBe(`${inTenDays} 13:30:00`);
	});

	it('have a checksum over all parameters if the credential has an idempotency key', async () => {
		const credentials = { chategyApi: keyedCredentialFor(bench.sandbox.baseUrl('chategy')) };
		const parameters = { ...send, channels: channels('whatsapp', 'sms'), options: { showTyping: false } };
		const result = await bench.run(parameters, { credentials });
		expect(result.error).toBeUndefined();
		const id = bodyOf(0).external_id as string;
		expect(id).toMatch(/^[0-9a-f]{32}$/);
		const written = `whatsappsms${id}995598464533falseHi`;
		const checksum = createHmac('sha256', chategyAccount.idempotencyKey).update(written).digest('hex');
		expect(requests()[0]?.headers.checksum).toBe(checksum);
	});

	it('with an ID that was used before are distinguished from those sent now', async () => {
		const credentials = { chategyApi: keyedCredentialFor(bench.sandbox.baseUrl('chategy')) };
		const parameters = { ...send, options: { externalId: 'order-7' } };
		await bench.run(parameters, { credentials });
		const second = await bench.run(parameters, { credentials });
		expect(second.error).toBeUndefined();
		expect(second.outputs[0]?.map(({ json }) => json)).toEqual([
			{
				messageId: null,
				phone: '995598464533',
				status: 'accepted',
				providerStatus: 'Request with current params has already been received',
				provider: 'chategy',
				alreadyReceived: true,
				external_id: 'order-7',
			},
		]);
		expect(messages()).toHaveLength(1);
	});
});

describe('one text to many', () => {
	const bulk = { resource: 'delivery', operation: 'sendBulk', text: 'To all' };

	it('over all items: one request with each number once, one output for each number, linked to its items', async () => {
		const items = [...recipients(4), ...recipients(1)];
		const outputs = await outputsOf({ ...bulk, numbersFrom: 'items', phoneNumber: '=+{{ $json.phone }}' }, items);
		expect(requests()).toHaveLength(1);
		expect(bodyOf(0)).toEqual({
			text: 'To all',
			phones_numbers: ['6281200000000', '6281200000001', '6281200000002', '6281200000003'],
		});
		expect(outputs.map(({ json }) => json.phone)).toEqual(bodyOf(0).phones_numbers);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 4 }],
			[{ item: 1 }],
			[{ item: 2 }],
			[{ item: 3 }],
		]);
	});

	it('national numbers of all items get the default country', async () => {
		const items = [{ json: { phone: '598464533' } }, { json: { phone: '+6281200000000' } }];
		await outputsOf(
			{ ...bulk, numbersFrom: 'items', phoneNumber: '={{ $json.phone }}', options: { defaultCountry: 'GE' } },
			items,
		);
		expect(bodyOf(0).phones_numbers).toEqual(['995598464533', '6281200000000']);
	});

	it('from a field: one request for each item', async () => {
		const items = recipients(2);
		const outputs = await outputsOf(
			{ ...bulk, numbersFrom: 'field', phoneNumbers: '={{ $json.phone }}, 995598464533' },
			items,
		);
		expect(requests()).toHaveLength(2);
		expect(bodyOf(1).phones_numbers).toEqual(['6281200000001', '995598464533']);
		expect(outputs.map(({ json, pairedItem }) => [json.phone, pairedItem])).toEqual([
			['6281200000000', { item: 0 }],
			['995598464533', { item: 0 }],
			['6281200000001', { item: 1 }],
			['995598464533', { item: 1 }],
		]);
	});

	it('one invalid number among the items stops it before anything is sent, and is named', async () => {
		const items = recipients(3);
		(items[1] as { json: { phone: string } }).json.phone = 'nobody';
		const result = await run({ ...bulk, numbersFrom: 'items', phoneNumber: '={{ $json.phone }}' }, items);
		expect(result.error?.message).toMatch(/^Phone Number: .*nobody/);
		expect(requests()).toHaveLength(0);
	});
});

describe('files', () => {
	const sendFile = { ...send, operation: 'sendFile', binaryPropertyName: 'data', caption: 'The invoice' };
	const item = async (fileName: string, mimeType: string, bytes?: number): Promise<INodeExecutionData[]> => {
		const stored = await bench.engine.storeBinary(Buffer.from('%PDF-1.4\n%%EOF\n'), { fileName, mimeType });
		return [{ json: {}, binary: { data: { ...stored, ...(bytes === undefined ? {} : { bytes }) } } }];
	};

	it('are sent with their name in the query and their content in the body', async () => {
		await only(sendFile, await item('invoice.pdf', 'application/pdf'));
		expect(requests()[0]).toMatchObject({
			method: 'POST',
			path: '/api/v1/send_file',
			query: { file_name: 'invoice.pdf', phone: '995598464533', caption: 'The invoice' },
			body: { file: { fileName: 'invoice.pdf', mimeType: 'application/pdf', size: 15 } },
		});
		expect(messages()).toHaveLength(1);
	});

	it('have a checksum over the query if the credential has an idempotency key', async () => {
		const credentials = { chategyApi: keyedCredentialFor(bench.sandbox.baseUrl('chategy')) };
		const items = await item('invoice.pdf', 'application/pdf');
		const result = await bench.run(
			{ ...sendFile, options: { externalId: 'order-7', showTyping: false } },
			{ credentials, items },
		);
		expect(result.error).toBeUndefined();
		const written = 'The invoiceorder-7invoice.pdf995598464533false';
		const checksum = createHmac('sha256', chategyAccount.idempotencyKey).update(written).digest('hex');
		expect(requests()[0]?.headers.checksum).toBe(checksum);
		expect(messages()).toHaveLength(1);
	});

	it.each([
		['application/pdf', 'a.pdf'],
		['audio/ogg', 'a.ogg'],
		['image/jpeg', 'a.jpg'],
		['image/webp', 'a.webp'],
		['text/x-vcard', 'a.vcf'],
		['video/mp4', 'a.mp4'],
		['application/zip', 'a.zip'],
		['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'a.pptx'],
	])('of the type %s are taken', async (mimeType, fileName) => {
		await only(sendFile, await item(fileName, mimeType));
		expect(messages()).toHaveLength(1);
	});

	it.each([
		['image/jpg', 'image/jpeg'],
		['image/pjpeg', 'image/jpeg'],
		['IMAGE/PNG; charset=binary', 'image/png'],
		['audio/ogg; codecs=opus', 'audio/ogg'],
		['audio/mp3', 'audio/mpeg'],
		['audio/x-aac', 'audio/aac'],
		['text/vcard', 'text/x-vcard'],
		['text/directory;profile=vCard', 'text/x-vcard'],
		['application/x-zip-compressed', 'application/zip'],
		['application/x-pdf', 'application/pdf'],
		['application/x-msword', 'application/msword'],
		['video/x-m4v', 'video/mp4'],
	])('of a type that is also called %s go out under the name that Chategy lists', async (mimeType, listed) => {
		await only(sendFile, await item('a.bin', mimeType));
		expect(requests()[0]).toMatchObject({ body: { file: { mimeType: listed } } });
	});

	it('of an unknown type are known by their name, or by MIME Type in the options', async () => {
		await only(sendFile, await item('photo.JPG', 'application/octet-stream'));
		await only({ ...sendFile, options: { mimeType: 'application/pdf' } }, await item('a.bin', 'text/html'));
		expect(requests().map(({ body }) => body)).toMatchObject([
			{ file: { mimeType: 'image/jpeg' } },
			{ file: { mimeType: 'application/pdf' } },
		]);
	});

	const refused: Array<[string, () => Promise<INodeExecutionData[]>, IDataObject, RegExp]> = [
		[
			'a type that is not taken',
			async () => await item('page.html', 'text/html'),
			{},
			/^Input Binary Field: .*text\/html/,
		],
		[
			'a type that is none',
			async () => await item('a.pdf', 'application/pdf'),
			{ options: { mimeType: 'pdf' } },
			/^Options → MIME Type: this is not a MIME type\. Write it like image\/jpeg/,
		],
		[
			'more than 100 MB',
			async () => await item('film.mp4', 'video/mp4', 110_000_000),
			{},
			/^Input Binary Field: .*110\.0 MB.*100/,
		],
		[
			'no file',
			async () => await Promise.resolve([{ json: {} }]),
			{},
			/^Input Binary Field: this item has no file in the field "data"/,
		],
		[
			'a name without an extension',
			async () => await item('invoice', 'application/pdf'),
			{},
			/^(Input Binary Field|Options → File Name): .*extension/,
		],
		[
			'a chosen name without an extension',
			async () => await item('invoice.pdf', 'application/pdf'),
			{ options: { fileName: 'invoice' } },
			/^Options → File Name: .*extension/,
		],
	];
	it.each(refused)('%s: refused before anything is sent', async (_name, items, parameters, message) => {
		const result = await run({ ...sendFile, ...parameters }, await items());
		expect(result.error?.message).toMatch(message);
		expect(result.error?.description).toContain('Nothing was sent.');
		expect(requests()).toHaveLength(0);
	});
});

describe('after sending', () => {
	it('the status has its name, whether it is final and whether the message arrived', async () => {
		const { messageId } = await only(send);
		const found = await only({ resource: 'delivery', operation: 'getStatus', messageId });
		expect(found).toMatchObject({
			messageId,
			phone: '995598464533',
			status: expect.stringMatching(/^[a-z_]+$/) as string,
			providerStatus: expect.any(String) as string,
			final: expect.any(Boolean) as boolean,
		});
		expect(found).toHaveProperty('delivered');
	});

	it('a message that has arrived says so, and can be deleted', async () => {
		const { messageId } = await only(send);
		const message = { resource: 'delivery', messageId };
		const tooEarly = await run({ ...message, operation: 'delete' });
		expect(tooEarly.error?.message).toMatch(/^Chategy refused the request: ".+"$/);
		await bench.sandbox.control.action('chategy', 'deliveryStatus', {
			id: Number(messageId),
			statusId: 2,
			channel: 'whatsapp',
		});
		expect(await only({ ...message, operation: 'getStatus' })).toMatchObject({
			status: 'delivered',
			final: true,
			delivered: true,
		});
		expect(await only({ ...message, operation: 'delete' })).toEqual({ deleted: true, messageId });
	});

	it("a message that does not exist cannot be deleted, in the provider's words", async () => {
		const result = await run({ resource: 'delivery', operation: 'delete', messageId: '1' });
		expect(result.error?.message).toMatch(/^Chategy refused the request: ".*delivery not found.*"$/);
		expect(result.error?.message).not.toContain('{');
	});

	it('the operator of a number', async () => {
		const found = await only({
			resource: 'phoneNumber',
			operation: 'lookUpOperator',
			phoneNumber: '+995 598 464 533',
		});
		expect(found).toMatchObject({ phone: '995598464533', operator: { name: expect.any(String) as string } });
	});

	it('UTM marks', async () => {
		const marks = await outputsOf({ resource: 'utmMark', operation: 'getMany', returnAll: true });
		for (const { json } of marks) expect(Object.keys(json)).not.toHaveLength(0);
	});
});

describe('the account', () => {
	it('is returned without its token', async () => {
		const result = await run({ resource: 'account', operation: 'get', includeSecrets: false });
		const account = result.outputs[0]?.[0]?.json;
		expect(account).toMatchObject({
			customer_id: chategyAccount.customerId,
			sender_names: expect.any(Array) as string[],
		});
		expect(account).not.toHaveProperty('token');
		expect(account).toHaveProperty('tdlib_session_name');
		expect(account).toHaveProperty('whatsapp_session_name');
		expect(JSON.stringify([result.run.data.resultData, result.messages])).not.toContain(chategyAccount.accessToken);
	});

	it('is returned with its token on request', async () => {
		expect(await only({ resource: 'account', operation: 'get', includeSecrets: true })).toHaveProperty('token');
	});
});
