import { createHmac } from 'node:crypto';
import type { Parameters, Scalar } from '../../shared/http/request';

/**
 * The header `checksum` of a request that Chategy shall recognise when it comes again.
 *
 * API reference, Idempotence of requests: HMAC-SHA256 in hex over the values of all parameters, one after the other in the
 * order of their sorted names. Its example's printed text and digest belong together; the parameters above them were
 * edited afterwards. A list's elements follow one another without a separator, as `join` does in the example's Ruby.
 *
 * @param parameters as they are sent, a file left out (that it does not count is inferred), names without "[]"; undefined ones are not sent and count for nothing
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
