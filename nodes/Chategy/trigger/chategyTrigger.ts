import { z } from 'zod';
import type { ReadParameter } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import type { GatewayTrigger } from '../../shared/trigger/definition';
import { onlyByUrl } from '../../shared/trigger/media/failure';
import { SlotRefusal } from '../../shared/trigger/register/oneSlot';
import { chategyApi, chategyDeveloperApi } from '../api/chategyApi';
import { createWebhook, deleteWebhook, listWebhooks, type WebhookOwner } from '../api/requests';
import { choiceOf, typesFor } from './choices';
import { withExactNumbers } from './exactNumbers';
import { eventOf } from './toEvent';

const webhooks = z.array(
	z.object({
		id: z.coerce.string(),
		url: z
			.string()
			.nullish()
			.transform((url) => url ?? ''),
		types: z
			.array(z.string())
			.nullish()
			.transform((types) => types ?? []),
	}),
);

function ownerOf(parameter: ReadParameter): WebhookOwner {
	return parameter('authentication') === 'developerApiKey' ? 'developer' : 'account';
}

/**
 * The account's API as the trigger uses it. The Idempotency Key is not needed here, and must not be part of the secret in
 * the URL: adding the key later would reject all calls to the registered URL.
 */
const accountApi = {
	...chategyApi,
	secrets: ({ accessToken }: { accessToken?: unknown }) => [textOf(accessToken).trim()],
};

/** Several webhooks with different addresses are allowed, and nothing is signed (provider's documentation). */
export const chategyTrigger: GatewayTrigger = {
	provider: 'chategy',
	api: (parameter) => (ownerOf(parameter) === 'developer' ? chategyDeveloperApi : accountApi),
	choiceOf,
	registration: {
		kind: 'manySlots',
		list: async (client, parameter) => {
			const { data } = await client.send(listWebhooks(ownerOf(parameter)));
			const wanted = typesFor(parameter).join();
			return webhooks.parse(data ?? []).map(({ id, url, types }) => ({
				id,
				url,
				upToDate: [...new Set(types)].sort().join() === wanted,
			}));
		},
		create: async (client, url, parameter) => {
			const types = typesFor(parameter);
			if (types.length === 0) {
				throw new SlotRefusal(
					'Chategy has no webhook for delivery statuses alone',
					'They are sent to the Callback URL of each message. Choose at least one other event as well.',
				);
			}
			await client.send(createWebhook(ownerOf(parameter), url, types));
		},
		remove: async (client, id, parameter) => {
			await client.send(deleteWebhook(ownerOf(parameter), id));
		},
	},
	parse: ({ body, rawBody }) => {
		const event = eventOf(body, withExactNumbers(body, rawBody));
		return event && [event];
	},
	// The link is signed, so it works without the credential.
	fetchMedia: onlyByUrl,
};
