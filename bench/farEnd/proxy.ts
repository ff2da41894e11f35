/* Distance without the kernel's help: a TCP proxy that holds back what passes through it. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A running proxy. */
export interface Proxy {
	port: number;
	close(): Promise<void>;
}

/** More than this is not taken from the sender while it waits: 1 MiB. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** One direction of a connection: everything arrives `delayMs` after it was sent, in order. */
class DelayedDirection {
	private readonly waiting: Array<{ at: number; chunk: Buffer | undefined }> = [];
	private waitingBytes = 0;
	private timer: NodeJS.Timeout | undefined;

	/** @param notBefore the earliest moment at which anything was sent, on the clock of `performance.now()` */
	constructor(
		private readonly from: Socket,
		private readonly to: Socket,
		private readonly delayMs: number,
		private readonly notBefore: number,
	) {
		from.on('data', (chunk: Buffer) => this.take(chunk));
		from.on('end', () => this.take(undefined));
	}

	stop(): void {
		clearTimeout(this.timer);
	}

	private take(chunk: Buffer | undefined): void {
		this.waiting.push({ at: Math.max(performance.now(), this.notBefore) + this.delayMs, chunk });
		this.waitingBytes += chunk?.length ?? 0;
		if (this.waitingBytes > MAX_WAITING_BYTES) this.from.pause();
		this.timer ??= this.later();
	}

	private later(): NodeJS.Timeout | undefined {
		const [first] = this.waiting;
		return first && setTimeout(() => this.pass(), Math.max(0, Math.round(first.at - performance.now())));
	}

	private pass(): void {
		// Node's timers count whole milliseconds; what is due within half of one is due.
		const now = performance.now() + 0.5;
		for (let first = this.waiting[0]; first !== undefined && first.at <= now; first = this.waiting[0]) {
			this.waiting.shift();
			this.waitingBytes -= first.chunk?.length ?? 0;
			if (first.chunk === undefined) this.to.end();
			else this.to.write(first.chunk);
		}
		if (this.waitingBytes <= MAX_WAITING_BYTES) this.from.resume();
		this.timer = this.later();
	}
}

/**
 * Starts a proxy on a free port of the loopback address that makes a server look `roundTripMs` away: half of it passes
 * in each direction. The kernel completes a TCP connection at once, so the round trip that this would have cost is put
 * before the first bytes; those of the TLS handshake come about by themselves.
 */
export async function startProxy(targetPort: number, roundTripMs: number): Promise<Proxy> {
	const open = new Set<Socket>();
	const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
		const connectedAt = performance.now() + roundTripMs;
		const far = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
		const directions = [
			new DelayedDirection(near, far, roundTripMs / 2, connectedAt),
			new DelayedDirection(far, near, roundTripMs / 2, 0),
		];
		const end = (): void => {
			for (const direction of directions) direction.stop();
			for (const socket of [near, far]) {
				open.delete(socket);
				socket.destroy();
			}
		};
		for (const socket of [near, far]) {
			open.add(socket);
			socket.on('error', end);
		}
		near.on('close', end);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of open) socket.destroy();
			await closed;
		},
	};
}
