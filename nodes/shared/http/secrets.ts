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
		.flatMap((secret) => [secret, encodeURIComponent(secret)])
		.sort((one, other) => other.length - one.length);
	return forms.reduce((clean, secret) => clean.replaceAll(secret, MASK), text);
}
