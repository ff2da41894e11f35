import { grouped, type KindTable } from '../../../play/kinds';
import { ControlError } from '../../../types';
import { callbackBody } from '../delivery';
import { chategyAccount } from '../seed';
import { allStatuses, DELIVERED, statusOf } from '../statuses';
import type { Fields, Posted, Row, Scene } from './scene';

/** The statuses of a message in WhatsApp (API reference, "List of transmitted statuses"). */
const MESSAGE_STATUSES = {
	sent: 'A message was sent',
	received: 'A message arrived',
	read: 'A message was read',
	played: 'A voice note was played',
	failed: 'A message failed',
	expired: 'A message expired',
	content_gone: 'The file of a message is gone',
	content_too_big: 'The file of a message is too large',
	content_unuploadable: 'The file of a message cannot be uploaded',
	inactive: 'A message is no longer active',
} as const;

/** How Telegram's calls end (API reference, Telegram call). */
const CALL_ENDS = {
	AllowGroupCall: 'ended for a group call',
	Declined: 'declined',
	Disconnected: 'connection lost',
	Empty: 'ended',
	HungUp: 'hung up',
	Missed: 'missed',
} as const;

export const STATES: KindTable<Row> = {
	...grouped<Row>('statuses', {
		...rows(MESSAGE_STATUSES, (status, says) => [
			`status.${status}`,
			{ says, post: (scene) => messageStatus(scene, status) },
		]),
		messageStatus: {
			says: 'Any status of a message: `status` names it',
			post: (scene) => messageStatus(scene, String(scene.options.status ?? 'read')),
		},
		...rows(deliveryNames(), (name, { id, description }) => [
			`deliveryStatus.${name}`,
			{ says: `Second form: ${description}`, post: (scene) => deliveryStatus(scene, id) },
		]),
		deliveryStatus: {
			says: 'Any status of a delivery, second form: `status` is its number',
			post: (scene) => deliveryStatus(scene, scene.options.status ?? DELIVERED),
		},
		...rows(deliveryNames(), (name, { id, description }) => [
			`callback.${name}`,
			{ says: `Callback of a delivery: ${description}`, post: (scene) => callback(scene, id) },
		]),
		callback: {
			says: 'Callback with any status: `status` is its number',
			post: (scene) => callback(scene, scene.options.status ?? DELIVERED),
		},
		logIn: { says: 'WhatsApp logged in', post: (scene) => logIn(scene, true, true) },
		logInFlat: { says: 'WhatsApp logged in, flat form', post: (scene) => logIn(scene, true, false) },
		logOut: { says: 'WhatsApp logged out', post: (scene) => logIn(scene, false, false) },
		logOutInstance: { says: 'WhatsApp logged out, in the instance', post: (scene) => logIn(scene, false, true) },
	}),
	...grouped<Row>('calls', {
		call: { says: 'A WhatsApp call', post: (scene) => call(scene, 'audio', false) },
		videoCall: { says: 'A WhatsApp video call', post: (scene) => call(scene, 'video', false) },
		groupCall: { says: 'A WhatsApp call in a group', post: (scene) => call(scene, 'audio', true) },
		...rows(CALL_ENDS, (end, says) => [
			`telegram.call${end}`,
			{
				says: `A Telegram call: ${says}`,
				post: (scene) => telegramCall(scene, `callDiscardReason${end}`, false),
			},
		]),
		'telegram.videoCall': {
			says: 'A Telegram video call',
			post: (scene) => telegramCall(scene, 'callDiscardReasonMissed', true),
		},
	}),
	...grouped<Row>('notices', {
		unknownEvent: {
			says: 'A webhook that nobody knows yet',
			post: ({ of, text }) => ({
				hookTypes: null,
				body: { type: 'whatsapp_something_new', payload: { ...of, text } },
			}),
		},
	}),
};

/** Rows from a list of names. */
function rows<Value>(
	names: Readonly<Record<string, Value>>,
	row: (name: string, value: Value) => [string, Row],
): Record<string, Row> {
	return Object.fromEntries(Object.entries(names).map(([name, value]) => row(name, value)));
}

/** The statuses of deliveries by names made of their descriptions; those that share one have their number at the end. */
function deliveryNames(): Record<string, { id: number; description: string }> {
	const named: Record<string, { id: number; description: string }> = {};
	for (const { id, description } of allStatuses()) {
		const words = description.toLowerCase().match(/[a-z]+/g) ?? [];
		const name = words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join('');
		named[Object.hasOwn(named, name) ? `${name}${id}` : name] = { id, description };
	}
	return named;
}

