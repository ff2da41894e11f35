import { z } from 'zod';
import type { ListLoader } from '../shared/operations/define/lists';
import { wholeList } from '../shared/operations/define/paging';
import { textOf } from '../shared/text';
import { instancePages } from './api/pages';
import { listUtmMarks, listWebhooks, readAccount, readInstances } from './api/requests';

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

/** The name of a mark that is not plain text. */
const utmMark = z.object({ name: z.string() }).transform(({ name }) => name);

const webhooks = z.array(
	z.object({ id: z.coerce.string(), url: z.string().nullish(), types: z.array(z.string()).nullish() }),
);

/** The sender names of the account (API reference: Viewing account information). */
export const senderNameList: ListLoader = async (send) => {
	const { data } = await send(readAccount);
	return (account.parse(data).sender_names ?? []).map((name) => ({ name, value: name }));
};

/** The UTM marks of the account (API reference: UTM tags, whose example is empty; see the resource). */
export const utmMarkList: ListLoader = () => ({
	request: listUtmMarks,
	paging: wholeList,
	entries: (elements) =>
		elements
			.map((mark) => textOf(utmMark.safeParse(mark).data ?? mark).trim())
			.flatMap((name) => (name === '' ? [] : [{ name, value: name }])),
});

/** The developer's instances (API reference: Getting information about all instances), by one of their IDs. */
function instancesBy(key: 'id' | 'customer_id' | 'external_id'): ListLoader {
	return () => ({
		request: readInstances,
		paging: instancePages,
		entries: (elements) =>
			instances.parse(elements).flatMap((instance) => {
				const value = instance[key];
				return value ? [{ name: nameOf(instance), value }] : [];
			}),
	});
}

export const instanceList = instancesBy('id');
export const customerList = instancesBy('customer_id');
export const externalIdList = instancesBy('external_id');

function nameOf(instance: z.output<typeof instances>[number]): string {
	const { id, customer_id, external_id, whatsapp_phone, subscription_status } = instance;
	return [
		`Instance ${id}`,
		customer_id && `customer ${customer_id}`,
		external_id && `external ID ${external_id}`,
		whatsapp_phone,
		subscription_status,
	]
		.filter(Boolean)
		.join(' · ');
}

/** The developer's webhooks (API reference: Getting all the records). The query of their URLs is not shown. */
export const webhookList: ListLoader = async (send) => {
	const { data } = await send(listWebhooks('developer'));
	return webhooks.parse(data ?? []).map(({ id, url, types }) => ({
		name: [`Webhook ${id}`, url?.split('?')[0], types?.join(', ')].filter(Boolean).join(' · '),
		value: id,
	}));
};
