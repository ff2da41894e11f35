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

/** @throws SlotRefusal if neither the node nor the credential has a session */
function sessionOf(parameter: ReadParameter, { credential }: Registration): string {
	const id = chosenSession({ parameter, credential });
	if (id !== '') return id;
	throw new SlotRefusal(
		'No session is chosen',
		'Wapio keeps one webhook per session: choose Session in the trigger, or set Default Session ID in the Wapio credential. Nothing was changed.',
	);
}

/**
 * What Wapio signs with: the credential's secret, or else the derived one.
 *
 * @throws SlotRefusal if the credential's secret is too short for the provider's own node
 */
function signingSecret({ credential, secret }: Registration): string {
	const chosen = textOf(credential('webhookSigningSecret')).trim();
	if (chosen === '') return secret;
	if (chosen.length >= MIN_SECRET_LENGTH) return chosen;
	throw new SlotRefusal(
		'Webhook Signing Secret in the Wapio credential is too short',
		`Use at least ${MIN_SECRET_LENGTH} characters, or leave it empty. Nothing was changed.`,
	);
}

/** A session key cannot register webhooks (provider documentation), but it can read what is registered. */
function needsPersonalToken(url: string): SlotRefusal {
	return new SlotRefusal(
		'A session key (bps_sk_…) cannot register webhooks at Wapio',
		`Put a personal access token (bps_pat_…) in the Wapio credential. Or set the webhook manually: paste ${nameOf(url)} as the webhook of the session in the Wapio dashboard, with the Webhook Signing Secret from the credential, and try again. Nothing was changed.`,
	);
}

/**
 * Wapio keeps one webhook per session and signs what it sends. The requests come from the provider's own node; none of them
 * is in the API reference.
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
				// It was pasted by hand and is already there.
				if (withoutHolder((await readAddress(client, sessionId)) ?? '') === withoutHolder(url)) return;
				throw needsPersonalToken(url);
			}
			// The secret and events of another address cannot be read, so it is restored with all events.
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
