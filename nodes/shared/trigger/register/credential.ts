import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { GatewayApi } from '../../http/gatewayApi';
import type { ReadParameter } from '../../operations/define/field';
import { textOf } from '../../text';
import { apiOf, type GatewayTrigger } from '../definition';
import { ENTRY_OPTIONS } from '../receive/filter';
import { webhookIdOf } from './webhookId';
import { webhookSecret } from './webhookAddress';

/**
 * The secret in this node's registered address; see {@link webhookSecret}.
 *
 * @param credential of this node
 */
export function secretFor(
	context: Pick<IHookFunctions, 'getNode' | 'getWorkflow'>,
	api: GatewayApi,
	credential: ICredentialDataDecryptedObject,
): string {
	return webhookSecret(api.secrets(credential), context.getWorkflow().id ?? '', webhookIdOf(context));
}

/** The credential's Default Country, where options name numbers that may need it. */
export async function countryOfEntries(
	context: IHookFunctions | IWebhookFunctions,
	trigger: GatewayTrigger,
	parameter: ReadParameter,
): Promise<string | undefined> {
	if (!ENTRY_OPTIONS.some((name) => parameter(name))) return undefined;
	const credential = await context.getCredentials(apiOf(trigger, parameter).credentialType);
	return textOf(credential.defaultCountry);
}
