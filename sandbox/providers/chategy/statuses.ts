/** One of the states a delivery can be in. */
export interface DeliveryStatus {
	id: number;
	/** The provider's own short explanation; answers and callbacks carry it as `description`. */
	description: string;
	/** Nothing follows, except that a delivered message may be deleted. */
	isFinal: boolean;
}

export const ACCEPTED = 6;
export const DELIVERED = 2;
export const DELETED = 4;
export const READ = 16;

/** Those that are not final (API reference, "List of service statuses"). */
const INTERMEDIATE = new Set([1, 6, 14, 15, 21, 46]);

/**
 * The API reference's "List of service statuses". From 38 on the list has gaps; 38, 52, 53 and 56 to 58 are named by the
 * provider elsewhere, without an explanation: theirs are inferred from the names.
 */
const DESCRIPTIONS: Readonly<Record<number, string>> = {
	0: 'Operator error',
	1: 'Passed to the operator',
	2: 'Delivered',
	3: 'Expired',
	4: 'Deleted',
	5: 'Unable to deliver',
	6: 'Accepted',
	7: 'Failed to deliver',
	8: 'Rejected',
	9: 'Server error',
	10: 'Unhandled error',
	11: 'Invalid number',
	12: 'Forbidden',
	13: 'Insufficient funds',
	14: 'Waiting to be sent',
	15: 'In processing',
	16: 'Read',
	17: 'Request limit exceeded',
	18: 'Cancelled',
	20: 'Unable to deliver',
	21: 'On moderation',
	22: 'Moderation rejected',
	25: 'Restrictions on sending',
	26: 'Message length limits',
	27: 'Restrictions on sending to Kazakhstan',
	28: 'Operator restriction',
	31: 'Payment error',
	32: 'The subscription to messengers has not been paid',
	33: 'Invalid sending parameters',
	34: 'Restrictions on sending',
	35: 'The limit of delivery requests has been exceeded',
	36: 'Subscription suspended',
	37: 'The daily limit of delivery requests has been exceeded',
	38: 'Sender name error',
	44: 'WhatsApp unregistered number',
	45: 'WhatsApp session not started',
	46: 'Waiting to be sent',
	47: 'Unprocessed error',
	48: 'Unavailable number',
	49: 'Prohibited',
	50: 'Telegram is not authorized',
	51: 'Restriction on sending time settings',
	52: 'WABA is not authorized',
	53: 'Mobile operator is not identified',
	56: 'Safe sending limit exceeded',
	57: 'Too many messages to new contacts',
	58: 'User not found in Telegram',
	69: 'Unable to deliver',
	88: 'Unable to deliver',
	257: 'Unable to deliver',
	555: 'Blacklisted',
	1281: 'Name blocked by operator',
	1282: 'Unable to deliver',
	1283: 'Invalid text or template',
	1284: 'Rejected',
	1285: 'Unable to deliver',
	1286: 'Restrictions on sending',
	1287: 'Operator error',
	1288: 'Unable to deliver',
	1293: 'Unable to deliver',
	1299: 'Unable to deliver',
	2291: 'The subscriber has enabled the spam filter',
};

/** The state with an id; undefined where the provider has none. */
export function statusOf(id: number): DeliveryStatus | undefined {
	const description = DESCRIPTIONS[id];
	return description === undefined ? undefined : { id, description, isFinal: !INTERMEDIATE.has(id) };
}

/** All states, by their numbers. */
export function allStatuses(): DeliveryStatus[] {
	return Object.keys(DESCRIPTIONS).flatMap((id) => statusOf(Number(id)) ?? []);
}
