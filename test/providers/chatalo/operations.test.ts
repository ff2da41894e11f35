import type { IDataObject } from 'n8n-workflow';
import { chataloAccount } from '../../../sandbox';
import { peakOfBuffers } from '../../support/memory';
import { byId, type ChataloBench, credentialFor, recipients, startBench } from './bench';

let bench: ChataloBench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
	bench.sandbox.control.setRateLimit('chatalo', null);
});

const checkNumber = () => ({
	resource: 'contact',
	operation: 'checkNumber',
	device: byId(bench.device),
	phoneNumber: '={{ $json.phone }}',
});

describe('items', () => {
	it('parameters are read for each item', async () => {
		const items = [
			{ json: { phone: '+62 812-3456-7890', text: 'one', to: 'person', device: bench.device } },
			{ json: { phone: '', group: '120363000000000001@g.us', text: 'two', to: 'group', device: bench.device } },
		];
		const groups = await bench.run({
			resource: 'group',
			operation: 'getMany',
			device: byId(bench.device),
			limit: 1,
		});
		const groupId = groups.outputs[0]?.[0]?.json.id as string;
		(items[1] as { json: IDataObject }).json.group = `${groupId}@g.us`;

		const result = await bench.run(
			{
				...bench.sendText,
				device: { __rl: true, mode: 'id', value: '={{ $json.device }}' },
				sendTo: '={{ $json.to }}',
				group: { __rl: true, mode: 'id', value: '={{ $json.group }}' },
			},
			{ items },
		);
		expect(result.error).toBeUndefined();
		expect(
			bench.sandbox.control
				.messages()
				.map(({ recipientType, recipient, text }) => ({ recipientType, recipient, text })),
		).toEqual([
			{ recipientType: 'person', recipient: '6281234567890', text: 'one' },
			{ recipientType: 'group', recipient: groupId, text: 'two' },
		]);
	});

	it('one bad item among many stops the node before anything is sent', async () => {
		const items = recipients(3);
		(items[2] as { json: { phone: string } }).json.phone = '0812';
		const result = await bench.run(bench.sendText, { items });

		expect(result.error?.message).toMatch(/^Phone Number: "0812" has no country code/);
		expect(result.error?.description).toBe('Nothing was sent.');
		expect(result.error?.context?.itemIndex).toBe(2);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});

	it('continue on fail: good items go out, bad ones say why, all are paired', async () => {
		const items = recipients(3);
		(items[1] as { json: { phone: string } }).json.phone = 'nobody';
		const result = await bench.run(bench.sendText, { items, onError: 'continueRegularOutput' });

		expect(result.status).toBe('success');
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(result.outputs[0]?.[1]?.json).toEqual({
			error: 'Phone Number: "nobody" is not a phone number. Use digits with the country code, for example 6281234567890',
			details: { outcome: 'not sent', description: 'Nothing was sent.' },
		});
		expect(bench.sandbox.control.messages()).toHaveLength(2);
	});

	it('the error output gets the failed items with their input and the outcome', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', skip: 1 });
		const result = await bench.run(bench.sendText, {
			items: recipients(3),
			onError: 'continueErrorOutput',
		});
		const [good, bad] = result.outputs;
		expect(good).toHaveLength(2);
		expect(bad).toHaveLength(1);
		expect(bad?.[0]?.json).toMatchObject({
			phone: '6281200000001',
			error: expect.stringMatching(/may have been sent$/) as string,
			details: { outcome: 'unknown' },
		});
		expect(bench.sandbox.control.messages()).toHaveLength(3);
	});

	it('an expression that fails is reported for its item', async () => {
		const result = await bench.run(
			{ ...bench.sendText, text: '={{ $json.missing.deeper }}' },
			{ items: recipients(1), onError: 'continueRegularOutput' },
		);
		expect(result.outputs[0]?.[0]?.json.error).toEqual(expect.any(String));
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});
});

/** An expression that turns out empty; n8n itself refuses what is left empty in the panel. */
const empty = '={{ $json.nothing ?? "" }}';

