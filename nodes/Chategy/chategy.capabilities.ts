import { type Capabilities, fixed } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { chategy } from './chategy.gateway';

/** What every message of the routing node needs: a phone number, and the account's own channels. */
const parameters = fixed({ sendTo: 'phone', channels: {} });

/** The channel that reaches the chat of an event, and the field that takes its address there. */
const CHATS: Record<string, { channel: string; sendTo: string; field: string }> = {
	whatsapp: { channel: 'whatsapp', sendTo: 'phone', field: 'phoneNumber' },
	telegram: { channel: 'tdlib', sendTo: 'telegramId', field: 'telegramUserId' },
	telegram_bot: { channel: 'telegram', sendTo: 'telegramId', field: 'telegramUserId' },
	max: { channel: 'max', sendTo: 'maxId', field: 'maxUserId' },
	max_bot: { channel: 'max_bot', sendTo: 'maxId', field: 'maxUserId' },
};

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
	replyTo: ({ address, isGroup, channel, messageId }) => {
		const chat = Object.hasOwn(CHATS, channel) ? CHATS[channel] : undefined;
		// API reference: only Telegram has groups that can be written to, by an ID below zero.
		if (!chat || (isGroup && chat.channel !== 'tdlib')) return undefined;
		return {
			operation: findOperation(chategy, 'delivery', 'send'),
			parameters: fixed({
				sendTo: chat.sendTo,
				[chat.field]: address,
				channels: { channel: [{ name: chat.channel }] },
				...(messageId !== null && { 'options.replyToMessageId': messageId }),
			}),
		};
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
