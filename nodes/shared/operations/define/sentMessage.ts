import type { IDataObject } from 'n8n-workflow';

/**
 * Where a message is when the provider has answered, in the words of this package:
 *
 * - `accepted`: the provider took it, and says no more
 * - `queued`: it waits at the provider for its turn
 * - `scheduled`: it goes out at the time that was asked for
 * - `sent`: it has left the provider
 */
export const MESSAGE_STATUSES = ['accepted', 'queued', 'scheduled', 'sent'] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Who a message is for. A group, or a channel, has an ID that the same provider's send fields take. */
export type MessageRecipient = { phone: string | null } | { groupId: string | null };

/** What every send of every provider returns at least; null where the provider does not say. */
export type SentMessage = IDataObject &
	MessageRecipient & {
		messageId: string | null;
		/** Null for a word of the provider's whose meaning is not known. */
		status: MessageStatus | null;
		/** The provider's own word for the status. */
		providerStatus: string | null;
		/** n8n's name of the node, as in the events of the trigger. */
		provider: string;
	};
