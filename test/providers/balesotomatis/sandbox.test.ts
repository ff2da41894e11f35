import { balesOtomatisAccount, type Sandbox, startSandbox } from '../../../sandbox';
import { type Answer, anyString, callProvider, controlCall, matching, startReceiver } from '../../sandbox/client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const { apiKey, licenseKey, numbers, templates, groups, notOnWhatsApp, outsideWindow, longList } = balesOtomatisAccount;
const no = (code: string, message: unknown): unknown => ({ code, message, type: 'error' });
const call = async (path: string, body: object, key: object = { api_key: apiKey }): Promise<Answer> =>
	await callProvider(sandbox, 'balesOtomatis', 'POST', path, { ...key, ...body });
const business = async (path: string, body: object): Promise<Answer> =>
	await call(path, { licenses_key: licenseKey, ...body }, { secret_key: apiKey });

const pair = { phone_no: '81200000001', country_code: '62' };
const text = { number_id: numbers.connected, ...pair, enable_typing: '1', method_send: 'async', message: 'Hello' };
const DELIVERING = { code: '200', message: 'The message is in the delivery process', type: 'successfully' };

describe('refusals', () => {
	it.each<[string, () => Promise<Answer>, unknown]>([
		['a wrong key', async () => await call('/info', {}, { api_key: 'wrong' }), no('403', 'Invalid API Key')],
		[
			'the wrong name of the key',
			async () => await call('/info', {}, { secret_key: apiKey }),
			no('403', 'Invalid API Key'),
		],
		[
			'a wrong key of the Business API',
			async () => await call('/get-template-list', { licenses_key: licenseKey }, { secret_key: 'x' }),
			no('403', 'Invalid API Key'),
		],
		[
			'an unknown licence',
			async () => await business('/get-template-list', { licenses_key: 'WB-x' }),
			no('404', 'Invalid Licenses Key'),
		],
		[
			'an unknown number',
			async () => await call('/send_personal_message', { ...text, number_id: 'BO-x' }),
			no('404', 'Invalid Number ID'),
		],
		[
			'a number that is not connected',
			async () => await call('/send_personal_message', { ...text, number_id: numbers.disconnected }),
			no('400', 'The number is not connected'),
		],
		[
			'no text',
			async () => await call('/send_personal_message', { ...text, message: '' }),
			no('405', matching(/Wrong Required Parameter: message$/)),
		],
		[
			'a wrong parameter',
			async () => await call('/send_personal_message', { ...text, method_send: 'later' }),
			no('405', matching(/method_send$/)),
		],
	])('%s, with HTTP 200', async (_name, send, expected) => {
		const { status, json } = await send();
		expect([status, json]).toEqual([200, expected]);
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('come with their code as status when asked to', async () => {
		await controlCall(sandbox, 'POST', '/balesOtomatis/settings', { refusalStatus: 'code' });
		const { status, json } = await call('/info', {}, { api_key: 'wrong' });
		expect([status, json]).toEqual([403, no('403', 'Invalid API Key')]);
		expect((await controlCall(sandbox, 'POST', '/balesOtomatis/settings', { other: 1 })).status).toBe(400);
	});

	it('a limit is code 400', async () => {
		sandbox.control.setRateLimit('balesOtomatis', { limit: 1, windowMs: 60_000 });
		await call('/info', {});
		expect((await call('/info', {})).json).toEqual(no('400', matching(/Rate-Limited/)));
		expect((await call('/info', {}, { api_key: 'another account' })).json).toEqual(no('403', 'Invalid API Key'));
	});

	it('faults speak its form: code 408 with words of its own, and a web page', async () => {
		sandbox.control.fault({ kind: 'bodyError', code: 408, message: 'The phone is asleep' });
		expect((await call('/info', {})).json).toEqual(no('408', 'The phone is asleep'));
		sandbox.control.fault({ kind: 'html' });
		expect((await call('/info', {})).headers.get('content-type')).toMatch(/^text\/html/);
	});
});

it('tells the account and its numbers', async () => {
	expect((await call('/info', {})).json).toMatchObject({
		code: '200',
		info: {
			timezone: 'Asia/Jakarta',
			devices: [
				{ number_id: numbers.connected, state_connection: 'connected' },
				{ state_connection: 'disconnected' },
			],
		},
	});
});

it('validates numbers', async () => {
	const number_id = numbers.connected;
	expect((await call('/validate_number', { number_id, ...pair })).json).toEqual({
		code: '200',
		message: 'Valid WhatsApp Number',
		type: 'successfully',
	});
	const absent = { phone_no: notOnWhatsApp[0].slice(2), country_code: '62' };
	expect((await call('/validate_number', { number_id, ...absent })).json).toEqual(
		no('400', 'Invalid WhatsApp Number'),
	);
});

describe('lists', () => {
	const rows = ({ json }: Answer): Record<string, unknown>[] => (json as { data: Record<string, unknown>[] }).data;

	it('contact lists have the fields of the example, and totals that are text', async () => {
		const answer = await call('/get-list-contacts', {
			start: 0,
			length: 10,
			search: '',
			order_by: 'contacts_created_at',
			order_dir: 'desc',
		});
		expect(answer.json).toMatchObject({ code: '200', draw: 0, iTotalRecords: '232', iTotalDisplayRecords: '232' });
		expect(Object.keys(rows(answer)[0] ?? {})).toEqual([
			'contacts_id',
			'contacts_name',
			'contacts_type',
			'contacts_type_defined',
			'contacts_audience',
			'contacts_created_at',
			'contacts_last_updated',
		]);
		expect(rows(answer)[0]?.contacts_created_at).toMatch(/^\d+ [A-Z][a-z]{2} 20\d\d \d\d:\d\d WIB$/);
	});

	it('contact lists are cut, searched and sorted', async () => {
		expect(rows(await call('/get-list-contacts', { start: 230, length: 10 }))).toHaveLength(2);
		expect(rows(await call('/get-list-contacts', { start: 0, length: 5000 }))).toHaveLength(100);
		const found = await call('/get-list-contacts', {
			search: 'sari',
			order_by: 'contacts_name',
			order_dir: 'asc',
			length: 100,
		});
		expect(found.json).toMatchObject({ iTotalRecords: '232', iTotalDisplayRecords: String(rows(found).length) });
		const names = rows(found).map(({ contacts_name }) => String(contacts_name));
		expect(names.every((name) => name.includes('Sari'))).toBe(true);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	});

	it('audiences are asked for as a table widget does', async () => {
		const columns = [{ data: 'name' }, { data: 'wa_number' }, { data: 'status' }, { data: 'date_insert' }];
		const ask = {
			contact_id: longList,
			draw: 3,
			start: 0,
			length: 10,
			search: { value: 'jono' },
			order: [{ column: 3, dir: 'desc' }],
			columns,
		};
		const answer = await call('/get-list-audiences', ask);
		expect(answer.json).toMatchObject({ draw: 3, iTotalRecords: '222', iTotalDisplayRecords: '32' });
		expect(rows(answer)[0]).toEqual({
			audience_id: anyString,
			name: 'Jono 218',
			wa_number: anyString,
			status: 'not_checked',
			status_defined: 'Pending',
			date_insert: anyString,
			custom_fields: [],
		});
		expect((await call('/get-list-audiences', { ...ask, contact_id: 'none' })).json).toEqual(
			no('405', matching(/contact_id$/)),
		);
	});

	it('grabs contacts as a list and groups by their id', async () => {
		expect(rows(await call('/grab', { number_id: numbers.connected, type: 'contacts' }))[0]).toEqual({
			name: 'Jono 1',
			whatsapp_number: '6281200000001',
		});
		const { json } = await call('/grab', { number_id: numbers.connected, type: 'group' });
		expect(json).toMatchObject({
			message: 'Received (3) Groups',
			data: { [groups.first]: { id: groups.first, participants: matchingArray() } },
		});
	});
});

const matchingArray = (): unknown =>
	expect.arrayContaining([expect.objectContaining({ groupid: groups.first, role: 'admin' })]);

describe('sending', () => {
	it.each([
		['812… beside 62', pair],
		['62812… beside 62', { phone_no: '6281200000001', country_code: '62' }],
		['0812… beside 62', { phone_no: '081200000001', country_code: '62' }],
	])('takes %s', async (_name, number) => {
		expect((await call('/send_personal_message', { ...text, ...number })).json).toEqual(DELIVERING);
		expect(sandbox.control.messages()).toMatchObject([
			{
				recipient: '6281200000001',
				recipientType: 'person',
				kind: 'text',
				text: 'Hello',
				device: numbers.connected,
			},
		]);
	});

	it('sends images and files, to people and groups', async () => {
		const url = 'https://example.com/a.png';
		const group = { ...text, phone_no: undefined, country_code: undefined, group_id: groups.first };
		await call('/send_personal_message', { ...text, image_url: url, send_as_caption: '0' });
		await call('/send_personal_file', { ...text, file_url: url, message: '' });
		await call('/send_group_message', { ...group, image_url: url, send_as_caption: '1' });
		await call('/send_group_file', { ...group, file_url: url });
		expect(
			sandbox.control.messages().map(({ kind, recipientType, url: sent }) => [kind, recipientType, sent]),
		).toEqual([
			['image', 'person', url],
			['file', 'person', url],
			['image', 'group', url],
			['file', 'group', url],
		]);
	});

	it('refuses a group whose admin the number is not, and an unknown one', async () => {
		const send = async (group_id: string): Promise<unknown> =>
			(await call('/send_group_message', { ...text, group_id })).json;
		expect(await send(groups.notAdmin)).toEqual(no('400', matching(/must be a group admin/)));
		expect(await send(`${groups.first}@g.us`)).toEqual(no('405', matching(/group_id$/)));
	});
});

describe('OTP', () => {
	const order = {
		number_id: numbers.connected,
		...pair,
		customer_name: 'Sari',
		service_name: 'Login',
		company_name: 'Toko',
		lifetime: '60',
	};
	const send = async (lifetime = '60'): Promise<string> =>
		((await call('/send_otp', { ...order, lifetime })).json as { otp_code: string }).otp_code;
	const check = async (otp_code: string): Promise<unknown> => (await call('/validate_otp', { otp_code })).json;

	it('gives a code, sends it, and takes it once', async () => {
		const code = await send();
		expect(code).toMatch(/^\d{6}$/);
		expect(sandbox.control.messages()).toMatchObject([{ kind: 'otp', text: matching(new RegExp(code)) }]);
		expect(await check(code)).toEqual({ code: '200', message: 'OTP Code is Valid' });
		expect(await check(code)).toEqual(no('400', 'OTP Code is Invalid'));
	});

	it('lets it expire', async () => {
		expect(await check(await send('0'))).toEqual(no('400', 'OTP Code is Expired'));
	});
});

describe('templates', () => {
	const draft = {
		licensesKey: licenseKey,
		name: 'lokasi_toko',
		language: 'id',
		category: 'UTILITY',
		submitToFacebook: false,
		body: 'Halo {{1}}, ini kami.',
		variables: [{ placeholder: '{{1}}', label: 'Nama', example: 'Sari' }],
		buttons: [],
	};
	const create = async (changes: object = {}): Promise<unknown> =>
		(await call('/create-template', { ...draft, ...changes }, { secret_key: apiKey })).json;
	const states = async (search: string): Promise<unknown[]> => {
		const { json } = await business('/get-template-list', { search, start: 0, length: 20 });
		return (json as { data: { template_status: string }[] }).data.map(({ template_status }) => template_status);
	};

	it('saves a draft, or submits', async () => {
		expect(await create()).toMatchObject({ success: true, fb_response: null });
		expect(await states('lokasi')).toEqual(['DRAFT']);
		expect(await create({ submitToFacebook: true })).toMatchObject({
			success: true,
			fb_response: { status: 'IN_REVIEW' },
		});
		expect((await states('lokasi')).sort()).toEqual(['DRAFT', 'IN_REVIEW']);
	});

	it.each([
		['a variable at the end', { body: 'Halo {{1}}' }, "Variables can't be at the end of the template body."],
		['a name with capitals', { name: 'Lokasi' }, matching(/lowercase/)],
		['examples that do not match', { variables: [] }, matching(/variables/)],
	])('passes on what Meta refuses: %s', async (_name, changes, message) => {
		expect(await create({ ...changes, submitToFacebook: true })).toMatchObject({
			success: false,
			fb_response: { error: { message } },
		});
		expect(await states('lokasi')).toEqual([]);
	});

	it('knows the licence here under its other name only', async () => {
		expect(await create({ licensesKey: undefined, licenses_key: licenseKey })).toEqual(
			no('405', matching(/licensesKey$/)),
		);
	});

	it('lists them with a total that is a number, and an id that changes', async () => {
		const list = async (): Promise<unknown> =>
			(
				await business('/get-template-list', {
					search: '',
					order_by: 'template_created_at',
					order_dir: 'desc',
					start: 0,
					length: 20,
				})
			).json;
		const [one, other] = [await list(), await list()] as { data: { templateId: string; template_id: string }[] }[];
		expect(one).toMatchObject({
			code: '200',
			TotalRecords: 4,
			data: [{ templateId: templates.approved, template_status: 'APPROVED' }, {}, {}, {}],
		});
		expect(one?.data[0]?.template_id).not.toBe(other?.data[0]?.template_id);
	});

	it('sends approved ones by their number', async () => {
		const message = {
			recipients: '6281200000001',
			platform: 'whatsapp_bisnis_api',
			method_send: 'async',
			variables: ['Sari', 'A-1'],
		};
		const send = async (template: string, changes: object = {}): Promise<unknown> =>
			(await business('/send_message_template', { ...message, template, ...changes })).json;
		expect(await send(templates.approved)).toEqual({
			code: '200',
			message: 'queued',
			type: 'successfully',
			template: 'order_confirmation',
			bc_id: anyString,
		});
		expect(sandbox.control.messages()).toMatchObject([
			{ kind: 'template', text: 'Halo Sari, pesanan A-1 sudah dikirim.' },
		]);
		for (const id of [templates.draft, templates.inReview, 'order_confirmation'])
			expect(await send(id)).toEqual(no('404', 'Template not found'));
		expect(await send(templates.approved, { variables: [] })).toEqual(no('405', matching(/variables$/)));
	});
});

describe('conversations', () => {
	const base = { reciptient: '6281200000001', platform: 'whatsapp', method_send: 'async' };
	it.each<[string, object, object]>([
		['text', { message: 'Halo' }, { detail: 'Message queued to be sent.' }],
		['image', { message: 'Halo', image_url: 'https://example.com/a.jpg', send_as_caption: 1 }, { caption: 'Halo' }],
		[
			'document',
			{ file_url: 'https://example.com/a.pdf', fileName: 'a.pdf', messageType: 'document' },
			{ fileName: 'a.pdf' },
		],
		[
			'location',
			{ latitude: '-6.2', longitude: '103.2', nameLocation: 'Jakarta', messageType: 'location' },
			{ nameLocation: 'Jakarta', latitude: '-6.2' },
		],
	])('%s', async (type, fields, message) => {
		const { json } = await business('/send_meta_personal_message', { ...base, ...fields });
		expect(json).toMatchObject({
			code: '200',
			message: { state: 'successfully', message_id: matching(/^wamid\./), to: base.reciptient, type, ...message },
			template: null,
		});
		expect(sandbox.control.messages()).toMatchObject([{ kind: type, recipient: base.reciptient }]);
	});

	it('wants the name with its mistake, and an open window', async () => {
		const { reciptient, ...rest } = base;
		expect(
			(await business('/send_meta_personal_message', { ...rest, recipient: reciptient, message: 'x' })).json,
		).toEqual(no('405', matching(/reciptient$/)));
		const closed = await business('/send_meta_personal_message', {
			...base,
			reciptient: outsideWindow[0],
			message: 'x',
		});
		expect(closed.json).toMatchObject({ code: '400', message: { state: 'failed', detail: matching(/24 hours/) } });
		expect(sandbox.control.messages()).toEqual([]);
	});
});

describe('webhook', () => {
	it('is set by hand, and posted with the id of the number', async () => {
		const receiver = await startReceiver();
		try {
			sandbox.control.setWebhook('balesOtomatis', receiver.url);
			expect([
				sandbox.control.webhook('balesOtomatis'),
				sandbox.control.webhook('balesOtomatis', numbers.disconnected),
			]).toEqual([receiver.url, null]);
			for (const event of ['text', 'image', 'group', 'own', 'unknown'] as const)
				await sandbox.control.incoming('balesOtomatis', event);
			expect(receiver.received.map(({ headers }) => headers['bls-oto-numberid'])).toEqual(
				Array(5).fill(numbers.connected),
			);
			const bodies = receiver.received.map(
				({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> },
			);
			expect(bodies[0]).toMatchObject({
				type: 'incoming_chat',
				data: { chat_id: '6281200000001@c.us', is_from_me: false, has_media: false, media_name: null },
			});
			expect(bodies[1]).toMatchObject({
				data: { has_media: true, media_name: 'photo.jpg', media_mime: 'image/jpeg' },
			});
			expect(bodies[2]).toMatchObject({ data: { chat_id: `${groups.first}@g.us` } });
			expect(bodies[3]).toMatchObject({ data: { is_from_me: true } });
			expect(bodies[4]?.type).toBe('message_status');
			expect(new Set(bodies.map(({ data }) => data.message_id)).size).toBe(5);
		} finally {
			await receiver.close();
		}
	});
});

it('shows requests with keys and codes masked', async () => {
	await business('/get-template-list', {});
	await call('/validate_otp', { otp_code: '123456' });
	const { text: shown } = await controlCall(sandbox, 'GET', '/requests');
	for (const secret of [apiKey, licenseKey, '123456']) expect(shown).not.toContain(secret);
});
