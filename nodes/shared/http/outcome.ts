import type { Answer, Verdict } from './answer';
import type { FailureKind, GatewayFailure, Outcome } from './gatewayError';
import { type GatewayRequest, isRead } from './request';
import type { TransportError } from './transport/transport';

type Refusal = Extract<Verdict, { ok: false }>;

/** What a failure on the way means to the user: the policy, Stop, the time limit, or the network. */
export function kindOf(error: TransportError): FailureKind {
	if (error.stage === 'blocked' || error.stage === 'cancelled') return error.stage;
	return error.options.timedOut ? 'timeout' : 'network';
}

/**
 * What a status or a provider's code of the same meaning says of the request.
 *
 * @param request of which a redirect says nothing once it may have acted: many servers answer a POST that they took by one
 */
export function classify(
	code: number,
	inProvidersForm: boolean,
	request: GatewayRequest,
): { kind: FailureKind; outcome: Outcome } {
	if (code === 429) return { kind: 'rateLimited', outcome: 'not sent' };
	if (code === 401 || code === 403) return { kind: 'unauthorized', outcome: 'refused' };
	// 408 and 5xx may come from a step after the message was handed on, so they decide nothing.
	if (code === 408 || code >= 500) return { kind: 'unavailable', outcome: 'unknown' };
	if (code >= 400) return { kind: 'refused', outcome: 'refused' };
	if (code >= 300) return { kind: 'redirected', outcome: isRead(request) ? 'refused' : 'unknown' };
	return inProvidersForm ? { kind: 'refused', outcome: 'refused' } : { kind: 'unreadable', outcome: 'unknown' };
}

/**
 * The same where a refusal says more than its code.
 *
 * @returns undefined where it does not
 */
export function meaningOf({
	isContested,
	isKnownKey,
	limited,
}: Refusal): { kind: FailureKind; outcome: Outcome } | undefined {
	if (isContested) return { kind: 'unreadable', outcome: 'unknown' };
	// The other request with the key may have been an earlier try.
	if (isKnownKey) return { kind: 'refused', outcome: 'unknown' };
	if (limited === undefined) return undefined;
	// Only one that was definitely not processed counts as never sent.
	return { kind: 'rateLimited', outcome: limited === 'surely' ? 'not sent' : 'refused' };
}

/** Whether an HTTP status says yes. */
export function isOkStatus(status: number): boolean {
	return status >= 200 && status < 300;
}

/** Whether both the HTTP status and the provider say yes. */
export function isSuccess(answer: Answer, verdict: Verdict | undefined): verdict is Extract<Verdict, { ok: true }> {
	return isOkStatus(answer.status) && verdict?.ok === true;
}

/** Whether a refusal says that the same request was taken before: by its status, or by the provider's code. */
export function isAlreadyDone({ alreadyDoneStatus }: GatewayRequest, { status, code }: GatewayFailure): boolean {
	if (alreadyDoneStatus === undefined) return false;
	return status === alreadyDoneStatus || code === String(alreadyDoneStatus);
}

/** Whether an error says that its signal ended a wait or a request. */
export function isAbort(error: unknown): boolean {
	// By its name alone: Node's own errors may be of another realm than the code that waits.
	return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}
