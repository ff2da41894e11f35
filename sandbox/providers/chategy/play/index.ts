import type { MediaStore } from '../../../media';
import { type KindTable, kindsOf } from '../../../play/kinds';
import type { PlayOption, PlayOptions } from '../../../play/options';
import { ControlError, type Playable } from '../../../types';
import { HOOK_TYPES } from '../hooks';
import type { Instance } from '../seed';
import type { DeliveryRecord } from '../state';
import { FLAT } from './flat';
import { type Fields, type Posted, type Row, Scene } from './scene';
import { STATES } from './states';
import { WHATSAPP } from './whatsapp';

/** Everything that Chategy can report, by name. */
const KINDS: KindTable<Row> = { ...WHATSAPP, ...FLAT, ...STATES };

const OPTIONS: readonly PlayOption[] = [
	...(['text', 'name', 'phone', 'lid', 'chat', 'own', 'source', 'id', 'withoutId'] as const),
	...(['timestamp', 'withoutTimestamp', 'target', 'emoji', 'quoted', 'as', 'envelope', 'contentType'] as const),
	...(['media', 'status', 'deliveryId', 'overrides'] as const),
];

export const chategyPlayable: Playable = { kinds: kindsOf(KINDS), eventNames: HOOK_TYPES, options: OPTIONS };

interface World {
	media: MediaStore;
	instance: Instance;
	delivery: DeliveryRecord | undefined;
	count: number;
}

/** Builds a kind's payloads, one for each name that reports it. */
export function buildChategy(
	kind: string,
	options: PlayOptions,
	world: World,
): { messageId: string | null; posted: Posted[] } {
	const row = KINDS[kind];
	if (row === undefined) throw new Error(`"${kind}" is not in the table`);
	if (options.envelope === 'sdk') throw new ControlError('Chategy has the envelopes current and flat.');
	const scene = new Scene(options, world.media, world.instance, world.delivery, world.count);
	const posted = row.post(scene);
	const names = options.as === undefined ? [] : [options.as].flat();
	const bodies: Fields[] = names.length === 0 ? [posted.body] : names.map((type) => ({ ...posted.body, type }));
	return { messageId: scene.messageId, posted: bodies.map((body) => ({ ...posted, body })) };
}
