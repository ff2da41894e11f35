import type { IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../boundedMap';
import { isSecretRight } from '../../http/secrets';
import type { ReadParameter } from '../../operations/define/field';
import { textOf } from '../../text';
import { apiOf, type GatewayTrigger, type WebhookCall } from '../definition';
import { secretFor } from '../register/credential';
import { givenSecret } from '../register/webhookAddress';
import { triggerKeyOf } from '../register/webhookId';

/**
 * For so long, in milliseconds, a secret that was right is right without a look at the credential, which n8n decrypts anew
 * each time: a busy phone has many calls in a second. Another secret always has the credential looked at.
 */
const TRUSTED_MS = 1_000;

/** The secrets that were right last, by trigger. */
const trusted = new BoundedMap<{ secret: string; at: number }>(500);

/** Whether a call comes from whom the address was given to: by the secret in it, or by the provider's signature. */
export async function isGenuine(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	call: WebhookCall,
	parameter: ReadParameter,
): Promise<boolean> {
	const given = givenSecret(call.query);
	if (trigger.registration.kind === 'byHand' && !trigger.verify) {
		const chosen = textOf(parameter('options.secret')).trim();
		return chosen === '' || isSecretRight(given, chosen);
	}
	const key = triggerKeyOf(context);
	const known = trigger.verify ? undefined : trusted.get(key);
	if (known && Math.abs(Date.now() - known.at) < TRUSTED_MS && isSecretRight(given, known.secret)) return true;
	const api = apiOf(trigger, parameter);
	const credential = await context.getCredentials(api.credentialType);
	const secret = secretFor(context, api, credential);
	if (trigger.verify) return trigger.verify(call, credential, secret);
	const isRight = isSecretRight(given, secret);
	if (isRight) trusted.set(key, { secret, at: Date.now() });
	return isRight;
}
