import type { IDataObject } from 'n8n-workflow';

/**
 * What the session numbers of an account mean, in the words of the websocket authorization if it has any. The
 * API reference (Developer's, response parameters) lists Telegram 0 to 3 and WhatsApp; the others are from the provider's
 * newer documentation.
 */
const SESSIONS: Record<string, string[]> = {
	tdlib_session: ['wait_phone', 'wait_code', 'wait_password', 'authorized', 'wait_qr_code', 'blocked'],
	whatsapp_session: ['not_authorized', 'authorized'],
	max_session: ['wait_phone', 'wait_code', 'authorized', 'wait_qr_code', 'suspended', 'wait_password'],
};

/** `tdlib_session_name` and the like for the sessions in an account; null for an unknown number. */
export function sessionNames(account: IDataObject): IDataObject {
	const present = Object.entries(SESSIONS).filter(([session]) => {
		const state = account[session];
		return state !== undefined && state !== null;
	});
	return Object.fromEntries(
		present.map(([session, names]) => [`${session}_name`, names[Number(account[session])] ?? null]),
	);
}
