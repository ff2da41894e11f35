import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../object';
import type { EventPartOf } from '../../event/details';
import type { NoticeName, NoticeReason } from '../../event/notice';
import { enumIn, fieldOf, boundedFields, numberIn, objectIn, textIn } from '../values';

/** What a wrapper says beside what is in it. */
type Meaning =
	| 'nothing'
	| 'animated'
	| 'viewOnce'
	| 'child'
	| 'edited'
	| 'deviceSent'
	| 'story'
	| 'comment'
	| { notice: NoticeName };

/**
 * What WhatsApp puts around a message: `{ephemeralMessage: {message: {…}}}`. The first one of this list is opened first. One
 * without a message in it is no wrapper (`pollCreationMessageV4` has both forms).
 */
const WRAPPERS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
	['ephemeralMessage', 'nothing'],
	['documentWithCaptionMessage', 'nothing'],
	['groupMentionedMessage', 'nothing'],
	['botInvokeMessage', 'nothing'],
	['botForwardedMessage', 'nothing'],
	['questionMessage', 'nothing'],
	['questionReplyMessage', 'nothing'],
	['pollCreationMessageV4', 'nothing'],
	['eventCoverImage', 'nothing'],
	['pollCreationOptionImageMessage', 'nothing'],
	['lottieStickerMessage', 'animated'],
	['viewOnceMessage', 'viewOnce'],
	['viewOnceMessageV2', 'viewOnce'],
	['viewOnceMessageV2Extension', 'viewOnce'],
	['associatedChildMessage', 'child'],
	['editedMessage', 'edited'],
	['deviceSentMessage', 'deviceSent'],
	['groupStatusMessage', 'story'],
	['groupStatusMessageV2', 'story'],
	['statusAddYours', 'story'],
	['statusMentionMessage', { notice: 'story_mention' }],
	['groupStatusMentionMessage', { notice: 'story_mention' }],
	['limitSharingMessage', { notice: 'privacy_changed' }],
	['botTaskMessage', { notice: 'bot' }],
	['commentMessage', 'comment'],
]);

/** How many of them are opened; no real message nests further. */
const DEEPEST = 8;

/** Keys that say nothing of the content: WhatsApp's own, and those that gateways add for the file. */
export const SILENT_KEYS: ReadonlySet<string> = new Set([
	'messageContextInfo',
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
	'contextInfo',
	...['base64', 'mediaUrl', 'media_url', 'downloadUrl', 'fileUrl', 'publicUrl', 'mimetype', 'fileName'],
]);

/** What a part that is associated with another message is. */
const ASSOCIATIONS: ReadonlyMap<number, string> = new Map([
	[1, 'MEDIA_ALBUM'],
	[5, 'HD_VIDEO_DUAL_UPLOAD'],
	[10, 'HD_IMAGE_DUAL_UPLOAD'],
	[12, 'MOTION_PHOTO'],
	[19, 'HEVC_VIDEO_DUAL_UPLOAD'],
]);

/** A message out of its wrappers. */
export interface OpenedMessage {
	/** The parts that are left: content, or what is in its place. */
	parts: IDataObject;
	/** Names of unknown wrappers, and of what was beside a wrapper. */
	unread: string[];
	isAnimated: boolean;
	isViewOnce: boolean;
	isEdit: boolean;
	isStory: boolean;
	/** What the wrapper says is all there is to say. */
	notice: NoticeName | null;
	/** It was sent by another device of the account. */
	isSent: boolean;
	/** Into which chat. */
	destination: string | null;
	/** The message that a comment is about. */
	commented: IDataObject | null;
	partOf: EventPartOf | null;
	/** A file that is another form of one that was delivered before, with the key of that. */
	copy: { reason: NoticeReason; parent: IDataObject } | null;
}

/**
 * Takes a message out of everything around it.
 *
 * @param isPart whether a key is known to be content: such a one is never taken for a wrapper that is new
 */
