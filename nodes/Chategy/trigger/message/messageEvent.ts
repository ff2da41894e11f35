import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/object';
import type { EventGroup, EventTarget } from '../../../shared/trigger/event/details';
import { told } from '../../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../../shared/trigger/event/event';
import { noticeOf, type EventNotice } from '../../../shared/trigger/event/notice';
import { callId, deletionId, editId, noticeId, reactionId, voteId } from '../../../shared/trigger/whatsapp/identity';
import { boundedId } from '../../../shared/trigger/event/hash';
import { participantOf } from '../../../shared/trigger/whatsapp/notices';
import {
	amountIn,
	fieldOf,
	flagIn,
	listIn,
	objectIn,
	textIn,
	textOfValue,
} from '../../../shared/trigger/whatsapp/values';
import { readContent, saysSomething, textValue } from './content';
import { readFrame, type MessageFrame } from './frame';
import { libraryEvent } from './libraryMessage';
import { isEdit, kindOf, type MessageKind } from './messageTypes';
import type { Source } from '../source';

/** The event of a webhook with a message from any messenger; undefined if there is none. */
export function messageEvent(source: Source): GatewayEvent | undefined {
	const frame = readFrame(source);
	const fromLibrary = libraryEvent(source, frame);
	if (fromLibrary || !frame) return fromLibrary;
	const { typeName, message } = frame;
	const kind = kindOf(typeName, textIn(message, 'subtype'));
	if (isEdit(source.type)) return editedEvent(frame, kind);
	if (kind === undefined || 'type' in kind) return sentEvent(frame, kind);
	if ('notice' in kind) return noticeEvent(frame, kind);
	if ('call' in kind) return callEvent(frame, kind.call);
	switch (kind.event) {
		case 'message_edited':
			return editedEvent(frame, kind);
		case 'message_deleted':
			return deletedEvent(frame);
		case 'message_reaction':
			return reactionEvent(frame);
		default:
			return voteEvent(frame);
	}
}

type Kind<Name extends string> = Extract<MessageKind, Record<Name, unknown>>;

/** A message from a person. It is reported even without content, because someone wrote. */
function sentEvent(frame: MessageFrame, kind: Kind<'type'> | undefined): GatewayEvent {
	const { base, answers, message, typeName } = frame;
	const content = readContent(message, kind, typeName);
	if (!saysSomething(content)) return noticeEvent(frame, { notice: 'unreadable', reason: 'empty' });
	return { ...base, ...answers, ...content, ...unreadOf(base, content.unread) };
}

function unreadOf(base: GatewayEvent, further: string[] = []): Pick<GatewayEvent, 'unread'> {
	const unread = [...(base.unread ?? []), ...further];
	return unread.length > 0 ? { unread } : {};
}

/** New content of an earlier message, which has the same ID unless another one is named. */
function editedEvent(frame: MessageFrame, kind: MessageKind | undefined): GatewayEvent {
	const { base, answers, message, key, identityOf } = frame;
	const content = readContent(message, kind && 'type' in kind ? kind : undefined, null);
	const named = textIn(message, 'edited_message_id', 'target_message_id');
	const own = named === null || named === base.messageId ? null : base.messageId;
	const { sender } = base;
	return {
		...base,
		...answers,
		...content,
		event: 'message_edited',
		id: boundedId(editId(named === null ? key : identityOf(named), own, content, base.timestamp)),
		...about(base, named, { isMine: sender.isMe, senderId: sender.id, senderPhone: sender.phone }),
	};
}

function deletedEvent(frame: MessageFrame): GatewayEvent {
	const { base, message, key, identityOf } = frame;
	const named = textIn(message, 'revoked_message_id', 'deleted_message_id', 'target_message_id');
	return {
		...base,
		event: 'message_deleted',
		id: boundedId(deletionId(named === null ? key : identityOf(named))),
		...about(base, named),
	};
}

/** The API reference has no example; that its message is in `reply_to_message_id` is inferred. */
function reactionEvent(frame: MessageFrame): GatewayEvent {
	const { base, answers, message, key, identityOf } = frame;
	const reaction = fieldOf(message, 'reaction');
	const emoji = isObject(reaction)
		? textIn(reaction, 'emoji', 'text', 'reaction')
		: (textOfValue(reaction) ?? textIn(message, 'emoji') ?? textValue(message, 'text'));
	const target =
		textIn(message, 'reacted_message_id', 'reaction_message_id', 'target_message_id', 'parent_message_id') ??
		answers.replyTo;
	// If the reaction has the ID of its target, that ID is not its own.
	const own = base.messageId === null || base.messageId === target ? null : key;
	const who = base.sender.id ?? base.direction;
	return {
		...base,
		event: 'message_reaction',
		type: 'reaction',
		text: emoji,
		reaction: { emoji },
		id: boundedId(reactionId(target === null ? key : identityOf(target), own, who, base.timestamp)),
		target: { messageId: target },
		replyTo: target,
	};
}

