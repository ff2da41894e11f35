import type { EventInteractive } from '../../../shared/trigger/event/details';
import type { EventMedia, MessageType } from '../../../shared/trigger/event/event';
import type { NoticeName, NoticeReason } from '../../../shared/trigger/event/notice';

type FileFlags = Pick<EventMedia, 'isVoiceNote' | 'isVideoNote' | 'isGif'>;

/** The kind of a message, by one of the platform's types. */
export type MessageKind =
	/** A message from a person. */
	| { type: MessageType; flags?: FileFlags; interactive?: EventInteractive['kind']; isFile?: true }
	/** A change or a reaction to a message. */
	| { event: 'message_edited' | 'message_deleted' | 'message_reaction' | 'poll_vote' }
	/** A call in the list of messages. */
	| { call: { state: string | null; isVideo: boolean | null } }
	/** A notice from the messenger itself; `members` is what happened to the members of a group. */
	| { notice: NoticeName; reason?: NoticeReason; members?: string };

const text: MessageKind = { type: 'text' };
const file = (type: MessageType, flags?: FileFlags): MessageKind => ({ type, isFile: true, ...(flags && { flags }) });
const choice = (interactive: EventInteractive['kind']): MessageKind => ({ type: 'text', interactive });
const event = (name: Extract<MessageKind, { event: string }>['event']): MessageKind => ({ event: name });
const notice = (name: NoticeName, reason?: NoticeReason): MessageKind => ({ notice: name, ...(reason && { reason }) });
const members = (action: string): MessageKind => ({ notice: 'group_members', members: action });
const call = (state: string | null, isVideo: boolean | null): MessageKind => ({ call: { state, isVideo } });

/**
 * `message.type` and its kind; `type/subtype` if a subtype decides. Case, `_` and a `message` before or after the name are
 * ignored, so `voiceNote` and `messageVoiceNote` are the same.
 *
 * Sources: API reference (`text`, `formattedText`, `FormattedText`, `document`, `image`); whatsapp-web.js, TDLib and the
 * Bot API of Telegram for the other names (inferred: the provider lists none).
 */
