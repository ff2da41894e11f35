import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';

/** The outcome of the request for a websocket, which undici's `WebSocket` does not report. */
export interface Handshake {
	/** Of an HTTP answer that came in place of the websocket. */
	status?: number;
	/** Why there was no answer. */
	error?: unknown;
	/** The connection itself, to cut it when the other side does not answer a closing frame. */
	stream?: Duplex;
	/** Nobody waits for it any more: a connection that still comes about is cut. */
	isAbandoned?: boolean;
}

/** Notes down what happens to a request for a websocket. It ends with any answer that opens none. */
export function watchHandshake(handshake: Handshake): Dispatcher.DispatcherComposeInterceptor {
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
