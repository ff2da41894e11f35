import { bounded } from '../../../nodes/shared/trigger/event/bounded';
import type { GatewayEvent } from '../../../nodes/shared/trigger/event/event';
import { eventWith } from '../../support/gatewayEvent';

const LONG = '1'.repeat(100_000);
const FITTING = '628123456789@s.whatsapp.net';

const withAll = (value: string): Partial<GatewayEvent> => ({
	messageId: value,
	whatsAppId: value,
	deliveryId: value,
	replyTo: value,
	chat: { id: value, type: 'group', name: value, phone: value, lid: value, username: value, address: value },
	sender: { id: value, phone: value, name: value, lid: value, username: value },
	target: { messageId: value, isMine: false, senderId: value, senderPhone: value },
	quoted: { id: value, text: 'Halo', senderId: value, senderPhone: value },
	mentions: [{ id: value }, { id: FITTING }],
	forwardedFrom: { id: value, name: value },
	partOf: { kind: 'album', messageId: value, index: 1 },
	group: { action: value, by: value, participants: [{ id: value }, { id: FITTING, role: value }] },
	session: { state: value, reason: value },
	status: {
		...{ messageId: value, name: value, code: null, final: null, delivered: null },
		...{ deliveryId: value, recipientPhone: value, participant: value, error: { code: value, text: value } },
	},
	unread: Array.from({ length: 200 }, () => value),
});

it('leaves out ids that are no ids, and cuts names', () => {
	const name = LONG.slice(0, 1_000);
	expect(bounded(eventWith(withAll(LONG)))).toEqual({
		...eventWith({}),
		messageId: null,
		replyTo: null,
		chat: { id: null, type: 'group', name, username: name },
		sender: { id: null, phone: null, name, username: name },
		target: { messageId: null, isMine: false },
		quoted: { text: 'Halo' },
		mentions: [{ id: FITTING }],
		forwardedFrom: { name },
		partOf: { kind: 'album', messageId: null, index: 1 },
		group: { action: name, participants: [{ id: FITTING, role: name }] },
		session: { state: name, reason: name },
		status: {
			...{ messageId: null, name, code: null, final: null, delivered: null },
			error: { code: name, text: name },
		},
		unread: Array.from({ length: 50 }, () => LONG.slice(0, 100)),
	});
});

it('leaves everything else as it is', () => {
	const event = eventWith({ ...withAll(FITTING), unread: ['x'], text: LONG, raw: { text: LONG } });
	expect(bounded(event)).toEqual(event);
});
