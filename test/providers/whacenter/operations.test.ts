import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { whacenterAccount } from '../../../sandbox';
import { type Bench, recipients, startBench } from './bench';

const { connected, timedOut, waiting } = whacenterAccount.devices;

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

const run = async (parameters: IDataObject) => await bench.run(parameters as INodeParameters);
const messages = () => bench.sandbox.control.messages();

describe('messages', () => {
	it('go out once for each item, in order, as forms with nothing extra', async () => {
		const result = await bench.run(bench.sendText, { items: recipients(3) });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(messages().map(({ text }) => text)).toEqual(['message 0', 'message 1', 'message 2']);
		expect(messages()[0]?.raw).toEqual({ device_id: connected, number: '6281200000000', message: 'message 0' });
	});

	it('reach a number that was pasted with invisible marks', async () => {
		await run({ ...bench.sendText, phoneNumber: '\u202a+62 812-0000-0001\u202c', text: 'hi' });
		expect(messages()).toMatchObject([{ recipient: '6281200000001' }]);
	});

	it('keep line breaks, quotes and other alphabets', async () => {
		const text = 'Halo "Ani"\r\nbaris & dua\n--boundary\n漢字 📦 = 50%';
		await run({ ...bench.sendText, phoneNumber: '6281200000001', text });
		expect(messages()[0]?.text?.replace(/\r\n/g, '\n')).toBe(text.replace(/\r\n/g, '\n'));
	});

	it('go out from the device that the message names', async () => {
		bench.sandbox.control.setDeviceStatus('whacenter', waiting, 'CONNECTED');
		await run({ ...bench.sendText, phoneNumber: '6281200000001', text: 'hi', options: { deviceId: waiting } });
		expect(messages()).toMatchObject([{ device: '083894900013' }]);
		await run({ ...bench.sendText, phoneNumber: '6281200000001', text: 'hi', options: { deviceId: '' } });
		expect(messages()).toMatchObject([{}, { device: '6285170000011' }]);
	});

	it('go to groups by their name, whatever is in it', async () => {
		const result = await run({
			resource: 'message',
			operation: 'sendToGroup',
			groupName: 'Promo & Diskon 50%',
			text: 'Hi',
			options: { fileUrl: 'https://example.com/a.png?x=1&y=2' },
		});
		expect(result.error).toBeUndefined();
		expect(messages()).toMatchObject([
			{
				recipientType: 'group',
				recipient: 'Promo & Diskon 50%',
				kind: 'file',
				url: 'https://example.com/a.png?x=1&y=2',
			},
		]);
	});

	it('a group that there is not is a failure', async () => {
		const result = await run({ resource: 'message', operation: 'sendToGroup', groupName: 'Nobody', text: 'Hi' });
		expect(result.error?.message).toBe('Whacenter refused the request: "group not found"');
	});

	it('buttons say that they are retired', async () => {
		const result = await run({
			resource: 'message',
			operation: 'sendButtons',
			phoneNumber: '6281200000001',
			text: 'Hi',
			buttons: 'a,b',
		});
		expect(result.status).toBe('error');
		expect(messages()).toHaveLength(0);
	});
});

