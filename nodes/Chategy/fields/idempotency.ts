import { z } from 'zod';
import type { GatewayRequest, Parameters } from '../../shared/http/request';
import type { Field } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import { checksumOf } from '../api/checksum';

/** Characters of an external ID made by the node. */
const ID_LENGTH = 32;

/** HTTP status of a message that was taken before (API reference, Idempotence of requests). */
const ALREADY_RECEIVED = 409;

/** What makes a message recognisable when it is sent again. */
export interface Idempotency {
	key: string;
	/** The same when the node is tried again, for messages that the user gave no External ID. */
	ownId: string;
}

/** The credential's Idempotency Key; undefined without one. */
export const idempotency: Field<Idempotency | undefined> = {
	properties: [],
	read: (item) => {
		const key = textOf(item.credential('idempotencyKey')).trim();
		return key === '' ? undefined : { key, ownId: item.key().slice(0, ID_LENGTH) };
	},
	schema: z.object({ key: z.string(), ownId: z.string() }).optional(),
};

/** A message's parameters, and what its request carries so that a repetition does no harm. */
interface Signed {
	parameters: Parameters;
	request: Pick<GatewayRequest, 'headers' | 'repeatable' | 'alreadyDoneStatus'>;
}

/**
 * Adds an external ID and the checksum, if the account has a key. Without one nothing is added, and nothing whose outcome
 * is unknown is sent again.
 *
 * @param parameters of the request, a file left out: that it does not count for the checksum is inferred
 */
export function signed(parameters: Parameters, idempotent: Idempotency | undefined): Signed {
	if (!idempotent) return { parameters, request: {} };
	const whole = { ...parameters, external_id: parameters.external_id ?? idempotent.ownId };
	return {
		parameters: whole,
		request: {
			headers: { checksum: checksumOf(whole, idempotent.key) },
			repeatable: true,
			alreadyDoneStatus: ALREADY_RECEIVED,
		},
	};
}
