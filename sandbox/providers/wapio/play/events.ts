import { grouped, type KindTable } from '../../../play/kinds';
import { ControlError } from '../../../types';
import { userJid, wapioAccount } from '../seed';
import { Long, Term } from './encode';
import { SOMEBODY } from './parts';
import type { Fields, Row, Scene } from './scene';
import { STUB_TYPES, type StubDetail } from './stubs';

/** How far a message got, as libraries count (EVENTS.md 2.3, status). */
const STATUSES: Readonly<Record<string, number>> = { error: 0, pending: 1, sent: 2, delivered: 3, read: 4, played: 5 };

/** Everything but messages from people: statuses, calls, and changes of groups, contacts and chats. */
export const EVENTS: KindTable<Row> = {
	...grouped<Row>('statuses', {
		receipt: {
			says: 'A sent message was delivered, read or played',
			as: 'message-receipt.update',
			data: (scene) => ({ key: scene.targetKey(), messageTimestamp: scene.seconds, status: statusOf(scene) }),
		},
		groupReceipt: {
			says: 'A member of a group read a message',
			as: 'message-receipt.update',
			inGroup: true,
			data: (scene) => [
				{
					key: scene.targetKey(),
					receipt: { userJid: scene.personId, readTimestamp: new Long(scene.seconds) },
				},
			],
		},
		statusUpdate: {
			says: 'The status of a sent message, as an update',
			as: 'messages.update',
			data: (scene) => [{ key: scene.targetKey(), update: { status: statusOf(scene) } }],
		},
		sendFailed: {
			says: 'A message could not be sent',
			as: 'message.sent',
			own: true,
			data: ({ key }) => ({
				success: false,
				error: { code: 'recipient_not_found', message: 'The recipient is not on WhatsApp.' },
				messages: { key },
			}),
		},
		sessionStatus: {
			says: 'The session connected, disconnected or failed',
			as: 'session.status',
			data: ({ options, me }) => ({
				status: options.status ?? 'disconnected',
				phone: me.jid,
				reason: 'logged_out',
			}),
		},
		qrCode: {
			says: 'A QR code to scan',
			as: 'qrcode.updated',
			data: ({ sessionInfo }) => ({ qr: sessionInfo.qr }),
		},
	}),
	...grouped<Row>('calls', {
		call: { says: 'A call in any state', as: 'call', data: (scene) => [call(scene)] },
		videoCall: { says: 'A video call', as: 'call', data: (scene) => [{ ...call(scene), isVideo: true }] },
		groupCall: {
			says: 'A call in a group',
			as: 'call',
			inGroup: true,
			data: (scene) => [{ ...call(scene), isGroup: true, groupJid: scene.chat }],
		},
		nestedCall: { says: 'A call, one level deeper', as: 'call', data: (scene) => ({ call: call(scene) }) },
		callLogMesssage: {
			says: 'A line of the call log',
			message: ({ options }) => ({
				callLogMesssage: {
					isVideo: false,
					callOutcome: Number(options.status ?? 1),
					durationSecs: new Long(0),
					callType: new Term(0, 'REGULAR'),
					participants: [],
				},
			}),
		},
		bcallMessage: {
			says: 'A broadcast call',
			message: ({ text }) => ({
				bcallMessage: { sessionId: 'bcall-1', mediaType: new Term(1, 'AUDIO'), caption: text },
			}),
		},
		callMessage: {
			says: 'A call in the place of a message',
			message: () => ({ call: { callKey: 'c2FuZGJveA==' } }),
		},
		callWithAd: {
			says: 'Came from an ad, as a call without words',
			message: () => ({ call: { conversionSource: 'FB_Ads', ctwaPayload: 'c2FuZGJveA==', callEntryPoint: 1 } }),
		},
	}),
	...grouped<Row>('notices', {
		participantsAdd: participants('Members were added to a group', 'add'),
		participantsRemove: participants('Members were removed from a group', 'remove'),
		participantsPromote: participants('Members became admins', 'promote'),
		participantsDemote: participants('Members are no longer admins', 'demote'),
		participantsWithIds: {
			says: 'Members were added, with phone and LID',
			as: 'group-participants.update',
			data: ({ me }) => ({
				id: wapioAccount.groups.family,
				author: me.lid,
				authorPn: me.jid,
				participants: [{ id: SOMEBODY.lid, phoneNumber: SOMEBODY.jid, admin: null }],
				action: 'add',
			}),
		},
		groupUpdate: {
			says: 'A group was changed',
			as: 'groups.update',
			data: ({ text, me }) => [{ id: wapioAccount.groups.family, subject: text, author: me.jid }],
		},
		groupUpsert: {
			says: 'The account joined a group',
			as: 'groups.upsert',
			data: ({ text, me, seconds }) => [
				{
					id: wapioAccount.groups.team,
					subject: text,
					owner: SOMEBODY.jid,
					creation: seconds,
					participants: [{ id: me.jid, admin: null }],
				},
			],
		},
		contactUpdate: contact('A contact was changed', 'contacts.update'),
		contactUpsert: contact('A contact was added', 'contacts.upsert'),
		chatUpdate: {
			says: 'A chat was changed',
			as: 'chats.update',
			data: ({ chat, seconds }) => [{ id: chat, unreadCount: 2, conversationTimestamp: seconds }],
		},
		chatUpsert: {
			says: 'A chat was opened',
			as: 'chats.upsert',
			data: ({ chat, text }) => [{ id: chat, name: text }],
		},
		chatDelete: { says: 'A chat was deleted', as: 'chats.delete', data: ({ chat }) => [chat] },
		unknownEvent: {
			says: 'An event that nobody knows yet',
			as: 'labels.association',
			data: ({ chat }) => ({ association: { chatId: chat, labelId: '3', type: 'label_jid' }, type: 'add' }),
		},
	}),
	...stubs(),
};