function voteEvent(frame: MessageFrame): GatewayEvent {
	const { base, answers, message, key, identityOf } = frame;
	const chosen = listIn(message, 'selected_options', 'selectedOptions', 'options').flatMap((option) => {
		return textOfValue(isObject(option) ? (fieldOf(option, 'name') ?? fieldOf(option, 'text')) : option) ?? [];
	});
	const isKnown = chosen.length > 0;
	const target = textIn(message, 'poll_message_id', 'target_message_id', 'parent_message_id') ?? answers.replyTo;
	const own = base.messageId === null || base.messageId === target ? null : key;
	return {
		...base,
		event: 'poll_vote',
		vote: { options: isKnown ? chosen : null, isEncrypted: !isKnown },
		id: boundedId(voteId(target === null ? key : identityOf(target), own, base.sender.id, base.timestamp)),
		target: { messageId: target },
		replyTo: target,
	};
}

/** The message that an event is about: the named one, otherwise the one in the event. */
function about(
	base: GatewayEvent,
	named: string | null,
	more: { [Name in keyof EventTarget]?: EventTarget[Name] | null } = {},
): Pick<GatewayEvent, 'target' | 'replyTo'> {
	const messageId = named ?? base.messageId;
	return { target: told<EventTarget>({ ...more, messageId }, 'messageId'), replyTo: messageId };
}

function callEvent({ base, message, key }: MessageFrame, { state, isVideo }: Kind<'call'>['call']): GatewayEvent {
	const reason = reasonIn(message);
	const known = state ?? textIn(message, 'call_state', 'state', 'callOutcome', 'call_outcome');
	const call = {
		id: textIn(message, 'call_id', 'callId') ?? base.messageId,
		isVideo: isVideo ?? flagIn(message, 'is_video', 'isVideo', 'isVideoCall'),
		isGroup: base.chat.type === 'group' ? true : null,
		state: /missed$/i.test(reason ?? '') ? 'missed' : (known?.toLowerCase() ?? null),
		reason,
	};
	return { ...base, event: 'call', id: boundedId(callId(key, call.state)), call };
}

/** Why a call ended: a word, or a TDLib object with a type. */
function reasonIn(message: IDataObject): string | null {
	return (
		textIn(message, 'discard_reason', 'reason') ?? textIn(objectIn(message, 'discard_reason', 'reason'), '@type')
	);
}

function noticeEvent({ base, answers, message, key, typeName }: MessageFrame, kind: Kind<'notice'>): GatewayEvent {
	const { notice: name, reason, members } = kind;
	const isUnreadable = name === 'unreadable';
	const word = isUnreadable ? null : (textIn(message, 'subtype') ?? typeName)?.slice(0, 80);
	const notice = noticeOf(
		name,
		told<Partial<EventNotice>>({
			reason,
			word,
			images: amountIn(message, 'expectedImageCount', 'expected_image_count'),
			videos: amountIn(message, 'expectedVideoCount', 'expected_video_count'),
		}),
	);
	const pinned = textIn(message, 'pinned_message_id') ?? (name === 'pinned' ? answers.replyTo : null);
	return {
		...base,
		...answers,
		event: 'notice',
		id: boundedId(noticeId(key, name)),
		...(members === undefined ? {} : { group: groupOf(message, members, base.sender.id) }),
		...(pinned === null ? {} : about(base, pinned)),
		notice,
	};
}

/** The members that were added, removed and so on (names of whatsapp-web.js and TDLib, inferred). */
function groupOf(message: IDataObject, action: string, by: string | null): EventGroup {
	const members = [
		...listIn(message, 'recipients', 'participants', 'member_user_ids', 'new_chat_members'),
		fieldOf(message, 'user_id'),
	];
	const participants = members.flatMap((member) => {
		const id = textOfValue(member);
		// Telegram IDs are plain numbers.
		if (id !== null && /^\d{1,20}$/.test(id)) return [{ id }];
		return participantOf(member) ?? [];
	});
	return told<EventGroup>({ action, participants, by });
}
