import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { wapioAccount } from '../../../sandbox';
import { type Bench, byId, credentialFor, keyCredentialFor, recipients, startBench } from './bench';

const { pat, sessions, groups, inviteCodes, channel, notOnWhatsApp } = wapioAccount;
const NUMBER = '212600000001';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
	bench.sandbox.control.setRateLimit('wapio', null);
});

const baseUrl = () => bench.sandbox.baseUrl('wapio');
const run = async (parameters: IDataObject, credential = credentialFor(baseUrl()), items?: INodeExecutionData[]) =>
	await bench.run(parameters as INodeParameters, { credentials: { wapioApi: credential }, items });
const only = async (parameters: IDataObject, credential = credentialFor(baseUrl())) => {
	const result = await run(parameters, credential);
	expect(result.error).toBeUndefined();
	return result.outputs[0]?.[0]?.json;
};
const messages = () => bench.sandbox.control.messages();
const requests = () => bench.sandbox.control.requests();

/** An expression that turns out empty; n8n itself refuses what is left empty in the panel. */
const empty = '={{ $json.nothing ?? "" }}';
const toPerson = { resource: 'message', sendTo: 'person', phoneNumber: NUMBER };
const url = 'https://example.com/file.bin';

describe('messages', () => {
	it('go out once for each item, in order', async () => {
		const result = await bench.run(bench.sendText, { items: recipients(3) });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(messages().map(({ text }) => text)).toEqual(['message 0', 'message 1', 'message 2']);
		expect(messages()[0]).toMatchObject({ device: sessions.connected, recipientType: 'person', kind: 'text' });
	});

	it('go out with the key of a session, which names none', async () => {
		await only({ ...toPerson, operation: 'sendText', text: 'Hi' }, keyCredentialFor(baseUrl()));
		expect(messages()[0]?.raw).toEqual({ to: NUMBER, kind: 'text', text: 'Hi' });
	});

	it('go out from the session that is chosen', async () => {
		bench.sandbox.control.setDeviceStatus('wapio', sessions.disconnected, 'connected');
		await only({ ...toPerson, operation: 'sendText', text: 'Hi', session: byId(sessions.disconnected) });
		expect(messages()).toMatchObject([
			{ device: sessions.disconnected, raw: { session_id: sessions.disconnected } },
		]);
	});

	it.each([
		['with invisible marks', '\u202a+212 600-000001\u202c', {}],
		['of a default country', '0600-000001', { defaultCountry: 'MA' }],
	])('reach a number %s', async (_name, phoneNumber, options) => {
		await only({ ...toPerson, operation: 'sendText', phoneNumber, text: 'Hi', options });
		expect(messages()).toMatchObject([{ recipient: `${NUMBER}@s.whatsapp.net`, raw: { to: NUMBER } }]);
	});

	it('go to groups, with and without the ending of their id', async () => {
		for (const id of [groups.family, groups.family.replace('@g.us', '')]) {
			await only({ resource: 'message', operation: 'sendText', sendTo: 'group', group: byId(id), text: 'Hi' });
		}
		expect(messages().map(({ recipient, recipientType }) => [recipient, recipientType])).toEqual([
			[groups.family, 'group'],
			[groups.family, 'group'],
		]);
	});

	it('of every kind are taken', async () => {
		const media = { mediaSource: 'url', fileUrl: url };
		await only({ ...toPerson, operation: 'sendImage', ...media, caption: 'A', viewOnce: true });
		await only({ ...toPerson, operation: 'sendVideo', ...media, caption: '', viewOnce: false });
		await only({ ...toPerson, operation: 'sendDocument', ...media, fileName: 'a.pdf', mimeType: '', caption: '' });
		await only({ ...toPerson, operation: 'sendAudio', ...media, options: { voiceNote: true } });
		await only({ ...toPerson, operation: 'sendSticker', ...media });
		await only({
			...toPerson,
			operation: 'sendLocation',
			latitude: 33.5,
			longitude: -7.5,
			locationName: 'Casablanca',
			address: '',
		});
		await only({ ...toPerson, operation: 'sendContact', contactName: 'M', contactPhone: '+212 600-000002' });
		await only({
			...toPerson,
			operation: 'sendPoll',
			question: 'When?',
			pollOptions: { option: [{ text: 'a' }, { text: 'b' }] },
			multiSelect: true,
		});
		expect(messages().map(({ kind, text, url: sent }) => [kind, text, sent])).toEqual([
			['image', 'A', url],
			['video', null, url],
			['document', null, url],
			['audio', null, url],
			['sticker', null, url],
			['location', 'Casablanca', null],
			['contact', 'M', null],
			['poll', 'When?', null],
		]);
	});

	it('answer one message and mention people', async () => {
		await only({
			...toPerson,
			operation: 'sendText',
			text: 'Hi',
			options: { replyToMessageId: 'bps_msg_1', mentions: '+212 600 000 002' },
		});
		expect(messages()[0]?.raw).toMatchObject({
			quoted_message_id: 'bps_msg_1',
			mentions: ['212600000002@s.whatsapp.net'],
		});
	});

	it('go to channels, whose id stands in the message logs', async () => {
		const logs = await run({ resource: 'channel', operation: 'getMessageLogs', returnAll: true });
		const found = logs.outputs[0]
			?.map(({ json }) => json.remote_jid as string)
			.find((jid) => jid.endsWith('@newsletter'));
		await only({ resource: 'channel', operation: 'sendText', channel: byId(found ?? ''), text: 'Hello, channel' });
		expect(messages()).toMatchObject([{ recipient: channel, text: 'Hello, channel' }]);
		const first = await run({ resource: 'channel', operation: 'getMessageLogs', returnAll: false, limit: 2 });
		expect(first.outputs[0]).toHaveLength(2);
	});

	it('are looked up, edited, sent once more and deleted', async () => {
		const { messageId } = (await only({ ...toPerson, operation: 'sendText', text: 'Hi' })) as { messageId: string };
		const message = { resource: 'message', messageId };
		expect(await only({ ...message, operation: 'edit', text: 'Hello' })).toEqual({ success: true });
		expect(await only({ ...message, operation: 'resend' })).toEqual({ success: true });
		expect(await only({ ...message, operation: 'delete' })).toEqual({ deleted: true, messageId });
		expect(await only({ ...message, operation: 'getInfo' })).toMatchObject({
			messageId,
			phone: expect.stringMatching(/^\d+$/) as string,
		});
		expect(await only({ ...message, operation: 'getInfo', simplify: false })).toMatchObject({
			message_id: messageId,
			text: 'Hello',
			deleted_at: expect.any(String) as string,
		});
	});

	it('are marked as read, and typing is shown', async () => {
		expect(
			await only({
				resource: 'message',
				operation: 'markAsRead',
				messageIds: '3EB01, 3EB02',
				chatJid: byId(NUMBER),
			}),
		).toEqual({ success: true });
		expect(await only({ ...toPerson, operation: 'updatePresence', presence: 'recording' })).toEqual({
			success: true,
		});
	});
});

