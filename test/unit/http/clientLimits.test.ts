import { Readable } from 'node:stream';
import { GatewayClient } from '../../../nodes/shared/http/client';
import { type Transport, TransportError, type TransportRequest } from '../../../nodes/shared/http/transport/transport';
import { bytesOf, sendingBy } from './streams';

const TIMED_OUT = new TransportError('sent', 'no response within the time limit', { timedOut: true });
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

function clientOver(send: Transport['send']): GatewayClient {
	const api = {
		displayName: 'Gateway',
		credentialType: 'gatewayApi',
		authenticate: async (_credential: unknown, options: object) => options as never,
		baseUrl: () => 'https://gateway.example',
		secrets: () => [],
		judge: () => undefined,
		timeLimitMs: 7_000,
	};
	return new GatewayClient({ api, credential: {}, transport: sendingBy(send) });
}

/** Answers whose body comes as far as `start` and breaks then; counts the requests. */
function breaking(status: number, start: Buffer, reason: Error, headers: Record<string, string> = {}) {
	const requests: TransportRequest[] = [];
	const client = clientOver(async (request) => {
		requests.push(request);
		const body = async function* (): AsyncGenerator<Buffer> {
			yield start;
			throw reason;
		};
		return { status, headers, body: Readable.from(body()) };
	});
	return { client, requests };
}

const POST = { method: 'POST' as const, path: '/send', json: {}, maxAttempts: 1 };

describe('an answer whose end did not come within the time limit', () => {
	it.each([
		[200, { kind: 'timeout', outcome: 'unknown' }],
		[202, { kind: 'timeout', outcome: 'unknown' }],
		[500, { kind: 'unavailable', outcome: 'unknown' }],
		[400, { kind: 'refused', outcome: 'refused' }],
		[401, { kind: 'unauthorized', outcome: 'refused' }],
	])('with HTTP %d is judged by that, and never a success', async (status, expected) => {
		const { client } = breaking(status, Buffer.from('{"ok":true}'), TIMED_OUT);
		const sending = client.send(POST);
		await expect(sending).rejects.toMatchObject({ failure: { ...expected, status, timeLimitMs: 7_000 } });
	});
});

it('what cannot be read is not requested again, though it is a read', async () => {
	const requests: TransportRequest[] = [];
	const client = clientOver(async (request) => {
		requests.push(request);
		const body = Readable.from([Buffer.from('?')]);
		return { status: 200, headers: { 'content-encoding': 'snappy' }, body };
	});
	for (const reading of [client.send({ method: 'GET', path: '/' }), client.download({ method: 'GET', path: '/' })]) {
		await expect(reading).rejects.toMatchObject({
			failure: {
				kind: 'unreadable',
				words: 'the response is compressed in a way this node cannot read: snappy',
				attempts: 1,
			},
		});
	}
	expect(requests).toHaveLength(2);
});

describe('a file', () => {
	it('may take its time, an answer may not', async () => {
		const { client, requests } = breaking(200, PNG, TIMED_OUT);
		const { body } = await client.download({ method: 'GET', path: '/file' });
		(body as Readable).destroy();
		await client.send(POST).catch(() => undefined);
		expect(requests.map(({ mayBeFile }) => mayBeFile)).toEqual([true, undefined]);
	});

	it.each([
		[TIMED_OUT, { kind: 'timeout', timeLimitMs: 7_000 }],
		[
			new TransportError('sent', 'the file transfer stalled'),
			{ kind: 'network', words: 'the file transfer stalled' },
		],
		[new Error('reset'), { kind: 'network', words: 'the response was cut off' }],
	])('that breaks off after it was handed on says so in our words (%s)', async (reason, expected) => {
		const { client } = breaking(200, PNG, reason);
		const { body } = await client.download({ method: 'GET', path: '/file' });
		await expect(bytesOf(body as Readable)).rejects.toMatchObject({
			name: 'GatewayError',
			failure: { provider: 'Gateway', outcome: 'unknown', ...expected },
		});
	});
});