describe('bad input is met before anything is sent', () => {
	const sendTo = (parameters: IDataObject) => ({ ...bench.sendText, ...parameters });
	const cases: Array<[string, () => IDataObject, string]> = [
		['no device', () => sendTo({ device: byId(empty) }), 'Device: choose a device from the list, or enter its ID'],
		['no number', () => sendTo({ phoneNumber: empty }), 'Phone Number: it is empty. Enter a phone number'],
		['no text', () => sendTo({ text: '  ' }), 'Text: write the text of the message'],
		[
			'a group id as number',
			() => sendTo({ phoneNumber: '120363000000000001@g.us' }),
			'Phone Number: this is the ID of a group, not a phone number',
		],
		[
			'a rounded number',
			() => sendTo({ phoneNumber: '6.28123E+12' }),
			'Phone Number: "6.28123E+12" was rounded by a spreadsheet',
		],
		[
			'a number that is none',
			() => sendTo({ phoneNumber: '62812' }),
			'Phone Number: "62812" is not a valid international phone number',
		],
		['no group', () => sendTo({ sendTo: 'group', group: byId(empty) }), 'Group: choose a group from the list'],
		[
			'a group id that is none',
			() => sendTo({ sendTo: 'group', group: byId('Family') }),
			'Group: "Family" is not a group ID',
		],
		[
			'a time limit out of range',
			() => sendTo({ options: { timeLimit: 0 } }),
			'Options → Time Limit (Seconds): enter 1 to 3600 seconds',
		],
		[
			'a country that is none',
			() => sendTo({ options: { defaultCountry: 'Indonesia' } }),
			'Options → Default Country: use the two-letter code',
		],
		[
			'a file that is no address',
			() => sendTo({ operation: 'sendFile', fileUrl: 'invoice.pdf' }),
			'File URL: this is not a web address',
		],
		[
			'no caption',
			() => sendTo({ operation: 'sendCaption', fileUrl: 'https://example.com/a.png', caption: empty }),
			'Caption: write the caption, or use the operation Send File',
		],
		[
			'no media reference',
			() => ({
				resource: 'message',
				operation: 'downloadMedia',
				device: byId(bench.device),
				mediaReference: empty,
			}),
			'Media Reference: enter',
		],
		[
			'a webhook that is no address',
			() => ({ resource: 'webhook', operation: 'set', webhookUrl: 'localhost/x' }),
			'Webhook URL: this is not a web address',
		],
		[
			'a date that is none',
			() => ({ resource: 'profile', operation: 'getLogs', filters: { dateFrom: 'yesterday' } }),
			'Filters → Date From: "yesterday" is not a date',
		],
	];
	it.each(cases)('%s', async (_name, parameters, message) => {
		const result = await bench.run(parameters() as Parameters<ChataloBench['run']>[0], {
			items: recipients(1),
		});
		expect(result.error?.message).toContain(message);
		expect(result.error?.description).toMatch(/Nothing was (sent|changed)\./);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});

	it('national numbers get the default country, international ones keep theirs', async () => {
		const items = ['0812-3456-7890', '60123456789'].map((phone) => ({ json: { phone, text: 'hi' } }));
		await bench.run({ ...bench.sendText, options: { defaultCountry: 'id' } }, { items });
		expect(bench.sandbox.control.messages().map(({ recipient }) => recipient)).toEqual([
			'6281234567890',
			'60123456789',
		]);
	});
});

describe('lists', () => {
	const contacts = (parameters: IDataObject) => ({
		resource: 'contact',
		operation: 'getMany',
		device: byId(bench.device),
		...parameters,
	});
	const pages = () => bench.sandbox.control.requests().map(({ query }) => query);

	it('Return All goes through every page', async () => {
		const result = await bench.run(contacts({ returnAll: true }));
		const numbers = result.outputs[0]?.map(({ json }) => json.phone) ?? [];
		expect(numbers.length).toBeGreaterThan(100);
		expect(new Set(numbers).size).toBe(numbers.length);
		expect(pages()).toHaveLength(Math.ceil(numbers.length / 100));
	});

	it('Limit takes what it needs and no page more', async () => {
		const result = await bench.run(contacts({ returnAll: false, limit: 7 }));
		expect(result.outputs[0]).toHaveLength(7);
		expect(pages()).toHaveLength(1);
	});

	it('a Limit over one page is filled from several', async () => {
		const result = await bench.run(contacts({ returnAll: false, limit: 110 }));
		expect(result.outputs[0]).toHaveLength(110);
		expect(pages()).toHaveLength(2);
	});

	it('an empty list gives no items', async () => {
		const result = await bench.run({
			resource: 'profile',
			operation: 'getLogs',
			returnAll: true,
			filters: { action: 'there is no such action' },
		});
		expect(result.status).toBe('success');
		expect(result.outputs[0] ?? []).toHaveLength(0);
	});
});

