import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { balesOtomatisAccount } from '../../../sandbox';
import { type Bench, byId, startBench } from './bench';

const { templates } = balesOtomatisAccount;

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

const create = async (changes: IDataObject = {}) =>
	await bench.run({
		resource: 'template',
		operation: 'create',
		name: 'lokasi_toko',
		language: 'id',
		category: 'UTILITY',
		headerType: 'NONE',
		body: 'Halo {{1}}, ini lokasi toko kami.',
		variables: { variable: [{ label: 'Nama', example: 'Sari' }] },
		submit: true,
		...changes,
	});
const stored = async () => {
	const result = await bench.run({
		resource: 'template',
		operation: 'getMany',
		returnAll: true,
		filters: { search: 'lokasi' },
	});
	return result.outputs[0]?.map(({ json }) => json.template_status);
};
const creations = () => bench.sandbox.control.requests({ path: '/create-template' });

describe('creating', () => {
	it('submits to Meta', async () => {
		const result = await create();
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.[0]?.json).toMatchObject({ success: true, fb_response: { status: 'IN_REVIEW' } });
		expect(await stored()).toEqual(['IN_REVIEW']);
	});

	it('saves a draft', async () => {
		const result = await create({ submit: false });
		expect(result.outputs[0]?.[0]?.json).toMatchObject({ success: true, fb_response: null });
		expect(await stored()).toEqual(['DRAFT']);
	});

	it('several variables get their placeholders in order', async () => {
		const result = await create({
			body: 'Halo {{1}}, pesanan {{2}} tiba {{3}}. Terima kasih.',
			variables: {
				variable: [
					{ label: 'Nama', example: 'Sari' },
					{ label: 'Nomor', example: 'A-1' },
					{ label: 'Hari', example: 'besok' },
				],
			},
		});
		expect(result.error).toBeUndefined();
		expect(creations()[0]?.body).toMatchObject({
			variables: [
				{ placeholder: '{{1}}', label: 'Nama', example: 'Sari' },
				{ placeholder: '{{2}}', label: 'Nomor', example: 'A-1' },
				{ placeholder: '{{3}}', label: 'Hari', example: 'besok' },
			],
		});
	});

	it.each<[string, IDataObject, IDataObject]>([
		['text', { headerType: 'TEXT', headerText: 'Promo' }, { type: 'TEXT' }],
		['image', { headerType: 'IMAGE', headerUrl: 'https://example.com/a.png' }, { type: 'IMAGE' }],
		[
			'place',
			{
				headerType: 'LOCATION',
				headerLocation: { name: 'Toko', address: 'Jl. Contoh 1', latitude: '-6.3555', longitude: '101.816' },
			},
			{ type: 'LOCATION', latitude: -6.3555, longitude: 101.816 },
		],
	])('a header of kind %s', async (_name, changes, header) => {
		const result = await create(changes);
		expect(result.error).toBeUndefined();
		expect(creations()[0]?.body).toMatchObject({ header });
	});

	it('what Meta refuses is a failure in its words', async () => {
		bench.sandbox.control.fault({
			kind: 'status',
			status: 200,
			body: {
				success: true,
				message: 'Template submitted',
				fb_response: { error: { message: 'Invalid parameter: category' } },
			},
		});
		expect((await create()).error?.message).toContain('Invalid parameter: category');
	});

	it.each<[string, IDataObject, RegExp]>([
		['a variable at the end', { body: 'Halo {{1}}' }, /^Body: .*end/],
		['a variable at the start', { body: '{{1}}, halo!' }, /^Body: .*start/],
		[
			'a gap in the numbers',
			{
				body: 'Halo {{1}} dan {{3}} juga.',
				variables: {
					variable: [
						{ label: 'a', example: 'b' },
						{ label: 'c', example: 'd' },
					],
				},
			},
			/^Body: .*\{\{3\}\}/,
		],
		['fewer examples than variables', { variables: {} }, /Variables/],
		['more examples than variables', { body: 'Halo semua.' }, /Variables/],
		['an example that is empty', { variables: { variable: [{ label: 'Nama', example: '' }] } }, /Example/],
		['a name with spaces', { name: 'Lokasi Toko' }, /^(Template )?Name: /],
		[
			'a header without its text',
			{ headerType: 'TEXT', headerText: '={{ $json.nothing ?? "" }}' },
			/^Header Text: /,
		],
		['a header without its file', { headerType: 'IMAGE', headerUrl: 'a.png' }, /^Header (File )?URL: /],
		[
			'a link button without its address',
			{ buttons: { button: [{ type: 'URL', label: 'Lihat', url: 'lihat' }] } },
			/Buttons/,
		],
	])('%s is met before anything is sent', async (_name, changes, message) => {
		const result = await create(changes);
		expect(result.error?.message).toMatch(message);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});
});

