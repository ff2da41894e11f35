/** Contracts of the rest of the folder "Messages" of Wapio, typed by hand from its API reference. */
import type { Contract } from '../../../contracts/types';
import {
	CHANNEL,
	contract,
	empty,
	GROUP,
	JID,
	MESSAGE,
	notFound,
	ok,
	PHONE,
	refusal,
	request,
	SESSION,
	withAccount,
} from './samples';
import { takenOut } from './sends';

const info = {
	message_id: MESSAGE,
	session_id: SESSION,
	provider_msg_id: '3EB0C431C26A1916E07E',
	to: PHONE,
	kind: 'text',
	status: 'read',
	accepted_at: '2026-05-02T10:00:00Z',
	delivered_at: '2026-05-02T10:00:02Z',
	read_at: '2026-05-02T10:01:00Z',
	deleted_at: '',
	failed_at: '',
	failure_reason: '',
	updated_at: '2026-05-02T10:01:00Z',
	events: [
		{
			event_id: 'bps_evt_1',
			event_type: 'message.delivered',
			update_kind: 'status',
			emitted_at: '2026-05-02T10:00:02Z',
		},
		{
			event_id: 'bps_evt_2',
			event_type: 'message.read',
			update_kind: 'status',
			emitted_at: '2026-05-02T10:01:00Z',
		},
	],
};

/** The simplified output. */
const simpleToAnybody = {
	messageId: MESSAGE,
	kind: 'text',
	status: 'read',
	accepted_at: '2026-05-02T10:00:00Z',
	delivered_at: '2026-05-02T10:00:02Z',
	read_at: '2026-05-02T10:01:00Z',
	failed_at: '',
	failure_reason: '',
	updated_at: '2026-05-02T10:01:00Z',
};

const simpleInfo = { ...simpleToAnybody, phone: PHONE };

const parameters = { messageId: MESSAGE };
const deletion = contract('Messages / Delete (revoke) a previously-sent message', 'message', 'delete', {
	parameters,
	request: request('DELETE', `/api/messages/${MESSAGE}`),
	answers: [{ ...empty(), output: [{ deleted: true, messageId: MESSAGE }] }, notFound],
});
const edit = contract('Messages / Edit a previously-sent text message', 'message', 'edit', {
	covers: ['Messages / Edit a message (alias)'],
	parameters: { ...parameters, text: 'The shop closes at five' },
	request: request('POST', `/api/messages/${MESSAGE}/edit`, { json: { text: 'The shop closes at five' } }),
	answers: [empty()],
});

/** Requests about messages that were sent, and signs of presence. */
export const wapioMessageContracts: Contract[] = [
	contract('Messages / Get delivery info for a message', 'message', 'getInfo', {
		parameters,
		request: request('GET', `/api/messages/${MESSAGE}/info`),
		answers: [
			ok(info, [simpleInfo]),
			ok({ ...info, to: JID }, [simpleInfo], { name: '200 OK, to a WhatsApp id', inferred: true }),
			ok({ ...info, to: CHANNEL }, [{ ...simpleToAnybody, to: CHANNEL }], {
				name: '200 OK, to a channel',
				inferred: true,
			}),
			ok({ ...info, to: GROUP }, [{ ...simpleToAnybody, groupId: GROUP }], {
				name: '200 OK, to a group',
				inferred: true,
			}),
			notFound,
		],
	}),
	contract('Messages / Get delivery info for a message', 'message', 'getInfo', {
		variant: 'not simplified',
		parameters: { ...parameters, simplify: false },
		request: request('GET', `/api/messages/${MESSAGE}/info`),
		answers: [ok(info, [info])],
	}),
	deletion,
	withAccount(deletion),
	edit,
	withAccount(edit),
	contract('Messages / Re-dispatch a previously-sent message', 'message', 'resend', {
		parameters,
		request: request('POST', `/api/messages/${MESSAGE}/resend`),
		answers: [
			{
				...empty(),
				output: [{ messageId: null, phone: null, status: 'accepted', providerStatus: null, provider: 'wapio' }],
				once: true,
			},
			{
				name: '202 as for other sends',
				status: 202,
				body: { msgId: 'wamid.again', jid: JID, status: 'queued' },
				inferred: true,
				output: [{ ...takenOut(), messageId: 'wamid.again' }],
			},
			{
				name: '202 to a group',
				status: 202,
				body: { message_id: 'bps_msg_2', jid: '120363000000000000@g.us', status: 'queued' },
				inferred: true,
				output: [
					{
						...takenOut({ groupId: '120363000000000000@g.us' }),
						messageId: 'bps_msg_2',
						jid: '120363000000000000@g.us',
					},
				],
			},
			{
				name: '500',
				status: 500,
				body: refusal('The worker stumbled', 'internal_error'),
				inferred: true,
				// Without a key a repetition could not be recognized.
				error: { messageIncludes: ['The worker stumbled', 'may have been sent'] },
				once: true,
			},
		],
	}),
	contract('Messages / Mark one or more messages as read', 'message', 'markAsRead', {
		parameters: {
			messageIds: '3EB0C431C26A1916E07E, 3EB0C431C26A1916E07F',
			chatJid: { __rl: true, mode: 'id', value: '+212 600-000000' },
		},
		request: request('POST', '/api/messages/read', {
			json: { message_ids: ['3EB0C431C26A1916E07E', '3EB0C431C26A1916E07F'], chat_jid: JID },
		}),
		answers: [empty()],
	}),
	contract('Messages / Mark one or more messages as read', 'message', 'markAsRead', {
		variant: 'in a group',
		parameters: {
			messageIds: '3EB0C431C26A1916E07E',
			chatJid: { __rl: true, mode: 'list', value: GROUP, cachedResultName: 'Family' },
		},
		request: request('POST', '/api/messages/read', {
			json: { message_ids: ['3EB0C431C26A1916E07E'], chat_jid: GROUP },
		}),
		answers: [empty()],
	}),
	contract('Messages / Update typing / online presence', 'message', 'updatePresence', {
		parameters: { sendTo: 'person', phoneNumber: PHONE, presence: 'paused' },
		request: request('POST', '/api/send-presence-update', { json: { to: PHONE, presence: 'paused' } }),
		answers: [empty()],
	}),
];
