import { blocked, errorCode, isEgressRefusal, isPermanent, plainWords, rootCause } from '../transport/failures';
import { type FailureStage, TransportError } from '../transport/transport';

/** Puts undici's and Node's error codes into the words and the stages of `TransportError`. */
export function toTransportError(error: unknown, sent: boolean, signal?: AbortSignal): TransportError {
	if (error instanceof TransportError) return error;
	if (signal?.aborted) {
		return new TransportError('cancelled', 'the execution was stopped', { sent });
	}

	const cause = rootCause(error);
	if (isEgressRefusal(cause)) return blocked(cause);

	const stage: FailureStage = sent ? 'sent' : 'notSent';
	const code = errorCode(cause);
	return new TransportError(stage, plainWords(code, cause), { permanent: isPermanent(code), cause });
}
