import { grouped } from '../../../play/kinds';
import { wapioAccount } from '../seed';
import { Bytes, Long, Term } from './encode';
import type { Fields, Row, Scene } from './scene';

/** What people write, share and ask (EVENTS.md 4.1). */
export const MESSAGES = grouped<Row>('messages', {
	conversation: { says: 'A text', message: ({ text }) => ({ conversation: text }) },
	extendedTextMessage: {
		says: 'A text with the preview of a link',
		message: ({ text }) => ({
			extendedTextMessage: {
				text,
				matchedText: 'https://example.com/shop',
				title: 'The shop',
				description: 'Open until six',
				previewType: new Term(0, 'NONE'),
			},
		}),
	},
	inviteLink: {
		says: 'A text with the invitation link of a group',
		message: ({ text }) => ({
			extendedTextMessage: {
				text: `${text} https://chat.whatsapp.com/${wapioAccount.inviteCodes.team}`,
				matchedText: `https://chat.whatsapp.com/${wapioAccount.inviteCodes.team}`,
				title: 'Team & Friends',
				inviteLinkGroupTypeV2: new Term(0, 'DEFAULT'),
			},
		}),
	},
	emptyText: { says: 'A text without words', message: () => ({ extendedTextMessage: { text: '' } }) },
	locationMessage: {
		says: 'A place',
		message: ({ text }) => ({
			locationMessage: {
				degreesLatitude: -6.175392,
				degreesLongitude: 106.827153,
				name: 'National Monument',
				address: 'Central Jakarta',
				url: 'https://example.com/monas',
				comment: text,
			},
		}),
	},
	nullIsland: {
		says: 'A place at 0, 0',
		message: () => ({ locationMessage: { degreesLatitude: 0, degreesLongitude: 0 } }),
	},
	liveLocationMessage: {
		says: 'A live location',
		message: ({ text }) => ({
			liveLocationMessage: {
				degreesLatitude: -6.175392,
				degreesLongitude: 106.827153,
				accuracyInMeters: 12,
				speedInMps: 1.5,
				caption: text,
				sequenceNumber: new Long(1_700_000_000_001_000),
			},
		}),
	},
	contactMessage: {
		says: 'A contact card',
		message: (scene) => ({ contactMessage: card(scene, 'Budi Santoso', '6281200000002') }),
	},
	contactsArrayMessage: {
		says: 'Two contact cards',
		message: (scene) => ({
			contactsArrayMessage: {
				displayName: '2 contacts',
				contacts: [card(scene, 'Budi Santoso', '6281200000002'), card(scene, 'Sari Dewi', '6281200000003')],
			},
		}),
	},
	pollCreationMessage: { says: 'A poll', message: (scene) => ({ pollCreationMessage: poll(scene) }) },
	pollCreationMessageV2: {
		says: 'A poll, second form',
		message: (scene) => ({ pollCreationMessageV2: poll(scene) }),
	},
	pollCreationMessageV3: {
		says: 'A poll with one choice',
		message: (scene) => ({ pollCreationMessageV3: poll(scene, 1) }),
	},
	pollCreationMessageV5: {
		says: 'A poll, fifth form',
		message: (scene) => ({ pollCreationMessageV5: poll(scene, 1) }),
	},
	pollCreationMessageV6: { says: 'A poll, sixth form', message: (scene) => ({ pollCreationMessageV6: poll(scene) }) },
	eventMessage: { says: 'A calendar event', message: (scene) => ({ eventMessage: calendar(scene, false) }) },
	eventCanceled: {
		says: 'A calendar event that is called off',
		message: (scene) => ({ eventMessage: calendar(scene, true) }),
	},
	scheduledCallCreationMessage: {
		says: 'A planned call',
		message: ({ text, seconds }) => ({
			scheduledCallCreationMessage: {
				scheduledTimestampMs: new Long((seconds + 3600) * 1000),
				callType: new Term(2, 'VIDEO'),
				title: text,
			},
		}),
	},
	groupInviteMessage: {
		says: 'An invitation to a group',
		message: ({ text, seconds }) => ({
			groupInviteMessage: {
				groupJid: wapioAccount.groups.team,
				inviteCode: 'AbCdEfGh',
				inviteExpiration: new Long(seconds + 259_200),
				groupName: 'Team & Friends',
				caption: text,
			},
		}),
	},
	newsletterAdminInviteMessage: {
		says: 'An invitation to manage a channel',
		message: ({ text, seconds }) => ({
			newsletterAdminInviteMessage: {
				newsletterJid: wapioAccount.channel,
				newsletterName: 'Shop news',
				caption: text,
				inviteExpiration: new Long(seconds + 604_800),
			},
		}),
	},
	newsletterFollowerInviteMessage: {
		says: 'An invitation to follow a channel',
		message: ({ text }) => ({ newsletterFollowerInviteMessage: follow(text) }),
	},
	newsletterFollowerInviteMessageV2: {
		says: 'An invitation to follow a channel, second form',
		message: ({ text }) => ({ newsletterFollowerInviteMessageV2: follow(text) }),
	},
	richResponseMessage: {
		says: 'An answer of Meta AI',
		message: ({ text }) => ({
			richResponseMessage: {
				messageType: new Term(1, 'AI_RICH_RESPONSE_TYPE_STANDARD'),
				submessages: [
					{ messageType: new Term(2, 'AI_RICH_RESPONSE_TEXT'), messageText: text },
					{ messageType: new Term(2, 'AI_RICH_RESPONSE_TEXT'), messageText: 'Anything else?' },
				],
			},
		}),
	},
	statusQuestionAnswerMessage: {
		says: 'An answer to the question in a story',
		message: (scene) => ({ statusQuestionAnswerMessage: { key: scene.targetKey(), text: scene.text } }),
	},
	questionResponseMessage: {
		says: 'An answer to the question of a channel',
		message: (scene) => ({ questionResponseMessage: { key: scene.targetKey(), text: scene.text } }),
	},
	statusQuotedMessage: {
		says: 'An answer that quotes a story',
		message: (scene) => ({
			statusQuotedMessage: {
				type: new Term(1, 'QUESTION_ANSWER'),
				text: scene.text,
				originalStatusId: scene.targetKey(),
			},
		}),
	},
	commentMessage: {
		says: 'A comment on a message',
		message: (scene) => ({
			commentMessage: { message: { conversation: scene.text }, targetMessageKey: scene.targetKey() },
		}),
	},
	fromBusiness: {
		says: 'A text from a verified business',
		message: ({ text }) => ({ conversation: text }),
		beside: () => ({ verifiedBizName: 'Pizzeria Roma' }),
	},
	fromUsername: {
		says: 'A text from a person with a username',
		message: ({ text }) => ({ conversation: text }),
		key: () => ({ remoteJidUsername: 'amina' }),
	},
	ownLidInGroup: {
		says: 'An own text in a group that is not marked as own',
		inGroup: true,
		message: ({ text }) => ({ conversation: text }),
		key: ({ me }) => ({
			participant: me.lid,
			participantAlt: me.jid,
			participantPn: me.jid,
			participantLid: me.lid,
		}),
		beside: ({ me }) => ({ me: { id: me.jid, lid: me.lid } }),
	},
	groupHistory: {
		says: 'An earlier text of a group, for a new member',
		inGroup: true,
		message: ({ text }) => ({ conversation: text }),
		beside: () => ({ isGroupHistoryMessage: true }),
	},
	twoContents: {
		says: 'A text and a place side by side',
		message: ({ text }) => ({
			conversation: text,
			locationMessage: { degreesLatitude: 1, degreesLongitude: 2 },
			messageContextInfo: { deviceListMetadataVersion: 2 },
		}),
	},
	unknownWithText: {
		says: 'A kind that nobody knows yet, with words',
		message: ({ text }) => ({ holographicMessage: { text, depth: 3 } }),
	},
});

