/**
 * Requests Chategy makes: the examples of the prose in the folder Webhooks, and the callback of the folder Additional
 * information. Commas and brackets that the examples lack are put in; links are made up and shortened.
 */
import type { IDataObject } from 'n8n-workflow';
import type { InboundContract } from '../../../contracts/types';

const example = (name: string, payload: IDataObject): InboundContract => ({
	source: `Developer's / Webhooks / ${name}`,
	payload,
});

const link = (file: string): string =>
	`https://production-docs.storage.example.com/delivery_files_new/83a38f/${file}?X-Amz-Date=20251125T111456Z&X-Amz-Expires=172800&X-Amz-Signature=made-up`;

const instance = { id: 6329, customer_id: 2707 };

const sentByUs = {
	direction: 'outgoing',
	sender_id: '996453558974@c.us',
	chat_id: '995555558974@c.us',
	sender_name: 'Test',
	chat_lid: '4846447809451@lid',
	pushname: 'Test1',
	chat_phone: '995555558974',
	sender_phone_number: '996453558974',
	recipient_id: '995555558974@c.us',
	recipient_phone_number: '995555558974',
};

const sentToUs = {
	direction: 'incoming',
	sender_id: '995555558974@c.us',
	chat_id: '995555558974@c.us',
	// With the marks that steer writing direction.
	sender_name: '\u202a+995555558974\u202c',
	chat_lid: '48464478093451@lid',
	pushname: 'Test',
	chat_phone: '995555558974',
	sender_phone_number: '995555558974',
};

