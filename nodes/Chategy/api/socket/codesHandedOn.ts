import { qrPng } from '../../../shared/messaging/qrCode';
import type { OperationContext } from '../../../shared/operations/define/operation';

/**
 * Delivers each new QR code to the user's URL, one after the other, while the socket is still being read. If the URL does not
 * accept the first code, the wait ends, because nobody would see a code. If it fails later, the next code is tried.
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

	/** Adds a code that the provider pushed; the same one comes several times a second. */
	add(qr: string): void {
		if (qr === this.latest) return;
		this.latest = qr;
		const number = ++this.count;
		this.last = this.last.then(async () => await this.post(qr, number));
	}

	/** Whether the URL has refused the first code. */
	isRefused(): boolean {
		return this.refusal !== undefined && this.accepted === 0;
	}

	/**
	 * How many codes were accepted, once all have been posted.
	 *
	 * @throws Error if there were codes and none was accepted
	 */
	async taken(): Promise<number> {
		await this.last;
		if (this.accepted === 0 && this.refusal) throw this.refusal;
		return this.accepted;
	}

	private async post(qr: string, number: number): Promise<void> {
		// It came while the URL refused the first one.
		if (this.isRefused()) return;
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

/** The URL is not shown, because its query may contain a secret. */
function refusalOf(cause: unknown): Error {
	const words = cause instanceof Error ? cause.message.replace(/https?:\/\/\S+/g, '…') : '';
	const message = `The QR code could not be delivered (${words || 'no reason given'}). Check Send Each Code To in the options. If it is the URL of a Webhook node, publish its workflow`;
	return new Error(message, { cause });
}
