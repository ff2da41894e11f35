import type { IDataObject } from 'n8n-workflow';
import { EMPTY, file, hashed, type PayloadRow, unreadable } from '../../support/tables/trigger/payloads';

/*
 * What Whacenter posts, and the events that they are. Written from the specification of the event, not from the code.
 */

const PHONE = '6281200000001';
const OWN = '6285170000011';
const JID = `${PHONE}@s.whatsapp.net`;
const LID = '203948576102938@lid';
const GROUP = '120363037968123456';
const OLD_GROUP = '628156875832-1503123456';

/** A payload as it was observed in use. */
export const text = (changes: IDataObject = {}): IDataObject => ({
	pushName: 'Ahmad',
	from: PHONE,
	to: OWN,
	message: 'Halo',
	media: null,
	is_group: false,
	timestamp: '2035-01-01 00:30:00',
	source: 'WHACENTER',
	ad_reply: null,
	...changes,
});

const usual = {
	event: 'message',
	type: 'text',
	text: 'Halo',
	sender: { id: PHONE, phone: PHONE, name: 'Ahmad', isMe: false },
	chat: { id: PHONE, type: 'private', phone: PHONE, address: JID },
	media: null,
	location: null,
	replyTo: null,
	// 00:30 in UTC+7
	timestamp: '2034-12-31T17:30:00.000Z',
	direction: 'incoming',
	messageId: null,
	device: OWN,
	provider: 'whacenter',
	id: hashed,
	channel: 'whatsapp',
};

const row = (name: string, changes: IDataObject, event: IDataObject): PayloadRow => ({
	name,
	body: text(changes),
	event: { ...usual, ...event },
});

/** What differs in a message whose sender is not named, only the group. */
const ofGroup = (id: string): IDataObject => ({
	sender: { id: null, phone: null, name: 'Ahmad' },
	chat: { id, type: 'group' },
});

/** The usual sender under another form of the number. */
const writtenAs = (id: string): IDataObject => ({
	sender: { id, phone: PHONE, name: 'Ahmad', isMe: false },
	chat: { id, type: 'private', phone: PHONE, address: JID },
});

const notice = { ...unreadable, notice: EMPTY };
const ADDRESS = 'https://app.whacenter.com/media/bird.jpg';
const ad = { source_type: 'ad', source_id: '120200000000000001', source_url: 'https://fb.me/1' };

/** A file alone. */
const attached = (
	media: unknown,
	type: string,
	expected: IDataObject,
	unread?: string[],
): [IDataObject, IDataObject] => [
	{ message: '', media: media as IDataObject },
	{ type, text: null, media: expected, ...(unread ? { unread } : {}) },
];

const kinds: PayloadRow[] = [
	row('a text', {}, {}),
	row('a text of one digit, as a number', { message: 1 }, { text: '1' }),
	row('JSON that somebody wrote', { message: '{"conversation":"x"}' }, { text: '{"conversation":"x"}' }),
	row('an address that somebody wrote', { message: ADDRESS }, { text: ADDRESS }),
	row('no words and no file', { message: '' }, { ...notice }),
	row('null for both', { message: null }, { ...notice }),
	row('spaces alone', { message: ' \n ' }, { ...notice }),
	row('an empty file next to a text', { media: '' }, {}),
	row('a photo', ...attached(ADDRESS, 'image', file('image/jpeg', { url: ADDRESS, fileName: 'bird.jpg' }))),
	row(
		'a photo with a caption',
		{ message: 'Look', media: ADDRESS },
		{
			type: 'image',
			text: 'Look',
			media: file('image/jpeg', { url: ADDRESS, fileName: 'bird.jpg', caption: 'Look' }),
		},
	),
	row(
		'a sticker',
		...attached(
			'https://example.com/s.webp?x=1',
			'sticker',
			file('image/webp', { url: 'https://example.com/s.webp?x=1', fileName: 's.webp' }),
		),
	),
	row(
		'a voice note',
		...attached(
			'https://example.com/a.ogg',
			'audio',
			file('audio/ogg', { url: 'https://example.com/a.ogg', fileName: 'a.ogg' }),
		),
	),
	row(
		'a video',
		...attached(
			'https://example.com/v.mp4',
			'video',
			file('video/mp4', { url: 'https://example.com/v.mp4', fileName: 'v.mp4' }),
		),
	),
	row(
		'an address that a program answers',
		...attached(
			'https://example.com/get.php',
			'document',
			file(null, { url: 'https://example.com/get.php', fileName: 'get.php' }),
		),
	),
	row(
		'an address without a name',
		...attached('https://example.com/1', 'document', file(null, { url: 'https://example.com/1' })),
	),
	row(
		'what the API reference writes in place of an address',
		{ media: 'url' },
		{
			type: 'document',
			media: file(null, { url: 'url', caption: 'Halo' }),
		},
	),
	row(
		'a file as an object',
		...attached(
			{ url: 'https://example.com/1', mimetype: 'image/png; q=1', filename: 'photo.png' },
			'image',
			file('image/png', { url: 'https://example.com/1', fileName: 'photo.png' }),
		),
	),
	row(
		'a file as an object under other names',
		...attached(
			{ link: 'https://example.com/1', mime_type: 'application/pdf', file_name: 'invoice.pdf' },
			'document',
			file('application/pdf', { url: 'https://example.com/1', fileName: 'invoice.pdf' }),
		),
	),
	row(
		'a caption within the file',
		{ message: '', media: { url: ADDRESS, caption: 'Look' } },
		{
			type: 'image',
			text: 'Look',
			media: file('image/jpeg', { url: ADDRESS, fileName: 'bird.jpg', caption: 'Look' }),
		},
	),
	row(
		'a file as JSON',
		...attached(
			'{"url":"https://example.com/1","mimetype":"audio/mpeg"}',
			'audio',
			file('audio/mpeg', { url: 'https://example.com/1' }),
		),
	),
	row(
		'a file in a list of one',
		...attached([ADDRESS], 'image', file('image/jpeg', { url: ADDRESS, fileName: 'bird.jpg' })),
	),
	row('a file of which nothing is known', ...attached({ hash: 'abc' }, 'document', file(null), ['media.hash'])),
	row('the words "null" in place of a file', { media: 'null' }, {}),
];

