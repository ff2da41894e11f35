import type { IDataObject } from 'n8n-workflow';
import type { EventTarget, EventVote } from '../event/details';
import { told } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';
import { noticeOf } from '../event/notice';
import { contentFields } from './contentFields';
import { byId } from '../event/payload';
import { deletionId, editId, reactionId, voteId } from './identity';
import { boundedId } from '../event/hash';
import { personOf } from '../../messaging/person';
import { kindOfId } from '../../messaging/whatsAppId';
import { about, noticeEvent } from './notices';
import { contentOf, opened, unknownContent } from './parts/content';
import { SECRET_EDITS } from './parts/noMessage';
import type { FoundStub } from './parts/stubs';
import { type Reading, targetOf } from './reading';
import { amountIn, bytesOf, enumIn, listIn, objectIn, objectsIn, textIn, textOfValue } from './values';

/*
 * What changes or points at a message. Each function makes the event of one kind out of a message that has been read; what
 * WhatsApp itself says is in notices.ts.
 */

/**
 * An edit: the new content.
 *
 * @param edited the new message
 * @param key of the message that was edited; without one, the message itself is the edited one
 */
export function editedEvent(reading: Reading, edited: IDataObject, key: IDataObject): GatewayEvent {
	const { base, messageId, body } = reading;
	const inner = opened(edited);
	const open = { ...inner, unread: [...reading.open.unread, ...inner.unread] };
	const target = targetOfEdit(reading, key);
	const own = target.messageId === messageId ? null : messageId;
	const content = contentOf(open.parts, reading.message) ??
		unknownContent(open.parts) ?? {
			key: '',
			type: body === null ? 'unknown' : 'text',
			text: null,
			part: {},
			unread: [],
			hasCaption: false,
		};
	return {
		...contentFields({ ...reading, open }, content),
		event: 'message_edited',
		...byId(boundedId(editId(target.messageId ?? base.id, own, open.parts, base.timestamp))),
		...about(target),
	};
}

/** Only who wrote a message can edit it. */
function targetOfEdit(reading: Reading, key: IDataObject): EventTarget {
	const { base, messageId } = reading;
	const target = targetOf(reading, key, 'sender');
	return told<EventTarget>(
		{
			...target,
			messageId: target.messageId ?? messageId,
			isMine: base.direction === 'outgoing',
			senderId: base.sender.id,
			senderPhone: base.sender.phone,
		},
		'messageId',
	);
}

/** An edit that only the phone can read; of an appointment, it is a notice. */
export function encryptedEdit(reading: Reading, part: IDataObject): GatewayEvent {
	const key = objectIn(part, 'targetMessageKey');
	if (enumIn(part, 'secretEncType', SECRET_EDITS) === 1) {
		return noticeEvent(reading, noticeOf('calendar_changed'), key);
	}
	const { base, messageId } = reading;
	const target = targetOfEdit(reading, key);
	const own = target.messageId === messageId ? null : messageId;
	return {
		...base,
		event: 'message_edited',
		...byId(boundedId(editId(target.messageId ?? base.id, own, part, base.timestamp))),
		...about(target),
		isEncrypted: true,
	};
}

/**
 * A deletion. `sender` is who deleted, the target's sender whose message it was.
 *
 * @param stub the system message that reports it, if there is one: the message itself is then the one that was deleted
 */
export function deletedEvent(reading: Reading, key: IDataObject, stub?: FoundStub): GatewayEvent {
	const { base, message, messageId } = reading;
	const target = targetOf(reading, key, stub ? 'account' : 'sender');
	const admin = stub && 'deleted' in stub && stub.deleted === 'admin' ? adminIn(message) : null;
	return {
		...base,
		event: 'message_deleted',
		...(target.messageId === null ? {} : byId(boundedId(deletionId(target.messageId)))),
		...(admin === null ? {} : { sender: { id: admin, phone: personOf(admin).phone, name: null, ...lidOf(admin) } }),
		...about({ ...target, messageId: target.messageId ?? messageId }),
	};
}

function adminIn(message: IDataObject): string | null {
	const [first] = listIn(message, 'messageStubParameters');
	const id = textOfValue(first);
	return id !== null && id.length < 100 && kindOfId(id) !== 'bare' ? id : null;
}

const lidOf = (id: string): { lid?: string } => told<{ lid?: string }>({ lid: personOf(id).lid });

/** The id of what points at a message, unless a gateway puts that of the message in its place. */
function ownIn(own: string | null, target: EventTarget): string | null {
	return own === target.messageId ? null : own;
}

/** A reaction; `emoji` is null if it was taken back. */
export function reactedEvent(
	reading: Reading,
	{
		key,
		emoji,
		own,
		isEncrypted,
	}: { key: IDataObject; emoji: string | null; own: string | null; isEncrypted?: true },
): GatewayEvent {
	const { base } = reading;
	const target = targetOf(reading, key, isEncrypted ? 'sender' : 'account');
	const who = base.sender.id ?? base.direction;
	return {
		...base,
		event: 'message_reaction',
		...byId(boundedId(reactionId(target.messageId, ownIn(own, target), who, base.timestamp))),
		type: 'reaction',
		text: emoji,
		...about(target),
		reaction: { emoji, ...(isEncrypted ? { isEncrypted } : {}) },
	};
}

/** A vote, or the tally of a poll. */
export function votedEvent(reading: Reading, key: IDataObject, vote: EventVote, own: string | null): GatewayEvent {
	const { base } = reading;
	const target = targetOf(reading, key, 'account');
	const who = base.sender.id ?? base.direction;
	return {
		...base,
		event: 'poll_vote',
		...byId(boundedId(voteId(target.messageId, ownIn(own, target), who, base.timestamp))),
		...about(target),
		vote,
	};
}

/** The tally in a message of its own, as channels have them. */
export function snapshotVote(part: IDataObject): EventVote {
	const results = objectsIn(part, 'pollVotes').map((vote) =>
		told<NonNullable<EventVote['results']>[number]>({
			option: textIn(vote, 'optionName'),
			count: amountIn(vote, 'optionVoteCount'),
		}),
	);
	return { options: null, isEncrypted: false, results };
}

/** What was chosen in a vote that a gateway has decrypted: names, or hashes of the options' texts. */
export function choicesIn(vote: IDataObject, nameOf: (hash: string) => string | undefined): string[] | null {
	if (!Array.isArray(vote.selectedOptions)) return null;
	return listIn(vote, 'selectedOptions').flatMap((option) => {
		const name = textIn(option, 'optionName', 'name');
		if (name !== null) return [name];
		const bytes = typeof option === 'string' && !isHash(option) ? null : bytesOf(option, 64);
		const hash = typeof option === 'string' && isHex(option) ? option.toLowerCase() : bytes?.toString('hex');
		if (hash === undefined) return typeof option === 'string' ? [option] : [];
		return [nameOf(hash) ?? hash];
	});
}

/** SHA-256 in hex or base64. */
const isHex = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);
const isHash = (text: string): boolean => isHex(text) || /^[\w+/-]{43}=?$/.test(text);
