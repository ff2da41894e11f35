import { grouped } from '../../../play/kinds';
import { samples } from '../../../samples';
import { Bytes, Long, Term } from './encode';
import { ciphertext, protocol, secret } from './parts';
import type { Fields, Row, Scene } from './scene';

/** What WhatsApp itself says in the place of a message (EVENTS.md 4.5); stubs have a table of their own. */
export const NOTICES = grouped<Row>('notices', {
	placeholderMessage: {
		says: 'A message that linked devices may not see',
		message: () => ({ placeholderMessage: { type: new Term(0, 'MASK_LINKED_DEVICES') } }),
	},
	noMessage: { says: 'A message without any content' },
	emptyMessage: { says: 'A message with empty content', message: () => ({}) },
	viewOnceWithoutContent: { says: 'A photo to be seen once, without the photo', key: () => ({ isViewOnce: true }) },
	keyDistributionAlone: {
		says: 'Keys of a group without any content',
		inGroup: true,
		message: ({ chat }) => ({
			senderKeyDistributionMessage: {
				groupId: chat,
				axolotlSenderKeyDistributionMessage: new Bytes(Buffer.alloc(40, 9)),
			},
		}),
	},
	peerCategory: {
		says: 'A message between the account and its own devices',
		own: true,
		message: (scene) => protocol(scene, 16, 'PEER_DATA_OPERATION_REQUEST_MESSAGE'),
		beside: () => ({ category: 'peer' }),
	},
	encCommentMessage: {
		says: 'A comment that cannot be read',
		message: (scene) => ({ encCommentMessage: { targetMessageKey: scene.targetKey(), ...ciphertext() } }),
	},
	encEventResponseMessage: {
		says: 'An answer to a calendar event that cannot be read',
		message: (scene) => ({
			encEventResponseMessage: { eventCreationMessageKey: scene.targetKey(), ...ciphertext() },
		}),
	},
	eventResponses: {
		says: 'An answer to a calendar event, as an update',
		as: 'messages.update',
		data: (scene) => [
			{
				key: scene.targetKey(),
				update: {
					eventResponses: [
						{
							eventResponseMessageKey: scene.key,
							senderTimestampMs: new Long(scene.seconds * 1000),
							response: new Term(1, 'GOING'),
						},
					],
				},
			},
		],
	},
	secretEventEdit: {
		says: 'A calendar event was changed',
		message: (scene) => ({ secretEncryptedMessage: secret(scene, new Term(1, 'EVENT_EDIT')) }),
	},
	scheduledCallEditMessage: {
		says: 'A planned call was called off',
		message: (scene) => ({
			scheduledCallEditMessage: { key: scene.targetKey(scene.isOwn), editType: new Term(1, 'CANCEL') },
		}),
	},
	requestPhoneNumberMessage: {
		says: 'Asked for the phone number',
		message: () => ({ requestPhoneNumberMessage: { contextInfo: {} } }),
	},
	pinInChat: { says: 'Pinned a message', message: (scene) => pin(scene, new Term(1, 'PIN_FOR_ALL')) },
	unpinInChat: { says: 'Unpinned a message', message: (scene) => pin(scene, new Term(2, 'UNPIN_FOR_ALL')) },
	keepInChat: { says: 'Kept a disappearing message', message: (scene) => keep(scene, new Term(1, 'KEEP_FOR_ALL')) },
	unkeepInChat: {
		says: 'Let a kept message disappear',
		message: (scene) => keep(scene, new Term(2, 'UNDO_KEEP_FOR_ALL')),
	},
	albumMessage: {
		says: 'An album is coming',
		message: () => ({ albumMessage: { expectedImageCount: 3, expectedVideoCount: 1 } }),
	},
	hdCopy: {
		says: 'The HD copy of a photo, marked in its context',
		message: (scene) => ({
			imageMessage: {
				...scene.file({ bytes: samples.jpeg(), mimeType: 'image/jpeg', kind: 'Image' }),
				contextInfo: {
					pairedMediaType: new Term(4, 'HD_IMAGE_CHILD'),
					stanzaId: scene.options.target ?? scene.idOf('target'),
				},
			},
		}),
	},
	statusNotificationMessage: {
		says: 'Somebody did something with a story',
		message: (scene) => ({
			statusNotificationMessage: {
				responseMessageKey: scene.key,
				originalMessageKey: scene.targetKey(),
				type: new Term(1, 'STATUS_ADD_YOURS'),
			},
		}),
	},
	statusStickerInteractionMessage: {
		says: 'Somebody tapped a sticker in a story',
		message: (scene) => ({
			statusStickerInteractionMessage: {
				key: scene.targetKey(),
				stickerKey: 'heart',
				type: new Term(1, 'REACTION'),
			},
		}),
	},
	messageHistoryBundle: {
		says: 'Earlier messages for a new member of a group',
		inGroup: true,
		message: (scene) => ({
			messageHistoryBundle: {
				...scene.file({ bytes: samples.zip(), mimeType: 'application/x-protobuf', kind: 'Document' }),
				messageHistoryMetadata: { messageCount: new Long(37), historyReceivers: [scene.me.lid] },
			},
		}),
	},
	messageHistoryNotice: {
		says: 'Earlier messages were shared with a new member',
		inGroup: true,
		message: () => ({ messageHistoryNotice: { messageHistoryMetadata: { messageCount: new Long(5) } } }),
	},
	stickerSyncRmrMessage: {
		says: 'Stickers are being synchronized',
		message: ({ seconds }) => ({
			stickerSyncRmrMessage: { filehash: ['abc'], rmrSource: 'sync', requestTimestamp: new Long(seconds) },
		}),
	},
	chatMessage: {
		says: 'A chat is being synchronized',
		message: ({ chat }) => ({ chat: { displayName: 'Family', id: chat } }),
	},
	unknownWithoutText: {
		says: 'A kind that nobody knows yet, without words',
		message: () => ({ holographicMessage: { depth: 3 } }),
	},
	...Object.fromEntries(
		(
			[
				[3, 'EPHEMERAL_SETTING', 'Disappearing messages were switched'],
				[4, 'EPHEMERAL_SYNC_RESPONSE', 'The timer of a chat is being synchronized'],
				[5, 'HISTORY_SYNC_NOTIFICATION', 'The history is being synchronized'],
				[6, 'APP_STATE_SYNC_KEY_SHARE', 'Keys are being synchronized'],
				[7, 'APP_STATE_SYNC_KEY_REQUEST', 'Keys are requested'],
				[8, 'MSG_FANOUT_BACKFILL_REQUEST', 'Messages are requested'],
				[9, 'INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC', 'Security settings are being synchronized'],
				[10, 'APP_STATE_FATAL_EXCEPTION_NOTIFICATION', 'Synchronizing failed'],
				[11, 'SHARE_PHONE_NUMBER', 'Shared the phone number'],
				[16, 'PEER_DATA_OPERATION_REQUEST_MESSAGE', 'A device asks the phone for data'],
				[17, 'PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE', 'The phone answers a device'],
				[18, 'REQUEST_WELCOME_MESSAGE', 'Asks a bot to say hello'],
				[19, 'BOT_FEEDBACK_MESSAGE', 'Feedback for a bot'],
				[20, 'MEDIA_NOTIFY_MESSAGE', 'A file is ready'],
				[21, 'CLOUD_API_THREAD_CONTROL_NOTIFICATION', 'A chat changed hands in the Cloud API'],
				[22, 'LID_MIGRATION_MAPPING_SYNC', 'Numbers and LIDs are being synchronized'],
				[23, 'REMINDER_MESSAGE', 'A reminder of a bot'],
				[24, 'BOT_MEMU_ONBOARDING_MESSAGE', 'A bot asks for a picture'],
				[25, 'STATUS_MENTION_MESSAGE', 'Mentioned in a story'],
				[26, 'STOP_GENERATION_MESSAGE', 'A bot is told to stop'],
				[27, 'LIMIT_SHARING', 'Advanced chat privacy was switched'],
				[28, 'AI_PSI_METADATA', 'Data of a bot'],
				[29, 'AI_QUERY_FANOUT', 'A question to a bot, copied'],
				[30, 'GROUP_MEMBER_LABEL_CHANGE', 'A label of a member changed'],
				[999, 'SOMETHING_NEW', 'A notice that nobody knows yet'],
			] as const
		).map(([number, word, says]): [string, Row] => [
			`protocol.${word}`,
			{ says, message: (scene) => protocol(scene, number, word) },
		]),
	),
});

function pin(scene: Scene, type: Term): Fields {
	return { pinInChatMessage: { key: scene.targetKey(), type, senderTimestampMs: new Long(scene.seconds * 1000) } };
}

function keep(scene: Scene, keepType: Term): Fields {
	return { keepInChatMessage: { key: scene.targetKey(), keepType, timestampMs: new Long(scene.seconds * 1000) } };
}