export function openMessage(message: IDataObject, isPart: (key: string) => boolean): OpenedMessage {
	const opened: OpenedMessage = {
		parts: boundedFields(message),
		unread: [],
		isAnimated: false,
		isViewOnce: false,
		isEdit: false,
		isStory: false,
		notice: null,
		isSent: false,
		destination: null,
		commented: null,
		partOf: null,
		copy: null,
	};
	associate(opened, message);
	for (let depth = 0; depth < DEEPEST; depth++) {
		const key = wrapperIn(opened.parts, isPart);
		if (key === undefined) break;
		open(opened, key);
	}
	// An empty one: WhatsApp keeps what is to be seen once from linked devices.
	if (!opened.isViewOnce) opened.isViewOnce = VIEW_ONCE.some((key) => isObject(fieldOf(opened.parts, key)));
	return opened;
}

const VIEW_ONCE = [...WRAPPERS].filter(([, meaning]) => meaning === 'viewOnce').map(([key]) => key);

/** Whether a key is one of the wrappers, with a message in it or without. */
export function isWrapper(key: string): boolean {
	return WRAPPERS.has(key);
}

function wrapperIn(parts: IDataObject, isPart: (key: string) => boolean): string | undefined {
	for (const key of WRAPPERS.keys()) {
		// Some gateways leave out the level between: `{editedMessage: {conversation: …}}`.
		if (holdsMessage(parts, key) || Object.keys(objectIn(parts, key)).slice(0, 40).some(isPart)) return key;
	}
	const keys = Object.keys(parts);
	// What has real content beside it is left alone.
	if (keys.some((key) => isPart(key) && !isNothing(parts[key]))) return undefined;
	return keys.find((key) => !SILENT_KEYS.has(key) && !isPart(key) && holdsMessage(parts, key));
}

function isNothing(value: unknown): boolean {
	return value === null || value === undefined || value === '';
}

/** The keys of parts that hold something, without those that say nothing; a few dozen at most. */
export function filledKeys(parts: IDataObject): string[] {
	return Object.keys(parts)
		.filter((key) => !SILENT_KEYS.has(key) && !isNothing(parts[key]))
		.slice(0, 40);
}

function holdsMessage(parts: IDataObject, key: string): boolean {
	return isObject(fieldOf(fieldOf(parts, key), 'message'));
}

function open(opened: OpenedMessage, key: string): void {
	const wrapper = objectIn(opened.parts, key);
	const meaning = WRAPPERS.get(key);
	opened.unread.push(...filledKeys(opened.parts).filter((other) => other !== key));
	opened.parts = boundedFields(holdsMessage(opened.parts, key) ? objectIn(wrapper, 'message') : wrapper);
	associate(opened, opened.parts);
	switch (meaning) {
		case undefined:
			opened.unread.push(key);
			break;
		case 'animated':
			opened.isAnimated = true;
			break;
		case 'viewOnce':
			opened.isViewOnce = true;
			break;
		case 'edited':
			opened.isEdit = true;
			break;
		case 'story':
			opened.isStory = true;
			break;
		case 'deviceSent':
			opened.isSent = true;
			opened.destination = textIn(wrapper, 'destinationJid');
			break;
		case 'comment':
			opened.commented = objectIn(wrapper, 'targetMessageKey');
			break;
		case 'nothing':
		case 'child':
			break;
		default:
			opened.notice = meaning.notice;
	}
}

/** `messageContextInfo.messageAssociation`, which can be at any level. */
function associate(opened: OpenedMessage, parts: IDataObject): void {
	const association = objectIn(objectIn(parts, 'messageContextInfo'), 'messageAssociation');
	const parent = objectIn(association, 'parentMessageKey');
	switch (enumIn(association, 'associationType', ASSOCIATIONS)) {
		case 1: {
			const index = numberIn(association, 'messageIndex');
			opened.partOf = { kind: 'album', messageId: textIn(parent, 'id'), ...(index === null ? {} : { index }) };
			break;
		}
		case 5:
		case 10:
		case 19:
			opened.copy = { reason: 'hd', parent };
			break;
		case 12:
			opened.copy = { reason: 'motion', parent };
			break;
		default:
	}
}
