import type { GatewayClient } from '../../http/client';
import type { BatchOptions } from '../define/batchOptions';

/** Keeps the pauses between the messages of a run, however many are under way at once. */
export class Pace {
	private latest: Promise<void> | undefined;

	constructor(
		private readonly client: GatewayClient,
		private readonly pause: NonNullable<BatchOptions['pause']>,
	) {}

	/**
	 * Resolves when the next message may go: the first one at once, each other a pause after the one before it.
	 *
	 * @throws GatewayError of the kind `cancelled` when Stop is pressed while waiting; nothing was sent then
	 */
	async turn(): Promise<void> {
		const { pause, latest } = this;
		const mine = latest === undefined ? Promise.resolve() : this.after(latest, pause);
		this.latest = mine;
		await mine;
	}

	private async after(latest: Promise<void>, { min, max }: { min: number; max: number }): Promise<void> {
		await latest;
		await this.client.sleep(min + Math.random() * (max - min));
	}
}