describe('files of the workflow', () => {
	const content = Buffer.from('%PDF-1.4 an invoice');
	const item = async (mimeType = 'application/pdf', data = content): Promise<INodeExecutionData> => ({
		json: {},
		binary: { file: await bench.engine.storeBinary(data, { fileName: 'invoice.pdf', mimeType }) },
	});
	const fromBinary = { ...toPerson, mediaSource: 'binary', binaryPropertyName: 'file' };

	it('are uploaded, and sent by the address this gives, with their name and type', async () => {
		const parameters = {
			...fromBinary,
			operation: 'sendDocument',
			fileName: '',
			mimeType: '',
			caption: 'Your invoice',
		};
		const result = await run(parameters, undefined, [await item()]);
		expect(result.error).toBeUndefined();
		expect(requests().map(({ path }) => path)).toEqual(['/api/upload', '/api/send-message']);
		expect(messages()).toMatchObject([
			{ kind: 'document', text: 'Your invoice', raw: { file_name: 'invoice.pdf', mime_type: 'application/pdf' } },
		]);
		const file = await fetch(messages()[0]?.url ?? '');
		expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer()).equals(content)]).toEqual([
			'application/pdf',
			true,
		]);
	});

	it('are uploaded with the key of a session, too', async () => {
		const result = await run(
			{ ...fromBinary, operation: 'sendImage', caption: '', viewOnce: false },
			keyCredentialFor(baseUrl()),
			[await item('image/png')],
		);
		expect(result.error).toBeUndefined();
		expect(messages()).toMatchObject([{ kind: 'image' }]);
	});

	it('whose upload got no answer are uploaded again, and sent once', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', path: '/api/upload' });
		const result = await run({ ...fromBinary, operation: 'sendAudio' }, undefined, [await item('audio/ogg')]);
		expect(result.error).toBeUndefined();
		expect(messages()).toHaveLength(1);
	});

	it('that were not taken are not sent, and nothing is said to have been', async () => {
		bench.sandbox.control.fault({
			kind: 'status',
			status: 422,
			path: '/api/upload',
			body: { success: false, message: 'Type not taken', reason_code: 'validation_error' },
		});
		const { error } = await run({ ...fromBinary, operation: 'sendSticker' }, undefined, [await item('text/plain')]);
		expect(error?.message).toContain('Type not taken');
		expect(error?.message).not.toContain('may have been sent');
		expect(messages()).toHaveLength(0);
	});

	it('that are too large are refused before anything is sent', async () => {
		const large = await item('video/mp4', Buffer.alloc(17 * 1024 * 1024));
		const { error } = await run(
			{ ...fromBinary, operation: 'sendVideo', caption: '', viewOnce: false },
			undefined,
			[large],
		);
		expect(error?.message).toMatch(/^Input Binary Field: .*MB/);
		expect(requests()).toHaveLength(0);
	});
});

