import type { ICredentialDataDecryptedObject, ICredentialType, IHttpRequestOptions } from 'n8n-workflow';
import { textOf, withoutTrailing } from '../text';
import type { Judge } from './answer';
import type { KnownSigns } from './evidence';
import type { GatewayFailure } from './gatewayError';
import type { GatewayRequest } from './request';
import type { AnnouncedLimit } from './timing/rateLimiter';

/** Milliseconds to wait for an answer where neither operation nor API says otherwise. */
export const DEFAULT_TIME_LIMIT_MS = 60_000;

/** What must be known of a provider to talk to it: its `api`. */
export interface GatewayApi {
	/** As users know it. */
	displayName: string;
	/** n8n's name of the credential type. */
	credentialType: string;
	/** The credential class's own `authenticate`: one definition for n8n and for us. */
	authenticate: (
		credential: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
	/** Headers that prove a `signed` request, made anew each time it is sent. */
	sign?: (credential: ICredentialDataDecryptedObject, request: GatewayRequest) => Record<string, string>;
	/** Without a slash at its end. */
	baseUrl: (credential: ICredentialDataDecryptedObject) => string;
	/** The values of the credential that must never be seen. */
	secrets: (credential: ICredentialDataDecryptedObject) => string[];
	judge: Judge;
	/** How a yes is known even in a shape that `judge` does not know; see {@link KnownSigns}. */
	signs?: KnownSigns;
	rateLimit?: AnnouncedLimit;
	timeLimitMs?: number;
	/**
	 * What to do about a refusal, where the provider's words or codes call for more than the general advice. The request
	 * shows which operation it is for, whose fields a hint may name; there is none within a websocket.
	 */
	hint?: (failure: GatewayFailure, request?: GatewayRequest) => string | undefined;
}

/**
 * What an API takes from its credential class: how a request is authorised, and the address of the API without a slash
 * at its end. The class is made once, not for each request.
 */
export function fromCredential(type: ICredentialType): Pick<GatewayApi, 'authenticate' | 'baseUrl'> {
	const { authenticate } = type;
	return {
		authenticate: typeof authenticate === 'function' ? authenticate : async (_credential, options) => options,
		baseUrl: ({ baseUrl }) => withoutTrailing(textOf(baseUrl).trim(), '/'),
	};
}
