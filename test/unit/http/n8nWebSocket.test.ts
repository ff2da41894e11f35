import { GatewayError } from '../../../nodes/shared/http/gatewayError';
import { n8nTransport } from '../../../nodes/shared/http/n8n/transport';
import type { RequestContext, TransportPolicy } from '../../../nodes/shared/http/transport/transport';
import { explain } from '../../../nodes/shared/operations/n8n/errors';

/** What a user reads of a websocket that cannot be opened where n8n runs. */
async function refusalOf(context: object): Promise<{ message: string; description: string }> {
	const { connect } = n8nTransport({ helpers: {}, ...context } as unknown as RequestContext);
	const options = { provider: 'Chategy', timeLimitMs: 1_000, secrets: [] };
	const error: unknown = await connect('wss://127.0.0.1:9/socket', {}, options).catch((reason: unknown) => reason);
	if (!(error instanceof GatewayError)) throw new Error('It was not refused');
	expect(error.failure).toMatchObject({ outcome: 'not sent', permanent: true });
	return explain(error.failure, 'change');
}

describe("a websocket on n8n's own transport", () => {
	const known = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
	afterEach(() => {
		if (known) Object.defineProperty(globalThis, 'WebSocket', known);
		else Reflect.deleteProperty(globalThis, 'WebSocket');
	});

	it('is refused on a Node.js without one, with the fix', async () => {
		Reflect.deleteProperty(globalThis, 'WebSocket');
		expect(await refusalOf({})).toEqual({
			message: 'This n8n cannot connect to Chategy (its Node.js has no websockets)',
			description:
				'Nothing was changed. Run n8n on Node.js 22 or newer, or use the package n8n-nodes-whatsapp-gateways.',
		});
	});

	it.each([
		['the time limit', 'network', 30],
		['Stop', 'cancelled', 600_000],
	])('is given up by %s while its address is looked up', async (what, kind, timeLimitMs) => {
		Object.defineProperty(globalThis, 'WebSocket', { value: class {}, configurable: true });
		const { connect } = n8nTransport({ helpers: {} } as unknown as RequestContext);
		const stop = new AbortController();
		const validateUrl = async (): Promise<never> => {
			if (what === 'Stop') stop.abort();
			return await new Promise<never>(() => undefined);
		};
		const egress = { validateUrl } as unknown as TransportPolicy['egress'];
		const options = { provider: 'Chategy', timeLimitMs, secrets: [], signal: stop.signal };
		const opening = connect('wss://127.0.0.1:9/socket', { egress }, options);
		await expect(opening).rejects.toMatchObject({ failure: { kind, outcome: 'not sent' } });
	});

	it('is refused where n8n mocks all requests, with the fix', async () => {
		const mocked = { additionalData: { evalLlmMockHandler: () => undefined } };
		expect(await refusalOf(mocked)).toEqual({
			message:
				'This n8n cannot connect to Chategy (n8n mocks all requests of this execution, and a websocket cannot be mocked)',
			description: 'Nothing was changed. Leave this operation out of the evaluation.',
		});
	});
});
