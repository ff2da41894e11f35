import type { NoticeName, NoticeReason } from '../../event/notice';

/** What a part is that was not sent as a message. */
export type NoMessage =
	/** It changes or points at a message, and outweighs whatever is beside it. */
	| { act: 'protocol' | 'reaction' | 'encryptedReaction' | 'pollVote' | 'pollResult' | 'encryptedEdit' }
	/** A call, or what is left of one. */
	| { act: 'call' | 'callLog' }
	/** What WhatsApp itself says. `about` is where the key of the message is that it is about. */
	| { notice: NoticeName; reason?: NoticeReason; about?: string; undone?: [field: string, name: NoticeName] };

/** Parts that are no message, and what they are. */
const NO_MESSAGE: ReadonlyMap<string, NoMessage> = new Map<string, NoMessage>([
	['protocolMessage', { act: 'protocol' }],
	['reactionMessage', { act: 'reaction' }],
	['encReactionMessage', { act: 'encryptedReaction' }],
	['pollUpdateMessage', { act: 'pollVote' }],
	['pollResultSnapshotMessage', { act: 'pollResult' }],
	['pollResultSnapshotMessageV3', { act: 'pollResult' }],
	['secretEncryptedMessage', { act: 'encryptedEdit' }],
	['bcallMessage', { act: 'call' }],
	['call', { act: 'call' }],
	// Sic.
	['callLogMesssage', { act: 'callLog' }],
	['callLogMessage', { act: 'callLog' }],
	['placeholderMessage', { notice: 'unreadable', reason: 'masked' }],
	['encCommentMessage', { notice: 'unreadable', reason: 'encrypted', about: 'targetMessageKey' }],
	['encEventResponseMessage', { notice: 'calendar_changed', about: 'eventCreationMessageKey' }],
	['scheduledCallEditMessage', { notice: 'calendar_changed', about: 'key' }],
	['declinePaymentRequestMessage', { notice: 'payment_changed', about: 'key' }],
	['cancelPaymentRequestMessage', { notice: 'payment_changed', about: 'key' }],
	['pinInChatMessage', { notice: 'pinned', about: 'key', undone: ['type', 'unpinned'] }],
	['pinInChat', { notice: 'pinned', about: 'key', undone: ['type', 'unpinned'] }],
	['keepInChatMessage', { notice: 'kept', about: 'key', undone: ['keepType', 'unkept'] }],
	['keepInChat', { notice: 'kept', about: 'key', undone: ['keepType', 'unkept'] }],
	['albumMessage', { notice: 'album' }],
	['requestPhoneNumberMessage', { notice: 'phone_requested' }],
	['statusNotificationMessage', { notice: 'story_mention', about: 'originalMessageKey' }],
	['statusStickerInteractionMessage', { notice: 'story_mention', about: 'key' }],
	['messageHistoryBundle', { notice: 'sync' }],
	['messageHistoryNotice', { notice: 'sync' }],
	['stickerSyncRmrMessage', { notice: 'sync' }],
	['chat', { notice: 'sync' }],
]);

/** What a part of a message is if it is no message; keys of the app's state are many and mean nothing here. */
export function noMessageOf(key: string): NoMessage | undefined {
	return NO_MESSAGE.get(key) ?? (/^appState[A-Z]/.test(key) ? { notice: 'sync' } : undefined);
}

/** Whether a part is known to be no message. */
export function isNoMessage(key: string): boolean {
	return noMessageOf(key) !== undefined;
}

/** Values of pins and of what is kept: 2 takes it back. */
export const UNDONE: ReadonlyMap<number, string> = new Map([
	[1, 'PIN_FOR_ALL'],
	[2, 'UNPIN_FOR_ALL'],
]);

/** The same for what is kept. */
export const UNKEPT: ReadonlyMap<number, string> = new Map([
	[1, 'KEEP_FOR_ALL'],
	[2, 'UNDO_KEEP_FOR_ALL'],
]);