/** Of the message that `target` or `deliveryId` names; else of the last one that was sent. */
function messageStatus(scene: Scene, status: string): Posted {
	const { options, of, personId, person, delivery } = scene;
	const deliveryId = options.deliveryId ?? (options.target === undefined ? (delivery?.id ?? null) : null);
	const id =
		options.target ??
		`true_${personId}_${deliveryId === null ? `${scene.hash()}THISISBOT` : `d${deliveryId}THISISBOT`}`;
	scene.messageId = id;
	const message_status: Fields = {
		id,
		status,
		chat_id: personId,
		chat_lid: person.lid === null ? null : `${person.lid}@lid`,
		chat_phone: person.phone,
	};
	return {
		hookTypes: ['whatsapp_status_msg'],
		body: { type: 'message_status', payload: { ...of, delivery_id: deliveryId, message_status } },
	};
}

/** The other form, of another white label (seen used); the delivery's own status moves along. */
function deliveryStatus(scene: Scene, status: string | number): Posted {
	const { of, delivery, options } = scene;
	const known = knownStatus(status);
	if (delivery !== undefined) delivery.statusId = known.id;
	const payload = {
		...of,
		delivery_id: options.deliveryId ?? delivery?.id ?? 292_906_746,
		status: { status_id: known.id, description: known.description },
	};
	return { hookTypes: ['whatsapp_status_msg'], body: { type: 'whatsapp_status_msg', payload } };
}

function callback(scene: Scene, status: string | number): Posted {
	const { delivery, options } = scene;
	const { id: statusId } = knownStatus(status);
	if (delivery !== undefined) delivery.statusId = statusId;
	const body = callbackBody({
		id: options.deliveryId ?? delivery?.id ?? 26,
		senderName: delivery?.senderName ?? chategyAccount.defaultSenderName,
		statusId,
		channel: delivery?.channel ?? 'whatsapp',
	});
	return { hookTypes: null, body };
}

function knownStatus(status: string | number): { id: number; description: string } {
	const known = statusOf(Number(status)) ?? Object.entries(deliveryNames()).find(([name]) => name === status)?.[1];
	if (known === undefined) throw new ControlError(`Chategy has no delivery status "${status}".`);
	return known;
}

/** Both forms are in the API reference: in `instance` for the one, flat for the other. */
function logIn({ instance }: Scene, isIn: boolean, isNested: boolean): Posted {
	const type = isIn ? 'whatsapp_log_in' : 'whatsapp_log_out';
	const status = isIn ? { description: 'connected', status_id: 0 } : { status_id: 1, description: 'disconnected' };
	const { id, phone, email, customerId } = instance;
	const account = { customer_id: customerId, email, phone: `+${phone}`, status };
	return { hookTypes: [type], body: { type, payload: isNested ? { instance: { id, ...account } } : account } };
}

/** That it belongs to the messages' type is the API reference's; `whatsapp_call` is other white labels'. */
function call(scene: Scene, type: string, is_group: boolean): Posted {
	const { person, personId, of, options, seconds } = scene;
	const id = options.id ?? scene.hash();
	scene.messageId = id;
	const incoming_call = {
		call: { id, timestamp: seconds, type, is_group },
		direction: scene.isOwn ? 'outgoing' : 'incoming',
		sender_id: personId,
		chat_id: is_group ? chategyAccount.group.whatsApp : personId,
		chat_lid: person.lid === null ? null : `${person.lid}@lid`,
		chat_phone: person.phone,
		sender_phone_number: person.phone,
	};
	return {
		hookTypes: ['whatsapp_incoming_msg', 'whatsapp_call'],
		body: { type: 'whatsapp_call', payload: { ...of, incoming_call } },
	};
}

function telegramCall({ of, person, count, isOwn }: Scene, reason: string, is_video: boolean): Posted {
	const { telegramId } = chategyAccount.contact;
	const payload = {
		call: { id: count, is_video, reason, state: 'callStateDiscarded' },
		chat_id: telegramId,
		chat_type: 'person',
		direction: isOwn ? 'outgoing' : 'incoming',
		...of,
		sender_id: telegramId,
		sender_name: person.name,
		sender_phone_number: person.phone,
	};
	return { hookTypes: ['tdlib_incoming_msg'], body: { payload, type: 'tdlib_call' } };
}
