import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import type { Judge } from '../../../nodes/shared/http/answer';
import { GatewayClient } from '../../../nodes/shared/http/client';
import type { GatewayApi } from '../../../nodes/shared/http/gatewayApi';
import type { GatewayLogger } from '../../../nodes/shared/http/log';
import { GatewayError, type GatewayFailure } from '../../../nodes/shared/http/gatewayError';
import { type Transport, TransportError, type TransportPolicy } from '../../../nodes/shared/http/transport/transport';
import { sendingBy } from './streams';

/** The client's waits pass at once: they only move the clock. */
jest.mock('../../../nodes/shared/http/timing/wait', () => ({
	wait: async (ms: number) => {
		const now = Date.now() + Math.ceil(ms);
		jest.spyOn(Date, 'now').mockReturnValue(now);
	},
}));

// Before the first client is made: its rate limiter keeps the clock that it finds, and would wait by the real one for ever.
beforeAll(() => {
	const now = Date.now();
	jest.spyOn(Date, 'now').mockReturnValue(now);
});
afterAll(() => jest.restoreAllMocks());

const SECRET = 'sk-live-0123456789abcdef';

/** `{ok: true, data}` is yes, `{ok: false, words}` is no. */
const judge: Judge = ({ json }) => {
	if (typeof json !== 'object' || json === null || !('ok' in json)) return undefined;
	if (json.ok === true) return { ok: true, data: json, envelope: json };
	return { ok: false, words: 'words' in json ? String(json.words) : '' };
};

let accounts = 0;

function clientOver(
	send: Transport['send'],
	logger?: GatewayLogger,
	judgedBy: Judge = judge,
	hint?: GatewayApi['hint'],
): GatewayClient {
	const account = `account-${++accounts}`;
	const api: GatewayApi = {
		displayName: 'Gateway',
		credentialType: 'gatewayApi',
		authenticate: async (_credential, options) => options,
		baseUrl: () => `https://${account}.example`,
		secrets: () => [SECRET],
		judge: judgedBy,
		hint,
		rateLimit: { limitHeader: 'x-limit', remainingHeader: 'x-left', resetHeader: 'x-reset', windowMs: 60_000 },
	};
	return new GatewayClient({ api, credential: {}, transport: sendingBy(send), logger });
}

type Step = { status: number; body: string; headers?: Record<string, string> } | { fails: 'notSent' | 'sent' };

/** Plays the steps in order, the last one again and again, and counts. */
function playing(steps: Step[], logger?: GatewayLogger, judgedBy?: Judge, hint?: GatewayApi['hint']) {
	const state = { sent: 0 };
	const send: Transport['send'] = async () => {
		const step = steps[Math.min(state.sent, steps.length - 1)];
		state.sent += 1;
		if (state.sent > 500) throw new Error('the client goes on for ever');
		if (!step || 'fails' in step) throw new TransportError(step?.fails ?? 'notSent', 'network words');
		return { status: step.status, headers: step.headers ?? {}, body: Readable.from([Buffer.from(step.body)]) };
	};
	return { client: clientOver(send, logger, judgedBy, hint), state };
}

async function failureOf(sending: Promise<unknown>): Promise<GatewayFailure> {
	const error: unknown = await sending.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (error instanceof GatewayError) return error.failure;
	throw new Error(`not a GatewayError: ${inspect(error)}`);
}

const YES: Step = { status: 200, body: '{"ok":true}' };
const NO: Step = { status: 400, body: '{"ok":false,"words":"number not on WhatsApp"}' };
const LIMITED: Step = { status: 429, body: '{"ok":false,"words":"slow down"}', headers: { 'retry-after': '1' } };
const UNREACHABLE: Step = { fails: 'notSent' };
const AMBIGUOUS: Step[] = [
	{ fails: 'sent' },
	{ status: 500, body: '{"ok":false,"words":"oops"}' },
	{ status: 502, body: '<html><title>Bad Gateway</title></html>' },
	{ status: 408, body: '' },
	{ status: 200, body: '<html>' },
	{ status: 200, body: '{"ok":tr' },
	{ status: 200, body: '' },
	{ status: 503, body: '{"ok":true}' },
];

