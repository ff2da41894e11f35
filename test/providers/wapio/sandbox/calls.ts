import { type Sandbox, wapioAccount } from '../../../../sandbox';
import { type Answer, callProvider, useSandbox } from '../../../sandbox/client';

type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** The sandbox, and requests to it by who makes them. */
interface WapioCalls {
	sandbox: () => Sandbox;
	/** Requests with a token. */
	by: (token: string) => Call;
	asAccount: Call;
	asSession: Call;
}

/** Starts a sandbox without a rate limit for the tests of this file. */
export function useCalls(): WapioCalls {
	const sandbox = useSandbox(({ control }) => control.setRateLimit('wapio', null));
	const by =
		(token: string): Call =>
		async (method, path, body, headers = {}) =>
			await callProvider(sandbox(), 'wapio', method, path, body, {
				Authorization: `Bearer ${token}`,
				...headers,
			});
	return { sandbox, by, asAccount: by(wapioAccount.pat), asSession: by(wapioAccount.sessionKey) };
}

/** The number that messages go to. */
export const NUMBER = '212600000001';

/** A text that is accepted. */
export const text = { to: NUMBER, kind: 'text', text: 'Hello' };

/** A refusal. */
export function no(message: unknown, reason_code: string, errors?: unknown): unknown {
	return { success: false, message, reason_code, ...(errors === undefined ? {} : { errors }) };
}

/** A refusal of values. */
export function invalid(errors: unknown): unknown {
	return no('Validation failed', 'validation_error', errors);
}

/** The path of a session. */
export function at(session: string): string {
	return `/v1/whatsapp-sessions/${session}`;
}
