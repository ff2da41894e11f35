/** What a notice is about, in a few words that one can choose by. */
export type NoticeKind =
	'unreadable' | 'album' | 'media_copy' | 'group' | 'phone' | 'pinned' | 'security' | 'story' | 'other';

/** The finer word of a notice, and the kind that it belongs to. */
const KINDS = {
	// A person wrote, and this device will or did not get the words.
	unreadable: 'unreadable',
	// Its files come as messages of their own.
	album: 'album',
	// A better copy of a file that was delivered before.
	media_copy: 'media_copy',
	group_created: 'group',
	group_changed: 'group',
	group_deleted: 'group',
	group_members: 'group',
	join_requested: 'group',
	community_changed: 'group',
	number_changed: 'phone',
	identity_changed: 'phone',
	phone_shared: 'phone',
	phone_requested: 'phone',
	pinned: 'pinned',
	unpinned: 'pinned',
	kept: 'pinned',
	unkept: 'pinned',
	encryption: 'security',
	privacy_changed: 'security',
	story_mention: 'story',
	disappearing_changed: 'other',
	business_changed: 'other',
	payment_changed: 'other',
	calendar_changed: 'other',
	blocked: 'other',
	sync: 'other',
	bot: 'other',
	unknown: 'other',
} as const satisfies Record<string, NoticeKind>;

export type NoticeName = keyof typeof KINDS;

/** Why a message cannot be read, or what a file is a copy of. */
export type NoticeReason =
	| 'not_decrypted'
	| 'masked'
	| 'view_once'
	| 'too_new'
	| 'oversized'
	| 'payment'
	| 'empty'
	| 'encrypted'
	| 'hd'
	| 'motion';

/** What the messenger itself says; it needs no reply. */
export interface EventNotice {
	kind: NoticeKind;
	name: NoticeName;
	reason?: NoticeReason;
	/** WhatsApp's own number of a system message. */
	code?: number;
	/** WhatsApp's own word for it. */
	word?: string;
	/** How many files an album will have. */
	images?: number;
	videos?: number;
}

/** A notice by its finer word. */
export function noticeOf(name: NoticeName, more: Partial<EventNotice> = {}): EventNotice {
	return { kind: KINDS[name], name, ...more };
}
