import type { IDataObject } from 'n8n-workflow';
import type { EventGroup, EventTarget } from '../event/details';
import { told } from '../event/emptyEvent';
import type { EventCall, GatewayEvent } from '../event/event';
import { type EventNotice, noticeOf } from '../event/notice';
import { shownPerson } from './chatAndSender';
import { byId } from '../event/payload';
import { callId, noticeId } from './identity';
import { boundedId } from '../event/hash';
import { personOf } from '../../messaging/person';
import { contentOf } from './parts/content';
import { fileKindOf } from './parts/files';
import { CALL_OUTCOMES } from './parts/noMessage';
import type { FoundStub } from './parts/stubs';
import { type Reading, targetOf } from './reading';
import { amountIn, enumIn, flagIn, jsonObjectOf, listIn, objectIn, objectsIn, textIn, textOfValue } from './values';

/*
 * What WhatsApp itself says, and the calls that messages report.
 */

/** The id of the message that carries it, or a substitute for one. */
function ownIdOf({ messageId, base }: Reading): string {
	return messageId ?? base.id;
}

/** The fields of an event that is about another message. */
export function about(target: EventTarget): Pick<GatewayEvent, 'target' | 'replyTo'> {
	return { target, replyTo: target.messageId };
}

/**
 * A notice.
 *
 * @param key of the message that it is about, from the sender's view
 */
export function noticeEvent(reading: Reading, notice: EventNotice, key: IDataObject = {}): GatewayEvent {
	const { base } = reading;
	return {
		...base,
		event: 'notice',
		id: boundedId(noticeId(ownIdOf(reading), notice.name)),
		...(textIn(key, 'id') === null ? {} : about(targetOf(reading, key, 'sender'))),
		notice,
	};
}

/** A system message as a notice, or as the missed call that it reports. */
export function stubEvent(reading: Reading, stub: FoundStub): GatewayEvent {
	const { code, word } = stub;
	if ('missedCall' in stub) {
		const { isVideo, isGroup, reason = null } = stub.missedCall;
		return callEventOf(reading, { id: null, isVideo, isGroup, state: 'missed', reason });
	}
	if (!('notice' in stub))
		return noticeEvent(reading, noticeOf('unknown', told<Partial<EventNotice>>({ code, word })));
	const { notice, reason, action } = stub;
	const event = noticeEvent(reading, noticeOf(notice, told<Partial<EventNotice>>({ reason, code, word })));
	const isAboutMembers = action !== undefined || notice === 'join_requested';
	return isAboutMembers ? { ...event, group: membersIn(reading, action ?? 'request') } : event;
}

/** Who joined, left or was promoted: ids, or objects with more of them as JSON. */
function membersIn({ message, base }: Reading, action: string): EventGroup {
	const participants = listIn(message, 'messageStubParameters').flatMap((parameter) => {
		const member = participantOf(parameter);
		return member ? [member] : [];
	});
	return told<EventGroup>({ action, participants, by: base.sender.id });
}

/** A member of a group by an id, by an object of ids, or by such an object as JSON. */
export function participantOf(value: unknown): EventGroup['participants'][number] | null {
	const written = textOfValue(value);
	if (written !== null && written.length > 2_000) return null;
	const object = written === null || written.startsWith('{') ? jsonObjectOf(value) : undefined;
	if (object === undefined) return written !== null && written.includes('@') ? shownPerson(written) : null;
	const id = textIn(object, 'id', 'jid', 'lid', 'phoneNumber');
	if (id === null) return null;
	const shown = shownPerson(id);
	return told<EventGroup['participants'][number]>({
		...shown,
		phone: shown.phone ?? personOf(textIn(object, 'phoneNumber', 'phone', 'pn'), 'phone').phone,
		lid: shown.lid ?? personOf(textIn(object, 'lid'), 'lid').lid,
		role: textIn(object, 'admin', 'role'),
	});
}

/** A call that a message reports. */
export function callEventOf(reading: Reading, call: EventCall): GatewayEvent {
	const { base } = reading;
	const isGroup = call.isGroup ?? (base.chat.type === 'group' ? true : null);
	return {
		...base,
		event: 'call',
		...(call.id === null
			? { id: boundedId(callId(ownIdOf(reading), call.state)) }
			: byId(boundedId(callId(call.id, call.state)))),
		call: { ...call, isGroup },
	};
}

/** A call that is over, as the phone lists it. */
export function loggedCall(part: IDataObject): EventCall {
	const words = new Map([...CALL_OUTCOMES].map(([code, [word]]) => [code, word]));
	const outcome = CALL_OUTCOMES.get(enumIn(part, 'callOutcome', words) ?? -1);
	return {
		id: textIn(part, 'callId', 'id'),
		isVideo: flagIn(part, 'isVideo'),
		isGroup: objectsIn(part, 'participants').length > 1 ? true : null,
		state: outcome?.[1] ?? textIn(part, 'callOutcome'),
		reason: null,
	};
}

/** How many files an album will have. */
export function albumNotice(part: IDataObject): EventNotice {
	return noticeOf(
		'album',
		told<Partial<EventNotice>>({
			images: amountIn(part, 'expectedImageCount'),
			videos: amountIn(part, 'expectedVideoCount'),
		}),
	);
}

/** Another form of a file that was delivered before: shown, but not a separate message. */
export function copyEvent(reading: Reading): GatewayEvent | undefined {
	const { open, message } = reading;
	const content = contentOf(open.parts, message);
	if (content === undefined || fileKindOf(content.key) === undefined) return undefined;
	const copy = open.copy ?? pairedCopy(content.part);
	if (copy === null) return undefined;
	const event = noticeEvent(reading, noticeOf('media_copy', { reason: copy.reason }), copy.parent);
	return { ...event, type: content.type, media: content.media ?? null };
}

/** `contextInfo.pairedMediaType`: the copies among the pairs. */
const PAIRS: ReadonlyMap<number, string> = new Map([
	[1, 'SD_VIDEO_PARENT'],
	[2, 'HD_VIDEO_CHILD'],
	[3, 'SD_IMAGE_PARENT'],
	[4, 'HD_IMAGE_CHILD'],
	[5, 'MOTION_PHOTO_PARENT'],
	[6, 'MOTION_PHOTO_CHILD'],
	[7, 'HEVC_VIDEO_PARENT'],
	[8, 'HEVC_VIDEO_CHILD'],
]);

function pairedCopy(part: IDataObject): { reason: 'hd' | 'motion'; parent: IDataObject } | null {
	const context = objectIn(part, 'contextInfo');
	const pair = enumIn(context, 'pairedMediaType', PAIRS);
	const parent = { id: textIn(context, 'stanzaId'), participant: textIn(context, 'participant') } as IDataObject;
	if (pair === 2 || pair === 4 || pair === 8) return { reason: 'hd', parent };
	return pair === 6 ? { reason: 'motion', parent } : null;
}
