import { userJid } from '../seed';
import { Bytes, Term } from './encode';
import type { Fields, Scene } from './scene';

/** Somebody who is not in the scene: who joins, leaves or is talked about. */
export const SOMEBODY = { phone: '212600000003', jid: userJid('212600000003'), lid: '99887766554433@lid' };

/** A protocol message about an earlier one. */
export function protocol(scene: Scene, number: number, word: string): Fields {
	const more = number === 3 ? { ephemeralExpiration: scene.options.expiration ?? 604_800 } : {};
	return { protocolMessage: { key: scene.targetKey(scene.isOwn), type: new Term(number, word), ...more } };
}

/** Content that only the phone can read. */
export function ciphertext(): Fields {
	return { encPayload: new Bytes(Buffer.alloc(48, 3)), encIv: new Bytes(Buffer.alloc(12, 4)) };
}

/** A change that only the phone can read. */
export function secret(scene: Scene, secretEncType: Term): Fields {
	return { targetMessageKey: scene.targetKey(scene.isOwn), ...ciphertext(), secretEncType };
}
