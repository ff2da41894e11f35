import type { IDataObject } from 'n8n-workflow';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { play } from '../contracts/play';
import type { Contract, ContractAnswer } from '../contracts/types';
import { recipients } from '../support/bench';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { type Provider, providers } from '../support/providers';
import { drip, flood, head, type RawAnswer, type RawServer, startRawServer, whole } from '../support/rawServer';
import type { NodeResult } from '../support/results';
import { isN8nTransport, itOnUndici } from '../support/transport';
import { SOON_MS } from '../support/soon';

const TIME_LIMIT_S = 1;
const MIB = 1024 * 1024;

/** What a server does to a message. */
interface Slow {
	name: string;
	answer: RawAnswer;
}

/** The same with what the user reads of it. */
interface Strange extends Slow {
	words: string;
	/** Where n8n's HTTP client reads it in another way. */
	wordsOnN8n?: string;
	/** The connection broke before there was a status. */
	isNoAnswer?: true;
}

/** A gzip file may have many parts: 64 times 16 MiB of zeros. */
const bombOf1GiB = Buffer.concat(Array<Buffer>(64).fill(gzipSync(Buffer.alloc(16 * MIB))));

const slow: Slow[] = [
	{
		name: 'a byte of the body now and then',
		answer: (socket) => {
			socket.write(head(200, { 'content-length': 100_000 }));
			drip(socket, ' ', 100);
		},
	},
	{
		name: 'a header line now and then',
		answer: (socket) => {
			socket.write('HTTP/1.1 200 OK\r\n');
			drip(socket, 'x-more: 1\r\n', 100);
		},
	},
	{
		name: 'a letter of a header now and then',
		answer: (socket) => {
			socket.write('HTTP/1.1 200 OK\r\nx-more: ');
			drip(socket, 'a', 100);
		},
	},
	{
		name: 'that it is still at it, again and again',
		answer: (socket) => drip(socket, head(102), 50),
	},
	{ name: 'nothing', answer: () => undefined },
];

const strange: Strange[] = [
	{
		name: 'headers without end',
		answer: (socket) => {
			socket.write('HTTP/1.1 200 OK\r\n');
			flood(socket, `x-more: ${'a'.repeat(1_000)}\r\n`);
		},
		words: 'the response headers were too large',
		isNoAnswer: true,
	},
	{
		name: 'a body without end',
		answer: (socket) => {
			socket.write(head(200));
			flood(socket, ' '.repeat(64 * 1024));
		},
		words: 'the response is larger than 8 MB',
	},
	{
		name: 'a list of tiny values',
		answer: (socket) => socket.write(whole(200, `{"data":[${'[],'.repeat(2_000_000)}0]}`)),
		words: 'the response has more than 500,000 values',
	},
	{
		name: 'a list in a list in a list',
		answer: (socket) => socket.write(whole(200, `{"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)),
		words: 'the response is nested more than 200 levels deep',
	},
	{
		name: 'a bomb',
		answer: (socket) => socket.write(whole(200, bombOf1GiB, { 'content-encoding': 'gzip' })),
		words: 'the response is larger than 8 MB',
	},
	{
		name: 'a bomb in a bomb',
		answer: (socket) => socket.write(whole(200, gzipSync(bombOf1GiB), { 'content-encoding': 'gzip, gzip' })),
		words: 'the response is larger than 8 MB',
		wordsOnN8n: 'the response is compressed in a way this node cannot read: gzip, gzip',
	},
	{
		name: 'half of something compressed',
		answer: (socket) => {
			const compressed = gzipSync(JSON.stringify({ status: true, data: 'a'.repeat(1_000) }));
			socket.write(whole(200, compressed.subarray(0, -20), { 'content-encoding': 'gzip' }));
		},
		words: 'the response was cut off',
		wordsOnN8n: 'the response was cut off in the middle of its JSON',
	},
	{
		name: 'something that is not compressed as it says',
		answer: (socket) => socket.write(whole(200, '{"status":true}', { 'content-encoding': 'br' })),
		words: 'the response was cut off',
	},
	{
		name: 'an unknown way of compressing',
		answer: (socket) => socket.write(whole(200, '{"status":true}', { 'content-encoding': 'snappy' })),
		words: 'the response is compressed in a way this node cannot read: snappy',
	},
	{
		name: 'too many ways of compressing',
		answer: (socket) => socket.write(whole(200, 'x', { 'content-encoding': 'gzip, br, gzip, deflate' })),
		words: 'the response is compressed in a way this node cannot read: gzip, br, gzip, deflate',
	},
];

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

type Sent = NodeResult & { ms: number };

/** One message to a server of its own. */
async function send({ bench, basePath }: Provider, origin: string, timeLimit: number): Promise<Sent> {
	const start = performance.now();
	const result = await engine.runNode({
		type: bench.name,
		parameters: { ...bench.sendText, options: { timeLimit, retries: 0 } },
		items: recipients(1),
		onError: 'continueRegularOutput',
		credentials: { [bench.credentialType]: bench.credentialFor(`${origin}${basePath}`) },
	});
	return { ...result, ms: performance.now() - start };
}

/** A message of each provider at once: most of the time is spent waiting. */
async function sendAll(origin: string, timeLimit: number): Promise<Map<string, Sent>> {
	const sent = providers.map(async (provider) => [provider.name, await send(provider, origin, timeLimit)] as const);
	return new Map(await Promise.all(sent));
}

const itemOf = (sent: Sent | undefined): IDataObject => sent?.outputs[0]?.[0]?.json ?? {};

describe('a server that never comes to an end', () => {
	const servers = new Map<string, RawServer>();
	const sent = new Map<string, Map<string, Sent>>();

	beforeAll(async () => {
		await Promise.all(
			slow.map(async ({ name, answer }) => {
				const server = await startRawServer(answer);
				servers.set(name, server);
				sent.set(name, await sendAll(`http://${server.host}`, TIME_LIMIT_S));
			}),
		);
	});
	afterAll(async () => {
		for (const server of servers.values()) await server.close();
	});

	describe.each(slow)('and sends $name', ({ name }) => {
		it.each(providers)('$name: the item says in time that the message may have been sent', (provider) => {
			const result = sent.get(name)?.get(provider.name);
			expect(itemOf(result)).toMatchObject({
				error: `${provider.name} did not respond within ${TIME_LIMIT_S} second: the message may have been sent`,
				details: { outcome: 'unknown', attempts: 1 },
			});
			expect(result?.ms).toBeLessThan(SOON_MS);
		});

		it('got each message once, and its connections are closed', async () => {
			const server = servers.get(name);
			// After a stall of the process the time limit is seen before the server, which is in it too, has read a byte.
			await eventually(() => server?.heads.length === providers.length);
			await eventually(() => server?.connections === 0);
			expect(server?.heads).toHaveLength(providers.length);
		});
	});
});

