import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../object';
import { told } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';
import { noticeOf } from '../event/notice';
import { choicesIn, deletedEvent, editedEvent, encryptedEdit, reactedEvent, snapshotVote, votedEvent } from './acts';
import { contentFields, withUnread } from './contentFields';
import { albumNotice, callEventOf, copyEvent, loggedCall, noticeEvent, stubEvent } from './notices';
import { type Content, contentOf, saysSomething, unknownContent, unknownKeys } from './parts/content';
import { referralIn } from './parts/context';
import { type NoMessage, noMessageOf, protocolActOf, protocolWords, UNDONE, UNKEPT } from './parts/noMessage';
import { type FoundStub, stubIn } from './parts/stubs';
import { filledKeys } from './parts/wrappers';
import { type EventSource, type Reading, readingOf } from './reading';
import { amountIn, enumIn, fieldOf, flagIn, objectIn, textIn } from './values';

/**
 * What a message of a WhatsApp library is: `{key, message: {…}, messageTimestamp, pushName}`. Everything in it that is known
 * to be no message becomes the event that it is; what a person sent becomes a `message`, known or not.
 */
export function messageEvent(source: EventSource, message: IDataObject): GatewayEvent {
	const reading = readingOf(source, message);
	const stub = stubIn(message);
	return (
		deletedByStub(reading, stub) ??
		actEvent(reading) ??
		wrappedEvent(reading) ??
		contentEvent(reading, stub) ??
		partNotice(reading) ??
		unknownPart(reading, stub) ??
		whatIsLeft(reading, stub)
	);
}

function deletedByStub(reading: Reading, stub: FoundStub | undefined): GatewayEvent | undefined {
	const isDeleted = stub !== undefined && 'deleted' in stub;
	return isDeleted ? deletedEvent(reading, objectIn(reading.message, 'key'), stub) : undefined;
}

/** What changes or points at a message outweighs whatever is beside it. */
function actEvent(reading: Reading): GatewayEvent | undefined {
	const { parts } = reading.open;
	for (const key of filledKeys(parts)) {
		const known = noMessageOf(key);
		const event = known && 'act' in known ? actOf(reading, known, objectIn(parts, key)) : undefined;
		if (event) return withUnread(event, reading, [key]);
	}
	return undefined;
}

function actOf(
	reading: Reading,
	{ act }: Extract<NoMessage, { act: string }>,
	part: IDataObject,
): GatewayEvent | undefined {
	const { messageId } = reading;
	switch (act) {
		case 'protocol':
			return protocolEvent(reading, part);
		case 'reaction':
			return reactedEvent(reading, {
				key: objectIn(part, 'key'),
				emoji: textIn(part, 'text'),
				own: messageId,
			});
		case 'encryptedReaction':
			return reactedEvent(reading, {
				key: objectIn(part, 'targetMessageKey'),
				emoji: null,
				own: messageId,
				isEncrypted: true,
			});
		case 'pollVote': {
			const options = choicesIn(objectIn(part, 'vote'), () => undefined);
			const vote = { options, isEncrypted: options === null };
			return votedEvent(reading, objectIn(part, 'pollCreationMessageKey'), vote, messageId);
		}
		case 'pollResult':
			return votedEvent(reading, quotedKey(part), snapshotVote(part), messageId);
		case 'encryptedEdit':
			return encryptedEdit(reading, part);
		default:
			return undefined;
	}
}

/** The message that a part answers, as a key. */
function quotedKey(part: IDataObject): IDataObject {
	const context = objectIn(part, 'contextInfo');
	return told<IDataObject>({ id: textIn(context, 'stanzaId'), participant: textIn(context, 'participant') });
}

/** A protocol message that changes a message; others are notices, for which real content is not given up. */
function protocolEvent(reading: Reading, part: IDataObject): GatewayEvent | undefined {
	const { act } = protocolActOf(enumIn(part, 'type', protocolWords));
	const edited = fieldOf(part, 'editedMessage');
	const key = objectIn(part, 'key');
	if (act === 'edited' || isObject(edited)) return editedEvent(reading, objectIn(part, 'editedMessage'), key);
	return act === 'deleted' ? deletedEvent(reading, key) : undefined;
}

/** What a wrapper says, whatever is in it. */
function wrappedEvent(reading: Reading): GatewayEvent | undefined {
	const { open, message } = reading;
	if (open.isEdit) return editedEvent(reading, open.parts, objectIn(message, 'key'));
	if (open.notice !== null) return noticeEvent(reading, noticeOf(open.notice));
	const copy = copyEvent(reading);
	return copy && withUnread(copy, reading, filledKeys(open.parts));
}

/** What a person sent. */
function contentEvent(reading: Reading, stub: FoundStub | undefined): GatewayEvent | undefined {
	const { open, message } = reading;
	const content = contentOf(open.parts, message);
	if (content === undefined) return adCall(reading, stub);
	const event = eventOfContent(reading, content, stub);
	const hasContext = event.referral ?? (content.key === 'extendedTextMessage' && (event.quoted ?? event.linkPreview));
	return saysSomething({ ...content, text: event.text }) || hasContext ? event : undefined;
}

