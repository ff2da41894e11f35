import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { GatewayClient, type GatewayApi } from '../http/client';
import type { EgressFilter } from '../http/transport';

/** The part that all of n8n's contexts (execute, hooks, webhook, load options) share and a client needs. */
export interface AnyContext {
	getCredentials: (type: string) => Promise<ICredentialDataDecryptedObject>;
	helpers: object;
}

/**
 * A client for the credential chosen in the node, bound to the instance's network policy.
 *
 * @param signal ends every wait and request, where the context can be cancelled
 * @throws what n8n throws when no credential is chosen
 */
export async function clientFor(
	context: AnyContext,
	api: GatewayApi,
	signal?: AbortSignal,
): Promise<GatewayClient> {
	const credential = await context.getCredentials(api.credentialType);
	return new GatewayClient({
		api,
		credential,
		signal,
		policy: {
			egress: egressFilterOf(context),
			allowUnauthorizedCerts: credential.allowUnauthorizedCerts === true,
		},
	});
}

/** n8n before 2.30 or so has no egress filter; there is no policy to keep then. */
function egressFilterOf(context: AnyContext): EgressFilter | undefined {
	const { helpers } = context as { helpers: { getSecureEgressFilter?: () => EgressFilter } };
	return helpers.getSecureEgressFilter?.();
}
