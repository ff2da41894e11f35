import type { IDataObject } from 'n8n-workflow';
import type { FilePart, HttpMethod } from './transport/transport';

/**
 * What a request or operation does to the world: a read nothing, a change something in the account, a send hands a message
 * on. It decides what an answer must say, what is repeated, and what runs at once.
 */
export type Effect = 'read' | 'change' | 'send';

/** A value of a query string, a form or a path. Undefined ones are left out; lists are sent as `key[]=`. */
export type Scalar = string | number | boolean;
export type Parameters = Record<string, Scalar | readonly Scalar[] | undefined>;

/**
 * One call of a provider's API, in the provider's own words, not yet authorised or encoded. At most one of `json`,
 * `form` and `multipart` is given.
 */
export interface GatewayRequest {
	method: HttpMethod;
	/** Relative to the base URL, starting with a slash. Values inside it go through {@link path}. */
	path: string;
	query?: Parameters;
	headers?: Record<string, string>;
	json?: IDataObject;
	form?: Parameters;
	multipart?: { fields: Parameters; files: FilePart[] };
	/** What it does; if absent, a GET reads and everything else changes something. */
	effect?: Effect;
	/** For downloads: the MIME type the file is known to have, if it is. */
	fileType?: string;
	/**
	 * The same request sent twice has the effect of one: setting a value, or a send with an idempotency key that the
	 * provider honours. Only then is it repeated when its outcome is unknown.
	 */
	repeatable?: boolean;
	/** It gets the headers that the API's `sign` makes of it, each time it is sent. */
	signed?: boolean;
	/**
	 * A refusal with this HTTP status or code says that the same request was taken before: a success, whose data is
	 * `{ alreadyReceived: true, message }`.
	 */
	alreadyDoneStatus?: number;
	/** How often it is tried in all; {@link MAX_ATTEMPTS} if absent. */
	maxAttempts?: number;
	/** Another account could do the same, so a limit is waited for no longer than an answer. */
	hasAlternative?: boolean;
	/** Milliseconds; the API's own limit if absent. */
	timeLimitMs?: number;
}

/** Whether a request only reads, so that its answer is the data itself. */
export function isRead({ effect, method }: GatewayRequest): boolean {
	return effect === undefined ? method === 'GET' : effect === 'read';
}

/**
 * A path with its values encoded: `` path`/sessions/${id}/webhook` ``. A value cannot leave its segment.
 *
 * @throws Error if a value is empty, `.` or `..`, which would address something else
 */
export function path(literals: TemplateStringsArray, ...values: Scalar[]): string {
	return literals.reduce((whole, literal, index) => {
		const value = String(values[index - 1]);
		if (value === '' || value === '.' || value === '..') {
			throw new Error('An id in the address must not be empty or consist of dots');
		}
		return whole + encodeURIComponent(value) + literal;
	});
}