describe('choices loaded from the account', () => {
	const list = async (method: string, parameters: Parameters<ChataloBench['run']>[0] = {}, filter?: string) =>
		await bench.engine.listSearch({ type: 'chatalo', parameters, method, filter });

	it('devices show name, number and status', async () => {
		const { results } = await list('searchDevices');
		expect(results).toHaveLength(3);
		expect(results[0]?.name).toMatch(/^.+ · \d+ · AUTHENTICATED$/);
		expect(results[0]?.value).toBe(bench.device);
	});

	it('are searched by what is typed', async () => {
		const { results } = await list('searchDevices', {}, 'disconnected');
		expect(results.map(({ value }) => value)).toEqual([chataloAccount.devices.disconnected]);
	});

	it('groups belong to the chosen device', async () => {
		const { results } = await list('searchGroups', { device: byId(bench.device) });
		expect(results.length).toBeGreaterThan(15);
	});

	it('groups without a device say what to do first', async () => {
		await expect(list('searchGroups', {})).rejects.toThrow('Choose a device first');
	});

	it('wrong keys are reported instead of showing an empty list', async () => {
		const credentials = {
			chataloApi: { ...credentialFor(bench.sandbox.baseUrl('chatalo')), secretKey: 'not-the-right-key' },
		};
		await expect(
			bench.engine.listSearch({ type: 'chatalo', parameters: {}, method: 'searchDevices', credentials }),
		).rejects.toThrow('Chatalo did not accept the credential');
	});

	it('the trigger offers the devices as options', async () => {
		const options = await bench.engine.loadOptions({
			type: 'chataloTrigger',
			parameters: {},
			method: 'getDevices',
		});
		expect(options).toHaveLength(3);
	});
});

describe('media', () => {
	const download = (reference: string, name = 'file') => ({
		resource: 'message',
		operation: 'downloadMedia',
		device: byId(bench.device),
		mediaReference: reference,
		binaryPropertyName: name,
	});

	it('a file lands in the chosen binary field, byte for byte', async () => {
		const bytes = Buffer.from(Array.from({ length: 70_000 }, (_none, index) => index % 251));
		const { reference } = bench.sandbox.control.addMedia(bytes, 'image/png');
		const result = await bench.run(download(reference));
		const item = result.outputs[0]?.[0];

		expect(item?.json).toMatchObject({ mimeType: 'image/png' });
		expect(await bench.engine.binaryBuffer(item, 'file')).toEqual(bytes);
	});

	it('a JSON document is a file too, a refusal in JSON is not', async () => {
		const bytes = Buffer.from(JSON.stringify({ price: 5 }));
		const { reference } = bench.sandbox.control.addMedia(bytes, 'application/json');
		const good = await bench.run(download(reference));
		expect(await bench.engine.binaryBuffer(good.outputs[0]?.[0], 'file')).toEqual(bytes);

		const bad = await bench.run(download('eyJub25lIjp0cnVlfQ'));
		expect(bad.error?.message).toMatch(/^Chatalo refused the request/);
	});

	it('a web page in place of the file is a failure', async () => {
		const { reference } = bench.sandbox.control.addMedia(Buffer.from('x'), 'image/png');
		bench.sandbox.control.fault({ kind: 'html', times: Infinity });
		const result = await bench.run(download(reference));
		expect(result.error?.message).toMatch(/the response was a web page/);
	});

	it('100 MB pass through without being held in memory', async () => {
		const size = 100 * 1024 * 1024;
		const { reference } = bench.sandbox.control.addMedia({ size }, 'video/mp4');
		const { result, peak, looks } = await peakOfBuffers(async () => await bench.run(download(reference)));
		expect(looks).toBeGreaterThan(1);

		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.[0]?.json.fileSize).toBe(size);
		expect(peak).toBeLessThan(32 * 1024 * 1024);
		// A busy machine may take its time.
	}, 120_000);
});

it('reads do not wait for each other, yet a failure names the first item that failed', async () => {
	bench.sandbox.control.fault({ kind: 'status', status: 400, skip: 4, times: 2 });
	const result = await bench.run(checkNumber(), { items: recipients(20) });
	const refused = bench.sandbox.control.requests().filter(({ answered }) => answered === 400);
	const items = refused.map(({ body }) => Number((body as { number: string }).number) - 6_281_200_000_000);
	expect(items).toHaveLength(2);
	expect(result.error?.context?.itemIndex).toBe(Math.min(...items));
});
