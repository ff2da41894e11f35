/**
 * Contracts of BalesOtomatis, typed by hand from its Postman collection: everything but the WhatsApp Business API, which
 * has its own file. Masked ids are replaced by full ones; lists are shortened, and their totals say so.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';
import { abroadContracts } from './abroad';
import { failures, ok, refusal, sentTo } from './answers';
import { businessContracts } from './business';
import { sendingContracts } from './sending';
import {
	audiences,
	audiencesOut,
	contacts,
	contactsOut,
	grabbedContacts,
	grabbedContactsOut,
	grabbedGroups,
	grabbedGroupsOut,
	info,
} from './samples';

/** The keys every expected request carries. */
export const balesOtomatisKeys = { apiKey: 'bales-api-key-for-tests', licenseKey: 'WB-test-license-key' };

const NUMBER_ID = 'BO-test0000000000001';
const DEFAULT_NUMBER_ID = 'BO-test0000000000002';
const GROUP = '120363322806123456';
const TEXT = 'Hi, this is sending from BalesOtomatis.id 📦';

/** What the credential has besides the keys. */
export const balesOtomatisDefaults = { numberId: DEFAULT_NUMBER_ID };

const post = (path: string, json: object): ExpectedRequest => ({
	method: 'POST',
	path,
	headers: { 'content-type': 'application/json' },
	json: { api_key: balesOtomatisKeys.apiKey, ...json },
});

const number = { __rl: true, mode: 'id', value: NUMBER_ID };

/** One international number makes the pair. */
const phoneNumber = '+62 812-3456-7890';
const pair = { phone_no: '81234567890', country_code: '62' };
const abroad = { to: { phoneNumber: '+60 12-345 6789' }, pair: { phone_no: '123456789', country_code: '60' } };

const delivering = { message: 'The message is in the delivery process', type: 'successfully' };

const usual = { number_id: NUMBER_ID, enable_typing: '1', method_send: 'async' };

const listOf = (rows: object[], draw: number, total: number) => ({
	message: 'Successfully',
	type: 'successfully',
	data: rows,
	draw,
	iTotalRecords: String(total),
	iTotalDisplayRecords: String(total),
});

const columns = [{ data: 'name' }, { data: 'wa_number' }, { data: 'status' }, { data: 'date_insert' }];

/**
 * Validate Number and Validate OTP check something: a no is a result, a refusal for another reason is not.
 *
 * @param output the output for a yes or a no
 * @param open names of answers that may be either, as the API reference shows no such answer
 */
const validation = (
	{ yes, no }: { yes: string; no: string[] },
	output: (isYes: boolean, message: string) => IDataObject,
	open: string[] = [],
): ContractAnswer[] => [
	ok({ message: yes, type: 'successfully' }, { output: [output(true, yes)] }),
	...no.map((message) => refusal('400', message, { error: undefined, output: [output(false, message)] })),
	// The same code, in the words of the list of codes, and no answer to the question.
	refusal('400', 'Bad Request / Reached of Rate-Limited', { once: undefined }),
	...failures('read').filter(
		({ body, name }) =>
			!JSON.stringify(body).includes('"400"') && ![...open, 'a code that is a number'].includes(name),
	),
];