describe('bad input is met before anything is sent', () => {
	/** An expression that turns out empty; n8n itself refuses what is left empty in the panel. */
	const empty = '={{ $json.nothing ?? "" }}';
	const toPerson = { resource: 'message', phoneNumber: '6281200000001', text: 'hi' };
	const cases: Array<[string, IDataObject, RegExp]> = [
		['no number', { ...toPerson, operation: 'sendText', phoneNumber: empty }, /^Phone Number: /],
		[
			'a national number without a country',
			{ ...toPerson, operation: 'sendText', phoneNumber: '0812-0000-0001' },
			/^Phone Number: .*country code/,
		],
		[
			'the id of a group',
			{ ...toPerson, operation: 'sendText', phoneNumber: '120363000000000001@g.us' },
			/^Phone Number: .*group/,
		],
		['no text', { ...toPerson, operation: 'sendText', text: '  ' }, /^Text: /],
		[
			'neither a text nor a file',
			{
				resource: 'message',
				operation: 'sendToGroup',
				groupName: 'Family',
				text: ' ',
				options: { fileUrl: ' ' },
			},
			/^Text: write the text/,
		],
		[
			'a file that is no address',
			{ ...toPerson, operation: 'sendFile', fileUrl: 'bird.jpg', caption: '' },
			/^(File )?URL|^File URL: /,
		],
		['no group name', { ...toPerson, operation: 'sendToGroup', groupName: empty }, /^Group Name: /],
		[
			'no id of a scheduled message',
			{ resource: 'message', operation: 'deleteScheduled', messageId: empty },
			/^Message ID: /,
		],
		[
			'a webhook that is no address',
			{ resource: 'webhook', operation: 'set', webhookUrl: 'localhost/x' },
			/^Webhook URL: /,
		],
		[
			'a past time',
			{ ...toPerson, operation: 'schedule', sendAt: '2021-10-07T11:30:00', timeZone: 'Asia/Jakarta' },
			/past/,
		],
		[
			'a time that is none',
			{ ...toPerson, operation: 'schedule', sendAt: 'tomorrow', timeZone: 'Asia/Jakarta' },
			/tomorrow/,
		],
		[
			'a zone that is none',
			{ ...toPerson, operation: 'schedule', sendAt: '2035-10-07T11:30:00', timeZone: 'Mars/Base' },
			/Time Zone: /,
		],
	];
	it.each(cases)('%s', async (_name, parameters, message) => {
		const result = await run(parameters);
		expect(result.error?.message).toMatch(message);
		expect(result.error?.description).toMatch(/Nothing was (sent|changed)\./);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});
});

describe('schedule', () => {
	const schedule = (sendAt: string, timeZone = 'Asia/Jakarta') => ({
		resource: 'message',
		operation: 'schedule',
		phoneNumber: '6281200000001',
		text: 'Do not forget',
		sendAt,
		timeZone,
	});
	const scheduled = () => bench.sandbox.control.scheduled('whacenter');

	it.each([
		['an instant in UTC', '2035-07-01T10:00:00.000Z', '2035-07-01T10:00:00.000Z', '2035-07-01 17:00:00'],
		['an instant with an offset', '2035-07-01T12:00:00+02:00', '2035-07-01T10:00:00.000Z', '2035-07-01 17:00:00'],
		['over midnight', '2035-12-31T18:30:00Z', '2035-12-31T18:30:00.000Z', '2036-01-01 01:30:00'],
	])('%s is sent as the provider reads it', async (_name, sendAt, at, written) => {
		const result = await run(schedule(sendAt));
		expect(result.error).toBeUndefined();
		expect(scheduled()).toMatchObject([{ at, written, text: 'Do not forget' }]);
	});

	it('a time of the picker is one of the time zone of the workflow, in summer and in winter', async () => {
		const file = (sendAt: string) => ({
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
					type: 'whacenter',
					typeVersion: 1,
					position: [200, 0] as [number, number],
					parameters: schedule(sendAt),
					credentials: { whacenterApi: { id: '1', name: 'Whacenter' } },
				},
			],
			connections: { Start: { main: [[{ node: 'Remind', type: 'main' as const, index: 0 }]] } },
			settings: { timezone: 'America/New_York' },
		});
		for (const sendAt of ['2035-01-15T09:00:00', '2035-07-15T09:00:00']) {
			const result = await bench.engine.runWorkflow(file(sendAt));
			expect(result.error).toBeUndefined();
		}
		expect(scheduled().map(({ at, written }) => [at, written])).toEqual([
			['2035-01-15T14:00:00.000Z', '2035-01-15 21:00:00'],
			['2035-07-15T13:00:00.000Z', '2035-07-15 20:00:00'],
		]);
	});

	it('the zone of the provider can be changed', async () => {
		await run(schedule('2035-07-01T10:00:00Z', 'Europe/Berlin'));
		await run(schedule('2035-01-01T10:00:00Z', 'Europe/Berlin'));
		expect(scheduled().map(({ written }) => written)).toEqual(['2035-07-01 12:00:00', '2035-01-01 11:00:00']);
	});

	it('is deleted by the id that sending gave', async () => {
		const sent = await run(schedule('2035-07-01T10:00:00Z'));
		const deletion = {
			resource: 'message',
			operation: 'deleteScheduled',
			messageId: sent.outputs[0]?.[0]?.json.messageId,
		};
		const deleted = await run(deletion);
		expect(deleted.error).toBeUndefined();
		expect(deleted.outputs[0]?.[0]?.json).toEqual({ deleted: true, messageId: deletion.messageId });
		expect(scheduled()).toEqual([]);
		expect((await run(deletion)).error?.message).toBe('Whacenter refused the request: "message not found"');
	});
});

