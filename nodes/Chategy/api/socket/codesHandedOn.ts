import { qrPng } from '../../../shared/messaging/qrCode';
import type { OperationContext } from '../../../shared/operations/define/operation';

/**
 * Hands each new QR code on to an address of the user's, one after the other and while the socket goes on being read. An
 * address that takes none of them ends the wait, since nobody would see a code; one that fails later has the next chance with
 * the next code.
 */
export class CodesHandedOn {
	private latest: string | undefined;
	private count = 0;
	private accepted = 0;
	private refusal: Error | undefined;
	private last: Promise<void> = Promise.resolve();

	constructor(
		private readonly context: Pick<OperationContext, 'handOn'>,
		private readonly url: string,
		private readonly customerId: string,
	) {}

	/** Notes a code that the provider pushed; the same one comes several times a second. */
	add(qr: string): void {
		if (qr === this.latest) return;
		this.latest = qr;
		const number = ++this.count;
		this.last = this.last.then(async () => await this.post(qr, number));
	}

	/** Whether the address has refused the first code. */
	isRefused(): boolean {
		return this.refusal !== undefined && this.accepted === 0;
	}

	/**
	 * How many codes were taken, once all are through.
	 *
	 * @throws Error if there were codes, and none was taken
	 */
	async taken(): Promise<number> {
		await this.last;
		if (this.accepted === 0 && this.refusal) throw this.refusal;
		return this.accepted;
	}

	private async post(qr: string, number: number): Promise<void> {
		const [result] = await Promise.allSettled([this.handOver(qr, number)]);
		if (result.status === 'fulfilled') this.accepted++;
		else this.refusal = refusalOf(result.reason);
	}

	private async handOver(qr: string, number: number): Promise<void> {
		const { context, url, customerId } = this;
		const file = { content: qrPng(qr), fileName: 'chategy-whatsapp-qr.png', mimeType: 'image/png' };
		await context.handOn(url, { fields: { qr, number: String(number), customerId }, file });
	}
}

/** The address is not shown: it may carry a secret in its query. */
function refusalOf(cause: unknown): Error {
	const words = cause instanceof Error ? cause.message.replace(/https?:\/\/\S+/g, '…') : '';
	const message = `The QR code could not be handed on (${words || 'no reason given'}). Check Send Each Code To in the options; if it is the URL of a Webhook node, publish its workflow`;
	return new Error(message, { cause });
}