describe('a header that HTTP cannot carry', () => {
	const sending = (key: string) => {
		const { client, state } = playing([{ status: 200, body: '{"ok":true}' }]);
		const headers = { Authorization: key };
		const done = client.send({ method: 'POST', path: '/send', headers, json: {} });
		return { done, state };
	};

	it.each([
		['a line break', `${SECRET}\nx-other: 1`],
		['a typographic quote', `\u201c${SECRET}\u201d`],
		['a letter that looks Latin', `\u0441${SECRET}`],
		['a control character', `${SECRET}\u0000`],
		['a delete character', `${SECRET}\u007f`],
	])('is refused before anything is sent: %s', async (_what, key) => {
		const { done, state } = sending(key);
		const failure = await failureOf(done);
		expect(failure).toMatchObject({
			kind: 'misconfigured',
			outcome: 'not sent',
			words: 'the value of the header authorization contains a character that cannot be sent',
			hint: 'Enter the key again in the credential, without line breaks or special characters.',
			permanent: true,
		});
		expect(inspect(failure)).not.toContain(SECRET);
		expect(state.sent).toBe(0);
	});

	it('is none of tabs, ASCII, and Latin-1', async () => {
		const { done, state } = sending(`\t ~\u0080\u00ff${SECRET}`);
		await done;
		expect(state.sent).toBe(1);
	});
});

describe('a send', () => {
	it('is never repeated once it may have been done, whatever comes before and after', async () => {
		const step = fc.constantFrom(YES, NO, LIMITED, UNREACHABLE, ...AMBIGUOUS);
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
				const { client, state } = playing(steps);
				await client.send({ method: 'POST', path: '/send', json: {} }).catch(() => undefined);
				const firstLanded = steps.findIndex((each) => each !== LIMITED && each !== UNREACHABLE);
				if (firstLanded !== -1) expect(state.sent).toBeLessThanOrEqual(firstLanded + 1);
			}),
			{ numRuns: 300 },
		);
	});

	it.each(AMBIGUOUS)('says that its outcome is unknown after %j', async (step) => {
		const { client, state } = playing([step, YES]);
		const failure = await failureOf(client.send({ method: 'POST', path: '/send', json: {} }));
		expect(failure.outcome).toBe('unknown');
		expect(state.sent).toBe(1);
	});

	it('goes out again when it never left', async () => {
		const { client, state } = playing([UNREACHABLE, UNREACHABLE, YES]);
		await client.send({ method: 'POST', path: '/send', json: {} });
		expect(state.sent).toBe(3);
	});

	it.each([
		['a refusal', NO],
		['an unreachable provider', UNREACHABLE],
		['a rate limit', { ...LIMITED, headers: { 'retry-after': '3600' } }],
	])('with an idempotency key stays of unknown outcome when its repetition meets %s', async (_what, second) => {
		const { client } = playing([{ fails: 'sent' }, second]);
		const failure = await failureOf(client.send({ method: 'POST', path: '/send', json: {}, repeatable: true }));
		// The first one may have been delivered: "Nothing was sent" would be wrong.
		expect(failure.outcome).toBe('unknown');
	});
});

describe('a provider that refuses by its limit', () => {
	it.each(['0', '0.001', '1', 'Sun, 06 Nov 1994 08:49:37 GMT'])(
		'without end and asks for %j is given up, after waits',
		async (retryAfter) => {
			const { client, state } = playing([{ ...LIMITED, headers: { 'retry-after': retryAfter } }]);
			const failure = await failureOf(client.send({ method: 'GET', path: '/list' }));
			expect(failure).toMatchObject({ kind: 'rateLimited', outcome: 'not sent' });
			expect(state.sent).toBeLessThan(200);
		},
	);
});

describe('Retries', () => {
	it.each([1, 2, 4])('of which there are %d in all, holds for a rate limit as well', async (maxAttempts) => {
		const { client, state } = playing([LIMITED]);
		const failure = await failureOf(client.send({ method: 'POST', path: '/send', json: {}, maxAttempts }));
		expect(failure).toMatchObject({ kind: 'rateLimited', outcome: 'not sent', attempts: maxAttempts });
		expect(state.sent).toBe(maxAttempts);
	});
});

describe('the log', () => {
	const playingWithLog = (steps: Step[]) => {
		const lines: string[] = [];
		const log = (line: string): void => void lines.push(line);
		return { ...playing(steps, { info: log, warn: log }), lines };
	};
	const limited: Step = { ...YES, headers: { 'x-limit': '1', 'x-left': '0', 'x-reset': '30' } };

	it('logs a wait before the first try, which is no retry', async () => {
		const { client, state, lines } = playingWithLog([limited]);
		const request = { method: 'POST', path: '/send', json: {}, maxAttempts: 1 } as const;
		await client.send(request);
		expect(lines).toEqual([]);
		await client.send(request);
		expect(state.sent).toBe(2);
		expect(lines).toEqual(['Gateway allows no more requests for now: the next one waits 30 seconds']);
	});

	it('logs a wait before a retry', async () => {
		const { client, lines } = playingWithLog([{ ...LIMITED, headers: { 'retry-after': '7' } }, YES]);
		await client.send({ method: 'POST', path: '/send', json: {} });
		expect(lines[0]).toBe('Gateway: try 1 failed, retrying in 7 seconds');
	});

	it('logs a success in an unknown format, with nothing but the names of its fields', async () => {
		const { client, lines } = playingWithLog([{ status: 200, body: `{"success":true,"${SECRET}":"word"}` }]);
		await client.send({ method: 'POST', path: '/send', json: {} });
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(/^Gateway accepted a request .* Its fields: success, \*\*\*$/);
	});
});