describe('QR code', () => {
	const qr = { resource: 'device', operation: 'getQrCode', binaryPropertyName: 'code' };
	const of = async (deviceId: string) =>
		await bench.run(qr, {
			credentials: { whacenterApi: { deviceId, baseUrl: bench.sandbox.baseUrl('whacenter') } },
		});

	it('is a PNG in the chosen field, also when it comes as text', async () => {
		const result = await of(waiting);
		expect(result.error).toBeUndefined();
		const item = result.outputs[0]?.[0];
		expect(item?.binary?.code).toMatchObject({ mimeType: 'image/png' });
		expect((await bench.engine.binaryBuffer(item, 'code')).subarray(1, 4).toString()).toBe('PNG');
	});

	it('that timed out is a failure that advises to relog', async () => {
		const { error } = await of(timedOut);
		expect(error?.message).toContain('qr timeout');
		expect(error?.description).toMatch(/relog/i);
	});

	it('of a connected device is a failure in the words of the provider', async () => {
		expect((await of(connected)).error?.message).toContain('device already connected');
	});

	it('of a connected device is not needed: the error says so, and does not doubt the Device ID', async () => {
		const { error } = await of(connected);
		expect(error?.description).toMatch(/^The device is already connected and needs no QR code/);
		expect(error?.description).not.toContain('Device ID');
	});

	it('of an unknown device is a failure that names the Device ID', async () => {
		const { error } = await of('no-such-device');
		expect(error?.message).toContain('not connected or not found');
		expect(error?.description).toContain('check the Device ID and the Base URL in the Whacenter credential');
	});

	it('of an unknown device: a refused Get Status does not advise to run Get Status', async () => {
		const { error } = await bench.run(
			{ resource: 'device', operation: 'getStatus' },
			{
				credentials: {
					whacenterApi: { deviceId: 'no-such-device', baseUrl: bench.sandbox.baseUrl('whacenter') },
				},
			},
		);
		expect(error?.description).toContain('Check the Device ID and the Base URL in the Whacenter credential');
		expect(error?.description).not.toContain('Get Status');
	});

	it('that is a web page is a failure', async () => {
		bench.sandbox.control.fault({ kind: 'html', times: Infinity });
		const result = await of(waiting);
		expect(result.error?.message).toMatch(/web page/);
		expect(result.outputs[0]?.[0]?.binary).toBeUndefined();
	});

	it('comes after a relog', async () => {
		bench.sandbox.control.setDeviceStatus('whacenter', connected, 'NOT CONNECTED');
		expect((await run({ resource: 'device', operation: 'getStatus' })).outputs[0]?.[0]?.json).toMatchObject({
			qr: 'timeout',
		});
		expect(
			(await run({ resource: 'device', operation: 'relog', device: 'credential' })).outputs[0]?.[0]?.json,
		).toEqual({
			success: true,
		});
		expect((await of(connected)).error).toBeUndefined();
	});
});

it('the webhook is set, read and cleared', async () => {
	const url = 'https://example.com/hook?a=1&b=%26';
	await run({ resource: 'webhook', operation: 'set', webhookUrl: url });
	expect(bench.sandbox.control.webhook('whacenter')).toBe(url);
	expect((await run({ resource: 'webhook', operation: 'get' })).outputs[0]?.[0]?.json).toEqual({ url });
	expect(
		(await run({ resource: 'webhook', operation: 'clear', device: 'credential' })).outputs[0]?.[0]?.json,
	).toEqual({ deleted: true });
	expect(bench.sandbox.control.webhook('whacenter')).toBeNull();
});

it('the device id appears in no output and no log of a run', async () => {
	const result = await bench.run(bench.sendText, { items: recipients(2) });
	const status = await run({ resource: 'device', operation: 'getStatus' });
	for (const { run: record, messages: shown } of [result, status]) {
		expect(JSON.stringify([record.data.resultData, shown])).not.toContain(connected);
	}
});