describe('bad input is met before anything is sent', () => {
	const text = { ...toPerson, operation: 'sendText', text: 'Hi' };
	const media = { ...toPerson, mediaSource: 'url', fileUrl: url };
	const poll = (...texts: string[]) => ({
		...toPerson,
		operation: 'sendPoll',
		question: 'When?',
		pollOptions: { option: texts.map((one) => ({ text: one })) },
	});
	const place = { ...toPerson, operation: 'sendLocation', latitude: 1, longitude: 1, locationName: '', address: '' };
	const group = (operation: string, more: IDataObject = {}) => ({
		resource: 'group',
		operation,
		group: byId(groups.family),
		...more,
	});

	it.each<[string, IDataObject, RegExp]>([
		['no number', { ...text, phoneNumber: empty }, /^Phone Number: /],
		[
			'a national number without a country',
			{ ...text, phoneNumber: '0600-000001' },
			/^Phone Number: .*country code/,
		],
		['the id of a group as a number', { ...text, phoneNumber: groups.family }, /^Phone Number: .*group/],
		['no text', { ...text, text: '  ' }, /^Text: /],
		['no group', { ...text, sendTo: 'group', group: byId(empty) }, /^Group: /],
		['a group that is a name', { ...text, sendTo: 'group', group: byId('Family') }, /^Group: /],
		['a file that is no address', { ...media, operation: 'sendImage', fileUrl: 'bird.jpg' }, /URL: /],
		[
			'no file in the item',
			{ ...toPerson, operation: 'sendAudio', mediaSource: 'binary', binaryPropertyName: 'file' },
			/^Input Binary Field: /,
		],
		['a latitude that is none', { ...place, latitude: 91 }, /^Latitude: /],
		['a longitude that is none', { ...place, longitude: -181 }, /^Longitude: /],
		[
			'a contact without a name',
			{ ...toPerson, operation: 'sendContact', contactName: empty, contactPhone: NUMBER },
			/^Contact Name: /,
		],
		[
			'a contact without a number',
			{ ...toPerson, operation: 'sendContact', contactName: 'M', contactPhone: 'none' },
			/^Contact Phone( Number)?: /,
		],
		['a poll of one option', poll('a'), /(Option|Answer)s?.*: /],
		['a poll of two options that are the same', poll('a', 'a'), /(Option|Answer)s?.*: /],
		['a poll of thirteen options', poll(...'abcdefghijklm'), /(Option|Answer)s?.*: /],
		['a mention that is no number', { ...text, options: { mentions: 'everybody' } }, /Mentions: /],
		['no message id', { resource: 'message', operation: 'getInfo', messageId: empty }, /^Message ID: /],
		[
			'no message ids',
			{ resource: 'message', operation: 'markAsRead', messageIds: ' , ', chatJid: byId(NUMBER) },
			/^Message IDs: /,
		],
		[
			'a chat that is none',
			{ resource: 'message', operation: 'markAsRead', messageIds: 'a', chatJid: byId('Amina') },
			/^Chat/,
		],
		[
			'a channel id that is none',
			{ resource: 'channel', operation: 'sendText', channel: byId(groups.family), text: 'Hi' },
			/^Channel: .*@newsletter/,
		],
		['no contact', { resource: 'contact', operation: 'get', contact: byId(empty) }, /^Contact: /],
		[
			'no name of a contact',
			{ resource: 'contact', operation: 'upsert', phoneNumber: NUMBER, name: empty },
			/^Name: /,
		],
		['no participants', group('addParticipants', { participants: {} }), /Participants?/],
		[
			'a participant that is none',
			group('removeParticipants', { participants: { participant: [{ phoneNumber: 'Amina' }] } }),
			/Phone Number: /,
		],
		[
			'no subject',
			{
				resource: 'group',
				operation: 'create',
				subject: empty,
				participants: { participant: [{ phoneNumber: NUMBER }] },
			},
			/^Subject: /,
		],
		[
			'no invite code',
			{ resource: 'group', operation: 'acceptInvite', inviteCode: empty },
			/^Invite Code( or Link)?: /,
		],
		['no settings of a group', group('updateSettings', { settings: {}, otherSettings: {} }), /Settings?/],
	])('%s', async (_name, parameters, message) => {
		const result = await run(parameters);
		expect(result.error?.message).toMatch(message);
		expect(result.error?.description).toContain('Nothing was sent.');
		expect(requests()).toHaveLength(0);
	});

	it.each<[string, IDataObject]>([
		['a message', text],
		['contacts', { resource: 'contact', operation: 'getMany', returnAll: true }],
		['a group', group('get')],
		['message logs', { resource: 'channel', operation: 'getMessageLogs', returnAll: true }],
	])('an account token without a session (%s)', async (_name, parameters) => {
		const result = await run(parameters, { token: pat, baseUrl: baseUrl() });
		expect(result.error?.message).toMatch(/^Session: /);
		expect(requests()).toHaveLength(0);
	});
});

