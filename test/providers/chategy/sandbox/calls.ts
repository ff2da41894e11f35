import { chategyAccount, type Sandbox } from '../../../../sandbox';
import { type Answer, callProvider, useSandbox } from '../../../sandbox/client';

/** The headers of a client. */
export const CLIENT = { Authorization: `Bearer ${chategyAccount.accessToken}` };

/** The headers of a developer. */
export const DEVELOPER = { Authorization: chategyAccount.developerApiKey };

/** The number that messages go to. */
export const PHONE = '995598464533';

/** What an answer says that says yes. */
export const OK = { code: 200, status: 'success' };

type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** The sandbox, and requests to it by who makes them. */
interface ChategyCalls {
	sandbox: () => Sandbox;
	/** The path is below the API of clients. */
	client: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
	developer: Call;
	/** Sends a text as a client. */
	send: (fields?: Record<string, unknown>, headers?: Record<string, string>) => Promise<Answer>;
}

/** Starts a sandbox for the tests of this file. */
export function useCalls(): ChategyCalls {
	const sandbox = useSandbox();
	const client: ChategyCalls['client'] = async (method, path, body, headers = {}) =>
		await callProvider(sandbox(), 'chategy', method, `/api/v1${path}`, body, { ...CLIENT, ...headers });
	return {
		sandbox,
		client,
		developer: async (method, path, body) =>
			await callProvider(sandbox(), 'chategy', method, path, body, DEVELOPER),
		send: async (fields = {}, headers) =>
			await client('POST', '/delivery', { phone: PHONE, text: 'Hello', ...fields }, headers),
	};
}

/** A refusal of values. */
export function refused(errors: unknown, statusId: number | null = null): unknown {
	return { meta: { code: 422, errors, message: 'Unprocessable Entity', status: 'fail', status_id: statusId } };
}

/** The message in an answer. */
export function deliveryOf({ json }: Answer): Record<string, unknown> & { id: number } {
	return (json as { delivery: Record<string, unknown> & { id: number } }).delivery;
}
