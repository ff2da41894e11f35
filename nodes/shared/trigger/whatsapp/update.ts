import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { isObject } from '../../object';
import type { EventVote } from '../event/details';
import { told } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';
import { noticeOf } from '../event/notice';
import { choicesIn, deletedEvent, reactedEvent, votedEvent } from './acts';
import { boundedId, hashOf } from '../event/hash';
import { messageEvent } from './message';
import { noticeEvent } from './notices';
import { contentOf, opened } from './parts/content';
import { stubIn } from './parts/stubs';
import { type EventSource, type Reading, readingOf } from './reading';
import { statusEvent } from './status';
import { fieldOf, listIn, objectIn, objectsIn, textIn, textOfValue } from './values';
import { shownPerson } from './chatAndSender';

/**
 * What a change of a message reports (`messages.update`: `{key, update: {…}}`): an edit, a deletion, votes, reactions, its
 * status, or content that comes late.
 *
 * @returns undefined if it reports none of these
 */
export function updateEvents(source: EventSource, element: IDataObject): GatewayEvent[] | undefined {
	const update = objectIn(element, 'update');
	const changed: IDataObject = {
		...element,
		...update,
		key: fieldOf(element, 'key') ?? fieldOf(update, 'key'),
	} as IDataObject;
	const stub = stubIn(changed);
	if (stub && 'deleted' in stub) {
		// The message that deletes has its own key; its sender is who deleted.
		const own = objectIn(update, 'key');
		const isNamed = textIn(own, 'remoteJid') !== null;
		const reading = readingOf(source, isNamed ? { ...changed, key: own } : changed);
		return [deletedEvent(reading, objectIn(changed, 'key'), stub)];
	}
	const votes = objectsIn(changed, 'pollUpdates');
	if (votes.length > 0) return votes.map((vote) => updatedVote(source, changed, element, vote));
	const pins = ['pinInChat', 'keepInChat'].find((name) => isObject(fieldOf(changed, name)));
	if (isObject(changed.message) && Object.keys(changed.message).length > 0) return [messageEvent(source, changed)];
	if (pins !== undefined) return [messageEvent(source, { ...changed, message: { [pins]: changed[pins] } })];
	const answers = objectsIn(changed, 'eventResponses');
	if (answers.length > 0) return answers.map((answer) => appointmentAnswer(source, changed, answer));
	const reactions = objectsIn(changed, 'reactions');
	if (reactions.length > 0) return reactions.map((reaction) => reactionEvent(source, { ...changed, reaction }));
	if (stub) return [messageEvent(source, { ...changed, message: {} })];
	const status = statusEvent(source, element);
	return status && [status];
}

/** Who did something to the message of a key: the one whose own key is given, else unknown. */
function readingBy(source: EventSource, element: IDataObject, own: IDataObject, times: unknown): Reading {
	const isNamed = textIn(own, 'id') !== null || textIn(own, 'participant') !== null;
	const timed = {
		...element,
		...(times === undefined || times === null ? {} : { messageTimestamp: times }),
	} as IDataObject;
	// A key without a chat is of the same one.
	const chat = fieldOf(own, 'remoteJid') ?? fieldOf(objectIn(element, 'key'), 'remoteJid');
	if (isNamed) return readingOf(source, { ...timed, key: { ...own, remoteJid: chat } });
	const reading = readingOf(source, timed);
	const nobody = { id: null, phone: null, name: null };
	return {
		...reading,
		messageId: null,
		base: { ...reading.base, messageId: null, sender: nobody, direction: 'incoming' },
	};
}

function updatedVote(source: EventSource, changed: IDataObject, element: IDataObject, vote: IDataObject): GatewayEvent {
	const reading = readingBy(
		source,
		changed,
		objectIn(vote, 'pollUpdateMessageKey'),
		fieldOf(vote, 'senderTimestampMs') ?? fieldOf(vote, 'serverTimestampMs'),
	);
	const options = choicesIn(objectIn(vote, 'vote'), optionsByHash(objectIn(element, 'message')));
	const voted = votedEvent(reading, objectIn(changed, 'key'), { options, isEncrypted: options === null }, null);
	return reading.base.timestamp === null
		? { ...voted, id: boundedId(`${voted.id}:${hashOf(options).slice(0, 12)}`) }
		: voted;
}

