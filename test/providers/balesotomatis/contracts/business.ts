/** Contracts of BalesOtomatis's folder "WhatsApp Business API". Its requests carry `secret_key`. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';
import { failures, ok } from './answers';
import { namedTemplates } from './namedTemplates';
import { simpleTemplate, submitted, template } from './samples';

const OTHER_LICENSE = 'WB-test-another-license';
const TO = '6281234567890';
const IMAGE_URL = 'https://domain-kamu.com/image.jpg';
const FILE_URL = 'https://domain-kamu.com/file.pdf';

const BODY = 'Halo {{1}}, ini lokasi toko kami.';

/** Requests of templates and conversations. */
export function businessContracts(keys: { apiKey: string; licenseKey: string }, phoneNumber: string): Contract[] {
	const post = (path: string, json: object): ExpectedRequest => ({
		method: 'POST',
		path,
		headers: { 'content-type': 'application/json' },
		json: { secret_key: keys.apiKey, ...json },
	});
	const licensed = (path: string, json: object, license = keys.licenseKey): ExpectedRequest =>
		post(path, { licenses_key: license, ...json });

	return [
		...creating(post, keys.licenseKey),
		...templates(licensed, phoneNumber),
		...conversations(licensed, phoneNumber),
	];
}

function creating(post: (path: string, json: object) => ExpectedRequest, licenseKey: string): Contract[] {
	const source = 'WhatsApp Business API / Templates / Create Template';
	// Not `licenses_key` as everywhere else.
	const common = { licensesKey: licenseKey, name: 'lokasi_toko', language: 'id', category: 'UTILITY' };
	const parameters: INodeParameters = {
		licenseKey: '',
		name: 'lokasi_toko',
		language: 'id',
		category: 'UTILITY',
		body: BODY,
		variables: { variable: [{ label: 'Nama', example: 'Sari' }] },
		buttons: { button: [{ type: 'QUICK_REPLY', label: 'Terima kasih' }] },
		options: {},
	};
	const rest = {
		body: BODY,
		variables: [{ placeholder: '{{1}}', label: 'Nama', example: 'Sari' }],
		buttons: [{ type: 'QUICK_REPLY', data: { label: 'Terima kasih' } }],
	};
	const yes: ContractAnswer = { name: '200 OK', status: 200, body: submitted, output: [submitted], once: true };
	const draft = { success: true, message: 'Template saved as draft', fb_response: null };
	const metaRefused = (success: boolean): ContractAnswer => ({
		name: `Meta's refusal with success: ${success}`,
		status: 200,
		body: {
			success,
			message: 'Template submitted to Facebook for review',
			fb_response: { error: { message: "Variables can't be at the end of the template body.", code: 100 } },
		},
		inferred: true,
		error: { messageIncludes: ["Variables can't be at the end of the template body."] },
		once: true,
	});
	const location = { name: 'Toko Pusat', address: 'Jl. Contoh No.1, Jakarta', latitude: -6.3555, longitude: 101.816 };

	return [
		{
			source,
			resource: 'template',
			operation: 'create',
			parameters: { ...parameters, headerType: 'LOCATION', headerLocation: location, submit: false },
			request: post('/create-template', {
				...common,
				submitToFacebook: false,
				header: { type: 'LOCATION', ...location },
				...rest,
			}),
			answers: [{ ...yes, name: '200 OK, a draft', body: draft, inferred: true, output: [draft] }],
		},
		{
			source,
			variant: 'submitted, without a header',
			resource: 'template',
			operation: 'create',
			parameters: { ...parameters, headerType: 'NONE', submit: true },
			request: post('/create-template', { ...common, submitToFacebook: true, ...rest }),
			answers: [
				yes,
				metaRefused(true),
				metaRefused(false),
				{
					name: 'success: false',
					status: 200,
					body: { success: false, message: 'Template name already exists' },
					inferred: true,
					error: { messageIncludes: ['Template name already exists'] },
					once: true,
				},
				...failures('change'),
			],
		},
		{
			source,
			variant: 'submitted, with a header text, a footer and two buttons that do something',
			resource: 'template',
			operation: 'create',
			parameters: {
				...parameters,
				language: 'en_US',
				category: 'MARKETING',
				headerType: 'TEXT',
				headerText: 'Promo Spesial Bulan Ini!',
				buttons: {
					button: [
						{ type: 'URL', label: 'Lihat', url: 'https://example.com/promo' },
						{ type: 'PHONE_NUMBER', label: 'Telepon', phoneNumber: '+62 812-3456-7890' },
					],
				},
				options: { footer: '*Syarat dan ketentuan berlaku' },
				submit: true,
			},
			// The form of a text header is that of the API reference's answer of Get List Templates. No sample has a footer in a
			// request, nor these buttons: their names are inferred.
			request: post('/create-template', {
				...common,
				language: 'en_US',
				category: 'MARKETING',
				submitToFacebook: true,
				header: { type: 'TEXT', content: 'Promo Spesial Bulan Ini!' },
				...rest,
				buttons: [
					{ type: 'URL', data: { label: 'Lihat', url: 'https://example.com/promo' } },
					{ type: 'PHONE_NUMBER', data: { label: 'Telepon', phoneNumber: '6281234567890' } },
				],
				footer: '*Syarat dan ketentuan berlaku',
			}),
			answers: [yes],
		},
		...(['IMAGE', 'VIDEO', 'DOCUMENT'] as const).map((headerType): Contract => ({
			source,
			variant: `with a header of kind ${headerType}`,
			resource: 'template',
			operation: 'create',
			parameters: { ...parameters, headerType, headerUrl: FILE_URL, submit: true },
			request: post('/create-template', {
				...common,
				submitToFacebook: true,
				header: { type: headerType, content: FILE_URL },
				...rest,
			}),
			answers: [yes],
		})),
	];
}