function card({ text }: Scene, name: string, phone: string): Fields {
	const lines = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:;${name};;;`,
		`FN:${name}`,
		'ORG:Toko Bunga\\, Jaya;',
		`item1.TEL;waid=${phone}:+${phone.slice(0, 2)} ${phone.slice(2)}`,
		'item1.X-ABLabel:Mobile',
		'EMAIL;type=WORK:shop@example.com',
		`NOTE:${text}`,
		'END:VCARD',
	];
	return { displayName: name, vcard: lines.join('\n') };
}

function poll({ text }: Scene, selectableOptionsCount = 0): Fields {
	return {
		encKey: new Bytes(Buffer.alloc(32, 7)),
		name: text,
		options: ['Morning', 'Afternoon', 'Evening'].map((optionName) => ({ optionName })),
		selectableOptionsCount,
	};
}

function calendar({ text, seconds }: Scene, isCanceled: boolean): Fields {
	return {
		isCanceled,
		name: text,
		description: 'Bring the samples',
		location: { degreesLatitude: -6.2, degreesLongitude: 106.8, name: 'Office' },
		joinLink: 'https://call.whatsapp.com/video/sandbox',
		startTime: new Long(seconds + 86_400),
		endTime: new Long(seconds + 90_000),
	};
}

function follow(caption: string): Fields {
	return { newsletterJid: wapioAccount.channel, newsletterName: 'Shop news', caption };
}
