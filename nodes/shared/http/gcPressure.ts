/** What passes before the collector is reminded: 8 MiB. */
const REMIND_AFTER = 8 * 1024 * 1024;

/** What V8 lets pile up outside its heap before it collects: 64 MiB. */
const PILE = 64 * 1024 * 1024;

/**
 * Pieces of a large file on their way through. V8 lets 64 MiB of used-up pieces pile up before it collects them, since they
 * are nothing to its heap. Asking for that much memory, without ever touching it, has it collect sooner; what is not
 * touched takes no memory.
 */
export async function* withGcPressure<T extends Uint8Array>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
	let passed = 0;
	for await (const piece of pieces) {
		yield piece;
		passed += piece.length;
		if (passed < REMIND_AFTER) continue;
		passed = 0;
		remindCollector();
	}
}

function remindCollector(): void {
	try {
		void new ArrayBuffer(PILE);
	} catch {
		// So much memory may not be had at all here: then the collector runs when it likes.
	}
}
