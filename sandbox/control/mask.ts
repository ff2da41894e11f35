import { isPlain } from '../merge';

/** Shows `***` for fields with the given names, at any depth. */
export function mask(value: unknown, names: ReadonlySet<string>): unknown {
	if (Array.isArray(value)) return value.map((one) => mask(one, names));
	if (!isPlain(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [
			name,
			names.has(name.toLowerCase()) ? '***' : mask(field, names),
		]),
	);
}

/** Our triggers put these into a webhook's URL: a secret, and two URLs that hold secrets (webhookAddress.ts). */
const SECRET_PARAMETERS = /([?&](?:secret|prev|prod)=)[^&#\s"'<>\\]+/g;

/** Shows `***` for the secrets in the URLs of webhooks, wherever they are in a text. */
export function maskUrls(text: string): string {
	return text.replace(SECRET_PARAMETERS, '$1***');
}