describe('contacts', () => {
	const contact = (operation: string, more: IDataObject = {}) => ({ resource: 'contact', operation, ...more });
	const rows = async (more: IDataObject) =>
		(await run(contact('getMany', more))).outputs[0]?.map(({ json }) => json.phone) ?? [];

	it('come all at once, or in pages', async () => {
		expect(await rows({ returnAll: true })).toHaveLength(25);
		expect(await rows({ returnAll: false, limit: 4 })).toHaveLength(4);
		bench.sandbox.control.configure('wapio', { contactsPerPage: 10 });
		const found = await rows({ returnAll: true });
		expect([found.length, new Set(found).size]).toEqual([25, 25]);
		expect(await rows({ returnAll: false, limit: 12 })).toHaveLength(12);
	});

	it('are saved, read and blocked', async () => {
		expect(await only(contact('upsert', { phoneNumber: '+212 677-777777', name: 'Zineb' }))).toEqual({
			success: true,
		});
		expect(await only(contact('block', { contact: byId('212677777777') }))).toEqual({ success: true });
		expect(await only(contact('get', { contact: byId('+212 677 777 777') }))).toMatchObject({
			name: 'Zineb',
			blocked: true,
		});
		await only(contact('unblock', { contact: byId('212677777777') }));
		expect(await only(contact('get', { contact: byId('212677777777') }))).toMatchObject({ blocked: false });
		expect(await only(contact('getPicture', { contact: byId('212677777777') }))).toMatchObject({
			url: expect.stringMatching(/^http/) as string,
		});
	});

	it('that is not there is a refusal', async () => {
		expect((await run(contact('get', { contact: byId('212688888888') }))).error?.message).toContain(
			'Resource not found',
		);
	});

	it('tell who is on WhatsApp', async () => {
		expect(await only(contact('checkNumber', { phoneNumber: NUMBER }))).toEqual({
			phone: NUMBER,
			exists: true,
			jid: `${NUMBER}@s.whatsapp.net`,
		});
		expect(await only(contact('checkNumber', { phoneNumber: notOnWhatsApp[0] }))).toEqual({
			phone: notOnWhatsApp[0],
			exists: false,
			jid: null,
		});
	});
});

