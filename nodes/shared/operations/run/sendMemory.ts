import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { hash } from 'node:crypto';
import type { Success } from '../../http/client';
import { GatewayError, type GatewayFailure } from '../../http/gatewayError';
import type { GatewayRequest } from '../../http/request';
import { forgetBeginning } from '../n8n/execution';
import { isCalledWithinAgent, runOf } from '../n8n/toolCall';

/** What became of a request in an earlier try of this node: its answer, or a failure with an unknown outcome. */
type Note = { status: number; data: unknown } | { failure: GatewayFailure; execution: string };

/** What is kept in the node's context, as JSON. */
interface Memory {
	sends?: Record<string, Note>;
}

/**
 * Keeps "Retry On Fail" from sending twice. n8n runs the whole node again when one item fails, so each send is noted at
 * once in the node's context, which lives through the tries, a wait and "Retry execution". A later try takes from there
 * what was sent, and does not repeat what may have been sent.
 */
export class SendMemory {
	private readonly memory: Memory;
	private readonly execution: string;
	private readonly run: string;

	constructor(private readonly context: IExecuteFunctions) {
		this.memory = context.getContext('node');
		this.execution = context.getExecutionId();
		this.run = runOf(context);
	}

	/**
	 * Sends, unless an earlier try did.
	 *
	 * @param place the item and which of its requests this is; another request at the same place is another message
	 * @throws what `send` throws; and the earlier failure again if its outcome is unknown
	 */
	async once(place: string, request: GatewayRequest, send: () => Promise<Success>): Promise<Success> {
		const key = `${this.run} ${place} ${fingerprint(request)}`;
		const earlier = this.memory.sends?.[key];
		if (earlier && 'data' in earlier) {
			const { status, data } = earlier;
			return { status, data, headers: {}, envelope: undefined };
		}
		// Whoever retries a whole execution by hand has been told to look into the chat first.
		if (earlier && earlier.execution === this.execution) throw new GatewayError(earlier.failure);

		const sending = send();
		const [result] = await Promise.allSettled([sending]);
		if (result.status === 'fulfilled') {
			const { status, data } = result.value;
			this.note(key, { status, data: data ?? null });
		} else if (isLost(result.reason) && !request.repeatable) {
			this.note(key, { failure: result.reason.failure, execution: this.execution });
		}
		return await sending;
	}

	/**
	 * Forgets everything, once the node returns for good.
	 *
	 * @param first the first item of the output: n8n tries again when it carries an error, and takes for one whatever stands
	 *   under that name, also an empty text in an answer that went well
	 */
	clear(first: IDataObject | undefined): void {
		const error = first?.error ?? false;
		if (error !== false && this.context.getNode().retryOnFail === true) return;
		// Another call by the same agent may be under way.
		if (isCalledWithinAgent(this.context)) return this.clearOwn();
		delete this.memory.sends;
		forgetBeginning(this.context);
	}

	private clearOwn(): void {
		const others = Object.entries(this.memory.sends ?? {}).filter(([key]) => !key.startsWith(`${this.run} `));
		this.memory.sends = Object.fromEntries(others);
	}

	private note(key: string, note: Note): void {
		this.memory.sends ??= {};
		this.memory.sends[key] = note;
	}
}

function isLost(error: unknown): error is GatewayError {
	return error instanceof GatewayError && error.failure.outcome === 'unknown';
}

/** What the provider gets to see. How long and how often we try does not make another message. */
function fingerprint({ method, path, query, headers, json, form, multipart }: GatewayRequest): string {
	const seen = JSON.stringify([method, path, query, headers, json, form, multipart]);
	return hash('sha256', seen, 'base64url');
}
