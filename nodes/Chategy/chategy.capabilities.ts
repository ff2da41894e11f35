import type { Capabilities } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { chategy } from './chategy.gateway';

/** What every message of the routing node needs: a phone number, and the account's own channels. */
const parameters = { sendTo: { value: 'phone' }, channels: { value: {} } };

/**
 * What Chategy can do for the node that routes messages. The account is the credential's; files are uploaded, groups of WhatsApp
 * cannot be written to.
 */
export const chategyCapabilities: Capabilities = {
	provider: 'chategy',
	gateway: chategy,
	serviceFor: (job) => {
		if (job.to === 'group') return undefined;
		switch (job.kind) {
			case 'text':
				return { operation: findOperation(chategy, 'delivery', 'send'), parameters };
			case 'question':
				return { operation: findOperation(chategy, 'delivery', 'sendAndWait'), parameters };
			case 'file':
				return job.source === 'url'
					? undefined
					: { operation: findOperation(chategy, 'delivery', 'sendFile'), parameters };
			case 'numberCheck':
				return undefined;
		}
	},
	accountRefusals: [
		{
			reason: 'balance',
			words: /not_?enough_?money|not enough money|insufficient funds/i,
			source: 'API reference, List of service statuses: not_enough_money, "Insufficient funds"',
		},
		{
			reason: 'limit',
			words: /daily[ _]limit|rate_limit_error|limit of delivery requests/i,
			source: 'API reference, List of service statuses: rate_limit_error, daily_limit_error',
		},
		{
			reason: 'balance',
			words: /subscription[ _](?:expired|suspended)|blocked_by_subscription/i,
			source: 'API reference, List of service statuses: subscription_expired, blocked_by_subscription_expired',
		},
	],
};