describe('an answer that breaks whoever reads it', () => {
	const broken = new RangeError('Maximum call stack size exceeded');

	it.each(['send', 'download'] as const)('leaves the outcome of a %s unknown, and is not repeated', async (way) => {
		const { client, state } = playing([NO], undefined, () => {
			throw broken;
		});
		const failure = await failureOf(client[way]({ method: 'POST', path: '/send', json: {} }));
		expect(failure).toMatchObject({ kind: 'unreadable', outcome: 'unknown', status: 400 });
		expect(state.sent).toBe(1);
	});

	it('leaves it unknown where the transport fails in an unexpected way', async () => {
		const client = clientOver(async () => {
			throw broken;
		});
		expect(await failureOf(client.send({ method: 'POST', path: '/send', json: {} }))).toMatchObject({
			outcome: 'unknown',
		});
	});

	it('keeps its facts where the advice cannot be given', async () => {
		const { client } = playing([NO], undefined, judge, () => {
			throw broken;
		});
		const failure = await failureOf(client.send({ method: 'POST', path: '/send', json: {} }));
		expect(failure).toMatchObject({ outcome: 'refused', words: 'number not on WhatsApp' });
		expect(failure.hint).toBeUndefined();
	});

	it('fails as it is where nothing was sent yet', async () => {
		const circle: IDataObject = {};
		circle.self = circle;
		const { client, state } = playing([YES]);
		await expect(client.send({ method: 'POST', path: '/send', json: circle })).rejects.toThrow(/circular/);
		expect(state.sent).toBe(0);
	});
});

describe('secrets', () => {
	async function errorWith(words: string): Promise<GatewayError> {
		const { client } = playing([{ status: 400, body: JSON.stringify({ ok: false, words }) }]);
		const sending = client.send({ method: 'POST', path: '/send' }, ['device-0001']);
		const error: unknown = await sending.catch((reason: unknown) => reason);
		if (error instanceof GatewayError) return error;
		throw new Error('it should have failed');
	}

	it('are not in the words of an error', async () => {
		const error = await errorWith(`key ${SECRET} may not use device-0001`);
		expect(error.failure.words).toBe('key *** may not use ***');
		expect(error.message).toBe('key *** may not use ***');
	});

	it('are nowhere in an error, its causes included', async () => {
		const error = await errorWith(`key ${SECRET} may not use device-0001`);
		expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
	});

	it('leave no part behind where long words are cut', async () => {
		const leaks: string[] = [];
		for (let before = 470; before < 510; before++) {
			const { words = '' } = (await errorWith(`${'x'.repeat(before)} ${SECRET} ${'y'.repeat(100)}`)).failure;
			if (words.includes(SECRET.slice(0, 8))) leaks.push(words.slice(before));
		}
		expect(leaks).toEqual([]);
	});

	it('are found though a line break or markup was put next to them', async () => {
		const error = await errorWith(`<b>${SECRET}</b>\n${SECRET}`);
		expect(error.failure.words).not.toContain(SECRET);
	});
});

describe('certificates', () => {
	it.each([true, false])('are checked unless the credential says otherwise (%s)', async (skip) => {
		const policies: TransportPolicy[] = [];
		const client = new GatewayClient({
			api: {
				displayName: 'Gateway',
				credentialType: 'gatewayApi',
				authenticate: async (_credential, options) => ({ ...options, skipSslCertificateValidation: skip }),
				baseUrl: () => 'https://gateway.example',
				secrets: () => [SECRET],
				judge,
			},
			credential: {},
			transport: sendingBy(async (_request, policy) => {
				policies.push(policy);
				return { status: 200, headers: {}, body: Readable.from([Buffer.from('{"ok":true}')]) };
			}),
		});
		await client.send({ method: 'GET', path: '/' });
		expect(policies).toEqual([{ allowUnauthorizedCerts: skip }]);
	});
});
