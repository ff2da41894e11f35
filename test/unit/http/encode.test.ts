import * as fc from 'fast-check';
import { encode, toHttpRequestOptions } from '../../../nodes/shared/http/encode';
import type { GatewayRequest, Parameters } from '../../../nodes/shared/http/request';

const BASE = 'https://gateway.example/api/v1';

function encoded(request: Partial<GatewayRequest>) {
	const full: GatewayRequest = { method: 'POST', path: '/messages', ...request };
	return encode(toHttpRequestOptions(full, BASE), full);
}

const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('__proto__'));
const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
const parameters: fc.Arbitrary<Parameters> = fc.dictionary(
	name,
	fc.oneof(scalar, fc.array(scalar), fc.constant(undefined)),
);

/** The pairs that a query or form must hold. */
function pairsOf(values: Parameters): Array<[string, string]> {
	return Object.entries(values).flatMap(([key, value]): Array<[string, string]> => {
		if (value === undefined) return [];
		if (!Array.isArray(value)) return [[key, String(value)]];
		const listKey = `${key}[]`;
		return value.map((element) => [listKey, String(element)]);
	});
}

describe('encode', () => {
	it('writes queries from which the server reads the same values', () => {
		fc.assert(
			fc.property(parameters, (query) => {
				const { url } = encoded({ query });
				expect([...new URL(url.href).searchParams]).toEqual(pairsOf(query));
				expect(url.pathname).toBe('/api/v1/messages');
			}),
		);
	});

	it('writes forms from which the server reads the same values', () => {
		fc.assert(
			fc.property(parameters, (form) => {
				const { body, headers } = encoded({ form });
				expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
				expect([...new URLSearchParams(body as string)]).toEqual(pairsOf(form));
			}),
		);
	});

	it('writes JSON from which the server reads the same values', () => {
		fc.assert(
			fc.property(fc.dictionary(name, fc.jsonValue()), (json) => {
				const { body, headers } = encoded({ json: json });
				expect(headers['content-type']).toBe('application/json');
				expect(JSON.parse(body as string)).toEqual(JSON.parse(JSON.stringify(json)));
			}),
		);
	});

	it('sends an empty object where a request has a body without fields', () => {
		expect(encoded({ json: {} }).body).toBe('{}');
		expect(encoded({ form: {} }).body).toBe('');
	});

	it('sends no body and no content type where there is none', () => {
		const { body, headers } = encoded({ method: 'GET' });
		expect(body).toBeUndefined();
		expect(headers).not.toHaveProperty('content-type');
	});

	it('keeps what the credential added, with header names in lower case', () => {
		const request: GatewayRequest = { method: 'POST', path: '/send', json: { text: 'hi' } };
		const options = toHttpRequestOptions(request, BASE);
		const authorised = {
			...options,
			headers: { ...options.headers, 'X-Secret-Key': 'key' },
			qs: { ...options.qs, token: 'a b' },
			body: { ...(options.body as object), api_key: 'key' },
		};
		const { body, headers, url } = encode(authorised, request);
		expect(headers).toMatchObject({ 'x-secret-key': 'key', 'content-type': 'application/json' });
		expect(url.searchParams.get('token')).toBe('a b');
		expect(JSON.parse(body as string)).toEqual({ text: 'hi', api_key: 'key' });
	});

	it('sends the body that a credential added to a request without one', () => {
		const request: GatewayRequest = { method: 'POST', path: '/profile' };
		const authorised = { ...toHttpRequestOptions(request, BASE), body: { api_key: 'key' } };
		expect(encode(authorised, request).body).toBe('{"api_key":"key"}');
	});

	it('leaves the definition of a request untouched, so that it can be sent again', () => {
		const json = Object.freeze({ text: 'hi' });
		const query = Object.freeze({ page: 1 });
		const request: GatewayRequest = Object.freeze({ method: 'POST', path: '/send', json, query });
		const options = toHttpRequestOptions(request, BASE);
		(options.body as Record<string, unknown>).api_key = 'key';
		(options.qs as Record<string, unknown>).token = 'key';
		(options.headers as Record<string, unknown>).authorization = 'key';
		expect(encoded(request).body).toBe('{"text":"hi"}');
		expect(encoded(request).url.search).toBe('?page=1');
	});
});
