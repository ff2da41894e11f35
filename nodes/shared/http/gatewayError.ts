import type { IDataObject } from 'n8n-workflow';

/**
 * The outcome of the request: `not sent` (it never left, or was refused by a limit before being looked at), `refused`
 * (the provider said no), `unknown` (it left and no trustworthy answer came back).
 */
export type Outcome = 'not sent' | 'refused' | 'unknown';

/** What went wrong, as far as it changes what the user should do. */
export type FailureKind =
	| 'blocked'
	| 'cancelled'
	/** Its fields can no longer be read, though it was accepted in an earlier try, in whole or in part. */
	| 'changed'
	| 'misconfigured'
	| 'network'
	| 'timeout'
	| 'rateLimited'
	| 'redirected'
	| 'refused'
	| 'unauthorized'
	| 'unavailable'
	| 'unreadable'
	/** Not possible where n8n runs, whatever the fields say. */
	| 'unsupported';

export interface GatewayFailure {
	/** The provider's name as users know it. */
	provider: string;
	kind: FailureKind;
	outcome: Outcome;
	/** The provider's own words, or plain words for a network failure; free of secrets. */
	words?: string;
	/** What to do about it, where the provider's definition knows more than the kind says. */
	hint?: string;
	/** HTTP status, if there was an answer. */
	status?: number;
	/** The code in the provider's answer. */
	code?: string;
	/** The answer was not in the provider's form, so it may be another server's: a web page, or something else. */
	foreign?: 'page' | 'other';
	/** How often it was sent. */
	attempts: number;
	/** It was sent under a key by which the provider knows it again, so it cannot arrive twice. */
	repeatable?: boolean;
	/** Another request had its key, so it would be refused again. */
	isKnownKey?: boolean;
	retryAfterMs?: number;
	timeLimitMs?: number;
	permanent?: boolean;
	/** What happened on every way that was tried, this one last; and the same about the others in a sentence. */
	tried?: { attempts: IDataObject[]; note: string };
	/** Of a text in several messages: how many parts were sent before this one failed, and how many there are. */
	parts?: { sent: number; total: number };
}

/** A request to a gateway that did not succeed. The layers above turn it into n8n's errors. */
export class GatewayError extends Error {
	constructor(
		readonly failure: GatewayFailure,
		options?: ErrorOptions,
	) {
		super(failure.words ?? failure.kind, options);
		this.name = 'GatewayError';
	}
}
