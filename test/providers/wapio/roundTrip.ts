import type { RecordedRequest } from '../../support/scriptedServer';
import { byId, inJson, type RoundTrip, same } from '../../support/roundTrip';

const jid = (digits: string): string => `${digits}@s.whatsapp.net`;
const list = (value: string): string[] => [value];
/** A segment of the path, decoded. */
const inPath =
	(index: number) =>
	({ path }: RecordedRequest): unknown =>
		decodeURIComponent(path.split('/')[index + 1] ?? '');

const text = { resource: 'message', operation: 'sendText', text: 'Hello' };
const PERSON = 'Send Text: Phone Number';
const GROUP = 'Send Text: Group';

/** An event's key. */
const withKey = (key: Record<string, unknown>) => ({ data: { messages: { key } } });
const NOBODY = { senderPn: null, cleanedSenderPn: null, senderLid: null, remoteJidAlt: null };

/** Wapio's fields that take values of its events. */
export const wapioRoundTrip: RoundTrip = {
	fields: [
		{
			title: PERSON,
			parameters: (phoneNumber) => ({ ...text, sendTo: 'person', phoneNumber }),
			sent: inJson('to'),
			takes: { person: same, lid: same },
		},
		{
			title: GROUP,
			parameters: (group) => ({ ...text, sendTo: 'group', group: byId(group) }),
			sent: inJson('to'),
			takes: { group: same },
		},
		{
			title: 'Channel, Send Text: Channel',
			parameters: (channel) => ({
				resource: 'channel',
				operation: 'sendText',
				channel: byId(channel),
				text: 'Hello',
			}),
			sent: inJson('channel_id'),
			takes: { channel: same },
		},
		{
			title: 'Send Text: Reply to Message ID',
			parameters: (replyToMessageId) => ({
				...text,
				sendTo: 'person',
				phoneNumber: '6281234567890',
				options: { replyToMessageId },
			}),
			sent: inJson('quoted_message_id'),
			takes: { message: same, delivery: same },
		},
		{
			title: 'Send Text: Mentions',
			parameters: (mentions) => ({
				...text,
				sendTo: 'group',
				group: byId('120363000000000001@g.us'),
				options: { mentions },
			}),
			sent: inJson('mentions'),
			takes: { person: (digits) => [jid(digits)], lid: list },
		},
		{
			title: 'Update Presence: Phone Number',
			parameters: (phoneNumber) => ({
				resource: 'message',
				operation: 'updatePresence',
				sendTo: 'person',
				phoneNumber,
				presence: 'composing',
			}),
			sent: inJson('to'),
			takes: { person: same, lid: same },
		},
		{
			title: 'Mark as Read: Chat',
			parameters: (chatJid) => ({
				resource: 'message',
				operation: 'markAsRead',
				messageIds: '3EB0A',
				chatJid: byId(chatJid),
			}),
			sent: inJson('chat_jid'),
			takes: { person: jid, lid: same, group: same, channel: same },
		},
		{
			title: 'Mark as Read: Message IDs',
			parameters: (messageIds) => ({
				resource: 'message',
				operation: 'markAsRead',
				messageIds,
				chatJid: byId('6281234567890'),
			}),
			sent: inJson('message_ids'),
			takes: { message: list, delivery: list },
		},
		...(['getInfo', 'edit', 'delete'] as const).map((operation) => ({
			title: `${operation}: Message ID`,
			parameters: (messageId: string) => ({ resource: 'message', operation, messageId, text: 'Hello' }),
			sent: inPath(2),
			takes: { message: same, delivery: same },
		})),
		{
			title: 'Add Participants: Phone Number',
			parameters: (phoneNumber) => ({
				resource: 'group',
				operation: 'addParticipants',
				group: byId('120363000000000001@g.us'),
				participants: { participant: [{ phoneNumber }] },
			}),
			sent: inJson('participants'),
			takes: { person: list, lid: list },
		},
		{
			title: 'Get Profile Picture: Contact',
			parameters: (contact) => ({ resource: 'contact', operation: 'getPicture', contact: byId(contact) }),
			sent: inPath(2),
			takes: { person: jid, lid: same, group: same },
		},
		{
			title: 'Block: Contact',
			parameters: (contact) => ({ resource: 'contact', operation: 'block', contact: byId(contact) }),
			sent: inPath(2),
			takes: { person: same },
		},
		{
			title: 'Get Phone by LID: LID',
			parameters: (lid) => ({ resource: 'contact', operation: 'getPhoneByLid', lid }),
			sent: inPath(2),
			takes: { lid: same },
		},
		{
			title: 'Get LID by Phone: Phone Number',
			parameters: (phoneNumber) => ({ resource: 'contact', operation: 'getLidByPhone', phoneNumber }),
			sent: inPath(2),
			takes: { person: same },
		},
	],
	senders: [
		{
			who: 'a person',
			event: 'text',
			overrides: withKey({ ...NOBODY, remoteJid: '6281234567890@s.whatsapp.net' }),
			answers: [
				['chat.address', PERSON, '6281234567890'],
				['chat.id', PERSON, '6281234567890'],
				['sender.phone', PERSON, '6281234567890'],
				['chat.address', 'Mark as Read: Chat', '6281234567890@s.whatsapp.net'],
			],
		},
		...[
			['with a retired number', '22507123456@s.whatsapp.net', '22507123456'],
			['with a Mexican 1', '5215512345678@s.whatsapp.net', '5215512345678'],
			['without the Brazilian 9', '551187654321@c.us', '551187654321'],
			['on another device', '6281234567890:7@s.whatsapp.net', '6281234567890'],
			['hosted by Meta', '15551234567@hosted', '15551234567'],
			['whose country nobody knows', '99912345678@s.whatsapp.net', '99912345678'],
		].map(([who = '', remoteJid = '', digits = '']) => ({
			who: `a person ${who}`,
			event: 'text',
			overrides: withKey({ ...NOBODY, remoteJid }),
			answers: [
				['chat.address', PERSON, digits],
				['chat.id', PERSON, digits],
			] as Array<[string, string, unknown]>,
		})),
		{
			who: 'a person known by LID alone',
			event: 'text',
			overrides: withKey({ ...NOBODY, remoteJid: '203948576102938@lid' }),
			answers: [
				['chat.address', PERSON, '203948576102938@lid'],
				['chat.id', PERSON, '203948576102938@lid'],
				['sender.lid', PERSON, '203948576102938@lid'],
				['chat.address', 'Mark as Read: Chat', '203948576102938@lid'],
				['sender.lid', 'Get Phone by LID: LID', '203948576102938@lid'],
			],
		},
		{
			who: 'a person known by LID alone, on another device',
			event: 'text',
			overrides: withKey({ ...NOBODY, remoteJid: '203948576102938:7@lid' }),
			answers: [
				['chat.address', PERSON, '203948576102938@lid'],
				['chat.id', PERSON, '203948576102938@lid'],
			],
		},
		{
			who: 'a person known by LID and number',
			event: 'text',
			overrides: withKey({
				...NOBODY,
				remoteJid: '203948576102938@lid',
				senderPn: '5491123456789@s.whatsapp.net',
			}),
			answers: [
				['chat.address', PERSON, '5491123456789'],
				['sender.phone', PERSON, '5491123456789'],
				['sender.lid', PERSON, '203948576102938@lid'],
			],
		},
		{
			who: 'a member of a group',
			event: 'group',
			overrides: withKey({
				remoteJid: '120363000000000001@g.us',
				participant: '203948576102938@lid',
				participantPn: '22997123456@s.whatsapp.net',
			}),
			answers: [
				['chat.address', GROUP, '120363000000000001@g.us'],
				['chat.id', GROUP, '120363000000000001@g.us'],
				['chat.address', 'Mark as Read: Chat', '120363000000000001@g.us'],
				['sender.phone', PERSON, '22997123456'],
				['sender.phone', 'Add Participants: Phone Number', ['22997123456']],
				['sender.lid', 'Add Participants: Phone Number', ['203948576102938@lid']],
				['sender.phone', 'Send Text: Mentions', ['22997123456@s.whatsapp.net']],
			],
		},
		{
			who: 'a member of an old group',
			event: 'group',
			overrides: withKey({ remoteJid: '6281234567890-1612345678@g.us' }),
			answers: [['chat.address', GROUP, '6281234567890-1612345678@g.us']],
		},
		{
			who: 'a channel',
			event: 'channel',
			overrides: withKey({ remoteJid: '120363000000000000@newsletter' }),
			answers: [['chat.address', 'Channel, Send Text: Channel', '120363000000000000@newsletter']],
		},
		{
			who: 'somebody whose message is answered',
			event: 'text',
			overrides: withKey({ id: '3EB0C431C26A1916E07E' }),
			answers: [
				['messageId', 'Send Text: Reply to Message ID', '3EB0C431C26A1916E07E'],
				['messageId', 'Mark as Read: Message IDs', ['3EB0C431C26A1916E07E']],
			],
		},
	],
};