/** Each example by a short name. */
export const chategyExamples = {
	logOut: example('Notification example - whatsapp_log_out', {
		type: 'whatsapp_log_out',
		payload: {
			customer_id: 591,
			email: 'example@gmail.ru',
			phone: '+9959123456789',
			status: { status_id: 1, description: 'disconnected' },
		},
	}),
	// The data of the same kind of event lie one level deeper here.
	logIn: example('Notification example - whatsapp_log_in', {
		type: 'whatsapp_log_in',
		payload: {
			instance: {
				id: 368,
				status: { description: 'connected', status_id: 0 },
				phone: '+420774948868',
				email: 'client@example.com',
				customer_id: 1050,
			},
		},
	}),
	outgoing: example('Notification example - whatsapp_incoming_msg / Outgoing', {
		type: 'whatsapp_incoming_msg',
		payload: {
			instance,
			new_message: {
				message: {
					id: 'true_95555558974@c.us_d292906746THISISBOT',
					timestamp: 1764069292,
					type: 'document',
					reply_to_message_id: null,
					file_data: { mime_type: 'application/msword', caption: 'file new', download_url: link('test.doc') },
				},
				...sentByUs,
			},
			delivery_id: 29290746,
		},
	}),
	outgoingFile: example('Notification example - whatsapp_incoming_msg / Outgoing with the file', {
		type: 'whatsapp_incoming_msg',
		payload: {
			new_message: {
				message: {
					id: 'true_995555558974@c.us_2A7B9368F38D549F6339',
					timestamp: 1764081041,
					type: 'image',
					reply_to_message_id: null,
					file_data: { mime_type: 'image/jpeg', caption: null, download_url: link('1764081046_media.jpg') },
				},
				...sentByUs,
				sender_name: 'Тестовый',
				pushname: 'Chatpush',
			},
			delivery_id: null,
			// Not inside an instance.
			customer_id: 4140,
		},
	}),
	incoming: example('Notification example - whatsapp_incoming_msg / Incoming', {
		type: 'whatsapp_incoming_msg',
		payload: {
			instance,
			new_message: {
				message: {
					id: 'false_995555558974@c.us_3B55D8ECE08DAC8198EB',
					timestamp: 1764069562,
					type: 'text',
					text: 'text',
					reply_to_message_id: null,
				},
				...sentToUs,
			},
			delivery_id: null,
		},
	}),
	incomingFile: example('Notification example - whatsapp_incoming_msg / Incoming with the file', {
		type: 'whatsapp_incoming_msg',
		payload: {
			instance: { ...instance, customer_id: 27807 },
			new_message: {
				message: {
					id: 'false_995555558974@c.us_3B56F737211AAED838CC',
					timestamp: 1764069613,
					// A picture, whatever this says.
					type: 'document',
					reply_to_message_id: null,
					file_data: { mime_type: 'image/jpeg', caption: 'text', download_url: link('1764069615_media.jpg') },
				},
				...sentToUs,
			},
			delivery_id: null,
		},
	}),
	telegramOutgoing: example('Notification example - tdlib_incoming_msg / Outgoing', {
		payload: {
			chat_id: 37916707,
			chat_type: 'person',
			delivery_id: 170405,
			direction: 'outgoing',
			instance: { customer_id: 77, id: 2822 },
			message: { id: 978172510208, text: 'this is a test message', timestamp: 1691585795, type: 'FormattedText' },
			sender_id: 4335465,
			sender_name: 'test',
			sender_phone_number: '995550846453',
			recipient_id: 37916707,
			recipient_phone_number: '971568961134',
			recipient_username: 'test2',
		},
		type: 'tdlib_incoming_msg',
	}),
	telegramIncoming: example('Notification example - tdlib_incoming_msg / Incoming', {
		payload: {
			chat_id: 379163707,
			chat_type: 'person',
			delivery_id: null,
			direction: 'incoming',
			instance: { customer_id: 530, id: 316 },
			message: { id: 49283072, text: 'text', timestamp: 1700828134, type: 'formattedText' },
			sender_id: 379163707,
			sender_name: 'mdyageleva',
			sender_phone_number: '995550846453',
		},
		type: 'tdlib_incoming_msg',
	}),
	telegramCall: example('Telegram call', {
		payload: {
			call: { id: 9, is_video: false, reason: 'callDiscardReasonDisconnected', state: 'callStateDiscarded' },
			chat_id: 6888055,
			chat_type: 'person',
			direction: 'incoming',
			instance: { customer_id: 1011, id: 377 },
			sender_id: 68880855,
			sender_name: 'TestName',
			sender_phone_number: '995598464533',
		},
		type: 'tdlib_call',
	}),
	// Registered as whatsapp_status_msg.
	status: example('Notification example - whatsapp_status_msg', {
		type: 'message_status',
		payload: {
			instance: { id: 37, customer_id: 111 },
			delivery_id: null,
			message_status: {
				id: 'true_995555123456@c.us_8110THISISBOT',
				status: 'read',
				chat_id: '995555123456@c.us',
				chat_lid: '4846447809351@lid',
			},
		},
	}),
	// "Sent as part of the whatsapp_incoming_msg event".
	call: example('Incoming Call Webhook', {
		type: 'whatsapp_call',
		payload: {
			instance: { id: 39, customer_id: 111 },
			incoming_call: {
				call: { id: '280F899CBF131466501CDA1B608', timestamp: 1751293264, type: 'audio', is_group: false },
				direction: 'incoming',
				sender_id: '995555123456@c.us',
				chat_id: '995555123456@c.us',
				chat_lid: '48464478093451@lid',
				chat_phone: '995555123456',
				sender_phone_number: '995555123456',
			},
		},
	}),
	/** Posted to the callback_url of a message; repeated every two minutes, ten times, until it is answered with 200. */
	deliveryStatus: {
		source: 'Additional information / Callback of the sending status',
		payload: {
			delivery: {
				sender_name: 'CHATEGY.IO',
				id: 26,
				status: { status_id: 26, description: 'some text', dispatch_routing: 'whatsapp' },
			},
		},
	},
} satisfies Record<string, InboundContract>;

/** All of them. */
export const chategyInbound: InboundContract[] = Object.values(chategyExamples);
