import type { IDataObject } from 'n8n-workflow';

/**
 * What the numbers of an account's sessions mean, in the words of the websocket authorization where it has any. The
 * API reference (Developer's, response parameters) lists Telegram 0 to 3 and WhatsApp; the others are from the provider's
 * newer documentation.
 */
const SESSIONS: Record<string, string[]> = {
	tdlib_session: ['wait_phone', 'wait_code', 'wait_password', 'authorized', 'wait_qr_code', 'blocked'],
	whatsapp_session: ['not_authorized', 'authorized'],
	max_session: ['wait_phone', 'wait_code', 'authorized', 'wait_qr_code', 'suspended', 'wait_password'],
};

/** `tdlib_session_name` and the like for the sessions that an account tells of; null for a number that is not known. */
export function sessionNames(account: IDataObject): IDataObject {
	const told = Object.entries(SESSIONS).filter(([session]) => {
		const state = account[session];
		return state !== undefined && state !== null;
	});
	return Object.fromEntries(
		told.map(([session, names]) => [`${session}_name`, names[Number(account[session])] ?? null]),
	);
}
