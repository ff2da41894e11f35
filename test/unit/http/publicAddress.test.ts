import '../../support/n8n/environment';
import { DnsResolver, OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { fetchFile, type FilePolicies } from '../../../nodes/shared/http/fetchFile';
import { GatewayError, type GatewayFailure } from '../../../nodes/shared/http/gatewayError';
import { gather } from '../../../nodes/shared/http/transport/bytes';
import type { EgressFilter } from '../../../nodes/shared/http/transport/transport';
import { assertPublic } from '../../../nodes/shared/http/transport/publicRange';
import { transport } from '../../support/transport';
import { type InternalServer, internalAddresses, startInternalServer } from '../../support/internalServer';
import { setSsrfPolicy } from '../../support/n8n/services';
import { startScriptedServer } from '../../support/scriptedServer';

let inside: InternalServer;
beforeAll(async () => {
	inside = await startInternalServer();
});
afterAll(async () => await inside.close());

/** The addresses of names, where n8n looks them up; each look-up takes the next one. */
let names: Record<string, string[]> = {};
const lookups: string[] = [];

beforeEach(() => {
	names = {};
	lookups.length = 0;
	const resolver = Container.get(DnsResolver);
	jest.spyOn(resolver, 'lookup').mockImplementation(async (hostname) => {
		lookups.push(hostname);
		const addresses = names[hostname] ?? [];
		const address = addresses.length > 1 ? addresses.shift() : addresses[0];
		if (address === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
		const found = address.split(' ').map((each) => ({ address: each, family: each.includes(':') ? 6 : 4 }));
		return await Promise.resolve(found);
	});
});
afterEach(() => {
	jest.restoreAllMocks();
	setSsrfPolicy();
});

/** n8n's own filter, as it is in every n8n. */
function enforced(): EgressFilter {
	setSsrfPolicy();
	return Container.get(OutboundHttp).egressFilter('enforced');
}

function policies(filter = enforced(), ownOrigin = 'https://gateway.example.com'): FilePolicies {
	return { ownOrigin, own: {}, others: { egress: filter }, transport: transport };
}

async function failureOf(address: string, given = policies()): Promise<GatewayFailure | string> {
	try {
		const { body } = await fetchFile(address, given);
		return String(await gather(body, 1_000));
	} catch (error) {
		if (error instanceof GatewayError) return error.failure;
		throw error;
	}
}

describe('a foreign address that leads inside', () => {
	it.each(internalAddresses(0).map((address) => new URL(address.replace(':0/', '/')).hostname))(
		'%s is not reached',
		async (host) => {
			names = { localhost: ['127.0.0.1'] };
			const hits = inside.hits;
			const failure = await failureOf(`http://${host}:${inside.port}/photo.png`);
			expect(failure).toMatchObject({ kind: 'blocked', outcome: 'not sent' });
			expect(inside.hits).toBe(hits);
		},
	);

	it.each([
		['[::]', '::'],
		['mapped', '::ffff:127.0.0.1'],
		['NAT64', '64:ff9b::7f00:1'],
		['the range of carriers', '100.64.0.1'],
		['one of several', '157.240.0.60 ::'],
		['this machine', '127.0.0.1'],
	])('is not reached by a name: %s', async (_kind, address) => {
		names = { 'files.example.com': [address] };
		const hits = inside.hits;
		expect(await failureOf(`http://files.example.com:${inside.port}/a`)).toMatchObject({ kind: 'blocked' });
		expect(inside.hits).toBe(hits);
	});

	it('is not reached by a name that changes between the check and the connection', async () => {
		names = { 'files.example.com': ['157.240.0.60', '157.240.0.60', '::', '::ffff:7f00:1'] };
		const hits = inside.hits;
		expect(await failureOf(`http://files.example.com:${inside.port}/a`)).toMatchObject({ kind: 'blocked' });
		// n8n's check, ours, and the connection's.
		expect(lookups).toHaveLength(3);
		expect(inside.hits).toBe(hits);
	});

	it.each(['[::]', '[::ffff:127.0.0.1]', '100.64.0.1', '127.0.0.1'])(
		'is not reached by a redirect to %s',
		async (host) => {
			const own = await startScriptedServer({
				status: 302,
				headers: { location: `http://${host}:${inside.port}/photo.png` },
			});
			const hits = inside.hits;
			try {
				const failure = await failureOf(`${own.url}/a`, policies(enforced(), own.url));
				expect(failure).toMatchObject({ kind: 'blocked' });
				expect(inside.hits).toBe(hits);
			} finally {
				await own.close();
			}
		},
	);
});

describe('what stays allowed', () => {
	it("the credential's own origin, wherever it is", async () => {
		const origin = `http://127.0.0.1:${inside.port}`;
		expect(await failureOf(`${origin}/a`, policies(enforced(), origin))).toContain('PNG');
	});

	it('what the administrator of n8n has allowed', async () => {
		setSsrfPolicy({ enabled: true, allowedIpRanges: ['127.0.0.1/32'] });
		const filter = Container.get(OutboundHttp).egressFilter('enforced') as EgressFilter;
		expect(await failureOf(`http://127.0.0.1:${inside.port}/a`, policies(filter))).toContain('PNG');
		expect(await failureOf(`http://[::]:${inside.port}/a`, policies(filter))).toMatchObject({ kind: 'blocked' });
	});

	it.each(['157.240.0.60', '2a03:2880:f2ff::1', '::ffff:157.240.0.60', '64:ff9b::9df0:3c'])('%s', (address) => {
		expect(() => assertPublic(address, enforced())).not.toThrow();
	});
});

it('a file may be kept to certain servers, redirects included', async () => {
	const own = await startScriptedServer([
		{ status: 302, headers: { location: 'https://example.com/photo' } },
		{ body: 'reached' },
	]);
	try {
		const mayBeAt = (url: URL): boolean => url.origin === own.url;
		const fetched = fetchFile(`${own.url}/a`, policies(enforced(), own.url), { mayBeAt });
		await expect(fetched).rejects.toMatchObject({ failure: { kind: 'blocked', outcome: 'not sent' } });
		expect(lookups).toEqual([]);
	} finally {
		await own.close();
	}
});
