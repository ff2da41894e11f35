import * as fc from 'fast-check';
import { type Answer, parseJson } from '../../../../nodes/shared/http/answer';
import type { GatewayRequest } from '../../../../nodes/shared/http/request';
import { refusalIn, unwrap } from '../../../../nodes/Wapio/api/answer';
import { nextCursor, wapioApi } from '../../../../nodes/Wapio/api/wapioApi';

function answer(text: string, status = 200): Answer {
	return { status, headers: {}, text, json: parseJson(text), incomplete: false };
}

describe('unwrap', () => {
	const content = fc.oneof(
		fc.array(fc.record({ id: fc.string() }), { maxLength: 3 }),
		fc.record({ session_id: fc.string(), status: fc.string() }),
		fc.constant(null),
	);

	it.each([
		['bare', (data: unknown) => data],
		['{data}', (data: unknown) => ({ data })],
		['{data, next_cursor}', (data: unknown) => ({ data, next_cursor: 'x' })],
		['{success, data}', (data: unknown) => ({ success: true, data, extra: 1 })],
		['{status: success, data}', (data: unknown) => ({ status: 'success', data })],
		[
			'{success, data: {data, next_cursor}}',
			(data: unknown) => ({ success: true, data: { data, next_cursor: null } }),
		],
	])('finds the content of %s', (_name, wrap) => {
		fc.assert(
			fc.property(content, (data) => {
				expect(unwrap(wrap(data))).toEqual(data);
			}),
		);
	});

	it('takes a list out of an object that holds nothing else', () => {
		expect(unwrap({ success: true, data: { contacts: [1], next_cursor: 'x' } })).toEqual([1]);
		expect(unwrap({ subject: 'a', participants: [1] })).toEqual({ subject: 'a', participants: [1] });
	});

	it('leaves what is no envelope as it is', () => {
		const created = { session: { session_id: 's' }, session_api_key: { raw: 'k' }, warnings: [] };
		expect(unwrap(created)).toEqual(created);
		expect(unwrap({ id: 1, data: 2 })).toEqual({ id: 1, data: 2 });
	});

	it('throws at nothing', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.boolean(), (json, isGood) => {
				unwrap(json);
				refusalIn(json, isGood);
				nextCursor(json);
			}),
		);
	});
});

describe('judge', () => {
	it.each([200, 201, 202, 204])('an empty answer with HTTP %d is a success', (status) => {
		expect(wapioApi.judge(answer('', status))).toMatchObject({ ok: true, data: undefined });
	});

	it('null is a success without content', () => {
		expect(wapioApi.judge(answer('null'))).toMatchObject({ ok: true, data: null });
	});

	it.each(['<!doctype html><title>x</title>', '<html>', 'OK', '{"data":'])('%s is not Wapio', (text) => {
		expect(wapioApi.judge(answer(text))).toBeUndefined();
	});

	it('an answer that broke off is no success', () => {
		expect(wapioApi.judge({ ...answer(''), incomplete: true })).toBeUndefined();
	});

	it.each([
		[
			{
				success: false,
				message: 'Validation failed',
				reason_code: 'validation_error',
				errors: { to: ['Required', 'Too short'], text: 'Empty' },
			},
			'Validation failed: to: Required, Too short; text: Empty (validation_error)',
		],
		[{ success: false, message: 'Not found.', reason_code: '', errors: {} }, 'Not found'],
		[{ success: false, errors: [{ field: 'to', message: 'Required' }, 'more'] }, 'to: Required; more'],
		[{ success: false, reason_code: 'forbidden' }, 'forbidden'],
		[{ success: false }, 'no reason given'],
		[{ success: false, message: 'old key bps_sk_abcDEF-1 is gone' }, 'old key bps_sk_… is gone'],
	])('%j under HTTP 200 and 422 reads: %s', (body, words) => {
		for (const status of [200, 422]) {
			expect(wapioApi.judge(answer(JSON.stringify(body), status))).toMatchObject({ ok: false, words });
		}
	});

	it('a bad status is a refusal when it comes with words, even if they do not say no', () => {
		const body = { message: '', success: '', reason_code: '', errors: { key_0: 8418 } };
		expect(wapioApi.judge(answer(JSON.stringify(body), 404))).toMatchObject({ ok: false, words: 'key_0: 8418' });
		expect(wapioApi.judge(answer('{}', 502))).toBeUndefined();
	});

	it('a rate limit is one under HTTP 200, too', () => {
		const body = { success: false, message: 'Rate limit exceeded', reason_code: 'rate_limited' };
		expect(wapioApi.judge(answer(JSON.stringify(body)))).toMatchObject({ ok: false, limited: 'surely' });
	});

	it('the status of a message or an operation is no refusal', () => {
		for (const status of ['failed', 'error', 'disconnected']) {
			expect(wapioApi.judge(answer(JSON.stringify({ message_id: 'm', status })))).toMatchObject({ ok: true });
		}
	});
});

describe('hint', () => {
	const failure = (status: number, code?: string, words = '', request?: GatewayRequest) =>
		wapioApi.hint?.(
			{
				provider: 'Wapio',
				kind: status === 401 || status === 403 ? 'unauthorized' : status === 429 ? 'rateLimited' : 'refused',
				outcome: 'refused',
				attempts: 1,
				status,
				code,
				words,
			},
			request,
		);

	it.each([
		[401, /Token/],
		[403, /personal access token/],
		[404, /Check the ID/],
		[409, /Connect/],
		[422, /fields/],
		[429, /minute/],
	])('says what to do about HTTP %d', (status, words) => {
		expect(failure(status)).toMatch(words);
	});

	it('goes by the code of a refusal with HTTP 200', () => {
		expect(failure(200, 'session_not_found')).toMatch(/Check the ID/);
		expect(failure(200, 'something')).toBeUndefined();
	});

	it('recognizes the key of another session', () => {
		const words = 'session_id in request does not match the session this API key is bound to (validation_failed)';
		expect(failure(422, 'validation_failed', words)).toMatch(/Leave Session .* empty/);
		const ofSession: GatewayRequest = { method: 'GET', path: '/v1/whatsapp-sessions/S1' };
		expect(failure(422, 'validation_failed', words, ofSession)).not.toContain('empty');
	});

	it('does not advise to connect a session that refuses to be connected', () => {
		const connect: GatewayRequest = { method: 'POST', path: '/v1/whatsapp-sessions/S1/connect' };
		expect(failure(409, '', '', connect)).toMatch(/already be connected/);
	});

	it.each<[boolean, GatewayRequest]>([
		[true, { method: 'POST', path: '/api/send-message' }],
		[true, { method: 'POST', path: '/v1/whatsapp-sessions' }],
		[false, { method: 'GET', path: '/v1/whatsapp-sessions' }],
		[false, { method: 'POST', path: '/api/messages/m/resend' }],
	])('names the option Idempotency Key (%s) for %o', (has, request) => {
		const hint = failure(422, 'idempotency_conflict', '', request) ?? '';
		expect(hint.includes('Idempotency Key')).toBe(has);
	});
});
