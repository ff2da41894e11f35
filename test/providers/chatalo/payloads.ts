import type { IDataObject } from 'n8n-workflow';
import { EMPTY, file, hashed, type PayloadRow, unreadable } from '../../support/tables/trigger/payloads';
import { DEVICE, GROUP, PHONE } from './contracts/samples';

/*
 * What Chatalo posts, and the events that they are. Written from the specification of the event, not from the code.
 */

const JID = `${PHONE}@s.whatsapp.net`;
const LID = '184467440737095@lid';
const OLD_GROUP = '628156875832-1503123456';
const person = { name: 'Budi', number: PHONE, in_group: false, group_id: null };

/** The API reference's example with a text, and without a file. */
export const text = (changes: IDataObject = {}): IDataObject => ({
	device_id: DEVICE,
	chat_id: 'D073D8B1234',
	sender: person,
	from_me: false,
	is_forwarded: false,
	is_sticker: false,
	timestamp: 1_689_930_829,
	broadcast: false,
	message: 'Halo',
	has_media: false,
	media_info: { mimetype: null, file_encoded: null },
	location_attached: { latitude: null, longitude: null },
	...changes,
});

const usual = {
	event: 'message',
	type: 'text',
	text: 'Halo',
	sender: { id: PHONE, phone: PHONE, name: 'Budi', isMe: false },
	chat: { id: PHONE, type: 'private', phone: PHONE, address: JID },
	media: null,
	location: null,
	replyTo: null,
	timestamp: '2023-07-21T09:13:49.000Z',
	direction: 'incoming',
	messageId: null,
	device: DEVICE,
	provider: 'chatalo',
	id: hashed,
	channel: 'whatsapp',
	isForwarded: false,
};

const row = (name: string, changes: IDataObject, event: IDataObject): PayloadRow => ({
	name,
	body: text(changes),
	event: { ...usual, ...event },
});

const from = (number: unknown, more: IDataObject = {}): IDataObject => ({
	sender: { ...person, number: number as string, ...more },
});

const inGroup = (id: unknown, number: unknown = PHONE): IDataObject =>
	from(number, { in_group: true, group_id: id as string });

/** A file as the webhook describes it. */
const attached = (mimetype: unknown, more: IDataObject = {}): IDataObject => ({
	message: false,
	has_media: true,
	media_info: { mimetype: mimetype as string, file_encoded: 'eyJpdiI6' },
	...more,
});

const place = (latitude: unknown, longitude: unknown): IDataObject => ({
	message: false,
	location_attached: { latitude, longitude },
});

const reference = 'eyJpdiI6';
const notice = { ...unreadable, notice: EMPTY };

const kinds: PayloadRow[] = [
	row('a text', {}, {}),
	row('a text of one digit, as a number', { message: 1 }, { text: '1' }),
	row('a text in a list of one', { message: ['Halo'] }, {}),
	row('JSON that somebody wrote', { message: '{"conversation":"x"}' }, { text: '{"conversation":"x"}' }),
	row('no text and nothing else', { message: false }, { ...notice }),
	row('an empty text', { message: '' }, { ...notice }),
	row('no message at all', { message: undefined }, { ...notice }),
	row('a photo', attached('image\\/jpeg'), {
		type: 'image',
		text: null,
		media: file('image/jpeg', { reference }),
	}),
	row('a photo with a caption', attached('image\\/jpeg', { message: 'Look' }), {
		type: 'image',
		text: 'Look',
		media: file('image/jpeg', { reference, caption: 'Look' }),
	}),
	row('a video', attached('video\\/mp4'), { type: 'video', text: null, media: file('video/mp4', { reference }) }),
	row('a voice note', attached('audio\\/ogg; codecs=opus'), {
		type: 'audio',
		text: null,
		media: file('audio/ogg', { reference }),
	}),
	row('a document', attached('application/pdf'), {
		type: 'document',
		text: null,
		media: file('application/pdf', { reference }),
	}),
	row('a file of no known type', attached(null), { type: 'document', text: null, media: file(null, { reference }) }),
	row('a file without any details', attached(null, { media_info: null }), {
		type: 'document',
		text: null,
		media: file(null),
	}),
	row('a file with only a reference', attached('image/png', { has_media: null }), {
		type: 'image',
		text: null,
		media: file('image/png', { reference }),
	}),
	row('a MIME type that is none', attached('image'), {
		type: 'document',
		text: null,
		media: file(null, { reference }),
	}),
	row('a sticker', attached('image\\/webp', { is_sticker: true }), {
		type: 'sticker',
		text: null,
		media: file('image/webp', { reference }),
	}),
	row(
		'a sticker without its file',
		{ message: false, is_sticker: 1 },
		{ type: 'sticker', text: null, media: file(null) },
	),
	row('a place', place(-6.175392, 106.827153), {
		type: 'location',
		text: null,
		location: { latitude: -6.175392, longitude: 106.827153 },
	}),
	row('the place 0/0', place(0, 0), { type: 'location', text: null, location: { latitude: 0, longitude: 0 } }),
	row('a place in texts', place('-6.2', '106.8'), {
		type: 'location',
		text: null,
		location: { latitude: -6.2, longitude: 106.8 },
	}),
	row('half a place', place(-6.2, null), { ...notice }),
	row(
		'a place that is none',
		{ location_attached: { latitude: 'here', longitude: 'there' } },
		{
			unread: ['location_attached.latitude', 'location_attached.longitude'],
		},
	),
	row(
		'a text with a place',
		{ location_attached: { latitude: 1, longitude: 2 } },
		{
			type: 'location',
			location: { latitude: 1, longitude: 2 },
		},
	),
];