function participants(says: string, action: string): Row {
	return {
		says,
		as: 'group-participants.update',
		data: (scene) => ({
			id: wapioAccount.groups.family,
			author: scene.personId,
			participants: [SOMEBODY.jid],
			action,
		}),
	};
}

function contact(says: string, as: string): Row {
	return {
		says,
		as,
		data: ({ personId, person }) => [
			{ id: personId, name: person.name, notify: person.name, lid: `${person.lid}@lid` },
		],
	};
}

function call({ id, options, personId, seconds }: Scene): Fields {
	return {
		id: `CALL${id}`,
		from: personId,
		chatId: personId,
		date: new Date(seconds * 1000).toISOString(),
		status: options.status ?? 'offer',
		isVideo: false,
		isGroup: false,
		offline: false,
	};
}

function statusOf({ options }: Scene): number {
	const { status = 'read' } = options;
	const number = typeof status === 'number' ? status : STATUSES[status];
	if (number === undefined)
		throw new ControlError(`There is no status "${status}". There are ${Object.keys(STATUSES).join(', ')}.`);
	return number;
}

/** Each stub as a kind: `stub.<WORD>`, and an unknown one. */
function stubs(): KindTable<Row> {
	const types = [...STUB_TYPES, [999, 'SOMETHING_NEW'] as const];
	return Object.fromEntries(
		types.map(([number, word, detail = {}]) => [
			`stub.${word}`,
			{
				says: detail.says ?? `System notice ${number}: ${word.toLowerCase().replaceAll('_', ' ')}`,
				group: /^(CALL_|SILENCED_)/.test(word) ? ('calls' as const) : ('notices' as const),
				beside: () => ({
					messageStubType: new Term(number, word),
					messageStubParameters: parametersOf(detail),
				}),
				...(detail.inGroup === true ? { inGroup: true as const } : {}),
			},
		]),
	);
}

function parametersOf({ parameters = [] }: StubDetail): readonly string[] {
	if (parameters === 'person') return [JSON.stringify({ id: SOMEBODY.lid, phoneNumber: SOMEBODY.jid, admin: null })];
	if (parameters === 'numbers') return [SOMEBODY.jid, userJid('212600000004')];
	return parameters;
}
