import type { IDataObject } from 'n8n-workflow';
import { wapioAccount } from '../../../../sandbox';
import { byId } from '../bench';
import { empty, NUMBER, toPerson, url, useOperations } from './calls';

const { pat, groups } = wapioAccount;
const { baseUrl, run, requests } = useOperations();

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
		['no latitude', { ...place, latitude: empty }, /^Latitude: enter degrees between -90 and 90/],
		['no longitude', { ...place, longitude: empty }, /^Longitude: enter degrees between -180 and 180/],
		['a latitude that is none', { ...place, latitude: 91 }, /^Latitude: /],
		['a longitude that is none', { ...place, longitude: '-181' }, /^Longitude: /],
		['a longitude with a comma', { ...place, longitude: '7,5' }, /^Longitude: /],
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
		[
			'a group as a contact',
			{ resource: 'contact', operation: 'get', contact: byId(groups.family) },
			/^Contact: this is the ID of a group, not a phone number$/,
		],
		[
			'a LID as a contact',
			{ resource: 'contact', operation: 'get', contact: byId('203948576102938@lid') },
			/^Contact: this is a LID, not a phone number\. Use Contact > Get Phone by LID/,
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
			'no name',
			{
				resource: 'group',
				operation: 'create',
				name: empty,
				participants: { participant: [{ phoneNumber: NUMBER }] },
			},
			/^Name: /,
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
		expect(result.error?.description).toMatch(/Nothing was (sent|changed)\./);
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
