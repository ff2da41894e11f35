import { z } from 'zod';
import { parseJson } from '../../../shared/http/answer';
import { textOrNumber } from '../../../shared/lenientSchemas';
import type { ReadParameter } from '../../../shared/operations/define/field';
import { textOf } from '../../../shared/text';

/**
 * What is known of Chategy's authorization rooms, all in this file. The API reference's text of them (folder Authorization of
 * messengers) is a machine translation with gaps, so each fact has its source: [P] the provider's documentation, the
 * API reference included; [U] observed in use; [I] inferred.
 */

/** Where a room is and what it is called. */
export interface Room {
	/** With the token, so never to be shown. */
	address: string;
	topic: string;
	/** The field of the credential that the address comes from, as users see it. */
	addressField: string;
	/** Values that must not be seen in errors. */
	secrets: string[];
	/** What else may be the reason when the provider does not let one in. */
	entryHint?: string;
}

/** What is pushed into a room. */
export interface Push {
	event: string;
	payload: Record<string, string>;
	/** Values in it that must not be seen in errors. */
	secrets?: string[];
}

/** The event by which both rooms tell their state, unasked and again and again [P]. */
export const STATE_EVENT = 'auth_state';

/** [P]: `wait_phone`, `wait_code`, `wait_password`, `authorized`. Pushed every few seconds after joining, about 5 [U]. */
export const telegramState = z.object({ status: z.string().min(1) });

/**
 * [P]: `auth` says whether WhatsApp is connected; `qr_code` is the code's text, null before there is one, and absent once
 * it was scanned. A code lives for 30 to 40 seconds and is pushed every 300 ms. `in_progress` is of no use here.
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
	 * the error is "invalid phone". Digits with the country code as there [I].
	 */
	phone: (phone: string): Push => ({ event: 'send_phone', payload: { phone } }),
	/** [P] */
	code: (code: string): Push => ({ event: 'send_code', payload: { code }, secrets: [code] }),
	/** [P] */
	password: (password: string): Push => ({ event: 'send_password', payload: { password }, secrets: [password] }),
	/** [P] */
	reset: (): Push => ({ event: 'reset', payload: {} }),
};

/** The room for Telegram: at the host of the API [P], without a customer's id in its name [P]. */
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

/** The room for WhatsApp: at a host of its own [P; that it is Chategy's, too, is I], one for each customer [P]. */
export function whatsAppRoom(credential: ReadParameter, customerId: string): Room {
	return {
		address: withToken(textOf(credential('whatsAppWebSocketUrl')).trim(), credential),
		topic: `room:v1:whats_app:auth:${customerId}`,
		addressField: 'WhatsApp WebSocket URL',
		secrets: [tokenOf(credential)],
		// [P] "it is advisable to transfer data or IP": the sender's domain or IP must be known to the provider.
		entryHint:
			"Chategy lets in only servers that it knows: give its support the IP address of this n8n. If that is done, check the customer's ID.",
	};
}

/** The customer's id as the access token, a JWT, says it in the claim `customer_id` [P]. */
export function customerIdOf(credential: ReadParameter): string | undefined {
	const claims = tokenOf(credential).split('.')[1] ?? '';
	const { data } = customerClaim.safeParse(parseJson(Buffer.from(claims, 'base64url').toString('utf8')));
	return data?.customer_id;
}

const customerClaim = z.object({ customer_id: textOrNumber });

/** [P]: `?token=…&vsn=2.0.0`. An address of the wrong form is left to be refused when it is used. */
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