/** Requests the node makes. */
export const balesOtomatisContracts: Contract[] = [
	{
		source: 'General / Info',
		resource: 'general',
		operation: 'info',
		parameters: {},
		request: post('/info', {}),
		answers: [
			ok({ message: 'Successfully.', info }, { output: [{ message: 'Successfully.', info }] }),
			...failures('read'),
		],
	},
	{
		source: 'General / Validate Number',
		resource: 'general',
		operation: 'validateNumber',
		parameters: { connectedNumber: number, phoneNumber },
		request: post('/validate_number', { number_id: NUMBER_ID, ...pair }),
		answers: validation({ yes: 'Valid WhatsApp Number', no: ['Invalid WhatsApp Number'] }, (exists, message) => ({
			phone: '6281234567890',
			exists,
			message,
		})),
	},
	{
		source: 'Contacts / List Contacts',
		resource: 'contact',
		operation: 'getMany',
		parameters: { returnAll: false, limit: 10, filters: {} },
		request: post('/get-list-contacts', {
			start: 0,
			length: 10,
			search: '',
			order_by: 'contacts_created_at',
			order_dir: 'desc',
		}),
		answers: [
			ok(listOf(contacts, 0, 1), { output: contactsOut }),
			ok(listOf([], 0, 0), { name: '200 OK, none', inferred: true, output: [] }),
			...failures('read'),
		],
	},
	{
		source: 'Contacts / List Contacts',
		variant: 'searched and sorted',
		resource: 'contact',
		operation: 'getMany',
		parameters: {
			returnAll: false,
			limit: 25,
			filters: { search: 'Jono', orderBy: 'contacts_name', orderDirection: 'asc' },
			options: { skip: 30 },
		},
		request: post('/get-list-contacts', {
			start: 30,
			length: 25,
			search: 'Jono',
			order_by: 'contacts_name',
			order_dir: 'asc',
		}),
		answers: [ok(listOf(contacts, 0, 31), { output: contactsOut })],
	},
	{
		source: 'Contacts / List Audiences',
		resource: 'contact',
		operation: 'getAudiences',
		parameters: {
			contactList: { __rl: true, mode: 'id', value: 'c-32' },
			returnAll: false,
			limit: 10,
			filters: {},
		},
		request: post('/get-list-audiences', {
			contact_id: 'c-32',
			draw: 1,
			start: 0,
			length: 10,
			search: { value: '' },
			order: [{ column: 0, dir: 'asc' }],
			columns,
		}),
		answers: [ok(listOf(audiences, 1, 1), { output: audiencesOut }), ...failures('read')],
	},
	{
		source: 'Contacts / List Audiences',
		variant: 'searched and sorted',
		resource: 'contact',
		operation: 'getAudiences',
		parameters: {
			contactList: { __rl: true, mode: 'list', value: 'c-32', cachedResultName: 'Jono' },
			returnAll: false,
			limit: 25,
			filters: { search: 'Jono', orderBy: 'date_insert', orderDirection: 'desc' },
			options: { skip: '20' },
		},
		request: post('/get-list-audiences', {
			contact_id: 'c-32',
			draw: 1,
			start: 20,
			length: 25,
			search: { value: 'Jono' },
			order: [{ column: 3, dir: 'desc' }],
			columns,
		}),
		answers: [ok(listOf(audiences, 1, 1), { output: audiencesOut })],
	},
	...sendingContracts(post, { id: NUMBER_ID, ofCredential: DEFAULT_NUMBER_ID, group: GROUP }),
	{
		source: 'WhatsApp Un-Official / Sending Message - Group / Text Message',
		// Third parties send ids without the suffix, triggers of other providers give them with it.
		variant: 'a group id with its suffix',
		resource: 'groupMessage',
		operation: 'sendText',
		parameters: {
			number,
			group: { __rl: true, mode: 'id', value: `${GROUP}@g.us` },
			text: TEXT,
			options: {},
		},
		request: post('/send_group_message', { ...usual, group_id: GROUP, message: TEXT }),
		answers: [ok(delivering, { output: [sentTo({ groupId: GROUP })] })],
	},
	{
		source: 'WhatsApp Un-Official / Sending Message - Personal / Text Message',
		variant: 'a national number with a default country',
		resource: 'personalMessage',
		operation: 'sendText',
		parameters: { number, phoneNumber: '012-345 6789', text: TEXT, options: { defaultCountry: 'MY' } },
		request: post('/send_personal_message', { ...usual, phone_no: '123456789', country_code: '60', message: TEXT }),
		answers: [ok(delivering, { output: [sentTo({ phone: '60123456789' })] })],
	},
	{
		source: 'WhatsApp Un-Official / Grabbing / Contacts',
		resource: 'grab',
		operation: 'getContacts',
		parameters: { connectedNumber: number },
		request: post('/grab', { number_id: NUMBER_ID, type: 'contacts' }),
		answers: [
			ok(
				{ message: 'Received (2) Contacts', type: 'successfully', data: grabbedContacts },
				{ output: grabbedContactsOut },
			),
			ok(
				{ message: 'Received (0) Contacts', type: 'successfully', data: [] },
				{ name: '200 OK, none', inferred: true, output: [] },
			),
			...failures('read'),
		],
	},
	{
		source: 'WhatsApp Un-Official / Grabbing / Group',
		resource: 'grab',
		operation: 'getGroups',
		parameters: { connectedNumber: number },
		request: post('/grab', { number_id: NUMBER_ID, type: 'group' }),
		answers: [
			ok(
				{ message: 'Received (2) Groups', type: 'successfully', data: grabbedGroups },
				{ output: grabbedGroupsOut },
			),
			// What PHP makes of an empty table.
			ok(
				{ message: 'Received (0) Groups', type: 'successfully', data: [] },
				{ name: '200 OK, none', inferred: true, output: [] },
			),
			...failures('read'),
		],
	},
	...abroadContracts(post, { parameter: number, id: NUMBER_ID }),
	...otp(),
	...businessContracts(balesOtomatisKeys, phoneNumber),
];

function otp(): Contract[] {
	const secret = { otp_code: '191432' };
	const rest = { req_id: 'dzRzNVJzVmY4V0RoZDlDOXJQQVNNVkVW' };
	const out = { ...sentTo({ phone: '6281234567890' }), ...rest };
	const parameters = {
		number,
		phoneNumber,
		customerName: 'Sari',
		serviceName: 'Login',
		companyName: 'Toko Utama',
		lifetime: 60,
	};
	const request = post('/send_otp', {
		number_id: NUMBER_ID,
		...pair,
		customer_name: 'Sari',
		service_name: 'Login',
		company_name: 'Toko Utama',
		lifetime: '60',
	});
	const answer = { ...delivering, ...rest, ...secret };
	const source = 'WhatsApp Un-Official / OTP / Send OTP';
	return [
		{
			source,
			resource: 'otp',
			operation: 'send',
			parameters: { ...parameters, options: {} },
			request,
			answers: [ok(answer, { output: [out] }), ...failures('send')],
		},
		{
			source,
			variant: 'with the code in the output',
			resource: 'otp',
			operation: 'send',
			parameters: { ...parameters, ...abroad.to, lifetime: 120, options: { includeOtpCode: true } },
			request: { ...request, json: { ...(request.json as object), ...abroad.pair, lifetime: '120' } },
			answers: [ok(answer, { output: [{ ...out, phone: '60123456789', ...secret }] })],
		},
		{
			source: 'WhatsApp Un-Official / OTP / Validate OTP',
			resource: 'otp',
			operation: 'validate',
			parameters: { otpCode: '191432' },
			request: post('/validate_otp', secret),
			answers: validation(
				{ yes: 'OTP Code is Valid', no: ['OTP Code is Invalid', 'OTP Code is Expired'] },
				(valid, message) => ({ valid, message }),
				// The request names no number that 404 could mean.
				['code 404: Invalid Number ID', 'status: false with code 200'],
			),
		},
	];
}
