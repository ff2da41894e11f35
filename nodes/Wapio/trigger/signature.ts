import { createHmac } from 'node:crypto';
import { isSecretRight } from '../../shared/http/secrets';

/** The provider's own node accepts no shorter signing secrets. */
export const MIN_SECRET_LENGTH = 16;

/** Seconds that a signature is valid before and after its time. */
const TOLERANCE_S = 300;

/**
 * Whether a call was signed with the secret: `X-Webhook-Signature: t=<Unix seconds>,v1=<hex>`, v1 being the HMAC-SHA256
 * of `t`, a dot and the raw body (provider documentation, and observed in use).
 *
 * @param header the signature header; with several values, as during a change of secret, any of them may match
 * @param body the bytes as received
 * @param now Unix seconds
 */
export function isSigned(
	header: string | string[] | undefined,
	body: Buffer | undefined,
	secret: string,
	now: number,
): boolean {
	if (body === undefined || secret === '') return false;
	const parts = [header]
		.flat()
		.join(',')
		.split(',')
		.map((part) => part.trim());
	const time = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
	if (!/^\d{1,12}$/.test(time) || Math.abs(now - Number(time)) > TOLERANCE_S) return false;
	const right = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
	const given = parts.filter((part) => part.startsWith('v1=')).map((part) => part.slice(3).toLowerCase());
	return given.some((signature) => isSecretRight(signature, right));
}
