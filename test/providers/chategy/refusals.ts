import type { AccountReason } from '../../../nodes/shared/messaging/accountRefusals';
import type { ProviderRefusals, Refusal, Refused } from '../../support/refusals';

/** API reference: Delivery, Error 422. */
const unprocessable = (errors: object): Refused => ({
	status: 422,
	body: { meta: { code: 422, errors, message: 'Unprocessable Entity', status: 'fail', status_id: null } },
});

const refusal = (errors: object, reason?: AccountReason, source = 'API reference'): Refusal => ({
	says: JSON.stringify(errors),
	answer: unprocessable(errors),
	reason,
	source,
});

/** How Chategy refuses a message. */
export const refusals: ProviderRefusals = {
	form: (says) => unprocessable({ base: [says] }),
	own: [
		{
			says: '401',
			answer: { status: 401, body: { meta: { code: 401, message: 'Not authorized!', status: 'fail' } } },
			reason: 'credential',
			source: 'API reference, Delivery',
		},
		refusal({ base: ['not enough money'] }, 'balance', 'API reference, Activating an instance subscription'),
		refusal({ base: ['not_enough_money'] }, 'balance', 'API reference, List of service statuses'),
		refusal({ base: ['Insufficient funds'] }, 'balance', 'API reference, List of service statuses'),
		refusal({ base: ['subscription_expired'] }, 'balance', 'API reference, List of service statuses'),
		refusal(
			{ base: ['The subscription to messengers has not been paid'] },
			'balance',
			'API reference, List of service statuses',
		),
		refusal({ base: ['Subscription suspended.'] }, 'balance', 'API reference, List of service statuses'),
		refusal(
			{ base: ['The daily limit of delivery requests has been exceeded'] },
			'limit',
			'API reference, List of service statuses',
		),
		refusal({ base: ['rate_limit_error'] }, 'limit', 'API reference, List of service statuses'),
		refusal({ base: ['Request limit exceeded'] }, 'limit', 'API reference, List of service statuses'),
		refusal({ base: ['safe_sending_limit_exceeded'] }, 'limit', 'newer documentation'),
		refusal({ base: ['Too many messages to new contacts'] }, 'limit', 'newer documentation'),
		refusal({ base: ['whatsapp_session_doesnt_exist'] }, 'disconnected', 'API reference'),
		refusal({ base: ['WhatsApp session not started'] }, 'disconnected', 'API reference'),
		refusal({ base: ['Telegram is not authorized'] }, 'disconnected', 'API reference'),
		refusal({ text: ['the text cannot be empty'] }),
		refusal({ base: ['invalid mime type'] }, undefined, 'API reference, Sending a file'),
		refusal({ base: ['invalid phone'] }, undefined, 'API reference'),
		refusal({ base: ['Phone number has invalid format'] }, undefined, 'API reference'),
		refusal({ base: ["Phone number can't be blank"] }, undefined, 'API reference'),
		refusal({ base: ['whatsapp_unregistered_number'] }, undefined, 'API reference, List of service statuses'),
		refusal({ base: ['blacklisted_number_error'] }, undefined, 'API reference, List of service statuses'),
		refusal({ base: ['Message length limits'] }, undefined, 'API reference, List of service statuses'),
		refusal({ base: ['smpp_not_enough_money'] }, undefined, "API reference: the operator's, not the account's"),
		refusal({ base: ['Restriction on sending time settings'] }, undefined, 'API reference'),
		refusal({ phone: ['invalid phone'], base: ['not enough money'] }, undefined, 'inferred'),
	],
};
