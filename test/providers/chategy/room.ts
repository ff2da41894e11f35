import { type PeerSocket, startWebSocketPeer, type WebSocketPeer } from '../../unit/http/webSocketServer';

/** A frame of the protocol: join reference, reference, topic, event, payload. */
type Frame = [string | null, string | null, string, string, Record<string, unknown>];

/** What a room does with a frame: `reply` answers it, `push` sends something unprompted. */
export type RoomScript = (
	frame: Frame,
	room: { reply: (payload: object) => void; push: (event: string, payload: object) => void; socket: PeerSocket },
) => void;

/** A Phoenix server of the test's own, written after the protocol's description and not after the sandbox. */
export interface Room {
	/** Address of the socket. */
	url: string;
	/** Everything the client said, in order; heartbeats are answered and left out. */
	frames: Frame[];
	peer: WebSocketPeer;
	close: () => Promise<void>;
}

export const OK = { status: 'ok', response: {} };

/** Says yes to everything. */
export const obliging: RoomScript = (_frame, { reply }) => reply(OK);

/** Starts a server whose rooms follow the script. */
export async function startRoom(script: RoomScript): Promise<Room> {
	const peer = await startWebSocketPeer();
	const frames: Frame[] = [];
	peer.onOpen = (socket) => {
		let joined: string | null = null;
		socket.on('message', (data) => {
			const frame = JSON.parse(data.toString()) as Frame;
			const [joinRef, ref, topic, event] = frame;
			const send = (...parts: unknown[]) => socket.send(JSON.stringify(parts));
			const reply = (payload: object) => send(joinRef, ref, topic, 'phx_reply', payload);
			if (topic === 'phoenix' && event === 'heartbeat') {
				reply(OK);
				return;
			}
			frames.push(frame);
			if (event === 'phx_join') joined = joinRef;
			script(frame, { reply, push: (name, payload) => send(joined, null, topic, name, payload), socket });
		});
	};
	return { url: `ws://${peer.host}/socket/websocket`, frames, peer, close: async () => await peer.close() };
}