export type Licensed = (path: string, json: object, license?: string) => ExpectedRequest;

function templates(licensed: Licensed, phoneNumber: string): Contract[] {
	const list = (data: IDataObject[]) => ({
		message: 'Successfully',
		type: 'successfully',
		data,
		TotalRecords: data.length,
	});
	const page = { order_by: 'template_created_at', order_dir: 'desc', start: 0, length: 20 };
	const sendTemplate: INodeParameters = {
		licenseKey: '',
		template: { __rl: true, mode: 'list', value: template.templateId, cachedResultName: 'testesvariabletemplate' },
		phoneNumber,
		options: {},
	};
	const message = {
		recipients: TO, // one number, in spite of its name
		platform: 'whatsapp_bisnis_api',
		method_send: 'async',
		template: template.templateId,
	};
	const templateWithoutKey = Object.fromEntries(
		Object.entries(template).filter(([name]) => name !== 'template_license_key'),
	);
	const queued = { message: 'queued', template: 'order_confirmation', bc_id: 'BROADCAST_ID' };
	const queuedOut = {
		messageId: null,
		phone: TO,
		status: 'queued',
		providerStatus: 'queued',
		provider: 'balesOtomatis',
		template: 'order_confirmation',
		bc_id: 'BROADCAST_ID',
	};
	return [
		{
			source: 'WhatsApp Business API / Templates / Get List Templates',
			resource: 'template',
			operation: 'getMany',
			parameters: { licenseKey: '', returnAll: false, limit: 20, filters: {} },
			request: licensed('/get-template-list', { search: '', ...page }),
			// The license key is a secret: it comes with every template and is not in the output.
			answers: [ok(list([template]), { output: [simpleTemplate] }), ...failures('read')],
		},
		{
			source: 'WhatsApp Business API / Templates / Get List Templates',
			variant: 'not simplified',
			resource: 'template',
			operation: 'getMany',
			parameters: { licenseKey: '', returnAll: false, limit: 20, simplify: false, filters: {} },
			request: licensed('/get-template-list', { search: '', ...page }),
			answers: [ok(list([template]), { output: [templateWithoutKey] })],
		},
		{
			source: 'WhatsApp Business API / Templates / Get List Templates',
			variant: 'of another licence, searched and sorted',
			resource: 'template',
			operation: 'getMany',
			parameters: {
				licenseKey: OTHER_LICENSE,
				returnAll: false,
				limit: 25,
				filters: { search: 'promo', orderBy: 'template_name', orderDirection: 'asc' },
				options: { skip: 20 },
			},
			request: licensed(
				'/get-template-list',
				{ search: 'promo', ...page, start: 20, length: 25, order_by: 'template_name', order_dir: 'asc' },
				OTHER_LICENSE,
			),
			answers: [ok(list([]), { inferred: true, output: [] })],
		},
		{
			source: 'WhatsApp Business API / Templates / Send Template',
			resource: 'template',
			operation: 'send',
			parameters: {
				...sendTemplate,
				variables: { variable: [{ value: 'Isi Var 1' }, { value: 'Isi Var 2' }, { value: 'Isi Var 3' }] },
			},
			request: licensed('/send_message_template', {
				...message,
				variables: ['Isi Var 1', 'Isi Var 2', 'Isi Var 3'],
			}),
			answers: [ok({ ...queued, type: 'successfully' }, { output: [queuedOut] }), ...failures('send')],
		},
		{
			source: 'WhatsApp Business API / Templates / Send Template',
			variant: 'without variables, at once',
			resource: 'template',
			operation: 'send',
			parameters: { ...sendTemplate, variables: {}, options: { delivery: 'sync' } },
			request: licensed('/send_message_template', { ...message, method_send: 'sync', variables: [] }),
			answers: [ok({ ...queued, type: 'successfully' }, { output: [queuedOut] })],
		},
		...namedTemplates(licensed, phoneNumber, ok({ ...queued, type: 'successfully' }, { output: [queuedOut] })),
	];
}

