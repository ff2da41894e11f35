import type { AccountReason } from '../../../nodes/shared/messaging/accountRefusals';
import type { ProviderRefusals, Refusal } from '../../support/refusals';

function refusal(code: string, message: string, reason: AccountReason | undefined, source: string): Refusal {
	return {
		says: `${code} ${message}`,
		answer: { status: 200, body: { code, message, type: 'error' } },
		reason,
		source,
	};
}

/** How BalesOtomatis refuses a message. API reference: list of codes; HTTP 200 (third parties). */
export const refusals: ProviderRefusals = {
	form: (message) => ({ status: 200, body: { code: '400', message, type: 'error' } }),
	own: [
		refusal('403', 'Invalid API Key', 'credential', 'API reference, list of codes'),
		refusal('404', 'Invalid Number ID', 'disconnected', 'API reference, list of codes'),
		refusal('400', 'Number is not connected', 'disconnected', 'inferred: Info calls a phone a number'),
		refusal('400', 'Nomor tidak terhubung', 'disconnected', 'inferred'),
		refusal('400', 'Bad Request', undefined, 'API reference, list of codes'),
		refusal('400', 'Bad Request / Reached of Rate-Limited', undefined, 'API reference: it may be either'),
		refusal('405', 'Invalid Request / Wrong Required Parameter', undefined, 'API reference, list of codes'),
		refusal('404', 'Recipient not found', undefined, 'inferred'),
		refusal('404', 'Group not found', undefined, 'inferred'),
		refusal('400', 'Group limit reached', undefined, 'inferred'),
		refusal('400', 'The rate of this contact is limited', undefined, 'inferred'),
		refusal('403', 'You are not an admin of this group', undefined, 'inferred'),
	],
};
