import { type KindTable, kindsOf } from '../../../play/kinds';
import type { PlayOption, PlayOptions } from '../../../play/options';
import type { MediaStore } from '../../../media';
import { isPlain } from '../../../merge';
import { ControlError, type Playable } from '../../../types';
import type { Session } from '../seed';
import { ANSWERS } from './answers';
import { CHANGES } from './changes';
import { contextOf, withContext } from './context';
import { encode } from './encode';
import { EVENTS } from './events';
import { FILES } from './files';
import { MESSAGES } from './messages';
import { NOTICES } from './notices';
import { type Fields, type Row, Scene } from './scene';
import { TRADE } from './trade';
import { WRAPPED, wrap, WRAPPERS } from './wrappers';

/** Everything that Wapio can report, by name. */
const KINDS: KindTable<Row> = {
	...MESSAGES,
	...ANSWERS,
	...FILES,
	...TRADE,
	...CHANGES,
	...EVENTS,
	...NOTICES,
	...WRAPPED,
};

const OPTIONS: readonly PlayOption[] = [
	...(['text', 'name', 'phone', 'lid', 'addressing', 'chat', 'own', 'source'] as const),
	...(['id', 'withoutId', 'timestamp', 'withoutTimestamp', 'target', 'emoji', 'wrappers'] as const),
	...(['quoted', 'forwarded', 'mentions', 'ad', 'expiration', 'as', 'envelope', 'form', 'history'] as const),
	...(['contentType', 'media', 'status', 'overrides'] as const),
];

/** What the back-filled history comes as; no webhook can subscribe to it. */
const HISTORY_EVENT = 'messaging-history.set';

export function wapioPlayable(eventNames: readonly string[]): Playable {
	return {
		kinds: kindsOf(KINDS),
		wrappers: kindsOf(WRAPPERS),
		eventNames: [...eventNames, HISTORY_EVENT],
		options: OPTIONS,
	};
}

export interface BuiltEvent {
	name: string;
	payload: unknown;
}

/**
 * Builds a kind's payloads, one for each event name that reports it. The envelope was observed, as was the place
 * of messages under `data.messages`; the shapes of all else are those of Baileys, which these resemble (inferred).
 */
export function buildWapio(
	kind: string,
	options: PlayOptions,
	world: { media: MediaStore; session: Session; count: number },
): { messageId: string | null; events: BuiltEvent[] } {
	const row = KINDS[kind];
	if (row === undefined) throw new Error(`"${kind}" is not in the table`);
	if (options.envelope === 'flat') throw new ControlError('Wapio has the envelopes current and sdk.');
	const scene = new Scene(options, world.media, world.session, world.count, row);
	const isMessage = row.data === undefined;
	const built = isMessage ? messageOf(row, scene) : row.data?.(scene);
	const standard = options.history === 'set' && isMessage ? HISTORY_EVENT : (row.as ?? eventNameOf(scene));
	const names = options.as === undefined ? [standard] : [options.as].flat();
	const events = names.map((name) => {
		const data = isMessage && isPlain(built) ? dataOf(name, built, scene) : built;
		return { name, payload: encode(envelope(name, data, scene), options.form) };
	});
	return { messageId: options.withoutId === true ? null : scene.id, events };
}

/** A message as it appears in the data of an event. */
function messageOf(row: Row, scene: Scene): Fields {
	const { options } = scene;
	const content = row.message?.(scene);
	const wrapped = content && wrap(withContext(content, contextOf(scene)), options.wrappers ?? [], scene);
	const isTextIn =
		wrapped !== undefined && JSON.stringify(encode(wrapped)).includes(JSON.stringify(scene.text).slice(1, -1));
	return {
		key: { ...scene.key, ...row.key?.(scene) },
		messageBody: wrapped === undefined ? undefined : isTextIn ? scene.text : null,
		messageTimestamp: options.withoutTimestamp === true ? undefined : scene.seconds,
		pushName: scene.person.name ?? undefined,
		broadcast: scene.chat.endsWith('@broadcast') ? true : undefined,
		messageId: options.source === 'api' ? `bps_msg_${scene.idOf('api').toLowerCase()}` : undefined,
		message: wrapped && { ...wrapped, ...scene.inMessage },
		...row.beside?.(scene),
		...scene.besideMessage,
	};
}

function eventNameOf({ isOwn, isGroup, chat, options }: Scene): string {
	if (options.history === 'append') return 'messages.upsert';
	if (isOwn) return 'message.sent';
	if (isGroup) return 'messages-group.received';
	return chat.endsWith('@newsletter') ? 'messages-newsletter.received' : 'messages.received';
}

/** Where the message is for each name. */
function dataOf(name: string, message: Fields, { options }: Scene): unknown {
	switch (name) {
		case 'messages.upsert':
			return { messages: [message], type: options.history === 'append' ? 'append' : 'notify' };
		case 'messages.update': {
			const { key, ...update } = message;
			return [{ key, update }];
		}
		case HISTORY_EVENT:
			return { chats: [], contacts: [], messages: [message], syncType: 3, isLatest: false, progress: 40 };
		default:
			return { messages: message };
	}
}

/** The frame of the provider's webhooks, or the one of its first SDK, with that one's names for events. */
function envelope(name: string, data: unknown, { options, seconds, sessionInfo }: Scene): Fields {
	if (options.envelope !== 'sdk') return { event: name, sessionId: sessionInfo.id, timestamp: seconds, data };
	return {
		event_type: name.replace(/^messages\.received$/, 'message_received').replace(/[.-]/g, '_'),
		account_id: 'bps_acc_sandbox',
		session_id: sessionInfo.id,
		emitted_at: seconds * 1000,
		payload: data,
	};
}
