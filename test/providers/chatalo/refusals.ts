import type { ProviderRefusals } from '../../support/refusals';

/** How Chatalo refuses a message. API reference: "400 Invalid Fields or Inputs", the code in `meta`. */
export const refusals: ProviderRefusals = {
	form: (message) => ({ status: 400, body: { data: [], meta: { code: 400, message } } }),
	own: [
		{
			says: '403 Unauthorized',
			answer: { status: 403, body: { data: [], meta: { code: 403, message: 'Unauthorized' } } },
			reason: 'credential',
			source: 'API reference, list of codes',
		},
		{
			says: 'a code in HTTP 200',
			answer: { status: 200, body: { data: [], meta: { code: 400, message: 'The device is not connected' } } },
			reason: 'disconnected',
			source: 'inferred',
		},
		{
			says: 'invalid fields, and a device that is not ready',
			answer: {
				status: 400,
				body: {
					data: { number: ['The number field is invalid.'] },
					meta: { code: 400, message: 'The device id field is invalid' },
				},
			},
			source: 'inferred',
		},
	],
};
