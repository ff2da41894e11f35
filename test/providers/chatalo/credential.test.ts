import {
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { ChataloApi } from '../../../credentials/ChataloApi.credentials';
import { chataloAccount, type Sandbox, startSandbox } from '../../../sandbox';
import { createEngine, type Engine } from '../../support/engine';
import { credentialFor } from './bench';

/** Calls an API with a predefined credential the way n8n's HTTP Request node does. */
class HttpRequest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HTTP Request',
		name: 'httpRequest',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'HTTP Request' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'chataloApi', required: true }],
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
	};
	async execute(this: IExecuteFunctions) {
		const options: IHttpRequestOptions = {
			url: this.getNodeParameter('url', 0) as string,
			json: true,
			ignoreHttpStatusErrors: true,
		};
		const answer = (await this.helpers.httpRequestWithAuthentication.call(this, 'chataloApi', options)) as {
			meta: { code: number; message: string };
		};
		return [[{ json: answer }]];
	}
}

describe('the credential', () => {
	let sandbox: Sandbox;
	let engine: Engine;
	beforeAll(async () => {
		sandbox = await startSandbox();
		engine = createEngine({ nodes: { httpRequest: HttpRequest }, credentialTypes: [ChataloApi] });
	});
	afterAll(async () => {
		await engine.close();
		await sandbox.close();
	});

	const call = async (changes: object) => {
		const baseUrl = sandbox.baseUrl('chatalo');
		const values = { ...credentialFor(baseUrl), ...changes };
		const { outputs } = await engine.runNode({
			type: 'httpRequest',
			parameters: { url: `${baseUrl}/profile` },
			credentials: { chataloApi: values },
		});
		return outputs[0]?.[0]?.json;
	};

	it("authorises n8n's HTTP Request node as it does our own requests", async () => {
		expect(await call({})).toMatchObject({ meta: { code: 200 } });
		expect(sandbox.control.requests().at(-1)?.headers).toMatchObject({
			'x-public-key': chataloAccount.publicKey,
			'x-secret-key': chataloAccount.secretKey,
		});
	});

	it('does not mind spaces around copied keys', async () => {
		expect(await call({ secretKey: ` ${chataloAccount.secretKey}\n` })).toMatchObject({ meta: { code: 200 } });
	});

	it('lets a wrong key be refused', async () => {
		expect(await call({ secretKey: 'not-the-right-key' })).toMatchObject({ meta: { code: 403 } });
	});

	it('is tested against Get Profile, refusals with HTTP 200 included', () => {
		const { request, rules } = new ChataloApi().test;
		expect(request.url).toBe('/profile');
		expect(rules?.map(({ properties }) => properties)).toContainEqual(
			expect.objectContaining({ key: 'meta.code', value: 403 }),
		);
	});
});
