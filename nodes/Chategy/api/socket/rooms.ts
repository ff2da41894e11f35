import { z } from 'zod';
import { parseJson } from '../../../shared/http/answer';
import { textOrNumber } from '../../../shared/lenientSchemas';
import type { ReadParameter } from '../../../shared/operations/define/field';
import { textOf } from '../../../shared/text';

/**
 * Everything known about Chategy's authorization rooms. The API reference's text about them (folder Authorization of
 * messengers) is a machine translation with gaps, so each fact has its source: [P] the provider's documentation, including
 * the API reference; [U] observed in use; [I] inferred.
 */

/** The address and name of a room. */
export interface Room {
	/** Contains the token, so it must never be shown. */
	address: string;
	topic: string;
	/** The label of the credential field that the address comes from. */
	addressField: string;
	/** Values that must not appear in errors. */
	secrets: string[];
	/** Another possible reason if the provider refuses the connection. */
	entryHint?: string;
}

/** An event to push into a room. */
export interface Push {
	event: string;
	payload: Record<string, string>;
	/** Values in it that must not appear in errors. */
	secrets?: string[];
}

/** The event with which both rooms push their state, unrequested and repeatedly [P]. */
export const STATE_EVENT = 'auth_state';

/** [P]: `wait_phone`, `wait_code`, `wait_password`, `authorized`. Pushed every few seconds after joining, about 5 [U]. */
export const telegramState = z.object({ status: z.string().min(1) });

/**
 * [P]: `auth` is whether WhatsApp is connected; `qr_code` is the text of the code, null before there is one, and absent once
 * it was scanned. A code is valid for 30 to 40 seconds and is pushed every 300 ms. `in_progress` is not needed here.
 */
export const whatsAppState = z.object({
	auth: z.boolean().nullish(),
	qr_code: z
		.string()
		.nullish()
		.transform((code) => code || undefined),
});

/** The events of the Telegram room. */
export const telegramPush = {
	/**
	 * The key `phone` is [I]: the API reference has "telemon", mistranslated; MAX's request of the same name takes `phone`, and
	 * the error is "invalid phone". Digits with the country code, as for MAX [I].
	 */
	phone: (phone: string): Push => ({ event: 'send_phone', payload: { phone } }),
	/** [P] */
	code: (code: string): Push => ({ event: 'send_code', payload: { code }, secrets: [code] }),
	/** [P] */
	password: (password: string): Push => ({ event: 'send_password', payload: { password }, secrets: [password] }),
	/** [P] */
	reset: (): Push => ({ event: 'reset', payload: {} }),
};

/** The room for Telegram: on the host of the API [P], without a customer ID in its name [P]. */
export function telegramRoom(credential: ReadParameter): Room {
	const written = textOf(credential('webSocketUrl')).trim();
	const baseUrl = textOf(credential('baseUrl')).trim();
	const derived = URL.canParse('/socket/websocket', baseUrl) ? new URL('/socket/websocket', baseUrl).href : '';
	return {
		address: withToken(written || derived, credential),
		topic: 'room:v1:telegram:auth',
		addressField: written ? 'WebSocket URL' : 'Base URL',
		secrets: [tokenOf(credential)],
	};
}

/** The room for WhatsApp: on a separate host [P; that it serves Chategy too is I], one for each customer [P]. */
export function whatsAppRoom(credential: ReadParameter, customerId: string): Room {
	return {
		address: withToken(textOf(credential('whatsAppWebSocketUrl')).trim(), credential),
		topic: `room:v1:whats_app:auth:${customerId}`,
		addressField: 'WhatsApp WebSocket URL',
		secrets: [tokenOf(credential)],
		// [P] "it is advisable to transfer data or IP": the provider must know the sender's domain or IP address.
		entryHint:
			'Chategy accepts connections only from servers it knows: give its support the IP address of this n8n. If you have already done that, check Customer ID in the options.',
	};
}

/** The customer ID from the access token, a JWT with the claim `customer_id` [P]. */
export function customerIdOf(credential: ReadParameter): string | undefined {
	const claims = tokenOf(credential).split('.')[1] ?? '';
	const { data } = customerClaim.safeParse(parseJson(Buffer.from(claims, 'base64url').toString('utf8')));
	return data?.customer_id;
}

const customerClaim = z.object({ customer_id: textOrNumber });

/** [P]: `?token=…&vsn=2.0.0`. An invalid address is refused when it is used. */
function withToken(address: string, credential: ReadParameter): string {
	const socketAddress = address.replace(/^http/i, 'ws');
	if (!URL.canParse(socketAddress)) return socketAddress;
	const url = new URL(socketAddress);
	url.searchParams.set('token', tokenOf(credential));
	url.searchParams.set('vsn', '2.0.0');
	return url.href;
}

function tokenOf(credential: ReadParameter): string {
	return textOf(credential('accessToken')).trim();
}
