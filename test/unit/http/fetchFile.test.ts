import { gather } from '../../../nodes/shared/http/transport/bytes';
import { fetchFile, type FilePolicies } from '../../../nodes/shared/http/fetchFile';
import { GatewayError } from '../../../nodes/shared/http/gatewayError';
import type { EgressFilter } from '../../../nodes/shared/http/transport/transport';
import { transport } from '../../support/transport';
import { type ScriptedServer, startScriptedServer } from '../../support/scriptedServer';

let own: ScriptedServer;
let other: ScriptedServer;
beforeEach(async () => {
	own = await startScriptedServer({ headers: { 'content-type': 'image/png' }, body: 'own file' });
	other = await startScriptedServer({ headers: { 'content-type': 'image/png' }, body: 'other file' });
});
afterEach(async () => {
	await own.close();
	await other.close();
});

/** A policy that refuses the given hosts, and notes which addresses it was asked about. */
function policies(refusedOrigins: string[] = []): FilePolicies & { asked: string[] } {
	const asked: string[] = [];
	const egress: EgressFilter = {
		validateUrl: async (url) => {
			asked.push(url.href);
			return refusedOrigins.includes(url.origin)
				? { ok: false, error: new Error('an internal address') }
				: { ok: true };
		},
		validateConnectionHost: () => ({ ok: true }),
		createSecureLookup: () => undefined,
	};
	return { ownOrigin: own.url, own: {}, others: { egress }, transport: transport, asked };
}

const textOf = async (address: string, given: FilePolicies): Promise<string> => {
	const { body } = await fetchFile(address, given);
	return String(await gather(body, 1_000_000));
};

const failureOf = async (address: string, given: FilePolicies) =>
	await textOf(address, given).then(
		() => undefined,
		(error: unknown) => (error instanceof GatewayError ? error.failure : error),
	);

const redirectTo = (location: string) => ({ status: 302, headers: { location }, body: '' });

describe('a file whose address came with a message', () => {
	it('carries no credential', async () => {
		expect(await textOf(`${other.url}/photo.png?x=1`, policies())).toBe('other file');
		const { headers } = other.requests[0] ?? { headers: {} };
		// n8n's helper adds its name.
		const names = Object.keys(headers).filter((name) => name !== 'user-agent');
		expect(names.sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
	});

	it('is held to the policy at every hop: a public address cannot lead inside', async () => {
		other.script(redirectTo(`${own.url}/again`));
		own.script(redirectTo('http://127.0.0.1:1/metadata'));
		const given = policies(['http://127.0.0.1:1']);
		expect(await failureOf(`${other.url}/photo.png`, given)).toMatchObject({
			kind: 'blocked',
			outcome: 'not sent',
		});
		expect(given.asked).toEqual([`${other.url}/photo.png`, 'http://127.0.0.1:1/metadata']);
	});

	it('follows a relative redirect', async () => {
		other.script([redirectTo('/moved.png'), { body: 'moved' }]);
		expect(await textOf(`${other.url}/photo.png`, policies())).toBe('moved');
		expect(other.requests.map(({ path }) => path)).toEqual(['/photo.png', '/moved.png']);
	});

	it('is given up after five redirects', async () => {
		other.script(redirectTo('/round'));
		expect(await failureOf(`${other.url}/photo.png`, policies())).toMatchObject({ words: 'too many redirects' });
		expect(other.requests).toHaveLength(6);
	});

	it.each([
		'file:///etc/passwd',
		'data:text/plain,hello',
		'ftp://example.com/a',
		'http://user:word@example.com/a',
		'no address',
		'',
	])('is not fetched from %j', async (address) => {
		expect(await failureOf(address, policies())).toMatchObject({ kind: 'blocked', outcome: 'not sent' });
	});

	it('is not fetched from elsewhere where n8n cannot tell what is inside', async () => {
		expect(await failureOf(`${other.url}/photo.png`, { ...policies(), others: undefined })).toMatchObject({
			kind: 'blocked',
			words: expect.stringContaining('update n8n') as string,
		});
		expect(await textOf(`${own.url}/photo.png`, { ...policies(), others: undefined })).toBe('own file');
		expect(other.requests).toHaveLength(0);
	});

	it('that is not there is reported with its host', async () => {
		other.script({ status: 404, body: 'gone' });
		expect(await failureOf(`${other.url}/photo.png`, policies())).toMatchObject({
			provider: new URL(other.url).host,
			status: 404,
		});
	});
});
