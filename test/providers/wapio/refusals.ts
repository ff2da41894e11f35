import type { AccountReason } from '../../../nodes/shared/messaging/accountRefusals';
import type { ProviderRefusals, Refusal } from '../../support/refusals';

const refusal = (
	status: number,
	message: string,
	code: string,
	reason?: AccountReason,
	source = 'API reference',
	errors: object = {},
): Refusal => ({
	says: `${status} ${message} ${code} ${JSON.stringify(errors)}`,
	answer: { status, body: { success: false, message, reason_code: code, errors } },
	reason,
	source,
});

/** How Wapio refuses a message. API reference: Send Text Message, 422. */
export const refusals: ProviderRefusals = {
	form: (message) => ({
		status: 422,
		body: { success: false, message, reason_code: 'validation_error', errors: {} },
	}),
	own: [
		refusal(401, 'Missing or invalid Bearer token.', 'unauthorized', 'credential'),
		refusal(403, 'Authenticated but not allowed', 'forbidden', 'credential'),
		refusal(402, 'Payment required', 'payment_required', 'balance', 'inferred'),
		refusal(409, 'Resource not in a state that supports this operation.', 'conflict', 'disconnected'),
		refusal(409, 'Session is not connected (disconnected).', 'conflict', 'disconnected', 'inferred'),
		refusal(
			422,
			'session_id in request does not match the session this API key is bound to.',
			'validation_failed',
			'credential',
			"the provider's SDK",
		),
		refusal(200, 'The session is asleep', 'session_unavailable', 'disconnected', 'inferred'),
		refusal(422, 'Validation failed', 'validation_error', undefined, 'API reference', { to: ['Required'] }),
		refusal(422, 'Validation failed', 'validation_error', undefined, 'inferred', { text: ['Required'] }),
		// It may be a quoted message, a recipient, or the session.
		refusal(404, 'Resource not found, or not visible to this caller.', 'not_found'),
		{
			...refusal(409, 'Idempotency-Key was used with another body', 'conflict', undefined, 'inferred'),
			isUnknown: true,
		},
		refusal(422, 'Idempotency-Key must be a UUID', 'validation_error', undefined, 'inferred'),
		refusal(
			409,
			'A request with this key is in this state already: already in progress',
			'conflict',
			undefined,
			'inferred',
		),
		refusal(409, 'Conflict', 'conflict', undefined, 'inferred'),
		refusal(403, 'You may not write to this group', 'forbidden', undefined, 'inferred'),
	],
};