const people: PayloadRow[] = [
	row('a number with its suffix', { from: `${PHONE}@c.us` }, writtenAs(`${PHONE}@c.us`)),
	row('a number with a device', { from: `${PHONE}:3@s.whatsapp.net` }, writtenAs(`${PHONE}:3@s.whatsapp.net`)),
	row('a number that is a number', { from: 6281200000001 }, {}),
	row(
		'a number of 14 digits that Indonesia has',
		{ from: '62895413591234' },
		{
			sender: { id: '62895413591234', phone: '62895413591234', name: 'Ahmad', isMe: false },
			chat: {
				id: '62895413591234',
				type: 'private',
				phone: '62895413591234',
				address: '62895413591234@s.whatsapp.net',
			},
		},
	),
	row(
		'a LID',
		{ from: LID },
		{
			sender: { id: LID, phone: null, name: 'Ahmad', lid: LID },
			chat: { id: LID, type: 'private', lid: LID },
		},
	),
	row(
		'a LID without its suffix',
		{ from: '203948576102938' },
		{
			sender: { id: '203948576102938', phone: null, name: 'Ahmad', lid: LID },
			chat: { id: '203948576102938', type: 'private', lid: LID },
		},
	),
	row(
		'a LID and its phone number',
		{ from: LID, phone: PHONE },
		{
			sender: { id: LID, phone: PHONE, name: 'Ahmad', lid: LID, isMe: false },
			chat: { id: LID, type: 'private', phone: PHONE, lid: LID, address: JID },
		},
	),
	row(
		'a member of a group by LID and phone number',
		{ is_group: true, from: `${GROUP}@g.us`, sender: LID, phone: PHONE },
		{
			sender: { id: LID, phone: PHONE, name: 'Ahmad', lid: LID, isMe: false },
			chat: { id: `${GROUP}@g.us`, type: 'group' },
		},
	),
	row('the sender under another name', { from: undefined, sender: PHONE }, {}),
	row('the phone under another name', { from: null, phone: `+62 812-0000-0001` }, writtenAs('+62 812-0000-0001')),
	row(
		'no sender, but the mark of the provider',
		{ from: null },
		{
			sender: { id: null, phone: null, name: 'Ahmad' },
			chat: { id: null, type: 'unknown' },
		},
	),
	row('no name', { pushName: null }, { sender: { id: PHONE, phone: PHONE, name: null, isMe: false } }),
	row('a member of a group', { is_group: true }, { chat: { id: null, type: 'group' } }),
	row('a member of a group, in a form body', { is_group: '1' }, { chat: { id: null, type: 'group' } }),
	row(
		'a member of a group under a name that was guessed',
		{ is_group: undefined, isGroup: 'true' },
		{
			chat: { id: null, type: 'group' },
		},
	),
	row(
		'a LID in a group',
		{ is_group: true, from: LID },
		{
			sender: { id: LID, phone: null, name: 'Ahmad', lid: LID },
			chat: { id: null, type: 'group' },
		},
	),
	row(
		'a LID in a group without its suffix',
		{ is_group: true, from: '203948576102938' },
		{
			sender: { id: '203948576102938', phone: null, name: 'Ahmad', lid: LID },
			chat: { id: null, type: 'group' },
		},
	),
	row('the id of a group', { is_group: true, from: `${GROUP}@g.us` }, ofGroup(`${GROUP}@g.us`)),
	row('the id of a group without its suffix', { is_group: true, from: GROUP }, ofGroup(GROUP)),
	row('the id of a group that nothing calls one', { is_group: undefined, from: GROUP }, ofGroup(GROUP)),
	row('the id of a group made before 2022', { is_group: false, from: OLD_GROUP }, ofGroup(OLD_GROUP)),
	row('the name of a group', { is_group: true, from: 'Family' }, ofGroup('Family')),
	row(
		'a group and its member',
		{ is_group: true, from: `${GROUP}@g.us`, sender: `${PHONE}@c.us` },
		{
			sender: { id: `${PHONE}@c.us`, phone: PHONE, name: 'Ahmad', isMe: false },
			chat: { id: `${GROUP}@g.us`, type: 'group' },
		},
	),
	row(
		'a story',
		{ from: 'status@broadcast', sender: PHONE },
		{
			sender: { id: PHONE, phone: PHONE, name: 'Ahmad', isMe: false },
			chat: { id: 'status@broadcast', type: 'story' },
			isStory: true,
		},
	),
	row(
		'a channel',
		{ from: '120363098765432109@newsletter' },
		{
			sender: { id: null, phone: null, name: 'Ahmad' },
			chat: { id: '120363098765432109@newsletter', type: 'channel' },
		},
	),
	row(
		'an own message',
		{ is_from_me: true },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Ahmad', isMe: true },
		},
	),
	row(
		'an own message under a name that was guessed',
		{ isFromMe: 'true' },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Ahmad', isMe: true },
		},
	),
	row(
		'a message of the account itself',
		{ from: OWN },
		{
			direction: 'outgoing',
			sender: { id: null, phone: null, name: 'Ahmad', isMe: true },
			chat: { id: OWN, type: 'private', phone: OWN, address: `${OWN}@s.whatsapp.net` },
		},
	),
	row(
		'an account that is not named',
		{ to: null },
		{
			device: null,
			sender: { id: PHONE, phone: PHONE, name: 'Ahmad' },
		},
	),
];

