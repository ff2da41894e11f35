import type { IHookFunctions } from 'n8n-workflow';
import { DEFAULT_TIME_LIMIT_MS, type GatewayApi } from '../../http/gatewayApi';
import { type FailureKind, GatewayError, type GatewayFailure } from '../../http/gatewayError';
import { wait } from '../../http/timing/wait';
import { explain, operationError } from '../../operations/n8n/errors';

/**
 * Milliseconds that one call of n8n's `delete` may take. n8n 2.41 calls it three times at most, one second and two
 * seconds apart, and has 84 seconds for all that publishing or unpublishing a workflow takes, after which no user gets to
 * know the reason (its `TRIGGER_TEARDOWN_MAX_ATTEMPTS`, and 70 % of `N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS`). n8n 1
 * calls it once.
 */
const REMOVAL_MS = 20_000;

/** Milliseconds for one request of them, so that a server that hangs is asked more than once. */
const REQUEST_MS = 8_000;

/** Milliseconds between two tries, within each of which the client repeats its requests as well. */
const PAUSE_MS = 2_000;

/** Failures that may be over soon. */
const PASSING: ReadonlySet<FailureKind> = new Set(['network', 'rateLimited', 'timeout', 'unavailable', 'unreadable']);

/** The API with requests short enough for a removal. */
export function forRemoval(api: GatewayApi): GatewayApi {
	return { ...api, timeLimitMs: Math.min(api.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS, REQUEST_MS) };
}

/**
 * Removes what is registered, and says in n8n's log what is left where that fails: n8n unpublishes the workflow all the
 * same, and its editor says nothing of it.
 *
 * @param remove one try, with requests that end by the signal
 * @param provider its name
 * @throws NodeOperationError that says the same, or what `remove` threw if it never came to ask the provider
 */
export async function removeInTime(
	context: IHookFunctions,
	provider: string,
	remove: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
	const signal = AbortSignal.timeout(REMOVAL_MS);
	await keepTrying(async () => await remove(signal), signal).catch((error: unknown) => {
		const leftovers = leftoversAfter(error, provider);
		const { name } = context.getWorkflow();
		context.logger.warn(`"${context.getNode().name}" of the workflow "${name ?? ''}": ${leftovers}`);
		throw error instanceof GatewayError ? operationError(context.getNode(), leftovers) : error;
	});
}

/**
 * Tries again while the provider is out of order and there is time. Each try looks anew at what is there, so what an
 * earlier one did without saying so is not done twice.
 */
async function keepTrying(remove: () => Promise<void>, signal: AbortSignal): Promise<void> {
	for (;;) {
		const failure = await remove().then(
			() => undefined,
			(error: unknown) => inTime(error),
		);
		if (!failure) return;
		const isPassing = PASSING.has(failure.kind) && failure.permanent !== true;
		if (isPassing && !signal.aborted) await wait(PAUSE_MS, signal).catch(() => undefined);
		if (!isPassing || signal.aborted) throw new GatewayError(failure);
	}
}

/**
 * A failure of the provider, also one that the end of the time cut short, as what it was.
 *
 * @throws any other error
 */
function inTime(error: unknown): GatewayFailure {
	if (!(error instanceof GatewayError)) throw error as Error;
	const { failure } = error;
	if (failure.kind !== 'cancelled') return failure;
	const { status } = failure;
	const kind = status === undefined ? 'timeout' : status === 429 ? 'rateLimited' : 'unavailable';
	return { ...failure, kind, timeLimitMs: REMOVAL_MS };
}

/** What is left after a removal that failed, and how to repair it. It holds no secret. */
function leftoversAfter(error: unknown, provider: string): string {
	const reason =
		error instanceof GatewayError
			? explain(error.failure, 'read').message
			: error instanceof Error
				? error.message
				: String(error);
	return `The webhook could not be removed from ${provider} (${reason}). Events still go to it and are lost, and any webhook it replaced was not restored. To fix this, publish the workflow and unpublish it again once ${provider} works`;
}