function conversations(licensed: Licensed, phoneNumber: string): Contract[] {
	const folder = 'WhatsApp Business API / Conversations';
	const to = { licenseKey: '', phoneNumber, options: {} };
	// `reciptient` is the API reference's spelling.
	const base = { reciptient: TO, platform: 'whatsapp', method_send: 'async' };
	const send = (
		name: string,
		operation: string,
		parameters: INodeParameters,
		json: object,
		message: IDataObject,
		variant?: string,
	): Contract => {
		const answer: IDataObject = {
			state: 'successfully',
			message_id: 'wamid.HBgLNzk4MTIzNDU2Nzg',
			to: TO,
			...message,
		};
		const { detail, ...content } = message;
		const output: IDataObject = {
			messageId: 'wamid.HBgLNzk4MTIzNDU2Nzg',
			phone: TO,
			status: detail === undefined ? 'accepted' : 'queued',
			providerStatus: detail ?? 'successfully',
			provider: 'balesOtomatis',
			...content,
			template: null,
		};
		return {
			source: `${folder} / ${name} (Required Time Window Active)`,
			...(variant === undefined ? {} : { variant }),
			resource: 'conversation',
			operation,
			parameters: { ...to, ...parameters },
			request: licensed('/send_meta_personal_message', { ...base, ...json }),
			answers: [
				ok({ message: answer, type: 'successfully', template: null }, { output: [output] }),
				...(variant === undefined ? failures('send') : []),
			],
		};
	};
	const options = { delivery: 'sync' };
	const place = { latitude: '-6.222222', longitude: '103.222222', nameLocation: 'Jakarta Pusat' };
	const named = { fileName: 'invoice.pdf' };
	const atOnce = [
		send(
			'Send Text Only',
			'sendText',
			{ text: 'Halo', options },
			{ message: 'Halo', method_send: 'sync' },
			{ type: 'text' },
			'at once',
		),
		send(
			'Send Document',
			'sendDocument',
			{ fileUrl: FILE_URL, ...named, options },
			{ file_url: FILE_URL, ...named, messageType: 'document', method_send: 'sync' },
			{ type: 'document', ...named, url: FILE_URL },
			'at once',
		),
		send(
			'Send Location',
			'sendLocation',
			{ latitude: -6.222222, longitude: 103.222222, locationName: 'Jakarta Pusat', options },
			{ ...place, messageType: 'location', method_send: 'sync' },
			{ type: 'location', ...place },
			'at once',
		),
	];
	const image = { message: 'Ini caption gambar.', image_url: IMAGE_URL, send_as_caption: 1 };
	const imageAnswer = { type: 'image', url: IMAGE_URL, caption: 'Ini caption gambar.' };
	return [
		send(
			'Send Text Only',
			'sendText',
			{ text: 'Halo, ini pesan dari API.' },
			{ message: 'Halo, ini pesan dari API.' },
			{ type: 'text', detail: 'Message queued to be sent.' },
		),
		send('Send Image', 'sendImage', { imageUrl: IMAGE_URL, caption: 'Ini caption gambar.' }, image, imageAnswer),
		send(
			'Send Image',
			'sendImage',
			{
				imageUrl: IMAGE_URL,
				caption: 'Ini caption gambar.',
				options: { captionPlacement: 'separate', delivery: 'sync' },
			},
			{ ...image, send_as_caption: 0, method_send: 'sync' },
			imageAnswer,
			'with the caption as a separate message, at once',
		),
		...atOnce,
		send(
			'Send Image',
			'sendImage',
			{ imageUrl: IMAGE_URL },
			{ ...image, message: '' },
			{ ...imageAnswer, caption: '' },
			'without a caption',
		),
		send(
			'Send Document',
			'sendDocument',
			{ fileUrl: FILE_URL, fileName: 'invoice.pdf' },
			{ file_url: FILE_URL, fileName: 'invoice.pdf', messageType: 'document' },
			{ type: 'document', fileName: 'invoice.pdf', url: FILE_URL },
		),
		send(
			'Send Location',
			'sendLocation',
			{ latitude: -6.222222, longitude: 103.222222, locationName: 'Jakarta Pusat' },
			// Texts, unlike in a template's header.
			{ latitude: '-6.222222', longitude: '103.222222', nameLocation: 'Jakarta Pusat', messageType: 'location' },
			{ type: 'location', latitude: '-6.222222', longitude: '103.222222', nameLocation: 'Jakarta Pusat' },
		),
	];
}