/** Votes name the SHA-256 of an option's text; the texts are there if the poll is in the payload. */
function optionsByHash(message: IDataObject): (hash: string) => string | undefined {
	const options = contentOf(opened(message).parts, {})?.poll?.options ?? [];
	const names = new Map(options.map((option) => [createHash('sha256').update(option).digest('hex'), option]));
	return (hash) => names.get(hash);
}

function appointmentAnswer(source: EventSource, changed: IDataObject, answer: IDataObject): GatewayEvent {
	const own = objectIn(answer, 'eventResponseMessageKey');
	const reading = readingBy(source, changed, own, fieldOf(answer, 'timestampMs'));
	return noticeEvent(reading, noticeOf('calendar_changed'), objectIn(changed, 'key'));
}

/**
 * A reaction in an event of its own: `{key, reaction: {key, text}}`, where the outer key is of the message that it is on and
 * the inner one the reaction's own (WhatsApp libraries).
 */
export function reactionEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const message = objectIn(element, 'message');
	if (isObject(opened(message).parts.reactionMessage)) return messageEvent(source, element);
	const reaction = objectIn(element, 'reaction');
	const key = objectIn(element, 'key');
	const target =
		textIn(key, 'id') === null ? told<IDataObject>({ id: textIn(element, 'message_id', 'messageId') }) : key;
	const inner = objectIn(reaction, 'key');
	const isOwn = textIn(inner, 'id') !== null && textIn(inner, 'id') !== textIn(target, 'id');
	const reading = readingBy(
		source,
		element,
		isOwn ? inner : {},
		fieldOf(reaction, 'senderTimestampMs') ?? fieldOf(reaction, 'timestamp'),
	);
	const emoji = textIn(reaction, 'text', 'emoji') ?? textIn(element, 'text', 'emoji', 'reaction');
	const event = reactedEvent(reading, { key: target, emoji, own: isOwn ? textIn(inner, 'id') : null });
	return isOwn || event.timestamp !== null ? event : { ...event, id: boundedId(source.eventId ?? event.id) };
}

/** A deletion in an event of its own, by the key of what was deleted. */
export function deletionEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const key = isObject(element.key) ? element.key : element;
	return deletedEvent(readingOf(source, element), key, { deleted: 'writer' });
}

/** The tally of a poll: `{key, pollResult: [{name, voters}]}`. */
export function tallyEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const results = objectsIn(element, 'pollResult', 'pollResults', 'results', 'votes').map((option) => {
		const voters = listIn(option, 'voters').flatMap((voter) => {
			const id = textOfValue(voter) ?? textIn(voter, 'id', 'jid');
			return id === null ? [] : [told(withoutLid(shownPerson(id)))];
		});
		return told<NonNullable<EventVote['results']>[number]>({
			option: textIn(option, 'name', 'option', 'optionName'),
			count: Array.isArray(option.voters) ? option.voters.length : null,
			voters: Array.isArray(option.voters) ? voters : null,
		});
	});
	const key = objectIn(element, 'key', 'pollCreationMessageKey');
	const reading = readingBy(source, element, {}, null);
	const vote: EventVote = { options: null, isEncrypted: false, results };
	const event = votedEvent(reading, key, vote, null);
	// Nobody voted it: two tallies of a poll differ in what they say, and when.
	const own = source.eventId ?? hashOf([results, source.timestamp]).slice(0, 12);
	return { ...event, id: boundedId([event.target?.messageId ?? 'poll', 'vote', own].join(':')) };
}

function withoutLid({ id, phone }: ReturnType<typeof shownPerson>): { id: string; phone?: string } {
	return phone === undefined ? { id } : { id, phone };
}
