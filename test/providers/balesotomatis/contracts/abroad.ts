/** Contracts of BalesOtomatis's requests to a number outside Indonesia: `country_code` follows the number. */
import type { INodeParameters } from 'n8n-workflow';
import type { Contract, ExpectedRequest } from '../../../contracts/types';
import { ok, sentTo } from './answers';

const IMAGE_URL = 'https://example.com/assets/example.png';
const FILE_URL = 'https://example.com/assets/example.pdf';

/**
 * @param post a request as all are
 * @param number the device by which it goes, in the node and in the request
 */
export function abroadContracts(
	post: (path: string, json: object) => ExpectedRequest,
	number: { parameter: INodeParameters; id: string },
): Contract[] {
	const folder = 'WhatsApp Un-Official / Sending Message - Personal';
	const variant = 'to a number in Malaysia';
	const to = { phoneNumber: '+60 12-345 6789', options: {} };
	const parameters = { number: number.parameter, ...to };
	const pair = { number_id: number.id, phone_no: '123456789', country_code: '60' };
	const usual = { ...pair, enable_typing: '1', method_send: 'async' };
	const answers = [
		ok(
			{ message: 'The message is in the delivery process', type: 'successfully' },
			{ output: [sentTo({ phone: '60123456789' })] },
		),
	];
	const valid = { message: 'Valid WhatsApp Number', type: 'successfully' };
	const found = { phone: '60123456789', exists: true, message: 'Valid WhatsApp Number' };
	return [
		{
			source: `${folder} / Image Message`,
			variant,
			resource: 'personalMessage',
			operation: 'sendImage',
			parameters: { ...parameters, imageUrl: IMAGE_URL, caption: 'Hi' },
			request: post('/send_personal_message', {
				...usual,
				message: 'Hi',
				image_url: IMAGE_URL,
				send_as_caption: '1',
			}),
			answers,
		},
		{
			source: `${folder} / File Message`,
			variant,
			resource: 'personalMessage',
			operation: 'sendFile',
			parameters: { ...parameters, fileUrl: FILE_URL, caption: 'Hi' },
			request: post('/send_personal_file', { ...usual, message: 'Hi', file_url: FILE_URL }),
			answers,
		},
		{
			source: 'General / Validate Number',
			variant,
			resource: 'general',
			operation: 'validateNumber',
			parameters: { connectedNumber: number.parameter, ...to },
			request: post('/validate_number', pair),
			answers: [ok(valid, { output: [found], once: undefined })],
		},
	];
}
