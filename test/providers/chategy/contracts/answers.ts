/** What all contracts of Chategy share: its keys, the forms of its requests and its answers. */
import type { IDataObject } from 'n8n-workflow';
import type { ContractAnswer, ExpectedRequest } from '../../../contracts/types';

/** The keys of the two credentials. */
export const chategyKeys = { accessToken: 'chategy-client-token-for-tests', apiKey: 'chategy-developer-key-for-tests' };

/** The key of the API reference's own example of a checksum (folder Additional information, Idempotence of requests). */
export const IDEMPOTENCY_KEY = 'Z5F2idBj';

type Pairs = Array<[string, string]>;

/** With the access token of a client: "Authorization: Bearer {access_token}". */
export const asClient = { authorization: `Bearer ${chategyKeys.accessToken}` };

/** With the key of a developer: "Authorization: {api_key}", without a word before it. */
export const asDeveloper = { authorization: chategyKeys.apiKey };

/** A request that says all it has to say in its address. */
export const inQuery = (
	headers: ExpectedRequest['headers'],
	method: ExpectedRequest['method'],
	path: string,
	query?: Pairs,
): ExpectedRequest => ({ method, path, ...(query === undefined ? {} : { query }), headers });

/** A request with a JSON body: the prose requires this content type, and texts do not belong in URLs. */
export const inBody = (headers: ExpectedRequest['headers'], path: string, json: object): ExpectedRequest => ({
	method: 'POST',
	path,
	headers: { ...headers, 'content-type': 'application/json' },
	json,
});

/** The output of a change without further data. */
export const done = [{ success: true }];

const good = { code: 200, status: 'success' };

/** An answer as the API reference shows them, with its `meta`. */
export const ok = (body: IDataObject, expected: Partial<ContractAnswer>): ContractAnswer => ({
	name: '200 OK',
	status: 200,
	body: { ...body, meta: { ...good, ...(body.meta as IDataObject | undefined) } },
	...expected,
});

/** A refusal of the API reference's form: HTTP 422 with a list of what is wrong by field. */
export const unprocessable = (
	errors: Record<string, string[]>,
	says: string,
	expected: Partial<ContractAnswer> = {},
): ContractAnswer => ({
	name: `422: ${says}`,
	status: 422,
	body: { meta: { code: 422, errors, message: 'Unprocessable Entity', status: 'fail', status_id: null } },
	error: { messageIncludes: [says] },
	once: true,
	...expected,
});

/** A refusal with words and nothing beside. */
export const refusal = (code: number, message: string, expected: Partial<ContractAnswer> = {}): ContractAnswer => ({
	name: `${code} ${message}`,
	status: code,
	body: { meta: { status: 'fail', message, code } },
	error: { messageIncludes: [message] },
	once: true,
	...expected,
});

/** "The text cannot be empty", which the API reference shows for both ways of sending. */
export const emptyText = unprocessable({ text: ['the text cannot be empty'] }, 'text: the text cannot be empty');

/** "Not found", which the API reference shows for instances. */
export const notFound = refusal(404, 'Not found');

/**
 * What can go wrong with any request. A clear refusal is never retried; a send is never retried.
 *
 * @param effect what the request does, as far as it changes what a lost answer means
 */
export const failures = (effect: 'read' | 'change' | 'send'): ContractAnswer[] => {
	// Whether it "may have been sent" or "may have been made".
	const unknown = effect === 'read' ? [] : ['may have been'];
	const once = effect === 'send' ? { once: true as const } : {};
	return [
		refusal(401, 'Not authorized!'),
		// The other white labels' documentation: refusals come with HTTP 200 as well, `status` being fail or failed.
		refusal(422, 'The subscription has ended', {
			name: 'meta.status fail in HTTP 200',
			status: 200,
			inferred: true,
		}),
		{
			name: 'meta.status failed in HTTP 200, with nothing but errors',
			status: 200,
			body: { meta: { code: 422, errors: { base: ['invalid phone'] }, status: 'failed', status_id: null } },
			inferred: true,
			error: { messageIncludes: ['invalid phone'] },
			once: true,
		},
		{
			name: 'meta.status fail in HTTP 200, without a code',
			status: 200,
			body: { meta: { status: 'fail', message: 'The account is locked' } },
			inferred: true,
			error: { messageIncludes: ['The account is locked'] },
			once: true,
		},
		{
			name: 'a code of refusal in HTTP 200, without a status',
			status: 200,
			body: { meta: { code: 422, message: 'The account is on hold' } },
			inferred: true,
			error: { messageIncludes: ['The account is on hold'] },
			once: true,
		},
		{
			name: 'a web page with HTTP 200',
			status: 200,
			headers: { 'Content-Type': 'text/html' },
			body: '<!DOCTYPE html><html><head><title>Under maintenance</title></head><body></body></html>',
			inferred: true,
			error: { messageIncludes: ['Under maintenance', ...unknown] },
			...once,
		},
		{
			name: '500',
			status: 500,
			body: '<html><body>Server Error</body></html>',
			inferred: true,
			error: { messageIncludes: ['500', ...unknown] },
			...once,
		},
	];
};
