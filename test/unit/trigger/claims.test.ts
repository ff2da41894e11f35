import type { IWebhookFunctions } from 'n8n-workflow';
import { EventEmitter } from 'node:events';
import { Claims, started } from '../../../nodes/shared/trigger/receive/claims';
import { eventWith } from '../../support/gatewayEvent';

let workflows = 0;

/** Calls of one node, each with a connection of its own. */
function node(mode = 'webhook') {
	const id = `claims ${++workflows}`;
	const stored = {};
	return (isDestroyed = false) => {
		const response = new EventEmitter();
		const context = {
			getNode: () => ({ id: 'node' }),
			getWorkflow: () => ({ id }),
			getResponseObject: () => response,
			getRequestObject: () => ({ socket: { destroyed: isDestroyed } }),
			getWorkflowStaticData: () => stored,
			getMode: () => mode,
		} as unknown as IWebhookFunctions;
		const claims = new Claims(context, { arrivedAt: Date.now() });
		const isTaken = claims.take(eventWith({ id: 'a'.repeat(32), identity: 'untimed' }), 0) !== undefined;
		return { response, claims, isTaken, read: () => started(claims, []).webhookResponse as unknown };
	};
}

describe('a delivery whose connection closes', () => {
	it.each<[string[], boolean]>([
		[['finish', 'close'], true],
		[['close'], false],
		[['close', 'finish'], false],
	])('%j: an equal one after it starts an execution: %p', (events, expected) => {
		const call = node();
		const first = call();
		expect(first.read()).toEqual({ message: 'ok' });
		for (const event of events) first.response.emit(event);
		expect(call().isTaken).toBe(expected);
		expect(call().isTaken).toBe(true);
	});

	it('before we were called is one that gets no answer', () => {
		const call = node();
		call(true).read();
		expect(call().isTaken).toBe(false);
	});

	it('while n8n has not taken it, is not taken for good', () => {
		const call = node();
		const first = call();
		first.claims.handOver();
		first.response.emit('close');
		expect(call().isTaken).toBe(true);
	});

	it.each<[how: string, end: (first: ReturnType<ReturnType<typeof node>>) => unknown, isTaken: boolean]>([
		['taken', (first) => first.read(), true],
		[
			'not taken',
			(first) => {
				first.claims.handOver();
				first.response.emit('close');
			},
			false,
		],
		['given up', (first) => first.claims.release(), false],
	])('is waited for by an equal one until it is %s', async (_how, end, isTaken) => {
		const call = node();
		const first = call(true);
		const second = call();
		expect(second.isTaken).toBe(false);
		let known: boolean | undefined;
		const waiting = second.claims.areTaken().then((taken) => (known = taken));
		await new Promise((resolve) => setImmediate(resolve));
		expect(known).toBeUndefined();
		end(first);
		await waiting;
		expect(known).toBe(isTaken);
		await expect(call().claims.areTaken()).resolves.toBe(true);
	});

	it('before n8n was to take it, is not taken for good if n8n fails', async () => {
		jest.useFakeTimers({ doNotFake: ['setImmediate'] });
		try {
			const call = node();
			const first = call();
			first.response.emit('close');
			first.claims.handOver();
			const second = call();
			expect(second.isTaken).toBe(false);
			await jest.advanceTimersByTimeAsync(5_000);
			await expect(second.claims.areTaken()).resolves.toBe(false);
			expect(call().isTaken).toBe(true);
		} finally {
			jest.useRealTimers();
		}
	});

	it('before n8n was to take it, is a repeat once n8n has taken it', async () => {
		jest.useFakeTimers({ doNotFake: ['setImmediate'] });
		try {
			const call = node();
			const first = call();
			first.response.emit('close');
			first.read();
			await jest.advanceTimersByTimeAsync(10_000);
			expect(call().isTaken).toBe(false);
		} finally {
			jest.useRealTimers();
		}
	});

	it('is nothing to a test', () => {
		const call = node('manual');
		call(true).read();
		expect(call().isTaken).toBe(true);
	});
});
