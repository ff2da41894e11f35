import { isPlain } from '../merge';

/** A body that is not what its content type says. Kept for the log; the provider refuses it like any bad input. */
export class MalformedBody {
	constructor(
		readonly text: string,
		/** What it should have been. */
		readonly form: 'JSON' | 'form data',
	) {}
}

/** A file in a multipart body, as it appears in the log and in `raw`: what it is, not its bytes. */
export interface UploadedFile {
	fileName: string;
	mimeType: string;
	size: number;
	/** In hexadecimal. */
	sha256: string;
}

const LOGGED_BYTES = 64 * 1024;

/**
 * Parses JSON, and where the provider takes them urlencoded forms; anything else stays as it came, for the provider to
 * read. Multipart bodies are read elsewhere, while they arrive.
 */
export function readBody(contentType: string, body: Buffer, takesForms: boolean): unknown {
	// An empty body with a JSON content type is nothing wrong: Chatalo's own sample for Unset Webhook sends one.
	if (body.length === 0) return undefined;
	if (/\bjson\b/i.test(contentType)) {
		const text = body.toString('utf8');
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return new MalformedBody(text, 'JSON');
		}
	}
	if (!takesForms) return body;
	if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
		return asFields(new URLSearchParams(body.toString('utf8')));
	}
	return body;
}

/** A form as an object; a name that comes several times holds a list. */
export function asFields(form: Iterable<[string, string | UploadedFile]>): Record<string, unknown> {
	const fields = new Map<string, (string | UploadedFile)[]>();
	for (const [name, value] of form) fields.set(name, [...(fields.get(name) ?? []), value]);
	return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/** A body as it can be kept for as long as the sandbox runs. */
export function loggable(body: unknown): unknown {
	if (body instanceof MalformedBody) return body.text;
	if (!Buffer.isBuffer(body)) return body;
	return body.length > LOGGED_BYTES ? `(${body.length} bytes)` : body.toString('utf8');
}

/** The fields of a parsed body; none where it is no object. */
export function bodyFields(body: unknown): Record<string, unknown> {
	return isPlain(body) ? body : {};
}