describe.each(strange)('a server that sends $name', ({ answer, isNoAnswer = false, ...expected }) => {
	const words = isN8nTransport ? (expected.wordsOnN8n ?? expected.words) : expected.words;
	let server: RawServer;
	let sent: Map<string, Sent>;

	beforeAll(async () => {
		server = await startRawServer(answer);
		sent = await sendAll(`http://${server.host}`, 60);
	});
	afterAll(async () => await server.close());

	it.each(providers)('$name: the item says that the message may have been sent, and why', ({ name }) => {
		const item = itemOf(sent.get(name));
		const what = isNoAnswer
			? `The connection to ${name} was lost (`
			: `${name} returned an unreadable response (HTTP 200, `;
		expect(item.error).toBe(`${what}${words}): the message may have been sent`);
		expect(item.details).toMatchObject({ outcome: 'unknown', attempts: 1 });
	});

	it('got each message once', () => expect(server.heads).toHaveLength(providers.length));
});

describe('a server that cannot be reached', () => {
	let silent: RawServer;
	beforeAll(async () => {
		silent = await startRawServer();
	});
	afterAll(async () => await silent.close());

	const expectNothingSent = (sent: Map<string, Sent>): void => {
		for (const { name } of providers) {
			expect(itemOf(sent.get(name))).toMatchObject({
				error: `Could not connect to ${name} (no connection within ${TIME_LIMIT_S} second)`,
				details: {
					outcome: 'not sent',
					attempts: 1,
					description: expect.stringMatching(/^Nothing was sent\./) as string,
				},
			});
			expect(sent.get(name)?.ms).toBeLessThan(SOON_MS);
		}
	};

	itOnUndici('because it takes connections and never answers the TLS handshake', async () => {
		expectNothingSent(await sendAll(`https://${silent.host}`, TIME_LIMIT_S));
		await eventually(() => silent.connections === 0);
	});

	itOnUndici('because the proxy takes connections and never answers', async () => {
		const { HTTP_PROXY } = process.env;
		process.env.HTTP_PROXY = `http://${silent.host}`;
		try {
			expectNothingSent(await sendAll('http://gateway.invalid', TIME_LIMIT_S));
		} finally {
			if (HTTP_PROXY === undefined) delete process.env.HTTP_PROXY;
			else process.env.HTTP_PROXY = HTTP_PROXY;
		}
	});
});

describe('an answer that is compressed although nobody asked', () => {
	const ways = {
		gzip: gzipSync,
		deflate: deflateSync,
		'deflate, and bare': deflateRawSync,
		br: brotliCompressSync,
		'gzip, br': (bytes: Buffer) => brotliCompressSync(gzipSync(bytes)),
		identity: (bytes: Buffer) => bytes,
		'gzip, in name only': (bytes: Buffer) => bytes,
	};

	/** A documented answer of each provider to a text message, or to the nearest thing that it documents. */
	const accepted = (provider: Provider): [Contract, ContractAnswer] => {
		const { resource, operation } = provider.bench.sendText;
		for (const contract of provider.contracts) {
			const isText = contract.resource === resource && contract.operation === operation;
			const answer = contract.answers.find(({ output }) => output !== undefined);
			if (isText && answer && contract.before === undefined) return [contract, answer];
		}
		throw new Error(`${provider.name} has no contract for a text`);
	};

	it.each(providers)('$name: reads it as any other, and asks for none', async (provider) => {
		const [contract, answer] = accepted(provider);
		const bytes = Buffer.from(typeof answer.body === 'object' ? JSON.stringify(answer.body) : answer.body);
		// n8n's HTTP client decodes one way at a time, and takes the header at its word.
		const isReadable = (way: string): boolean => !isN8nTransport || !/gzip, (br|in name only)/.test(way);
		for (const [way, compress] of Object.entries(ways).filter(([name]) => isReadable(name))) {
			const encoding = way.replace(/, (and|in) .*/, '');
			const compressed = { ...answer, body: compress(bytes), headers: { 'content-encoding': encoding } };
			const { result, requests } = await play(engine, provider, contract, compressed);
			expect([way, result.error?.message]).toEqual([way, undefined]);
			expect(result.outputs[0]?.map(({ json }) => json)).toEqual(answer.output);
			expect(requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity']);
		}
	});
});

async function eventually(isSo: () => boolean): Promise<void> {
	for (let looks = 0; looks < 2_000 && !isSo(); looks++) await new Promise((resolve) => setTimeout(resolve, 10));
	expect(isSo()).toBe(true);
}
