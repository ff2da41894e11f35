import { z } from 'zod';
import type { ListLoader } from '../shared/operations/lists';
import { collectPages } from '../shared/operations/paging';
import { instancePages } from './chategy.fields';
import { listWebhooks, readAccount, readInstances } from './chategy.requests';

/** Instances shown in a list; a developer may have very many. */
const MOST = 1_000;

const account = z.object({ sender_names: z.array(z.string()).nullish() });

const instances = z.array(
	z.object({
		id: z.coerce.string(),
		customer_id: z.coerce.string().nullish(),
		external_id: z.coerce.string().nullish(),
		whatsapp_phone: z.coerce.string().nullish(),
		subscription_status: z.string().nullish(),
	}),
);

const webhooks = z.array(
	z.object({ id: z.coerce.string(), url: z.string().nullish(), types: z.array(z.string()).nullish() }),
);

/** The sender names of the account (collection: Viewing account information). */
export const senderNameList: ListLoader = async (send) => {
	const { data } = await send(readAccount);
	return (account.parse(data).sender_names ?? []).map((name) => ({ name, value: name }));
};

/** The developer's instances (collection: Getting information about all instances). */
export const instanceList: ListLoader = async (send) => {
	const found = instances.parse(await collectPages(send, readInstances, instancePages, MOST));
	return found.map(({ id, customer_id, external_id, whatsapp_phone, subscription_status }) => ({
		name: [
			`Instance ${id}`,
			customer_id && `customer ${customer_id}`,
			external_id && `external ID ${external_id}`,
			whatsapp_phone,
			subscription_status,
		]
			.filter(Boolean)
			.join(' · '),
		value: id,
	}));
};

/** The developer's webhooks (collection: Getting all the records). What their addresses carry in the query is not shown. */
export const webhookList: ListLoader = async (send) => {
	const { data } = await send(listWebhooks('developer'));
	return webhooks.parse(data ?? []).map(({ id, url, types }) => ({
		name: [`Webhook ${id}`, url?.split('?')[0], types?.join(', ')].filter(Boolean).join(' · '),
		value: id,
	}));
};
