import { z } from 'zod';
import type { GatewayClient } from '../../shared/http/client';
import type { ReadParameter } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import type { GatewayTrigger, Registration } from '../../shared/trigger/definition';
import { SlotRefusal } from '../../shared/trigger/register/oneSlot';
import { nameOf, withoutHolder } from '../../shared/trigger/register/webhookAddress';
import { readWebhook, removeWebhook, setWebhook } from '../api/requests';
import { isSessionKey, wapioApi } from '../api/wapioApi';
import { chosenSession } from '../fields/session';
import { choiceOf, eventsOf, OFFICIAL_EVENTS } from './eventNames';
import { lookUp, ownIds } from './lookUp';
import { fetchMedia } from './fetchMedia';
import { parseCall } from './parseCall';
import { isSigned, MIN_SECRET_LENGTH } from './signature';

/** The webhook of a session (provider's own node): an object, or null if there is none. */
const webhookData = z.object({ target_url: z.string().nullish() }).nullish().catch(undefined);

async function readAddress(client: GatewayClient, sessionId: string): Promise<string | undefined> {
	const { data } = await client.send(readWebhook(sessionId));
	return webhookData.parse(data)?.target_url?.trim() || undefined;
}

/** @throws SlotRefusal if neither the node nor the credential names a session */
function sessionOf(parameter: ReadParameter, { credential }: Registration): string {
	const id = chosenSession({ parameter, credential });
	if (id !== '') return id;
	throw new SlotRefusal(
		'No session is chosen',
		'Wapio keeps a webhook for each session: choose Session in the trigger, or fill in Default Session ID in the Wapio credential. Nothing was changed.',
	);
}

/**
 * What Wapio signs with: the credential's secret, else the one that is derived.
 *
 * @throws SlotRefusal if the credential's is too short for the provider's own node
 */
function signingSecret({ credential, secret }: Registration): string {
	const chosen = textOf(credential('webhookSigningSecret')).trim();
	if (chosen === '') return secret;
	if (chosen.length >= MIN_SECRET_LENGTH) return chosen;
	throw new SlotRefusal(
		'Webhook Signing Secret in the Wapio credential is too short',
		`Make it at least ${MIN_SECRET_LENGTH} characters long, or leave it empty. Nothing was changed.`,
	);
}

/** The key of a session may not register webhooks (provider documentation), but it may read what is registered. */
function needsPersonalToken(url: string): SlotRefusal {
	return new SlotRefusal(
		'The key of a session (bps_sk_…) may not register webhooks at Wapio',
		`Put a personal access token (bps_pat_…) into the Wapio credential. Or set it by hand: paste the address ${nameOf(url)} as the webhook of the session in the Wapio dashboard, with the secret that stands in the credential as Webhook Signing Secret, and try again. Nothing was changed.`,
	);
}

/**
 * Wapio keeps one webhook for each session and signs what it posts. The requests are from the provider's own node; the
 * API reference has none of them.
 */
export const wapioTrigger: GatewayTrigger = {
	provider: 'wapio',
	api: wapioApi,
	choiceOf,
	registration: {
		kind: 'oneSlot',
		owner: 'session',
		ownerId: sessionOf,
		read: async (client, parameter, registration) => await readAddress(client, sessionOf(parameter, registration)),
		write: async (client, url, parameter, registration) => {
			const sessionId = sessionOf(parameter, registration);
			if (isSessionKey(registration.credential('token'))) {
				// Pasted by hand: it is there already.
				if (withoutHolder((await readAddress(client, sessionId)) ?? '') === withoutHolder(url)) return;
				throw needsPersonalToken(url);
			}
			// The secret and the events of somebody else's address cannot be read: it is put back with all events.
			const config = registration.isOwn
				? { url, events: eventsOf(parameter('events')), secret: signingSecret(registration) }
				: { url, events: [...OFFICIAL_EVENTS] };
			await client.send(setWebhook(sessionId, config));
		},
		clear: async (client, parameter, registration) => {
			// What was pasted by hand is removed by hand.
			if (isSessionKey(registration.credential('token'))) return;
			await client.send(removeWebhook(sessionOf(parameter, registration)));
		},
	},
	verify: ({ headers, rawBody }, credential, secret) =>
		isSigned(
			headers['x-webhook-signature'],
			rawBody,
			textOf(credential.webhookSigningSecret).trim() || secret,
			Math.floor(Date.now() / 1000),
		),
	// Observed in use.
	deliveryHeaders: { ids: ['x-webhook-event-id', 'x-webhook-delivery-id'], attempt: 'x-webhook-attempt' },
	parse: parseCall,
	lookUp,
	ownIds,
	fetchMedia,
};
