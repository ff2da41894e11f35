type Listener = () => void;

/** Who waits for a signal. One execution has one signal and thousands of requests, and each listener of a signal is slow. */
const waiting = new WeakMap<AbortSignal, Set<Listener>>();

/**
 * Calls a listener when a signal is aborted, as `addEventListener` does.
 *
 * @returns what takes the listener back
 */
export function onStop(signal: AbortSignal, listener: Listener): () => void {
	const listeners = waiting.get(signal) ?? listen(signal);
	listeners.add(listener);
	return () => void listeners.delete(listener);
}

/** How many listeners wait for a signal; for tests. */
export function listenersOf(signal: AbortSignal): number {
	return waiting.get(signal)?.size ?? 0;
}

function listen(signal: AbortSignal): Set<Listener> {
	const listeners = new Set<Listener>();
	waiting.set(signal, listeners);
	signal.addEventListener(
		'abort',
		() => {
			const errors: unknown[] = [];
			for (const listener of listeners) {
				// What one of them throws must not keep the others waiting.
				try {
					listener();
				} catch (error) {
					errors.push(error);
				}
			}
			listeners.clear();
			if (errors.length > 0) throw errors[0];
		},
		{ once: true },
	);
	return listeners;
}
