import { usualRefusals } from '../shared/messaging/accountRefusals';
import { type Capabilities, fixed } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { textOf } from '../shared/text';
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
	// API reference, Idempotence of requests: the key of the account signs each request.
	keys: {
		needs: 'an Idempotency Key in its credential',
		isOn: ({ idempotencyKey }) => textOf(idempotencyKey).trim() !== '',
	},
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
	// API reference and newer documentation, List of service statuses: by name or explanation. That a refusal uses them is inferred.
	accountRefusals: [
		{
			reason: 'balance',
			words: /\b(?:not[_ ]enough[_ ]money|insufficient funds|payment_transaction_error|payment error)\b/i,
			source: 'API reference: not_enough_money, payment_transaction_error; "not enough money" in a refusal',
		},
		{
			reason: 'balance',
			words: /\b(?:blocked_by_)?subscription[ _](?:expired|suspended)\b|\bsubscription to messengers has not been paid\b/i,
			source: 'API reference: subscription_expired, blocked_by_subscription_expired',
		},
		{
			reason: 'limit',
			words: /\b(?:rate_limit_error|daily_limit_error|too_many_requests|request limit exceeded|(?:daily )?limit of delivery requests)\b/i,
			source: 'API reference: rate_limit_error, daily_limit_error, too_many_requests',
		},
		{
			reason: 'limit',
			words: /\b(?:safe_sending_limit_exceeded|limit of safe sending|too[_ ]many[_ ]messages[_ ]to[_ ]new[_ ]contacts)\b/i,
			source: 'newer documentation: safe_sending_limit_exceeded, too_many_messages_to_new_contacts',
		},
		{
			reason: 'disconnected',
			words: /\b(?:whatsapp_session_doesnt_exist|(?:tdlib|waba)_not_authorized|(?:telegram|whatsapp business api) is not authorized)\b/i,
			source: 'API reference: whatsapp_session_doesnt_exist, tdlib_not_authorized; newer: waba_not_authorized',
		},
		...usualRefusals,
	],
};
