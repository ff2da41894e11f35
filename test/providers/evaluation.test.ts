import { recipients } from '../support/bench';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { providers } from '../support/providers';
import { startRawServer } from '../support/rawServer';

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

describe("an evaluation, in which n8n's own helper mocks every request", () => {
	it.each(providers)(
		'$name: a message goes to the mock, and none to the provider',
		async ({ bench, basePath, yes }) => {
			const server = await startRawServer((socket) => socket.destroy());
			const asked: Array<{ url: string; method?: string; body?: unknown }> = [];
			try {
				const result = await engine.runNode({
					type: bench.name,
					parameters: { ...bench.sendText, options: { retries: 0 } },
					items: recipients(1),
					credentials: { [bench.credentialType]: bench.credentialFor(`http://${server.host}${basePath}`) },
					mockedBy: async ({ url, method, body }) => {
						asked.push({ url, method, body });
						return { body: yes[0], headers: {}, statusCode: 200 };
					},
				});
				expect(result.error).toBeUndefined();
				expect(asked).toHaveLength(1);
				expect(asked[0]).toMatchObject({ method: 'POST', url: expect.stringContaining(server.host) as string });
				// What the mock is made from is readable.
				expect(typeof asked[0]?.body).toBe('string');
				expect(server.heads).toEqual([]);
			} finally {
				await server.close();
			}
		},
	);
});