/** What a protocol message is. */
export type ProtocolAct = 'deleted' | 'edited' | NoticeName;

/** `protocolMessage.type`, by number and by word. */
const PROTOCOL: ReadonlyMap<number, [word: string, act: ProtocolAct]> = new Map<number, [string, ProtocolAct]>([
	[0, ['REVOKE', 'deleted']],
	[3, ['EPHEMERAL_SETTING', 'disappearing_changed']],
	[4, ['EPHEMERAL_SYNC_RESPONSE', 'sync']],
	[5, ['HISTORY_SYNC_NOTIFICATION', 'sync']],
	[6, ['APP_STATE_SYNC_KEY_SHARE', 'sync']],
	[7, ['APP_STATE_SYNC_KEY_REQUEST', 'sync']],
	[8, ['MSG_FANOUT_BACKFILL_REQUEST', 'sync']],
	[9, ['INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC', 'sync']],
	[10, ['APP_STATE_FATAL_EXCEPTION_NOTIFICATION', 'sync']],
	[11, ['SHARE_PHONE_NUMBER', 'phone_shared']],
	[14, ['MESSAGE_EDIT', 'edited']],
	[16, ['PEER_DATA_OPERATION_REQUEST_MESSAGE', 'sync']],
	[17, ['PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE', 'sync']],
	[18, ['REQUEST_WELCOME_MESSAGE', 'bot']],
	[19, ['BOT_FEEDBACK_MESSAGE', 'bot']],
	[20, ['MEDIA_NOTIFY_MESSAGE', 'sync']],
	[21, ['CLOUD_API_THREAD_CONTROL_NOTIFICATION', 'sync']],
	[22, ['LID_MIGRATION_MAPPING_SYNC', 'sync']],
	[23, ['REMINDER_MESSAGE', 'bot']],
	[24, ['BOT_MEMU_ONBOARDING_MESSAGE', 'bot']],
	[25, ['STATUS_MENTION_MESSAGE', 'story_mention']],
	[26, ['STOP_GENERATION_MESSAGE', 'bot']],
	[27, ['LIMIT_SHARING', 'privacy_changed']],
	[28, ['AI_PSI_METADATA', 'bot']],
	[29, ['AI_QUERY_FANOUT', 'bot']],
	[30, ['GROUP_MEMBER_LABEL_CHANGE', 'group_changed']],
]);

const PROTOCOL_WORDS: ReadonlyMap<number, string> = new Map([...PROTOCOL].map(([code, [word]]) => [code, word]));

/** The words of `protocolMessage.type`, to read it by. */
export const protocolWords = PROTOCOL_WORDS;

/** What a protocol message of a number is; a notice of an unknown kind if the number is unknown. */
export function protocolActOf(code: number | null): { act: ProtocolAct; word?: string } {
	const found = code === null ? undefined : PROTOCOL.get(code);
	return found === undefined ? { act: 'unknown' } : { word: found[0], act: found[1] };
}

/** `callOutcome` of a call that is over, in words. */
export const CALL_OUTCOMES: ReadonlyMap<number, [word: string, state: string]> = new Map([
	[0, ['CONNECTED', 'connected']],
	[1, ['MISSED', 'missed']],
	[2, ['FAILED', 'failed']],
	[3, ['REJECTED', 'rejected']],
	[4, ['ACCEPTED_ELSEWHERE', 'elsewhere']],
	[5, ['ONGOING', 'ongoing']],
	[6, ['SILENCED_BY_DND', 'silenced']],
	[7, ['SILENCED_UNKNOWN_CALLER', 'silenced']],
]);

/** `secretEncType` of something that only the phone can read. */
export const SECRET_EDITS: ReadonlyMap<number, string> = new Map([
	[1, 'EVENT_EDIT'],
	[2, 'MESSAGE_EDIT'],
]);
