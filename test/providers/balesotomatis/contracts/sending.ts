/** Contracts of BalesOtomatis's folders "Sending Message - Group" and "- Personal", which differ only in the recipient. */
import type { INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';
import { failures, ok, sentTo } from './answers';

const IMAGE_URL = 'https://example.com/assets/example.png';
const FILE_URL = 'https://example.com/assets/example.pdf';
const TEXT = 'Hi, this is sending from BalesOtomatis.id 📦';

const delivering = { message: 'The message is in the delivery process', type: 'successfully' };

/** How the two folders differ. */
interface Folder {
	source: string;
	resource: 'groupMessage' | 'personalMessage';
	path: string;
	to: INodeParameters;
	fields: object;
	recipient: { phone: string } | { groupId: string };
}

/**
 * @param post a request as all are
 * @param numbers the device by which it goes, the one of the credential, and a group
 */
export function sendingContracts(
	post: (path: string, json: object) => ExpectedRequest,
	numbers: { id: string; ofCredential: string; group: string },
): Contract[] {
	const { id, ofCredential, group } = numbers;
	const number = { __rl: true, mode: 'id', value: id };
	const numberFromList = { __rl: true, mode: 'list', value: id, cachedResultName: '6285170001234 · connected' };
	const noNumber = { __rl: true, mode: 'list', value: '' };
	const usual = { number_id: id, enable_typing: '1', method_send: 'async' };
	const atOnce = { number_id: id, enable_typing: '0', method_send: 'sync' };
	const sending = ({ source, resource, path, to, fields, recipient }: Folder): Contract[] => {
		const sent: ContractAnswer[] = [
			ok(delivering, { output: [sentTo(recipient)] }),
			ok(
				{ message: 'Pesan terkirim', type: 'successfully' },
				{
					name: '200 OK, in other words',
					inferred: true,
					output: [{ ...sentTo(recipient), status: 'accepted', providerStatus: 'Pesan terkirim' }],
				},
			),
			...failures('send'),
		];
		return [
			{
				source: `${source} / Text Message`,
				resource,
				operation: 'sendText',
				parameters: { number, ...to, text: TEXT, options: {} },
				request: post(`${path}_message`, { ...usual, ...fields, message: TEXT }),
				answers: sent,
			},
			{
				source: `${source} / Text Message`,
				variant: 'from the number of the credential, at once and without typing',
				resource,
				operation: 'sendText',
				parameters: {
					number: noNumber,
					...to,
					text: TEXT,
					options: { showTyping: false, delivery: 'sync' },
				},
				request: post(`${path}_message`, {
					number_id: ofCredential,
					enable_typing: '0',
					method_send: 'sync',
					...fields,
					message: TEXT,
				}),
				answers: sent.slice(0, 1),
			},
			{
				source: `${source} / Image Message`,
				resource,
				operation: 'sendImage',
				parameters: { number: numberFromList, ...to, imageUrl: IMAGE_URL, caption: TEXT, options: {} },
				request: post(`${path}_message`, {
					...usual,
					...fields,
					message: TEXT,
					image_url: IMAGE_URL,
					send_as_caption: '1',
				}),
				answers: sent,
			},
			{
				source: `${source} / Image Message`,
				variant: 'with the caption as a separate message, at once and without typing',
				resource,
				operation: 'sendImage',
				parameters: {
					number,
					...to,
					imageUrl: IMAGE_URL,
					caption: TEXT,
					options: { captionPlacement: 'separate', showTyping: false, delivery: 'sync' },
				},
				request: post(`${path}_message`, {
					...atOnce,
					...fields,
					message: TEXT,
					image_url: IMAGE_URL,
					send_as_caption: '0',
				}),
				answers: sent.slice(0, 1),
			},
			{
				source: `${source} / Image Message`,
				variant: 'without a caption',
				resource,
				operation: 'sendImage',
				parameters: { number, ...to, imageUrl: IMAGE_URL, caption: '', options: {} },
				request: post(`${path}_message`, {
					...usual,
					...fields,
					message: '',
					image_url: IMAGE_URL,
					send_as_caption: '1',
				}),
				answers: sent.slice(0, 1),
			},
			{
				source: `${source} / File Message`,
				resource,
				operation: 'sendFile',
				parameters: { number, ...to, fileUrl: FILE_URL, caption: TEXT, options: {} },
				request: post(`${path}_file`, { ...usual, ...fields, message: TEXT, file_url: FILE_URL }),
				answers: sent,
			},
			{
				source: `${source} / File Message`,
				variant: 'without a caption, at once and without typing',
				resource,
				operation: 'sendFile',
				parameters: {
					number,
					...to,
					fileUrl: FILE_URL,
					caption: '',
					options: { showTyping: false, delivery: 'sync' },
				},
				request: post(`${path}_file`, { ...atOnce, ...fields, message: '', file_url: FILE_URL }),
				answers: sent.slice(0, 1),
			},
		];
	};
	return [
		...sending({
			source: 'WhatsApp Un-Official / Sending Message - Group',
			resource: 'groupMessage',
			path: '/send_group',
			to: { group: { __rl: true, mode: 'id', value: group } },
			fields: { group_id: group },
			recipient: { groupId: group },
		}),
		...sending({
			source: 'WhatsApp Un-Official / Sending Message - Personal',
			resource: 'personalMessage',
			path: '/send_personal',
			to: { phoneNumber: '+62 812-3456-7890' },
			fields: { phone_no: '81234567890', country_code: '62' },
			recipient: { phone: '6281234567890' },
		}),
	];
}
