import { inSeconds } from '../text';

/** The part of n8n's `Logger` that is used here. */
export interface GatewayLogger {
	info: (message: string) => void;
	warn: (message: string) => void;
}

/** Waits that are shorter are not worth a line. */
const LOGGED_WAIT_MS = 1_000;

/** Fields of an answer that a line names. */
const MAX_FIELDS = 20;

/** Writes what a user should be able to look up and no error says into n8n's log. */
export class GatewayLog {
	constructor(
		private readonly provider: string,
		private readonly logger: GatewayLogger | undefined,
	) {}

	/** A request is held back, its first try as well, until the provider's limit allows it. */
	waitsForLimit(ms: number): void {
		if (ms < LOGGED_WAIT_MS) return;
		this.logger?.info(`${this.provider} allows no more requests for now: the next one waits ${wholeSeconds(ms)}`);
	}

	/** A request is tried again after a pause. */
	waitsForRetry(ms: number, attempt: number): void {
		if (ms < LOGGED_WAIT_MS) return;
		this.logger?.info(`${this.provider}: try ${attempt} failed, retrying in ${wholeSeconds(ms)}`);
	}

	/**
	 * A success that the provider told in a form that is not documented.
	 *
	 * @param clean takes secrets out
	 */
	newShape(json: unknown, clean: (text: string) => string): void {
		const fields = typeof json === 'object' && json !== null ? Object.keys(json).slice(0, MAX_FIELDS) : [];
		this.logger?.warn(
			`${this.provider} accepted a request with a response in an unknown format, so part of the output may be missing. Its fields: ${clean(fields.join(', ')) || 'none'}`,
		);
	}
}

function wholeSeconds(ms: number): string {
	return inSeconds(Math.ceil(ms / 1000) * 1000);
}
