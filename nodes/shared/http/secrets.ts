import { timingSafeEqual } from 'node:crypto';

const MASK = '***';
const SHORTEST_SECRET = 4;

/**
 * Takes secret values out of a text that may echo them: a provider's words, a network error.
 *
 * @param secrets the values; very short ones are passed over, since they would blank out ordinary words
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const forms = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap(writings)
		.sort((one, other) => other.length - one.length);
	return forms.reduce((clean, form) => clean.replaceAll(form, MASK), text);
}

/** Compares in a time that does not depend on where the difference is. */
export function isSecretRight(given: unknown, right: string): boolean {
	if (typeof given !== 'string') return false;
	const one = Buffer.from(given);
	const other = Buffer.from(right);
	return one.length === other.length && timingSafeEqual(one, other);
}

/** A value as it may be echoed: plain, in JSON, in a query, in a form. */
function writings(secret: string): string[] {
	// encodeURIComponent throws at half a character, which the way through bytes replaces.
	const inQuery = encodeURIComponent(Buffer.from(secret, 'utf8').toString('utf8'));
	const strict = inQuery.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
	const encoded = [inQuery, strict, inForm];
	const lowerCase = encoded.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
	return [...new Set([secret, JSON.stringify(secret).slice(1, -1), ...encoded, ...lowerCase])];
}