const TYPES: Array<[name: string, kind: MessageKind]> = [
	// Texts.
	['chat', text],
	['text', text],
	['formattedText', text],
	['extendedText', text],
	['conversation', text],
	['url', text],
	['rich_response', text],
	['comment', text],
	['messageAnimatedEmoji', text],
	// Files.
	['image', file('image')],
	['photo', file('image')],
	['video', file('video')],
	['gif', file('video', { isGif: true })],
	['animation', file('video', { isGif: true })],
	['ptv', file('video', { isVideoNote: true })],
	['videoNote', file('video', { isVideoNote: true })],
	['audio', file('audio')],
	['ptt', file('audio', { isVoiceNote: true })],
	['voice', file('audio', { isVoiceNote: true })],
	['voiceNote', file('audio', { isVoiceNote: true })],
	['document', file('document')],
	['file', file('document')],
	['sticker', file('sticker')],
	// Locations and contacts.
	['location', { type: 'location' }],
	['live_location', { type: 'location' }],
	['venue', { type: 'location' }],
	['contact', { type: 'contact' }],
	['contact_card', { type: 'contact' }],
	['contact_card_multi', { type: 'contact' }],
	['contacts_array', { type: 'contact' }],
	['vcard', { type: 'contact' }],
	['multi_vcard', { type: 'contact' }],
	// Prompts and replies.
	['buttons', choice('prompt')],
	['list', choice('prompt')],
	['hsm', choice('prompt')],
	['template', choice('prompt')],
	['interactive', choice('prompt')],
	['native_flow', choice('prompt')],
	['buttons_response', choice('button_reply')],
	['button_response', choice('button_reply')],
	['buttons_reply', choice('button_reply')],
	['button_reply', choice('button_reply')],
	['callback_query', choice('button_reply')],
	['list_response', choice('list_reply')],
	['list_reply', choice('list_reply')],
	['template_button_reply', choice('template_reply')],
	['interactive_response', choice('flow_reply')],
	['native_flow_response', choice('flow_reply')],
	['flow_response', choice('flow_reply')],
	// Orders, polls, calendar events.
	['order', { type: 'order' }],
	['product', { type: 'product' }],
	['product_list', { type: 'product' }],
	['payment', { type: 'payment' }],
	['invoice', { type: 'payment' }],
	['groups_v4_invite', { type: 'invite' }],
	['group_invite', { type: 'invite' }],
	['newsletter_admin_invite', { type: 'invite' }],
	['poll', { type: 'poll' }],
	['poll_creation', { type: 'poll' }],
	['event_creation', { type: 'calendar' }],
	['scheduled_event_creation', { type: 'calendar' }],
	// Changes and reactions to a message; names that begin with "edit" are edits, too.
	['updateMessageContent', event('message_edited')],
	['protocol/message_edit', event('message_edited')],
	['revoked', event('message_deleted')],
	['deleted', event('message_deleted')],
	['delete', event('message_deleted')],
	['protocol/revoke', event('message_deleted')],
	['protocol/sender_revoke', event('message_deleted')],
	['protocol/admin_revoke', event('message_deleted')],
	['reaction', event('message_reaction')],
	['reaction_enc', event('message_reaction')],
	['poll_update', event('poll_vote')],
	['poll_vote', event('poll_vote')],
	['poll_answer', event('poll_vote')],
	// Calls.
	['call', call(null, null)],
	['call_log', call(null, null)],
	['call_log/miss', call('missed', false)],
	['call_log/miss_video', call('missed', true)],
	['call_log/silence', call('silenced', false)],
	// Someone wrote, but this account did not get the content.
	['ciphertext', notice('unreadable', 'not_decrypted')],
	['oversized', notice('unreadable', 'oversized')],
	['messageUnsupported', notice('unreadable', 'too_new')],
	['messageExpiredPhoto', notice('unreadable', 'view_once')],
	['messageExpiredVideo', notice('unreadable', 'view_once')],
	['messageExpiredVideoNote', notice('unreadable', 'view_once')],
	['messageExpiredVoiceNote', notice('unreadable', 'view_once')],
	// Notices from the messenger.
	['album', notice('album')],
	['e2e_notification', notice('encryption')],
	['e2e_notification/identity', notice('identity_changed')],
	['notification', notice('unknown')],
	['notification_template', notice('unknown')],
	['broadcast_notification', notice('unknown')],
	['newsletter_notification', notice('unknown')],
	['protocol', notice('sync')],
	['protocol/ephemeral_setting', notice('disappearing_changed')],
	['debug', notice('unknown')],
	['gp2', notice('group_changed')],
	['group_notification', notice('group_changed')],
	['gp2/create', notice('group_created')],
	['gp2/delete', notice('group_deleted')],
	['gp2/add', members('add')],
	['gp2/invite', members('invite')],
	['gp2/linked_group_join', members('add')],
	['gp2/remove', members('remove')],
	['gp2/leave', members('leave')],
	['gp2/promote', members('promote')],
	['gp2/demote', members('demote')],
	['gp2/modify', notice('number_changed')],
	['gp2/ephemeral', notice('disappearing_changed')],
	['gp2/created_membership_requests', notice('join_requested')],
	['gp2/membership_approval_request', notice('join_requested')],
	['messageBasicGroupChatCreate', notice('group_created')],
	['messageSupergroupChatCreate', notice('group_created')],
	['messageChatUpgradeFrom', notice('group_changed')],
	['messageChatUpgradeTo', notice('group_changed')],
	['messageChatChangeTitle', notice('group_changed')],
	['messageChatChangePhoto', notice('group_changed')],
	['messageChatDeletePhoto', notice('group_changed')],
	['messageChatSetTheme', notice('group_changed')],
	['messageChatSetBackground', notice('group_changed')],
	['messageChatAddMembers', members('add')],
	['messageChatJoinByLink', members('add')],
	['messageChatJoinByRequest', members('add')],
	['messageChatDeleteMember', members('remove')],
	['new_chat_members', members('add')],
	['left_chat_member', members('leave')],
	['messageChatSetMessageAutoDeleteTime', notice('disappearing_changed')],
	['messagePinMessage', notice('pinned')],
	['pinned_message', notice('pinned')],
	['messageContactRegistered', notice('unknown')],
	['messageScreenshotTaken', notice('unknown')],
];

const KINDS: ReadonlyMap<string, MessageKind> = new Map(
	TYPES.map(([name, kind]) => [name.split('/').map(plainName).join('/'), kind]),
);

/** The longest name that is looked up; those in the table are less than half as long. */
const LONGEST_NAME = 80;

/**
 * The kind of a message of this type.
 *
 * @param subtype from whatsapp-web.js, for example what happened to a group
 * @returns undefined for a type that is not in the table
 */
export function kindOf(type: string | null, subtype: string | null): MessageKind | undefined {
	if (type === null || type.length > LONGEST_NAME) return undefined;
	const name = plainName(type);
	if (isEdit(name)) return { event: 'message_edited' };
	// TDLib's own service messages of groups have no subtypes.
	const group = name === 'groupnotification' ? 'gp2' : name;
	const finer = subtype === null ? undefined : KINDS.get(`${group}/${plainName(subtype.slice(0, LONGEST_NAME))}`);
	return finer ?? KINDS.get(name);
}

/** Whether the name of a message's or webhook's type is that of an edit. */
export function isEdit(name: string): boolean {
	return /^(?:[a-z]{2,12}_)?(?:update)?_?(?:message)?_?edit/i.test(name.slice(0, LONGEST_NAME));
}

/** A name without what varies between sources. */
function plainName(written: string): string {
	const name = written.toLowerCase().replace(/[^a-z0-9]/g, '');
	return name === 'message' ? name : name.replace(/^message|message$/g, '');
}
