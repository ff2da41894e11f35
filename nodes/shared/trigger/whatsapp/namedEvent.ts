import type { IDataObject } from 'n8n-workflow';
import type { EventGroup } from '../event/details';
import { emptyEvent, nameOfUnknown, told } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';
import { personOf } from '../../messaging/person';
import { addressOf, chatTypeOf } from '../event/chatType';
import { participantOf } from './notices';
import { type EventSource, ownId } from './reading';
import { fieldOf, listIn, objectIn, textIn, timeIn } from './values';

/**
 * An event about no message, under the provider's own name, with the chat it is about and what it says about a group's members
 * or of the device's connection.
 */
export function namedEvent(source: EventSource, name: string, payload: IDataObject): GatewayEvent {
	const { provider, device, raw } = source;
	const timestamp = timeIn(payload, 'timestamp', 'date') ?? source.timestamp;
	const event = emptyEvent({
		event: nameOfUnknown(name),
		provider,
		...ownId(source, null, source.timestamp),
		device,
		raw,
	});
	const author = textIn(payload, 'author', 'participant');
	const person = personOf(author);
	return {
		...event,
		timestamp,
		chat: chatIn(payload) ?? event.chat,
		sender: {
			id: author,
			phone: personOf(textIn(payload, 'authorPn', 'participantPn'), 'phone').phone ?? person.phone,
			name: null,
			...told<{ lid?: string }>({ lid: person.lid }),
		},
		...told<Partial<GatewayEvent>>({
			group: groupIn(payload, author),
			session: /session|connection/i.test(name) ? sessionIn(payload) : null,
		}),
	};
}

function chatIn(payload: IDataObject): GatewayEvent['chat'] | null {
	const id =
		textIn(objectIn(payload, 'key'), 'remoteJid') ??
		textIn(payload, 'groupJid', 'group_jid', 'chat_jid', 'jid', 'id');
	if (id === null || !id.includes('@')) return null;
	const type = chatTypeOf(id);
	const person = personOf(id);
	return {
		id,
		type,
		...told<Partial<GatewayEvent['chat']>>({
			name: textIn(payload, 'subject', 'groupSubject'),
			...(type === 'private' ? person : {}),
			address: addressOf(type, id, person),
		}),
	};
}

/** A change of members: `{id, participants: […], action: 'add'}`. */
function groupIn(payload: IDataObject, author: string | null): EventGroup | null {
	const action = textIn(payload, 'action');
	if (action === null || !Array.isArray(fieldOf(payload, 'participants'))) return null;
	const participants = listIn(payload, 'participants').flatMap((entry) => participantOf(entry) ?? []);
	return told<EventGroup>({ action, participants, by: author });
}

/** The state of a connection, in the provider's words. */
function sessionIn(payload: IDataObject): NonNullable<GatewayEvent['session']> {
	const state = textIn(payload, 'status', 'state', 'connection') ?? textIn(objectIn(payload, 'session'), 'status');
	return { state, reason: textIn(payload, 'reason', 'description', 'message') };
}
