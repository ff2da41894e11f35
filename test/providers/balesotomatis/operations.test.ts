import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { balesOtomatisAccount } from '../../../sandbox';
import { type Bench, byId, credentialFor, recipients, startBench } from './bench';

const { apiKey, licenseKey, numbers, groups, longList, notOnWhatsApp, outsideWindow } = balesOtomatisAccount;

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

const run = async (parameters: IDataObject, credential: IDataObject = {}) =>
	await bench.run(parameters as INodeParameters, {
		credentials: {
			balesOtomatisApi: {
				...credentialFor(bench.sandbox.baseUrl('balesOtomatis')),
				...(credential as Record<string, string>),
			},
		},
	});
const only = async (parameters: IDataObject) => {
	const result = await run(parameters);
	expect(result.error).toBeUndefined();
	return result.outputs[0]?.[0]?.json;
};
const messages = () => bench.sandbox.control.messages();
const requests = () => bench.sandbox.control.requests();

/** An expression that turns out empty; n8n itself refuses what is left empty in the panel. */
const empty = '={{ $json.nothing ?? "" }}';
const personal = {
	resource: 'personalMessage',
	number: byId(numbers.connected),
	phoneNumber: '6281200000001',
	text: 'Hi',
};

describe('messages', () => {
	it('go out once for each item, in order', async () => {
		const result = await bench.run(bench.sendText, { items: recipients(3) });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(messages().map(({ recipient, text }) => [recipient, text])).toEqual([
			['6281200000000', 'message 0'],
			['6281200000001', 'message 1'],
			['6281200000002', 'message 2'],
		]);
	});

	it.each([
		['+62 812-3456-7890', '81234567890', '62'],
		['62895413591234', '895413591234', '62'],
		['+1 (415) 555-2671', '4155552671', '1'],
		['+7 701 234 5678', '7012345678', '7'],
		['0060 12-345 6789', '123456789', '60'],
	])('%s becomes a national number and a country code', async (phoneNumber, phone_no, country_code) => {
		await only({ ...personal, operation: 'sendText', phoneNumber });
		expect(messages()[0]?.raw).toMatchObject({ phone_no, country_code });
	});

	it('come from the number of the credential, or the one that the node names', async () => {
		bench.sandbox.control.setDeviceStatus('balesOtomatis', numbers.disconnected, 'connected');
		await only({ ...personal, operation: 'sendText', number: { __rl: true, mode: 'list', value: '' } });
		await only({ ...personal, operation: 'sendText', number: byId(numbers.disconnected) });
		expect(messages().map(({ device }) => device)).toEqual([numbers.connected, numbers.disconnected]);
	});

	it('without any number id are refused with what to do', async () => {
		const result = await run({ ...personal, operation: 'sendText', number: byId(empty) }, { numberId: '' });
		expect(result.error?.message).toMatch(/^Send From: /);
		expect(requests()).toHaveLength(0);
	});

	it('to a group that the number is no admin of are refused in the words of the provider', async () => {
		const toGroup = {
			resource: 'groupMessage',
			operation: 'sendText',
			number: byId(numbers.connected),
			text: 'Hi',
		};
		await only({ ...toGroup, group: byId(`${groups.first}@g.us`) });
		const result = await run({ ...toGroup, group: byId(groups.notAdmin) });
		expect(result.error?.message).toContain("The sender's number must be a group admin");
		expect(messages()).toMatchObject([{ recipient: groups.first, recipientType: 'group' }]);
	});

	it('a rate limit reported as code 400 is waited for, and the message goes out once', async () => {
		bench.sandbox.control.fault({ kind: 'bodyError', code: 400, message: 'Reached of Rate-Limited' });
		await only({ ...personal, operation: 'sendText' });
		expect(requests()).toHaveLength(2);
		expect(messages()).toHaveLength(1);
	});
});

