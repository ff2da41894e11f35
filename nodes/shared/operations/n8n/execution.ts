import type { IExecuteFunctions } from 'n8n-workflow';

/** What is kept in the node's context. */
interface Memory {
	/** The execution that began what is under way; "Retry execution" goes on with it under an id of its own. */
	beganIn?: string;
}

/**
 * Identifies the execution that a send belongs to: the same when the node is tried again and when the failed execution is
 * retried, so that what is sent once more carries the same idempotency key.
 */
export function beginningOf(context: IExecuteFunctions): string {
	const memory: Memory = context.getContext('node');
	memory.beganIn ??= context.getExecutionId();
	return memory.beganIn;
}

/** Forgets the beginning, once the node returns for good: its next run is another one's. */
export function forgetBeginning(context: IExecuteFunctions): void {
	const memory: Memory = context.getContext('node');
	delete memory.beganIn;
}