describe('groups', () => {
	const group = (operation: string, more: IDataObject = {}) => ({
		resource: 'group',
		operation,
		group: byId(groups.family),
		...more,
	});
	const people = (...numbers: string[]) => ({
		participants: { participant: numbers.map((phoneNumber) => ({ phoneNumber })) },
	});
	const members = async () => (await run(group('getParticipants'))).outputs[0]?.map(({ json }) => json) ?? [];

	it('are listed, created and read', async () => {
		const listed = await run({ resource: 'group', operation: 'getMany', returnAll: true });
		expect(listed.outputs[0]?.map(({ json }) => json.id)).toEqual([groups.family, groups.team]);
		const created = await only({ resource: 'group', operation: 'create', subject: 'Trip', ...people(NUMBER) });
		expect(await only({ resource: 'group', operation: 'get', group: byId(created?.id as string) })).toMatchObject({
			name: 'Trip',
			size: 2,
		});
	});

	it('gain, lose, raise and lower participants', async () => {
		await only(group('addParticipants', people('+212 600-000007', '212600000008')));
		await only(group('promoteParticipants', people('212600000007', '212600000008')));
		await only(group('demoteParticipants', people('212600000008')));
		await only(group('removeParticipants', people('212600000002', '212600000003')));
		expect((await members()).map(({ id, admin }) => [id, admin])).toEqual([
			['212611111111@s.whatsapp.net', 'superadmin'],
			['212600000007@s.whatsapp.net', 'admin'],
			['212600000008@s.whatsapp.net', null],
		]);
	});

	it('have settings, a picture and an invite link', async () => {
		await only(
			group('updateSettings', {
				settings: { onlyAdminsSend: true },
				otherSettings: { setting: [{ key: 'locked', value: 'true' }] },
			}),
		);
		expect(await only(group('getMetadata'))).toMatchObject({ announce: true, restrict: false, locked: true });
		expect(await only(group('getPicture'))).toMatchObject({ url: expect.stringMatching(/^http/) as string });
		expect(await only(group('getInviteLink'))).toMatchObject({
			invite_link: `https://chat.whatsapp.com/${inviteCodes.family}`,
		});
	});

	it('are joined by a code or its link, and left', async () => {
		const link = `https://chat.whatsapp.com/${inviteCodes.outside}?mode=ac_t`;
		expect(await only({ resource: 'group', operation: 'getInvite', inviteCode: link })).toMatchObject({
			id: groups.outside,
		});
		await only({ resource: 'group', operation: 'acceptInvite', inviteCode: link });
		await only(group('leave'));
		const listed = await run({ resource: 'group', operation: 'getMany', returnAll: true });
		expect(listed.outputs[0]?.map(({ json }) => json.id)).toEqual([groups.team, groups.outside]);
	});
});

describe('choices loaded from the account', () => {
	const list = async (
		method: string,
		filter?: string,
		credential = credentialFor(baseUrl()),
		parameters: INodeParameters = {},
	) =>
		await bench.engine.listSearch({
			type: 'wapio',
			parameters,
			method,
			filter,
			credentials: { wapioApi: credential },
		});

	it('sessions show label, number and status', async () => {
		const { results } = await list('searchSessions');
		expect(results.map(({ value }) => value)).toEqual([
			sessions.connected,
			sessions.disconnected,
			sessions.pending,
		]);
		expect(results[0]?.name).toBe('Shop · 212611111111 · connected');
		expect((await list('searchSessions', 'support')).results.map(({ value }) => value)).toEqual([
			sessions.disconnected,
		]);
	});

	it('sessions of all pages can be found', async () => {
		bench.sandbox.control.configure('wapio', { moreSessions: 150 });
		expect((await list('searchSessions', 'Branch 155')).results).toHaveLength(1);
	});

	it('groups and contacts belong to the session', async () => {
		expect((await list('searchGroups')).results.map(({ value }) => value).sort()).toEqual([
			groups.family,
			groups.team,
		]);
		expect((await list('searchContacts', 'Youssef')).results[0]).toMatchObject({ value: '212600000002' });
		expect((await list('searchGroups', undefined, keyCredentialFor(baseUrl()))).results).toHaveLength(2);
		await expect(list('searchGroups', undefined, { token: pat, baseUrl: baseUrl() })).rejects.toThrow(/[Ss]ession/);
	});

	it('a wrong token is told instead of an empty list', async () => {
		await expect(list('searchSessions', undefined, { token: 'bps_pat_wrong', baseUrl: baseUrl() })).rejects.toThrow(
			'Wapio did not accept the credential',
		);
	});
});

it('an announced limit is kept to: what is over it waits and is not refused', async () => {
	bench.sandbox.control.setRateLimit('wapio', { limit: 3, windowMs: 60_000 });
	const stop = new AbortController();
	const running = bench.run(bench.sendText, { items: recipients(5), signal: stop.signal });
	while (messages().length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
	await new Promise((resolve) => setTimeout(resolve, 1000));
	stop.abort();
	await running;
	expect(requests().map(({ answered }) => answered)).toEqual([202, 202, 202]);
});