describe('bad input is met before anything is sent', () => {
	const toGroup = { resource: 'groupMessage', number: byId(numbers.connected), text: 'Hi' };
	const otp = {
		resource: 'otp',
		operation: 'send',
		number: byId(numbers.connected),
		phoneNumber: '6281200000001',
		customerName: 'Sari',
		serviceName: 'Login',
		companyName: 'Toko',
		lifetime: 60,
	};
	const conversation = { resource: 'conversation', phoneNumber: '6281200000001' };
	const cases: Array<[string, IDataObject, RegExp]> = [
		['no phone number', { ...personal, operation: 'sendText', phoneNumber: empty }, /^Phone Number: /],
		[
			'the id of a group as phone number',
			{ ...personal, operation: 'sendText', phoneNumber: `${groups.first}@g.us` },
			/^Phone Number: .*group/,
		],
		['no text', { ...personal, operation: 'sendText', text: '  ' }, /^Text: /],
		['an image that is no address', { ...personal, operation: 'sendImage', imageUrl: 'bird.png' }, /^Image URL: /],
		['a file that is no address', { ...personal, operation: 'sendFile', fileUrl: 'bird.pdf' }, /^File URL: /],
		['no group', { ...toGroup, operation: 'sendText', group: byId(empty) }, /^Group: /],
		[
			'a group name for its id',
			{ ...toGroup, operation: 'sendText', group: byId('Family') },
			/^Group: .*not a group ID/,
		],
		['no customer name', { ...otp, customerName: empty }, /^Customer Name: /],
		['no time to live', { ...otp, lifetime: 0 }, /^Lifetime/],
		['no code', { resource: 'otp', operation: 'validate', otpCode: empty }, /^OTP Code: /],
		['no list', { resource: 'contact', operation: 'getAudiences', contactList: byId(empty) }, /^Contact List: /],
		[
			'no template',
			{ resource: 'template', operation: 'send', template: byId(empty), phoneNumber: '6281200000001' },
			/^Template: /,
		],
		[
			'a latitude that is none',
			{ ...conversation, operation: 'sendLocation', latitude: '91', longitude: '0', locationName: 'x' },
			/^Latitude: /,
		],
		[
			'a longitude that is none',
			{ ...conversation, operation: 'sendLocation', latitude: '-6.2', longitude: 'east', locationName: 'x' },
			/^Longitude: /,
		],
		[
			'no file name',
			{ ...conversation, operation: 'sendDocument', fileUrl: 'https://example.com/a.pdf', fileName: empty },
			/^File Name: /,
		],
	];
	it.each(cases)('%s', async (_name, parameters, message) => {
		const result = await run(parameters);
		expect(result.error?.message).toMatch(message);
		expect(requests()).toHaveLength(0);
	});

	it('no licence key, neither here nor in the credential', async () => {
		const result = await run({ ...conversation, operation: 'sendText', text: 'Hi' }, { licenseKey: '' });
		expect(result.error?.message).toMatch(/^License Key: /);
		expect(requests()).toHaveLength(0);
	});
});

describe('lists', () => {
	const contacts = { resource: 'contact', operation: 'getMany' };
	const audiences = { resource: 'contact', operation: 'getAudiences', contactList: byId(longList) };
	const rows = async (parameters: IDataObject) => (await run(parameters)).outputs[0]?.map(({ json }) => json) ?? [];

	it('Return All goes through every page, although totals are text', async () => {
		const found = await rows({ ...contacts, returnAll: true });
		expect(new Set(found.map(({ contacts_id }) => contacts_id)).size).toBe(232);
		expect(found).toHaveLength(232);
		expect(requests()).toHaveLength(3);
	});

	it('Return All with a search ends where what was found ends', async () => {
		const found = await rows({ ...audiences, returnAll: true, filters: { search: 'Jono' } });
		expect(found).toHaveLength(32);
		expect(requests().length).toBeLessThanOrEqual(2);
	});

	it('a Limit over one page is filled from several', async () => {
		expect(await rows({ ...audiences, returnAll: false, limit: 130 })).toHaveLength(130);
		expect(await rows({ ...audiences, returnAll: true })).toHaveLength(222);
	});

	it('Limit takes what it needs and no page more', async () => {
		expect(await rows({ ...contacts, returnAll: false, limit: 7 })).toHaveLength(7);
		expect(requests()).toHaveLength(1);
	});

	it('an empty list gives no items', async () => {
		const result = await run({ ...contacts, returnAll: true, filters: { search: 'there is no such list' } });
		expect(result.status).toBe('success');
		expect(result.outputs[0] ?? []).toHaveLength(0);
	});

	it('are sorted as asked', async () => {
		const found = await rows({
			...audiences,
			returnAll: true,
			filters: { orderBy: 'date_insert', orderDirection: 'desc' },
		});
		expect(found.map(({ audience_id }) => audience_id).slice(0, 2)).toEqual(['aud-222', 'aud-221']);
	});

	it('grabbed groups are an item each', async () => {
		const found = await rows({
			resource: 'grab',
			operation: 'getGroups',
			connectedNumber: byId(numbers.connected),
		});
		expect(found.map(({ id }) => id).sort()).toEqual(Object.values(groups).sort());
	});
});

