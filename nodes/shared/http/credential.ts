import type { ICredentialType } from 'n8n-workflow';
import { textOf } from '../text';
import type { GatewayApi } from './client';

/**
 * What an API takes from its credential class: how a request is authorised, and the address of the API without a slash
 * at its end. The class is made once, not for each request.
 */
export function fromCredential(type: ICredentialType): Pick<GatewayApi, 'authenticate' | 'baseUrl'> {
	const { authenticate } = type;
	return {
		authenticate: async (credential, options) =>
			typeof authenticate === 'function' ? await authenticate(credential, options) : options,
		baseUrl: ({ baseUrl }) => textOf(baseUrl).trim().replace(/\/+$/, ''),
	};
}
