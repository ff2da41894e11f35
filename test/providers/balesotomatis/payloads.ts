import type { IDataObject } from 'n8n-workflow';
import { EMPTY, file, hashed, type PayloadRow, unreadable } from '../../support/tables/trigger/payloads';

/*
 * What BalesOtomatis posts, and the events that they are. Written from the specification of the event, not from the code.
 */

const PHONE = '6281200000001';
const CHAT = `${PHONE}@c.us`;
const JID = `${PHONE}@s.whatsapp.net`;
const MEMBER = '6281234567890';
const LID = '184467440737095@lid';
const GROUP = '120363322806123456';
export const NUMBER = 'BO-2f8c1d7a9b3e4c5';

/** Each row has its own id: n8n starts one execution for each. */
let count = 0;
const newId = (): string => `3EB0${String(++count).padStart(18, '0')}`;

/** A message with every field that receivers read. */
export const text = (changes: IDataObject = {}): IDataObject => ({
	type: 'incoming_chat',
	data: {
		chat_id: CHAT,
		message_id: 'ABCDEF0123456789',
		message_body: 'Halo',
		name: 'Sari',
		is_from_me: false,
		has_media: false,
		media_name: null,
		media_mime: null,
		...changes,
	},
});

const usual = {
	event: 'message',
	type: 'text',
	text: 'Halo',
	sender: { id: CHAT, phone: PHONE, name: 'Sari', isMe: false },
	chat: { id: CHAT, type: 'private', phone: PHONE, address: JID },
	media: null,
	location: null,
	replyTo: null,
	timestamp: null,
	direction: 'incoming',
	device: NUMBER,
	provider: 'balesOtomatis',
	channel: 'whatsapp',
};

/** A message with a plain id, unless it is given. */
function row(name: string, changes: IDataObject, event: IDataObject): PayloadRow {
	const id = newId();
	return {
		name,
		body: text({ message_id: id, ...changes }),
		event: { ...usual, messageId: id, id, ...event },
	};
}

/** A message whose id has the form of WhatsApp's web client. */
function serialized(name: string, start: string, end: string, changes: IDataObject, event: IDataObject): PayloadRow {
	const whatsAppId = newId();
	const id = `${start}_${whatsAppId}${end}`;
	return {
		name,
		body: text({ message_id: id, ...changes }),
		event: { ...usual, messageId: id, id, whatsAppId, ...event },
	};
}

/** A message of which nothing can be read. */
function emptyRow(name: string, changes: IDataObject, more: IDataObject = {}): PayloadRow {
	const id = newId();
	return {
		name,
		body: text({ message_id: id, message_body: '', ...changes }),
		event: { ...usual, ...unreadable, messageId: id, id: `${id}:notice:unreadable`, notice: EMPTY, ...more },
	};
}

const attached = (mime: unknown, fileName: unknown): IDataObject => ({
	message_body: '',
	has_media: true,
	media_mime: mime as string,
	media_name: fileName as string,
});

const kinds: PayloadRow[] = [
	row('a text', {}, {}),
	row('a text of one digit, as a number', { message_body: 1 }, { text: '1' }),
	row('JSON that somebody wrote', { message_body: '{"a":1}' }, { text: '{"a":1}' }),
	emptyRow('no words and no file', {}),
	emptyRow('null for both', { message_body: null, has_media: null }),
	row('a photo', attached('image/jpeg', 'photo.jpg'), {
		type: 'image',
		text: null,
		media: file('image/jpeg', { fileName: 'photo.jpg' }),
	}),
	row(
		'a photo with a caption',
		{ ...attached('image/jpeg', 'photo.jpg'), message_body: 'Look' },
		{
			type: 'image',
			text: 'Look',
			media: file('image/jpeg', { fileName: 'photo.jpg', caption: 'Look' }),
		},
	),
	row('a voice note', attached('audio/ogg; codecs=opus', null), {
		type: 'audio',
		text: null,
		media: file('audio/ogg'),
	}),
	row('a video', attached('video/mp4', ''), { type: 'video', text: null, media: file('video/mp4') }),
	row('a document', attached('application/pdf', 'invoice.pdf'), {
		type: 'document',
		text: null,
		media: file('application/pdf', { fileName: 'invoice.pdf' }),
	}),
	row('a file without any details', attached(null, null), { type: 'document', text: null, media: file(null) }),
	row(
		'a file in the words of a form',
		{ ...attached(null, null), has_media: '1' },
		{
			type: 'document',
			text: null,
			media: file(null),
		},
	),
	row(
		'a file with only a name',
		{ ...attached(undefined, 'a.bin'), has_media: undefined },
		{
			type: 'document',
			text: null,
			media: file(null, { fileName: 'a.bin' }),
		},
	),
];