const people: PayloadRow[] = [
	row('a number with its suffix', from(`${PHONE}@c.us`), {
		sender: { id: `${PHONE}@c.us`, phone: PHONE, name: 'Budi', isMe: false },
		chat: { id: `${PHONE}@c.us`, type: 'private', phone: PHONE, address: JID },
	}),
	row('a number with a device', from(`${PHONE}:12@s.whatsapp.net`), {
		sender: { id: `${PHONE}:12@s.whatsapp.net`, phone: PHONE, name: 'Budi', isMe: false },
		chat: { id: `${PHONE}:12@s.whatsapp.net`, type: 'private', phone: PHONE, address: JID },
	}),
	row('a number that is a number', from(6281234567890), {}),
	row('a number of 14 digits that Indonesia has', from('62895413591234'), {
		sender: { id: '62895413591234', phone: '62895413591234', name: 'Budi', isMe: false },
		chat: {
			id: '62895413591234',
			type: 'private',
			phone: '62895413591234',
			address: '62895413591234@s.whatsapp.net',
		},
	}),
	row('a number that no numbering plan knows', from('22501234567'), {
		sender: { id: '22501234567', phone: '22501234567', name: 'Budi', isMe: false },
		chat: { id: '22501234567', type: 'private', phone: '22501234567', address: '22501234567@s.whatsapp.net' },
	}),
	row('a LID', from(LID), {
		sender: { id: LID, phone: null, name: 'Budi', lid: LID, isMe: false },
		chat: { id: LID, type: 'private', lid: LID },
	}),
	row('a LID without its suffix', from('184467440737095'), {
		sender: { id: '184467440737095', phone: null, name: 'Budi', lid: LID, isMe: false },
		chat: { id: '184467440737095', type: 'private', lid: LID },
	}),
	row('a sender without a number', from(null), {
		sender: { id: null, phone: null, name: 'Budi', isMe: false },
		chat: { id: null, type: 'unknown' },
	}),
	row('a sender without a name', from(PHONE, { name: undefined }), {
		sender: { id: PHONE, phone: PHONE, name: null, isMe: false },
	}),
	row(
		'a sender that is the number alone',
		{ sender: PHONE },
		{
			sender: { id: PHONE, phone: PHONE, name: null, isMe: false },
		},
	),
	row('a group', inGroup(GROUP), { chat: { id: GROUP, type: 'group', address: `${GROUP}@g.us` } }),
	row('a group with its suffix', inGroup(`${GROUP}@g.us`), {
		chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
	}),
	row('a group made before 2022', inGroup(OLD_GROUP), {
		chat: { id: OLD_GROUP, type: 'group', address: `${OLD_GROUP}@g.us` },
	}),
	row('a group that is not named', inGroup(null), { chat: { id: null, type: 'group' } }),
	row('a group with only an id', from(PHONE, { in_group: undefined, group_id: GROUP }), {
		chat: { id: GROUP, type: 'group', address: `${GROUP}@g.us` },
	}),
	row('a LID in a group', inGroup(GROUP, LID), {
		sender: { id: LID, phone: null, name: 'Budi', lid: LID, isMe: false },
		chat: { id: GROUP, type: 'group', address: `${GROUP}@g.us` },
	}),
	row('a group in place of the number', from(`${GROUP}@g.us`), {
		sender: { id: null, phone: null, name: 'Budi', isMe: false },
		chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
	}),
	row('a story', from('status@broadcast'), {
		sender: { id: null, phone: null, name: 'Budi', isMe: false },
		chat: { id: 'status@broadcast', type: 'story' },
		isStory: true,
	}),
	row('a channel', from('120363098765432109@newsletter'), {
		sender: { id: null, phone: null, name: 'Budi', isMe: false },
		chat: { id: '120363098765432109@newsletter', type: 'channel' },
	}),
	row('a broadcast, which is private to its readers', { broadcast: true }, { isBroadcast: true }),
	row(
		'an own broadcast',
		{ broadcast: true, from_me: true },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Budi', isMe: true },
			chat: { id: PHONE, type: 'broadcast' },
			isBroadcast: true,
		},
	),
	row(
		'an own message',
		{ from_me: true },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Budi', isMe: true },
		},
	),
	row(
		'an own message in a group',
		{ ...inGroup(GROUP), from_me: 1 },
		{
			direction: 'outgoing',
			sender: { id: PHONE, phone: PHONE, name: 'Budi', isMe: true },
			chat: { id: GROUP, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	row('a message without a known sender', { from_me: null }, { sender: { id: PHONE, phone: PHONE, name: 'Budi' } }),
	row('a forwarded message', { is_forwarded: true }, { isForwarded: true }),
];

const times: PayloadRow[] = [
	row('a time in milliseconds', { timestamp: 1_689_930_829_123 }, { timestamp: '2023-07-21T09:13:49.123Z' }),
	row('a time in a text', { timestamp: ' 1689930829 ' }, {}),
	row('a date without a zone', { timestamp: '2023-07-21 16:13:49' }, {}),
	row('no time', { timestamp: undefined }, { timestamp: null }),
	row('a time that is none', { timestamp: 'today' }, { timestamp: null, unread: ['timestamp'] }),
];

const parts: PayloadRow[] = [
	row('the parts of WhatsApp in place of the text', { message: { conversation: 'In parts' } }, { text: 'In parts' }),
	row(
		'a photo in parts, with the reference next to them',
		attached('image\\/jpeg', { message: { imageMessage: { caption: 'Look', mimetype: 'image/jpeg' } } }),
		{ type: 'image', text: 'Look', media: file('image/jpeg', { reference, caption: 'Look' }) },
	),
	row(
		'the answer to a button in parts',
		{ message: { buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Yes' } } },
		{ text: 'Yes', interactive: { kind: 'button_reply', id: 'b1', title: 'Yes' } },
	),
	row(
		'a deleted message in parts, in a group',
		{
			...inGroup(GROUP),
			key: { id: '3EB01' },
			message: { protocolMessage: { type: 0, key: { id: '3EB00' } } },
		},
		{
			event: 'message_deleted',
			type: 'unknown',
			text: null,
			id: '3EB00:deleted',
			messageId: '3EB01',
			chat: { id: GROUP, type: 'group', address: `${GROUP}@g.us` },
			replyTo: '3EB00',
			target: { messageId: '3EB00' },
		},
	),
	row('parts that say nothing, next to a file', attached('image/png', { message: { foo: { a: 1 } } }), {
		type: 'image',
		text: null,
		media: file('image/png', { reference }),
	}),
	row(
		'a reaction under a name that nobody knows',
		{ message: false, reaction: { text: '👍' } },
		{
			type: 'unknown',
			text: '👍',
			unread: ['reaction'],
		},
	),
	row(
		'a deletion under a name that nobody knows',
		{ message: false, is_deleted: true },
		{ ...notice, unread: ['is_deleted'] },
	),
	row('an edit under a name that nobody knows', { is_edited: true }, { unread: ['is_edited'] }),
];

export const payloads: PayloadRow[] = [...kinds, ...people, ...times, ...parts];
