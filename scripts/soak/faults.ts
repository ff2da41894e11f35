import type { FaultAction } from '../../sandbox';

/** The share of requests that are hit. */
export const SHARE = 0.05;

/** Seconds that a message waits for its answer: as short as the node allows, since some wait in vain. */
export const TIME_LIMIT_S = 1;

/** Nested deeper than a reader that calls itself can follow. */
const NESTED = `{"message":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

/** Answers that could break a judge, or be taken for a yes or a no that nobody said. */
const hostileAnswers: FaultAction[] = [
	{ kind: 'status', status: 500, accepted: true, body: NESTED },
	{ kind: 'status', status: 200, accepted: true, body: NESTED },
	{ kind: 'status', status: 303, accepted: true, headers: { location: '/elsewhere' }, body: '' },
	{ kind: 'status', status: 200, accepted: true, body: '{}' },
	{ kind: 'status', status: 200, accepted: true, body: '[]' },
	{ kind: 'status', status: 200, accepted: true, body: '"maintenance"' },
	{ kind: 'status', status: 200, accepted: true, headers: { 'content-encoding': 'gzip' }, body: '\x1f\x8b not gzip' },
];

/** Every kind of fault of the failure table, and hostile answers; each is as likely as any other. */
export const faultKinds: FaultAction[] = [
	{ kind: 'latency', ms: 30, when: 'before' },
	{ kind: 'latency', ms: 30, when: 'after' },
	{ kind: 'status', status: 429, headers: { 'retry-after': '0.2' } },
	{ kind: 'status', status: 429 },
	{ kind: 'status', status: 400 },
	{ kind: 'status', status: 302, headers: { location: '/elsewhere' }, body: '' },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 500, accepted: true },
	{ kind: 'status', status: 503, headers: { 'retry-after': '0.2' } },
	{ kind: 'html' },
	{ kind: 'html', accepted: true },
	{ kind: 'truncated' },
	{ kind: 'bodyError', code: 400, message: 'The number field is invalid.' },
	{ kind: 'bodyError' },
	{ kind: 'dropBefore' },
	{ kind: 'dropBefore', reset: true },
	{ kind: 'dropAfter' },
	{ kind: 'dropAfter', reset: true },
	{ kind: 'dropDuring' },
	{ kind: 'hang' },
	{ kind: 'hang', accepted: true },
	...hostileAnswers,
];

/** What a provider says when it is the account that it refuses, so that the next provider takes the message. */
export const accountFaults: FaultAction[] = [
	{ kind: 'status', status: 401 },
	{ kind: 'status', status: 403 },
	{
		kind: 'status',
		status: 404,
		headers: { 'content-type': 'text/html' },
		body: '<!doctype html><title>Nothing</title>',
	},
	// Beyond the time limit: where the message may have arrived, it is waited for all the same.
	{ kind: 'status', status: 429, headers: { 'retry-after': '5' } },
	{ kind: 'bodyError', code: 400, message: 'Device is not connected' },
	{ kind: 'bodyError', code: 400, message: 'Saldo tidak cukup' },
	{ kind: 'bodyError', code: 400, message: 'Daily limit reached' },
	// About the recipient, in nearly the same words: no other provider may take the message.
	{ kind: 'bodyError', code: 400, message: 'Recipient device is not connected' },
];