const rest: PayloadRow[] = [
	row(
		'a person who came by an ad',
		{ ad_reply: ad },
		{
			referral: { kind: 'ad', id: '120200000000000001', url: 'https://fb.me/1' },
		},
	),
	row(
		'a person who came by a post',
		{ ad_reply: { ...ad, source_type: 'post', source_id: null } },
		{
			referral: { kind: 'post', url: 'https://fb.me/1' },
		},
	),
	row(
		'an ad as JSON',
		{ ad_reply: JSON.stringify(ad) },
		{
			referral: { kind: 'ad', id: '120200000000000001', url: 'https://fb.me/1' },
		},
	),
	row(
		'a person who came by an ad, and whose words did not arrive',
		{ message: '', ad_reply: ad },
		{
			text: null,
			referral: { kind: 'ad', id: '120200000000000001', url: 'https://fb.me/1' },
		},
	),
	row('an ad without any details', { ad_reply: { source_type: null, source_id: null, source_url: null } }, {}),
	row('a time in seconds', { timestamp: 1_689_930_829 }, { timestamp: '2023-07-21T09:13:49.000Z' }),
	row('a time in milliseconds, as a text', { timestamp: '1689930829123' }, { timestamp: '2023-07-21T09:13:49.123Z' }),
	row('a time with its zone', { timestamp: '2035-01-01T00:30:00Z' }, { timestamp: '2035-01-01T00:30:00.000Z' }),
	row('no time', { timestamp: null }, { timestamp: null }),
	row('a time that is none', { timestamp: 'today' }, { timestamp: null, unread: ['timestamp'] }),
	row(
		'the key of the account, which is not shown, and its phone number',
		{ message: 'Hi', device_id: 'd3v1ce', deviceId: 'd3v1ce', phone: OWN },
		{ text: 'Hi' },
	),
	row('the parts of WhatsApp in place of the text', { message: { conversation: 'In parts' } }, { text: 'In parts' }),
	row(
		'a photo in parts, with its URL next to them',
		{ message: { imageMessage: { caption: 'Look', mimetype: 'image/jpeg' } }, media: ADDRESS },
		{
			type: 'image',
			text: 'Look',
			media: file('image/jpeg', { url: ADDRESS, fileName: 'bird.jpg', caption: 'Look' }),
		},
	),
	row('an edit under a name that nobody knows', { is_edited: true }, { unread: ['is_edited'] }),
	row(
		'a reaction under a name that nobody knows',
		{ message: '', reaction: { text: '👍' } },
		{
			type: 'unknown',
			text: '👍',
			unread: ['reaction'],
		},
	),
];

export const payloads: PayloadRow[] = [...kinds, ...people, ...rest];
