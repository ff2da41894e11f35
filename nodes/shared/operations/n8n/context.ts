import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { type FileAnswer, GatewayClient } from '../../http/client';
import type { GatewayLogger } from '../../http/log';
import { fetchFile, type FetchOptions } from '../../http/fetchFile';
import type { GatewayApi } from '../../http/gatewayApi';
import type { EgressFilter, RequestContext } from '../../http/transport/transport';
import { transportFor } from '../../http/transport/transportFor';

/** The part that all of n8n's contexts (execute, hooks, webhook, load options) share and a client needs. */
interface AnyContext extends RequestContext {
	getCredentials: (type: string) => Promise<ICredentialDataDecryptedObject>;
	logger?: GatewayLogger;
}

/**
 * A client for the credential chosen in the node, bound to the instance's network policy.
 *
 * @param signal ends every wait and request, where the context can be cancelled
 * @throws what n8n throws when no credential is chosen
 */
export async function clientFor(context: AnyContext, api: GatewayApi, signal?: AbortSignal): Promise<GatewayClient> {
	const credential = await context.getCredentials(api.credentialType);
	return new GatewayClient({
		api,
		credential,
		signal,
		transport: transportFor(context),
		logger: context.logger,
		policy: { egress: egressFilterOf(context) },
	});
}

/** Fetches a file from an address that came with a message; see {@link fetchFile}. */
export type FetchFile = (address: string, options?: FetchOptions) => Promise<FileAnswer>;

/**
 * Fetching for addresses that others may have chosen: from the credential's own origin as the instance allows it, from
 * anywhere else with n8n's protection against internal addresses, even where the instance has not turned it on.
 */
export async function fileFetcherFor(context: AnyContext, api: GatewayApi): Promise<FetchFile> {
	const credential = await context.getCredentials(api.credentialType);
	const enforced = egressFilterOf(context, 'enforced');
	const policies = {
		ownOrigin: new URL(api.baseUrl(credential)).origin,
		own: { egress: egressFilterOf(context) },
		others: enforced && { egress: enforced },
		transport: transportFor(context),
	};
	return async (address, options) => await fetchFile(address, policies, options);
}

/** n8n before 2.30 or so has no egress filter; there is no policy to keep then. */
function egressFilterOf(context: AnyContext, policy?: 'enforced'): EgressFilter | undefined {
	const { helpers } = context as {
		helpers: { getSecureEgressFilter?: (policy?: 'enforced') => EgressFilter };
	};
	return helpers.getSecureEgressFilter?.(policy);
}
