import type { IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { runOf } from './toolCall';

/** What is kept in the node's context. */
interface Memory {
	/** The execution that began the run; "Retry execution" continues it under its own id. */
	beganIn?: string;
}

/** The part of n8n's contexts that knows which execution a "Retry execution" retries; n8n's types leave it out. */
interface WithHooks {
	additionalData?: { hooks?: { retryOf?: unknown } };
}

/**
 * Identifies what the node does with an input item by its place: instance, execution, node, run and item. It is the same
 * when the node is tried again and when the execution is retried, whatever the expressions give then, so an idempotency key
 * made of it stays the same for the same recipient.
 *
 * @param isBound a "Retry execution" is another place: the message carries a link that only its own execution answers to
 * @param recipient see {@link ItemReader.key}
 * @returns 64 hexadecimal digits
 */
export function placeKey(context: IExecuteFunctions, itemIndex: number, isBound: boolean, recipient?: string): string {
	const execution = isBound ? context.getExecutionId() : beginningOf(context);
	// Two n8n may run copies of one workflow on one account.
	const place = [context.getInstanceId(), execution, context.getNode().id, runOf(context), itemIndex, recipient];
	return createHash('sha256').update(JSON.stringify(place)).digest('hex');
}

/** Forgets the beginning, once the node returns for good: its next run is another one's. */
export function forgetBeginning(context: IExecuteFunctions): void {
	const memory: Memory = context.getContext('node');
	delete memory.beganIn;
}

function beginningOf(context: IExecuteFunctions): string {
	const memory: Memory = context.getContext('node');
	memory.beganIn ??= retriedExecution(context) ?? context.getExecutionId();
	return memory.beganIn;
}

/**
 * The execution that this one retries. Where n8n was killed, the node's context was not saved and the retry starts over;
 * this is the only sign left that its messages may have gone out before.
 *
 * @returns undefined where n8n does not say (observed: the hooks of an execution know it in n8n 2.41, and not in 1.123)
 */
function retriedExecution(context: IExecuteFunctions): string | undefined {
	const { retryOf } = (context as unknown as WithHooks).additionalData?.hooks ?? {};
	return typeof retryOf === 'string' && retryOf !== '' ? retryOf : undefined;
}
