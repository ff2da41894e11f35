/** Contracts of Send Template by name and language, which BalesOtomatis's API reference shows with the answer. */
import type { INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer } from '../../../contracts/types';
import type { Licensed } from './business';

const TO = '6281234567890';
const FILE_URL = 'https://domain-kamu.com/file.pdf';

/** The body that the API reference shows with the answer of Send Template: by name and language, with components. */
export function namedTemplates(licensed: Licensed, phoneNumber: string, answer: ContractAnswer): Contract[] {
	const text = (value: string) => ({ type: 'text', text: value });
	const send = (variant: string, parameters: INodeParameters, components: object[], more: object = {}): Contract => ({
		source: 'WhatsApp Business API / Templates / Send Template',
		variant: `by name, ${variant}`,
		resource: 'template',
		operation: 'send',
		parameters: {
			licenseKey: '',
			templateBy: 'name',
			templateName: 'nama_template_meta',
			language: 'id',
			phoneNumber,
			variables: {},
			options: {},
			...parameters,
		},
		request: licensed('/send_message_template', {
			reciptient: TO,
			platform: 'whatsapp',
			template: { name: 'nama_template_meta', language: 'id', components },
			method_send: 'async',
			...more,
		}),
		answers: [answer],
	});
	return [
		send(
			"as in the API reference's example",
			{ variables: { variable: [{ value: 'Parameter 1' }, { value: 'Parameter 2' }] } },
			[{ type: 'body', parameters: [text('Parameter 1'), text('Parameter 2')] }],
		),
		{
			...send('without values, at once', { language: 'en_US', options: { delivery: 'sync' } }, []),
			request: licensed('/send_message_template', {
				reciptient: TO,
				platform: 'whatsapp',
				template: { name: 'nama_template_meta', language: 'en_US', components: [] },
				method_send: 'sync',
			}),
		},
		// From here on Meta's documentation of components.
		send(
			'with a header text and every kind of button value',
			{
				headerType: 'TEXT',
				headerText: 'Pesanan Anda',
				variables: { variable: [{ value: 'Sari' }] },
				buttonValues: {
					button: [
						{ number: 1, kind: 'URL', value: 'order-7' },
						{ number: '2', kind: 'QUICK_REPLY', value: 'yes-7' },
						{ number: 4, kind: 'COPY_CODE', value: '25OFF' },
					],
				},
			},
			[
				{ type: 'header', parameters: [text('Pesanan Anda')] },
				{ type: 'body', parameters: [text('Sari')] },
				{ type: 'button', sub_type: 'url', index: '0', parameters: [text('order-7')] },
				{
					type: 'button',
					sub_type: 'quick_reply',
					index: '1',
					parameters: [{ type: 'payload', payload: 'yes-7' }],
				},
				{
					type: 'button',
					sub_type: 'copy_code',
					index: '3',
					parameters: [{ type: 'coupon_code', coupon_code: '25OFF' }],
				},
			],
		),
		...(['IMAGE', 'VIDEO', 'DOCUMENT'] as const).map((headerType) => {
			const type = headerType.toLowerCase();
			return send(`with a header of kind ${headerType}`, { headerType, headerUrl: FILE_URL }, [
				{ type: 'header', parameters: [{ type, [type]: { link: FILE_URL } }] },
			]);
		}),
		send(
			'with a header of kind LOCATION',
			{
				headerType: 'LOCATION',
				headerLocation: {
					name: 'Toko Pusat',
					address: 'Jl. Contoh No.1, Jakarta',
					latitude: '-6.3555',
					longitude: '101.816',
				},
			},
			[
				{
					type: 'header',
					parameters: [
						{
							type: 'location',
							location: {
								name: 'Toko Pusat',
								address: 'Jl. Contoh No.1, Jakarta',
								latitude: -6.3555,
								longitude: 101.816,
							},
						},
					],
				},
			],
		),
	];
}
