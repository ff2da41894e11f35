import { balesOtomatisAccount, type Sandbox } from '../../../../sandbox';
import { type Answer, callProvider, useSandbox } from '../../../sandbox/client';

const { apiKey, licenseKey, numbers } = balesOtomatisAccount;

/** The sandbox, and requests to it with the keys of the account. */
interface BalesOtomatisCalls {
	sandbox: () => Sandbox;
	call: (path: string, body: object, key?: object) => Promise<Answer>;
	/** The same to the endpoints of the Business API. */
	business: (path: string, body: object) => Promise<Answer>;
}

/** Starts a sandbox for the tests of this file. */
export function useCalls(): BalesOtomatisCalls {
	const sandbox = useSandbox();
	const call: BalesOtomatisCalls['call'] = async (path, body, key = { api_key: apiKey }) =>
		await callProvider(sandbox(), 'balesOtomatis', 'POST', path, { ...key, ...body });
	return {
		sandbox,
		call,
		business: async (path, body) => await call(path, { licenses_key: licenseKey, ...body }, { secret_key: apiKey }),
	};
}

/** A refusal. */
export function no(code: string, message: unknown): unknown {
	return { code, message, type: 'error' };
}

/** A recipient. */
export const pair = { phone_no: '81200000001', country_code: '62' };

/** A text that is accepted. */
export const text = {
	number_id: numbers.connected,
	...pair,
	enable_typing: '1',
	method_send: 'async',
	message: 'Hello',
};

/** The response to a message that was accepted. */
export const DELIVERING = { code: '200', message: 'The message is in the delivery process', type: 'successfully' };