const people: PayloadRow[] = [
	row(
		'a number with the suffix of phones',
		{ chat_id: JID },
		{
			sender: { id: JID, phone: PHONE, name: 'Sari', isMe: false },
			chat: { id: JID, type: 'private', phone: PHONE, address: JID },
		},
	),
	row(
		'a number with a device',
		{ chat_id: `${PHONE}:4@c.us` },
		{
			sender: { id: `${PHONE}:4@c.us`, phone: PHONE, name: 'Sari', isMe: false },
			chat: { id: `${PHONE}:4@c.us`, type: 'private', phone: PHONE, address: JID },
		},
	),
	row(
		'a number without its suffix',
		{ chat_id: 6281200000001 },
		{
			sender: { id: PHONE, phone: PHONE, name: 'Sari', isMe: false },
			chat: { id: PHONE, type: 'private', phone: PHONE, address: JID },
		},
	),
	row(
		'a LID',
		{ chat_id: LID },
		{
			sender: { id: LID, phone: null, name: 'Sari', lid: LID, isMe: false },
			chat: { id: LID, type: 'private', lid: LID },
		},
	),
	row('no name', { name: null }, { sender: { id: CHAT, phone: PHONE, name: null, isMe: false } }),
	row(
		'a group',
		{ chat_id: `${GROUP}@g.us` },
		{
			sender: { id: null, phone: null, name: 'Sari', isMe: false },
			chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	row(
		'a group without its suffix',
		{ chat_id: GROUP, author: `${MEMBER}@c.us` },
		{
			sender: { id: `${MEMBER}@c.us`, phone: MEMBER, name: 'Sari', isMe: false },
			chat: { id: GROUP, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	row(
		'a group made before 2022',
		{ chat_id: '628156875832-1503123456@g.us' },
		{
			sender: { id: null, phone: null, name: 'Sari', isMe: false },
			chat: {
				id: '628156875832-1503123456@g.us',
				type: 'group',
				address: '628156875832-1503123456@g.us',
			},
		},
	),
	row(
		'a group with its author',
		{ chat_id: `${GROUP}@g.us`, author: `${MEMBER}@c.us` },
		{
			sender: { id: `${MEMBER}@c.us`, phone: MEMBER, name: 'Sari', isMe: false },
			chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	row(
		'a group whose author is a LID',
		{ chat_id: `${GROUP}@g.us`, author: LID },
		{
			sender: { id: LID, phone: null, name: 'Sari', lid: LID, isMe: false },
			chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	row(
		'a channel',
		{ chat_id: '120363098765432109@newsletter' },
		{
			sender: { id: null, phone: null, name: 'Sari', isMe: false },
			chat: { id: '120363098765432109@newsletter', type: 'channel' },
		},
	),
	row(
		'a story',
		{ chat_id: 'status@broadcast', author: CHAT },
		{
			chat: { id: 'status@broadcast', type: 'story' },
			isStory: true,
		},
	),
	row(
		'a list of readers, which is private to each',
		{ chat_id: '1789162034@broadcast', author: CHAT },
		{
			isBroadcast: true,
		},
	),
	row(
		'an own message',
		{ is_from_me: true },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Sari', isMe: true },
		},
	),
	row(
		'an own message in the words of a form',
		{ is_from_me: 'true' },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Sari', isMe: true },
		},
	),
	row(
		'an own message in a group',
		{ chat_id: `${GROUP}@g.us`, is_from_me: 1, author: `${MEMBER}@c.us` },
		{
			direction: 'outgoing',
			sender: { id: `${MEMBER}@c.us`, phone: MEMBER, name: 'Sari', isMe: true },
			chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	row(
		'an own story',
		{ chat_id: 'status@broadcast', is_from_me: true, author: null },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Sari', isMe: true },
			chat: { id: 'status@broadcast', type: 'story' },
			isStory: true,
		},
	),
	row('a message without a known sender', { is_from_me: null }, { sender: { id: CHAT, phone: PHONE, name: 'Sari' } }),
	row(
		'no chat',
		{ chat_id: null },
		{
			sender: { id: null, phone: null, name: 'Sari', isMe: false },
			chat: { id: null, type: 'unknown' },
		},
	),
];

const ids: PayloadRow[] = [
	serialized('an id with the chat in it', `false_${CHAT}`, '', {}, {}),
	serialized(
		'an id with the author in it',
		`false_${GROUP}@g.us`,
		`_${MEMBER}@c.us`,
		{ chat_id: `${GROUP}@g.us` },
		{
			sender: { id: `${MEMBER}@c.us`, phone: MEMBER, name: 'Sari', isMe: false },
			chat: { id: `${GROUP}@g.us`, type: 'group', address: `${GROUP}@g.us` },
		},
	),
	serialized(
		'an id that alone says that it is own',
		`true_${CHAT}`,
		'',
		{ is_from_me: undefined },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Sari', isMe: true },
		},
	),
	serialized('an id that alone names the chat', `false_${CHAT}`, '', { chat_id: undefined }, {}),
	row('an id under another name', { message_id: undefined, id: 'OTHER1' }, { messageId: 'OTHER1', id: 'OTHER1' }),
	row(
		'an id as the web client has it',
		{ message_id: { _serialized: 'OTHER2', fromMe: false } },
		{
			messageId: 'OTHER2',
			id: 'OTHER2',
		},
	),
	row('no id', { message_id: null }, { messageId: null, id: hashed }),
	row('a time in seconds', { timestamp: 1_689_930_829 }, { timestamp: '2023-07-21T09:13:49.000Z' }),
	row('a date without a zone', { timestamp: '2023-07-21 16:13:49' }, { timestamp: '2023-07-21T09:13:49.000Z' }),
	row('a time that is none', { timestamp: 'today' }, { unread: ['timestamp'] }),
];

const parts: PayloadRow[] = [
	row('the parts of WhatsApp', { message_body: null, message: { conversation: 'In parts' } }, { text: 'In parts' }),
	row(
		'a reaction in parts',
		{ message_id: 'OWN1', message: { reactionMessage: { text: '👍', key: { id: 'A1' } } } },
		{
			event: 'message_reaction',
			type: 'reaction',
			text: '👍',
			messageId: 'OWN1',
			id: 'OWN1',
			replyTo: 'A1',
			target: { messageId: 'A1' },
			reaction: { emoji: '👍' },
		},
	),
	emptyRow('a deletion under a name that nobody knows', { is_deleted: true }, { unread: ['is_deleted'] }),
	row('an edit under a name that nobody knows', { edited_at: 5 }, { unread: ['edited_at'] }),
];

/** Events that are no message of a known type. */
const others: PayloadRow[] = [
	{
		name: 'a message without the name of its type',
		body: { data: { chat_id: CHAT, message_body: 'Halo', name: 'Sari', is_from_me: false, message_id: 'TYPE1' } },
		event: { ...usual, messageId: 'TYPE1', id: 'TYPE1' },
	},
	{
		name: 'a message whose fields are at the top',
		body: {
			type: 'incoming_chat',
			chat_id: CHAT,
			message_body: 'Halo',
			name: 'Sari',
			is_from_me: false,
			id: 'TYPE2',
		},
		event: { ...usual, messageId: 'TYPE2', id: 'TYPE2' },
	},
	{
		name: 'a message as JSON',
		body: { ...text(), data: JSON.stringify({ ...(text().data as IDataObject), message_id: 'TYPE3' }) },
		event: { ...usual, messageId: 'TYPE3', id: 'TYPE3' },
	},
	{
		name: 'something next to the message',
		body: { ...text({ message_id: 'TYPE4' }), more: { a: 1 } },
		event: { ...usual, messageId: 'TYPE4', id: 'TYPE4', unread: ['more'] },
	},
	{
		name: 'a chat without a message',
		body: { type: 'incoming_chat' },
		event: {
			...usual,
			...unreadable,
			messageId: null,
			id: hashed,
			sender: { id: null, phone: null, name: null },
			chat: { id: null, type: 'unknown' },
			notice: EMPTY,
		},
	},
	...[
		{ type: 'message_status', data: { chat_id: CHAT, status: 'read' } },
		{ type: 'message_deleted', data: { chat_id: CHAT, message_id: 'A1' } },
	].map((body) => ({
		name: `an event of the type ${body.type}`,
		body,
		event: {
			...usual,
			event: 'unknown',
			type: 'unknown',
			text: null,
			messageId: null,
			id: hashed,
			sender: { id: null, phone: null, name: null },
			chat: { id: null, type: 'unknown' },
			unread: ['data'],
		},
	})),
];

export const payloads: PayloadRow[] = [...kinds, ...people, ...ids, ...parts, ...others];
