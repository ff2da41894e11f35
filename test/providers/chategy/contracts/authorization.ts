/**
 * Contracts of logging in to MAX through Chategy. The API reference keeps them in a developer's folder, with a client's token
 * ("Authentication: Bearer Token") and at the address of another white label; the path is the same.
 */
import type { Contract } from '../../../contracts/types';
import { asClient, done, failures, inQuery, ok, unprocessable } from './answers';

const folder = "Developer's / Authorization of messengers / MAX Authorization";

/** A phone number, the code that was sent to it, and the end of the session. */
export const authorizationContracts: Contract[] = [
	{
		source: `${folder} / Phone number verification / Phone number verification`,
		resource: 'maxAuthorization',
		operation: 'sendPhone',
		parameters: { phoneNumber: '+7 981 159-77-45' },
		request: inQuery(asClient, 'POST', '/api/v1/max/send_phone', [['phone', '79811597745']]),
		answers: [
			ok({}, { output: done, once: true }),
			unprocessable({ phone: ['Phone number has invalid format'] }, 'Phone number has invalid format'),
			unprocessable({ phone: ["Phone number can't be blank"] }, "Phone number can't be blank"),
			...failures('change'),
		],
	},
	{
		source: `${folder} / Code confirmation / Code confirmation`,
		resource: 'maxAuthorization',
		operation: 'sendCode',
		parameters: { code: '848158' },
		request: inQuery(asClient, 'POST', '/api/v1/max/send_code', [['code', '848158']]),
		answers: [
			ok({}, { output: done, once: true }),
			unprocessable({ confirmation_code: ['confirmation code invalid'] }, 'confirmation code invalid'),
			unprocessable({ code: ["code can't be blank"] }, "code can't be blank"),
			...failures('change'),
		],
	},
	{
		source: `${folder} / Session reset / Session reset`,
		resource: 'maxAuthorization',
		operation: 'closeSession',
		parameters: { account: 'credential' },
		request: inQuery(asClient, 'POST', '/api/v1/max/close_session'),
		answers: [
			ok({}, { output: done }),
			unprocessable(
				{ max_session_closer: ['max_session_closer session_not_found'] },
				'max_session_closer session_not_found',
			),
			...failures('change'),
		],
	},
];
