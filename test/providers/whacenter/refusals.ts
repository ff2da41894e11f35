import type { ProviderRefusals, Refused } from '../../support/refusals';

/** API reference: every request, with HTTP 200 and this content type. */
const form = (message: string): Refused => ({
	status: 200,
	headers: { 'content-type': 'text/html; charset=UTF-8' },
	body: JSON.stringify({ status: false, message, data: [] }),
});

/** How Whacenter refuses a message. */
export const refusals: ProviderRefusals = {
	form,
	own: [
		{
			says: 'in the words of the API reference',
			answer: form('device not connected or not found'),
			reason: 'disconnected',
			source: 'API reference, every request',
		},
		{
			says: 'an expired device, as a reason',
			answer: { status: 200, body: { status: 'error', reason: 'The device has expired' } },
			reason: 'disconnected',
			source: 'third-party code',
		},
		{
			says: 'success: false',
			answer: { status: 200, body: { success: false, message: 'Invalid device' } },
			reason: 'disconnected',
			source: 'third-party code',
		},
		{ says: 'a number that is not found', answer: form('number not connected or not found'), source: 'inferred' },
	],
};