describe('sending', () => {
	const send = async (template: string, values: string[] = ['Sari', 'A-1']) =>
		await bench.run({
			resource: 'template',
			operation: 'send',
			template: byId(template),
			phoneNumber: '+62 812-0000-0001',
			variables: { variable: values.map((value) => ({ value })) },
		});

	it('an approved one arrives with its variables', async () => {
		expect((await send(templates.approved)).error).toBeUndefined();
		expect((await send(templates.plain, [])).error).toBeUndefined();
		expect(bench.sandbox.control.messages().map(({ text }) => text)).toEqual([
			'Halo Sari, pesanan A-1 sudah dikirim.',
			'Selamat datang!',
		]);
	});

	const sendNamed = async (more: INodeParameters) =>
		await bench.run({
			resource: 'template',
			operation: 'send',
			templateBy: 'name',
			templateName: 'order_confirmation',
			language: 'id',
			phoneNumber: '+62 812-0000-0001',
			variables: { variable: [{ value: 'Sari' }, { value: 'A-1' }] },
			...more,
		});
	const button = (number: number | string, value = 'yes') => ({ number, kind: 'QUICK_REPLY', value });

	it('one by its name arrives with the values of header, text and buttons', async () => {
		const result = await sendNamed({
			headerType: 'IMAGE',
			headerUrl: 'https://example.com/picture.png',
			buttonValues: { button: [button(1)] },
		});
		expect(result.error).toBeUndefined();
		expect(bench.sandbox.control.messages().map(({ text }) => text)).toEqual([
			'Halo Sari, pesanan A-1 sudah dikirim.',
		]);
	});

	it.each([
		['no name', { templateName: '={{ "" }}' }, /^Template Name: enter a name/],
		['a name in capitals', { templateName: 'Order' }, /^Template Name: only lowercase letters/],
		['a language that is none', { language: 'Indonesian' }, /^Language: this is not a Meta language code/],
		['an image without an address', { headerType: 'IMAGE', headerUrl: '={{ "" }}' }, /^Header File URL: /],
		[
			'a variable without a value',
			{ variables: { variable: [{ value: '' }] } },
			/enter the value of this variable/,
		],
		['a button that there cannot be', { buttonValues: { button: [button(11)] } }, /at most 10 buttons$/],
		['a button without a number', { buttonValues: { button: [button('first')] } }, /the number of the button/],
		['a button without a value', { buttonValues: { button: [button(1, ' ')] } }, /the value of this button$/],
		[
			'two values for one button',
			{ buttonValues: { button: [button(1), button('1')] } },
			/^Button Values: button 1 has two values\. Give each button one$/,
		],
	])('by name, %s is refused before anything is sent', async (_name, parameters, message) => {
		const result = await sendNamed(parameters);
		expect(result.error?.message).toMatch(message);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});

	it('what belongs to a template by name plays no part by ID', async () => {
		const result = await bench.run({
			resource: 'template',
			operation: 'send',
			template: byId(templates.plain),
			phoneNumber: '+62 812-0000-0001',
			templateName: '',
			headerType: 'IMAGE',
			headerUrl: '',
			buttonValues: { button: [button(11)] },
		});
		expect(result.error).toBeUndefined();
	});

	it('one by a name that does not exist is refused, with the fields to check', async () => {
		const result = await sendNamed({ templateName: 'no_such_template' });
		expect(result.error?.description).toContain('Check Template Name and Language.');
		expect(bench.sandbox.control.messages()).toHaveLength(0);
	});

	it.each([
		['a draft', templates.draft],
		['a name', 'order_confirmation'],
	])('%s is refused, with what to choose', async (_name, template) => {
		const result = await send(template);
		expect(result.error?.message).toContain('Template not found');
		expect(result.error?.description).toMatch(/approved/i);
		expect(bench.sandbox.control.messages()).toHaveLength(0);
	});
});
