import { createHmac } from 'node:crypto';
import type { Parameters, Scalar } from '../../shared/http/request';

/**
 * The header `checksum`, by which Chategy recognizes a repeated request.
 *
 * API reference, Idempotence of requests: HMAC-SHA256 in hex over the values of all parameters, joined in the
 * order of their sorted names. In its example, the printed text and the digest match; the parameters above them were
 * edited afterwards. The elements of a list are joined without a separator, as `join` does in the example's Ruby code.
 *
 * @param parameters as they are sent, names without "[]". A file is left out (inferred). Undefined ones are not sent and not counted
 * @param key the account's Idempotency Key
 */
export function checksumOf(parameters: Parameters, key: string): string {
	const values = Object.keys(parameters)
		.sort()
		.map((name) => written(parameters[name]));
	return createHmac('sha256', key).update(values.join('')).digest('hex');
}

function written(value: Scalar | readonly Scalar[] | undefined): string {
	if (value === undefined) return '';
	return typeof value === 'object' ? value.map(String).join('') : String(value);
}
