import { z } from 'zod';
import type { GatewayRequest, Parameters } from '../../shared/http/request';
import type { Field } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';

/** Length of an external ID that the node creates. */
const ID_LENGTH = 32;

/** HTTP status of a message that was accepted before (API reference, Idempotence of requests). */
const ALREADY_RECEIVED = 409;

/** What makes a message recognizable when it is sent again. */
export interface Idempotency {
	/**
	 * Stays the same when the node is retried, and differs for each part of a text and each recipient; without an External ID
	 * from the user.
	 */
	ownId: (part: number, recipient: string) => string;
}

/** For a credential with an Idempotency Key; undefined without one. */
export const idempotency: Field<Idempotency | undefined> = {
	properties: [],
	read: (item) => {
		const key = textOf(item.credential('idempotencyKey')).trim();
		return key === '' ? undefined : { ownId: (part: number, to: string) => item.key(part, to).slice(0, ID_LENGTH) };
	},
	schema: z.custom<Idempotency>().optional(),
};

/** A message's parameters, and what makes its request safe to repeat. */
interface Signed {
	parameters: Parameters;
	request: Pick<GatewayRequest, 'signed' | 'repeatable' | 'alreadyDoneStatus'>;
}

/**
 * Adds an external ID and requests the checksum, if the account has a key. Without a key nothing is added, and a message whose
 * outcome is unknown is not sent again.
 *
 * @param part of a text, the first being 0
 */
export function signed(parameters: Parameters, idempotent: Idempotency | undefined, part = 0): Signed {
	if (!idempotent) return { parameters, request: {} };
	const { phone, username, tdlib_user_id, max_user_id, whatsapp_lid } = parameters;
	const recipient = JSON.stringify({ phone, username, tdlib_user_id, max_user_id, whatsapp_lid });
	const whole = { ...parameters, external_id: parameters.external_id ?? idempotent.ownId(part, recipient) };
	return {
		parameters: whole,
		request: {
			signed: true,
			repeatable: true,
			alreadyDoneStatus: ALREADY_RECEIVED,
		},
	};
}
