import type { Answer, Verdict } from '../../../nodes/shared/http/answer';
import { type KnownSigns, weigh } from '../../../nodes/shared/http/evidence';
import type { GatewayRequest } from '../../../nodes/shared/http/request';

const send: GatewayRequest = { method: 'POST', path: '/send', effect: 'send' };
const change: GatewayRequest = { method: 'PUT', path: '/thing', effect: 'change' };
const read: GatewayRequest = { method: 'POST', path: '/list', effect: 'read' };

const known: KnownSigns = {
	flags: ['is_sent'],
	words: { status: ['queued'] },
	names: ['message_id'],
	silent: [{ method: 'PUT', path: /^\/silent$/ }],
	named: [{ method: 'POST', path: /^\/send$/ }],
};

function answer(json: unknown, status = 200): Answer {
	return { status, headers: {}, text: JSON.stringify(json) ?? '', json, incomplete: false };
}

/** What a judge says of anything that has its provider's shape. */
const assumed = (json: unknown): Verdict => ({ ok: true, data: json, envelope: json, isAssumed: true });

describe('the answer to a read is what was asked for', () => {
	it.each([
		[[]],
		[null],
		[{}],
		[{ message_id: 'm', status: 'failed', error: 'not on WhatsApp' }],
		[{ data: { status: 'failed' } }],
		[{ data: [{ error: 'x' }, { status: 'error' }] }],
		[[{ success: false }]],
		[{ exists: false, status: 'disconnected' }],
	])('%j', (json) => {
		expect(weigh(answer(json), read, assumed(json), known)).toMatchObject({ ok: true, data: json });
	});

	it.each([
		[{ error: 'session disconnected' }],
		[{ success: false, message_id: 'm' }],
		[{ status: 'failed' }],
		[{ meta: { code: 404 } }],
		[{ code: '404', data: [] }],
	])('but its frame may say no: %j', (json) => {
		expect(weigh(answer(json), read, assumed(json), known)).toMatchObject({ ok: false });
	});

	it.each([['maintenance'], [17], [true]])('and a mere value is no answer: %j', (json) => {
		expect(weigh(answer(json), read, assumed(json), known)).toBeUndefined();
	});
});

describe('the answer to a change', () => {
	it('has to say yes, unless none is documented', () => {
		expect(weigh(answer({}), change, assumed({}), known)).toBeUndefined();
		expect(weigh(answer({}), { ...change, path: '/silent' }, assumed({}), known)).toMatchObject({ ok: true });
		expect(weigh(answer(undefined), { ...change, path: '/silent' }, assumed(undefined), known)).toMatchObject({
			ok: true,
		});
		expect(weigh(answer({ error: 'x' }), { ...change, path: '/silent' }, assumed({}), known)).toMatchObject({
			ok: false,
		});
	});

	it('may say yes by an HTTP status that means it, where there is no body', () => {
		const knows = { ...known, accepted: [202] };
		expect(weigh(answer(undefined, 202), send, assumed(undefined), knows)).toMatchObject({ ok: true });
		expect(weigh(answer(undefined, 200), send, assumed(undefined), knows)).toBeUndefined();
		expect(weigh(answer({}, 202), send, assumed({}), knows)).toBeUndefined();
		expect(weigh(answer(null, 202), send, assumed(null), knows)).toBeUndefined();
	});

	it('says no with a list if all of it does, and not if a part of it does', () => {
		const parts = { message_id: 'm', results: [{ success: false, message: 'no' }, { success: true }] };
		expect(weigh(answer(parts), change, undefined, known)).toMatchObject({ ok: true });
		const none = { message_id: 'm', results: [{ success: false, message: 'no' }] };
		expect(weigh(answer(none), change, undefined, known)).toMatchObject({ ok: false, words: 'no' });
	});
});

describe('a no', () => {
	it.each([
		[{ success: false, message: 'too long' }, 'too long'],
		[{ status: 'failed' }, 'status: failed'],
		[{ ok: false }, 'ok: false'],
		[{ message: 'Bad', error: { message: 'quota' } }, 'Bad: quota'],
		[{ message: 'ok', data: { error: 'quota' } }, 'quota'],
		[{ code: 404 }, 'code: 404'],
		[{ is_sent: false }, 'is_sent: false'],
	])('%j says why: %s', (json, words) => {
		expect(weigh(answer(json), send, undefined, known)).toMatchObject({ ok: false, words });
	});

	it('is in no text of another meaning', () => {
		const json = {
			message_id: 'm',
			text: 'failed',
			error: '',
			errors: {},
			err: 'none',
			country: { code: 421 },
			data: { operator: { code: 421 } },
		};
		expect(weigh(answer(json), send, undefined, known)).toMatchObject({ ok: true });
	});

	it('is found however large the answer is, in a bounded time', () => {
		const json = { list: Array.from({ length: 200_000 }, (_none, id) => ({ id })), success: false };
		const start = Date.now();
		expect(weigh(answer(json), send, undefined, known)).toMatchObject({ ok: false });
		expect(Date.now() - start).toBeLessThan(5_000);
	});
});

describe('a yes in a shape that is not the documented one', () => {
	it.each([
		[{ success: true }],
		[{ status: 'Queued', message_id: null }],
		[{ is_sent: true }],
		[{ data: { code: 201 } }],
	])('%j is distinguished from the documented one', (json) => {
		expect(weigh(answer(json), send, assumed(json), known)).toMatchObject({ ok: true, isNew: true });
		const documented = { ...json, message_id: 'm' };
		expect(weigh(answer(documented), send, assumed(documented), known)?.ok).toBe(true);
		expect(weigh(answer(documented), send, assumed(documented), known)).not.toHaveProperty('isNew');
	});

	it('deep inside, an id is of something else', () => {
		expect(weigh(answer({ a: { b: { c: { message_id: 'm' } } } }), send, undefined, known)).toBeUndefined();
	});

	it('under an HTTP status that says no is none', () => {
		expect(weigh(answer({ success: true }, 500), send, undefined, known)).toBeUndefined();
	});
});