describe('questions', () => {
	const validate = (phoneNumber: string) => ({
		resource: 'general',
		operation: 'validateNumber',
		connectedNumber: byId(numbers.connected),
		phoneNumber,
	});

	it('a number that is on WhatsApp, and one that is not', async () => {
		expect(await only(validate('6281200000001'))).toEqual({
			phone: '6281200000001',
			exists: true,
			message: 'Valid WhatsApp Number',
		});
		expect(await only(validate(notOnWhatsApp[0]))).toEqual({
			phone: notOnWhatsApp[0],
			exists: false,
			message: 'Invalid WhatsApp Number',
		});
	});

	it.each<[string, Parameters<Bench['sandbox']['control']['fault']>[0]]>([
		['a wrong key', { kind: 'bodyError', code: 403, message: 'Invalid API Key' }],
		['an unknown number id', { kind: 'bodyError', code: 404, message: 'Invalid Number ID' }],
		['a time-out', { kind: 'bodyError', code: 408, message: 'The phone is asleep', times: Infinity }],
		['a limit', { kind: 'bodyError', code: 400, message: 'Bad Request / Reached of Rate-Limited' }],
		['a page', { kind: 'html', times: Infinity }],
	])('%s is no answer to them', async (_name, fault) => {
		bench.sandbox.control.fault(fault);
		const result = await run(validate('6281200000001'));
		expect(result.status).toBe('error');
	});
});

describe('choices loaded from the account', () => {
	const list = async (method: string, credential: IDataObject = {}, filter?: string) =>
		await bench.engine.listSearch({
			type: 'balesOtomatis',
			parameters: {},
			method,
			filter,
			credentials: {
				balesOtomatisApi: {
					...credentialFor(bench.sandbox.baseUrl('balesOtomatis')),
					...(credential as Record<string, string>),
				},
			},
		});

	it('numbers show number and state', async () => {
		const { results } = await list('searchNumbers');
		expect(results.map(({ value }) => value)).toEqual([numbers.connected, numbers.disconnected]);
		expect(results[0]?.name).toMatch(/6285170000021.*connected/);
	});

	it('numbers are searched by what is typed', async () => {
		expect((await list('searchNumbers', {}, 'disconnected')).results.map(({ value }) => value)).toEqual([
			numbers.disconnected,
		]);
	});

	it('templates show name, language and status, and are chosen by the number that stays', async () => {
		const { results } = await list('searchTemplates');
		expect(results).toHaveLength(4);
		const approved = results.find(({ value }) => value === balesOtomatisAccount.templates.approved);
		expect(approved?.name).toMatch(/order_confirmation.*id.*APPROVED/);
		expect(JSON.stringify(results)).not.toContain(licenseKey);
	});

	it('templates without a licence key say what to do first', async () => {
		await expect(list('searchTemplates', { licenseKey: '' })).rejects.toThrow(/License Key/);
	});

	it('a wrong key is reported instead of showing an empty list', async () => {
		await expect(list('searchNumbers', { apiKey: 'not-the-right-key' })).rejects.toThrow(
			'BalesOtomatis did not accept the credential',
		);
	});

	it('the trigger offers the numbers as options', async () => {
		const options = await bench.engine.loadOptions({
			type: 'balesOtomatisTrigger',
			parameters: {},
			method: 'getNumbers',
		});
		expect(options.map(({ value }) => value)).toEqual([numbers.connected, numbers.disconnected]);
	});
});

describe('conversations', () => {
	it('outside of the 24 hours the refusal says that a template is needed', async () => {
		const result = await run({
			resource: 'conversation',
			operation: 'sendText',
			phoneNumber: outsideWindow[0],
			text: 'Hi',
		});
		expect(result.error?.message).toContain('more than 24 hours');
		expect(result.error?.description).toMatch(/template/i);
		expect(messages()).toHaveLength(0);
	});

	it('a place goes out with its coordinates', async () => {
		await only({
			resource: 'conversation',
			operation: 'sendLocation',
			phoneNumber: '6281200000001',
			latitude: -6.175392,
			longitude: '106.827153',
			locationName: 'Monas',
		});
		expect(messages()).toMatchObject([
			{ kind: 'location', text: 'Monas', raw: { latitude: '-6.175392', longitude: '106.827153' } },
		]);
	});
});

it('keys appear in no output and no log of a run', async () => {
	const results = [
		await bench.run(bench.sendText, { items: recipients(2) }),
		await run({ resource: 'general', operation: 'info' }),
		await run({ resource: 'conversation', operation: 'sendText', phoneNumber: '6281200000001', text: 'Hi' }),
	];
	for (const { run: record, messages: shown, error } of results) {
		expect(error).toBeUndefined();
		const text = JSON.stringify([record.data.resultData, shown]);
		for (const secret of [apiKey, licenseKey]) expect(text).not.toContain(secret);
	}
});
