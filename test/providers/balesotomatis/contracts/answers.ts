import type { IDataObject } from 'n8n-workflow';
import type { ContractAnswer } from '../../../contracts/types';

/** What a request does, as far as it changes what a failure means. */
type Effect = 'read' | 'change' | 'send';

/** An answer as the API reference shows them: `code` is a text. */
export const ok = (body: IDataObject, expected: Partial<ContractAnswer>): ContractAnswer => ({
	name: '200 OK',
	status: 200,
	body: { code: '200', ...body },
	once: true,
	...expected,
});

/** The API reference lists the codes and shows no refusal: its form is that of a success, with the words of the list. */
export const refusal = (
	code: string | number,
	message: string,
	expected: Partial<ContractAnswer> = {},
): ContractAnswer => ({
	name: `code ${code}: ${message}`,
	status: 200,
	body: { code, message, type: 'error' },
	inferred: true,
	error: { messageIncludes: [message] },
	once: true,
	...expected,
});

/** What can go wrong with any request. A clear refusal is never retried; a send is not retried whatever comes back. */
export const failures = (effect: Effect): ContractAnswer[] => {
	const unknown = effect === 'send' ? ['may have been sent'] : effect === 'change' ? ['may have been made'] : [];
	// Reads are repeated after what may have been a hiccup.
	const once = effect === 'read' ? { once: undefined } : {};
	return [
		refusal('400', 'Bad Request'),
		refusal('403', 'Invalid API Key', { status: 403 }),
		refusal('403', 'Invalid API Key', { name: 'code 403 in HTTP 200' }),
		refusal('404', 'Invalid Number ID', { status: 404 }),
		refusal('405', 'Invalid Request / Wrong Required Parameter'),
		refusal(405, 'Invalid Request', { name: 'a code that is a number' }),
		{
			...refusal('200', 'The number was banned', { name: 'status: false with code 200' }),
			body: { code: '200', status: false, message: 'The number was banned' },
		},
		{
			...refusal('400', 'The session is over', { name: 'a message that is an object' }),
			body: { code: '400', message: { state: 'failed', detail: 'The session is over' }, type: 'error' },
		},
		// "408 Timeout Request With Dynamic Message": whether the phone did it is what nobody knows then.
		refusal('408', 'The phone did not answer in time', {
			error: { messageIncludes: ['The phone did not answer in time', ...unknown] },
			...once,
		}),
		{
			name: 'a web page with HTTP 200',
			status: 200,
			headers: { 'Content-Type': 'text/html' },
			body: '<!DOCTYPE html><html><head><title>Under maintenance</title></head><body></body></html>',
			inferred: true,
			error: { messageIncludes: ['Under maintenance', ...unknown] },
			once: true,
			...once,
		},
		{
			name: '500',
			status: 500,
			body: '<html><body>Server Error</body></html>',
			inferred: true,
			error: { messageIncludes: ['500', ...unknown] },
			once: true,
			...once,
		},
	];
};

/** What all outputs call the same. The answers of this folder name neither an ID nor the recipient. */
export const sentTo = (recipient: { phone: string } | { groupId: string }): IDataObject => ({
	messageId: null,
	...recipient,
	status: 'queued',
	providerStatus: 'The message is in the delivery process',
	provider: 'balesOtomatis',
});
