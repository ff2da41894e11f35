import { z } from 'zod';
import type { GatewayRequest } from '../http/request';
import type { Resource } from '../operations/define/gateway';
import { defineOperation } from '../operations/define/operation';
import { each, renamed } from '../operations/define/outputFields';
import { addressField } from './fields/content';
import { ofCredential } from './fields/ofCredential';

/** How a provider's one webhook is read, set and removed. */
interface WebhookRequests {
	/** The provider's name as users know it. */
	provider: string;
	read: GatewayRequest;
	set: (url: string) => GatewayRequest;
	/** `value` and `name`: the provider's word for it. `isChecked` where a yes does not mean that it is gone: it is read then. */
	remove: { value: string; name: string; note?: string; request: GatewayRequest; isChecked?: boolean };
	/** What the webhook belongs to, in Title Case, and the name of the field that asks for it. */
	owner: { what: string; name: string };
	/** What an answer calls the address, if not `url`. */
	addressName?: string;
}

/** The resource Webhook of a provider that keeps one address for each account: Get, Set and a way to remove it. */
export function webhookResource({
	provider,
	read,
	set,
	remove,
	owner,
	addressName = 'url',
}: WebhookRequests): Resource {
	const output = each((answer) => renamed(answer, { [addressName]: 'url' }));
	const webhookUrl = addressField({
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		example: 'https://example.com/incoming',
		description: 'URL that receives incoming messages. It replaces the one that is set now.',
	});
	return {
		value: 'webhook',
		name: 'Webhook',
		operations: [
			defineOperation({
				value: 'get',
				name: 'Get',
				action: 'Get the webhook',
				description: 'Get the URL that receives incoming messages',
				effect: 'read',
				fields: {},
				request: () => read,
				output,
			}),
			defineOperation({
				value: 'set',
				name: 'Set',
				action: 'Set the webhook',
				description: `Set the URL that receives incoming messages. The ${provider} Trigger does this automatically; a webhook set here replaces the trigger's.`,
				effect: 'change',
				fields: { webhookUrl },
				request: (values) => set(values.webhookUrl),
				output,
			}),
			defineOperation({
				value: remove.value,
				name: remove.name,
				action: `${remove.name} the webhook`,
				description: `Remove the URL that receives incoming messages${remove.note ? `. ${remove.note}` : ''}`,
				effect: 'change',
				destructive: [owner.name],
				fields: { owner: ofCredential(owner.what, owner.name) },
				run: async (_values, { send }) => {
					await send(remove.request);
					if (!remove.isChecked) return [{ json: { deleted: true } }];
					const { data } = await send(read);
					const address = z.object({ [addressName]: z.string() }).safeParse(data).data?.[addressName] ?? '';
					return [{ json: { deleted: address.trim() === '' } }];
				},
			}),
		],
	};
}
