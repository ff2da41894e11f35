import type { IWebhookFunctions } from 'n8n-workflow';
import { isSecretRight } from '../../http/secrets';
import type { ReadParameter } from '../../operations/define/field';
import { textOf } from '../../text';
import { apiOf, type GatewayTrigger, type WebhookCall } from '../definition';
import { secretFor } from '../register/credential';
import { givenSecret } from '../register/webhookAddress';
import { triggerKeyOf } from '../register/webhookId';
import { LookedUpSecrets } from './lookedUpSecrets';

const secrets = new LookedUpSecrets();

/** Whether the provider made this call: it knows the secret in the address, or it has signed the call. */
export async function isGenuine(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	call: WebhookCall,
	parameter: ReadParameter,
): Promise<boolean> {
	const { verify } = trigger;
	if (trigger.registration.kind === 'byHand' && !verify) {
		const chosen = textOf(parameter('options.secret')).trim();
		return chosen === '' || isSecretRight(givenSecret(call.query), chosen);
	}
	const api = apiOf(trigger, parameter);
	const credentialOf = async () => await context.getCredentials(api.credentialType);
	if (verify) {
		const credential = await credentialOf();
		return verify(call, credential, secretFor(context, api, credential));
	}
	const lookUp = async () => secretFor(context, api, await credentialOf());
	return await secrets.isRight(triggerKeyOf(context), givenSecret(call.query), lookUp);
}
