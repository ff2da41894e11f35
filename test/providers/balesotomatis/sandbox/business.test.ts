import { balesOtomatisAccount } from '../../../../sandbox';
import { anyString, matching } from '../../../sandbox/client';
import { no, useCalls } from './calls';

const { apiKey, licenseKey, templates, outsideWindow } = balesOtomatisAccount;
const { sandbox, call, business } = useCalls();

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
		expect(sandbox().control.messages()).toMatchObject([
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
		expect(sandbox().control.messages()).toMatchObject([{ kind: type, recipient: base.reciptient }]);
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
		expect(sandbox().control.messages()).toEqual([]);
	});
});
