import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Handshake } from '../transport/connection';
import type { TransportError } from '../transport/transport';
import { toTransportError } from './errors';

/** The outcome of the request for a websocket, which undici's `WebSocket` does not report. */
export class ObservedHandshake implements Handshake {
	/** Of an HTTP answer that came in place of the websocket. */
	status?: number;
	/** Why there was no answer. Without a reason, undici found fault with the answer itself. */
	error?: unknown;
	/** The connection itself, to cut it when the other side does not answer a closing frame. */
	stream?: Duplex;
	/** Nobody waits for it any more: a connection that still comes about is cut. */
	isAbandoned = false;

	get problem(): TransportError | undefined {
		return this.error === undefined ? undefined : toTransportError(this.error, false);
	}

	release(): void {
		this.isAbandoned = true;
		// undici lets go of a connection that opened and then turned out to be no websocket.
		this.stream?.destroy();
	}
}

/** Notes down what happens to a request for a websocket. It ends with any answer that opens none. */
export function watchHandshake(handshake: ObservedHandshake): Dispatcher.DispatcherComposeInterceptor {
	return (dispatch) => (options, handler) =>
		dispatch(options, {
			onRequestStart: (controller, context: unknown) => handler.onRequestStart?.(controller, context),
			onRequestUpgrade: (controller, status, headers, stream) => {
				handshake.stream = stream;
				if (handshake.isAbandoned) stream.destroy();
				else handler.onRequestUpgrade?.(controller, status, headers, stream);
			},
			onResponseStart: (controller, status) => {
				handshake.status = status;
				// undici would ask a second time after a 401, and read the body, which is not needed.
				controller.abort(new Error("The server's response was not a websocket"));
			},
			onResponseError: (controller, error) => {
				handshake.error = error;
				handler.onResponseError?.(controller, error);
			},
		});
}