/** A call that carries nothing but the ad that it was made from is how some people write first. */
function adCall(reading: Reading, stub: FoundStub | undefined): GatewayEvent | undefined {
	const part = objectIn(reading.open.parts, 'call');
	const referral = referralIn({ ...objectIn(part, 'contextInfo'), ...part });
	if (referral === null || textIn(part, ...CALL_STATES) !== null) return undefined;
	const text = textIn(part, 'caption');
	const content: Content = { key: 'call', type: 'unknown', text, part, unread: [], hasCaption: false };
	return { ...eventOfContent(reading, content, stub), referral };
}

const CALL_STATES = ['state', 'status', 'callState'];

/** A part that is known to be no message. */
function partNotice(reading: Reading): GatewayEvent | undefined {
	const { parts } = reading.open;
	for (const key of filledKeys(parts)) {
		const known = noMessageOf(key);
		if (known) return withUnread(noticeOfPart(reading, known, objectIn(parts, key)), reading, [key]);
	}
	return undefined;
}

function noticeOfPart(reading: Reading, known: NoMessage, part: IDataObject): GatewayEvent {
	if ('notice' in known) {
		const { notice, reason, about, undone } = known;
		if (notice === 'album') return noticeEvent(reading, albumNotice(part));
		const isUndone = undone !== undefined && enumIn(part, undone[0], undone[0] === 'type' ? UNDONE : UNKEPT) === 2;
		const name = isUndone ? undone[1] : notice;
		return noticeEvent(reading, noticeOf(name, told({ reason })), about === undefined ? {} : objectIn(part, about));
	}
	if (known.act === 'callLog') return callEventOf(reading, loggedCall(part));
	if (known.act === 'call') return callOfPart(reading, part);
	const code = enumIn(part, 'type', protocolWords);
	const { act, word } = protocolActOf(code);
	const name = act === 'deleted' || act === 'edited' ? 'unknown' : act;
	const event = noticeEvent(reading, noticeOf(name, told({ code, word })), objectIn(part, 'key'));
	const seconds = name === 'disappearing_changed' ? amountIn(part, 'ephemeralExpiration') : null;
	return seconds === null ? event : { ...event, ephemeralSeconds: seconds };
}

/** A call with a state; without one it only prepares the app for a call. */
function callOfPart(reading: Reading, part: IDataObject): GatewayEvent {
	const state = textIn(part, ...CALL_STATES);
	if (state === null) return noticeEvent(reading, noticeOf('sync'));
	const media = textIn(part, 'mediaType');
	return callEventOf(reading, {
		id: textIn(part, 'sessionId', 'callId', 'id'),
		isVideo: flagIn(part, 'isVideo') ?? (media === null ? null : media === '2' || /^video$/i.test(media)),
		isGroup: null,
		state,
		reason: textIn(part, 'reason'),
	});
}

/** An unknown part: what looks like something that a person sent is delivered. */
function unknownPart(reading: Reading, stub: FoundStub | undefined): GatewayEvent | undefined {
	const { open, body } = reading;
	const [name] = unknownKeys(open.parts);
	if (name === undefined) return undefined;
	const content = unknownContent(open.parts);
	if (content) return eventOfContent(reading, { ...content, text: body ?? content.text }, stub);
	const isBare = body !== null && (stub === undefined || isUnread(stub));
	return isBare
		? eventOfContent(
				reading,
				{ key: name, type: 'unknown', text: body, part: {}, unread: [], hasCaption: false },
				stub,
			)
		: undefined;
}

const isUnread = (stub: FoundStub): boolean => 'notice' in stub && stub.notice === 'unreadable';

/** A message with the number of a system message that came beside it. */
function eventOfContent(reading: Reading, content: Content, stub: FoundStub | undefined): GatewayEvent {
	return contentFields(reading, content, stub === undefined ? [] : [`messageStubType ${stub.code ?? stub.word}`]);
}

/** A message without parts that say anything. */
function whatIsLeft(reading: Reading, stub: FoundStub | undefined): GatewayEvent {
	const { open, message, body, base } = reading;
	if (body !== null && (stub === undefined || isUnread(stub))) {
		const content: Content = { key: '', type: 'text', text: body, part: {}, unread: [], hasCaption: false };
		return eventOfContent(reading, content, stub);
	}
	if (stub) return withUnread(stubEvent(reading, stub), reading, []);
	const category = textIn(message, 'category') ?? textIn(objectIn(message, 'key'), 'category');
	const isKeyAlone = Object.keys(open.parts).some((key) => /senderKeyDistributionMessage$/i.test(key));
	const [unknown] = unknownKeys(open.parts);
	if (category === 'peer' || (isKeyAlone && unknown === undefined)) return noticeEvent(reading, noticeOf('sync'));
	if (unknown !== undefined) return withUnread(noticeEvent(reading, noticeOf('unknown')), reading, []);
	const reason = base.viewOnce === true ? 'view_once' : 'empty';
	return withUnread(noticeEvent(reading, noticeOf('unreadable', { reason })), reading, []);
}
