import { grouped, type KindTable } from '../../../play/kinds';
import { samples } from '../../../samples';
import { chategyAccount } from '../seed';
import type { Fields, Posted, Row, Scene } from './scene';

/** The content of a message: its `type` and what comes with it. */
interface Content {
	says: string;
	type: string;
	fields?: (scene: Scene) => Fields;
}

const text = ({ text }: Scene): Fields => ({ text });
const CARD = 'BEGIN:VCARD\nVERSION:3.0\nFN:Budi Santoso\nTEL;waid=6281200000002:+62 812-0000-0002\nEND:VCARD';

/** A file of a type. */
const file =
	(bytes: () => Buffer, mimeType: string, hasCaption = true) =>
	(scene: Scene): Fields => ({ file_data: scene.file(bytes(), mimeType, hasCaption ? scene.text : null) });

/**
 * WhatsApp's messages (EVENTS.md 5). `text`, `document` and `image` are examples of the API reference; all other types are
 * those of whatsapp-web.js, whose ids these messages have (inferred), as are the fields beside `text`.
 */
const CONTENTS: KindTable<Content> = {
	...grouped<Content>('messages', {
		text: { says: 'A text', type: 'text', fields: text },
		chat: { says: 'A text, under its older type', type: 'chat', fields: text },
		formattedText: { says: 'A text, under the type that Telegram has', type: 'formattedText', fields: text },
		location: {
			says: 'A place',
			type: 'location',
			fields: ({ text }) => ({ latitude: -6.175392, longitude: 106.827153, text }),
		},
		locationObject: {
			says: 'A place, as an object',
			type: 'location',
			fields: ({ text }) => ({ location: { latitude: -6.175392, longitude: 106.827153, name: text } }),
		},
		vcard: { says: 'A contact card', type: 'vcard', fields: () => ({ text: CARD }) },
		multi_vcard: { says: 'Two contact cards', type: 'multi_vcard', fields: () => ({ text: `${CARD}\n${CARD}` }) },
		groups_v4_invite: { says: 'An invitation to a group', type: 'groups_v4_invite', fields: text },
		poll_creation: { says: 'A poll', type: 'poll_creation', fields: text },
		unknownWithText: { says: 'A type that nobody knows yet, with words', type: 'hologram', fields: text },
	}),
	...grouped<Content>('answers', {
		buttons_response: {
			says: 'Tapped a button',
			type: 'buttons_response',
			fields: ({ text }) => ({ text, selectedButtonId: 'size_l' }),
		},
		template_button_reply: {
			says: 'Tapped a button of a template',
			type: 'template_button_reply',
			fields: ({ text }) => ({ text, selectedButtonId: 'yes' }),
		},
		list_response: {
			says: 'Chose from a list',
			type: 'list_response',
			fields: ({ text }) => ({ text, selectedRowId: 'row_2' }),
		},
		interactive: { says: 'Answered new-style buttons', type: 'interactive', fields: text },
		native_flow: { says: 'Answered a form', type: 'native_flow', fields: text },
	}),
	...grouped<Content>('files', {
		image: { says: 'A photo', type: 'image', fields: file(samples.jpeg, 'image/jpeg') },
		video: { says: 'A video', type: 'video', fields: file(samples.mp4, 'video/mp4') },
		audio: { says: 'A sound file', type: 'audio', fields: file(samples.ogg, 'audio/ogg', false) },
		ptt: { says: 'A voice note', type: 'ptt', fields: file(samples.ogg, 'audio/ogg; codecs=opus', false) },
		document: { says: 'A document', type: 'document', fields: file(samples.pdf, 'application/pdf') },
		documentImage: {
			says: 'A photo, sent as a document',
			type: 'document',
			fields: file(samples.jpeg, 'image/jpeg'),
		},
		sticker: { says: 'A sticker', type: 'sticker', fields: file(samples.webp, 'image/webp', false) },
		unknownWithFile: {
			says: 'A type that nobody knows yet, with a file',
			type: 'hologram',
			fields: file(samples.png, 'image/png'),
		},
	}),
	...grouped<Content>('trade', {
		order: { says: 'An order', type: 'order', fields: text },
		product: { says: 'A product', type: 'product', fields: text },
	}),
	...grouped<Content>('edits and reactions', {
		reaction: {
			says: 'Reacted to a message, or took it back',
			type: 'reaction',
			fields: (scene) => ({
				text: scene.options.emoji === null ? '' : (scene.options.emoji ?? '👍'),
				reply_to_message_id: target(scene),
			}),
		},
		revoked: {
			says: 'Deleted a message',
			type: 'revoked',
			fields: (scene) => ({ reply_to_message_id: target(scene) }),
		},
	}),
	...grouped<Content>('calls', { call_log: { says: 'A line of the call log', type: 'call_log' } }),
	...grouped<Content>('notices', {
		ciphertext: { says: 'A message that could not be decrypted', type: 'ciphertext' },
		oversized: { says: 'A message was too large', type: 'oversized' },
		e2e_notification: { says: 'A notice of the encryption', type: 'e2e_notification' },
		notification: { says: 'A notice', type: 'notification' },
		notification_template: { says: 'A notice, from a template', type: 'notification_template' },
		gp2: { says: 'A notice of a group', type: 'gp2' },
		protocol: { says: 'A notice of WhatsApp itself', type: 'protocol' },
		broadcast_notification: { says: 'A notice of a broadcast list', type: 'broadcast_notification' },
		album: { says: 'An album is coming', type: 'album' },
		debug: { says: 'A notice for developers', type: 'debug' },
		unknownEmpty: { says: 'A type that nobody knows yet, without content', type: 'hologram' },
	}),
};

export const WHATSAPP: KindTable<Row> = Object.fromEntries(
	Object.entries(CONTENTS).map(([name, { says, group, type, fields }]) => [
		`whatsapp.${name}`,
		{ says, group, post: (scene: Scene) => message(scene, { type, ...fields?.(scene) }) },
	]),
);

function target({ options, personId }: Scene): string {
	return options.target ?? `true_${personId}_3B56F737211AAED838CC`;
}

/** A message in its frame: nested as in the API reference, or flat as other white labels were seen to post it. */
function message(scene: Scene, content: Fields): Posted {
	const { options, of, instance } = scene;
	const chat = chatOf(scene);
	const id = options.id ?? messageIdOf(scene, chat);
	scene.messageId = options.withoutId === true ? null : id;
	const fields = {
		message: {
			id: scene.messageId ?? undefined,
			timestamp: scene.timestamp,
			reply_to_message_id: scene.quotedId(`true_${scene.personId}_3B56F737211AAED838CC`),
			...content,
		},
		...(scene.isOwn ? outgoing(scene, chat) : incoming(scene, chat)),
	};
	const payload =
		options.envelope === 'flat'
			? { ...of, ...fields, delivery_id: scene.deliveryId, customer_id: instance.customerId }
			: { ...of, new_message: fields, delivery_id: scene.deliveryId };
	return { hookTypes: ['whatsapp_incoming_msg'], body: { type: 'whatsapp_incoming_msg', payload } };
}

function messageIdOf(scene: Scene, chat: string): string {
	const { deliveryId } = scene;
	if (typeof deliveryId === 'number') return `true_${chat}_d${deliveryId}THISISBOT`;
	const author = chat.endsWith('@g.us') && !scene.isOwn ? `_${scene.personId}` : '';
	return `${scene.isOwn}_${chat}_${scene.hash()}${author}`;
}

function chatOf({ options, personId }: Scene): string {
	const { chat = 'private' } = options;
	const known: Record<string, string> = {
		private: personId,
		group: chategyAccount.group.whatsApp,
		channel: '120363000000000001@newsletter',
		broadcast: '1721234567@broadcast',
		story: 'status@broadcast',
	};
	return Object.hasOwn(known, chat) ? (known[chat] ?? chat) : chat;
}

function chatFields({ person, personId }: Scene, chat: string): Fields {
	const isPrivate = chat === personId;
	return {
		chat_id: chat,
		chat_lid: isPrivate && person.lid !== null ? `${person.lid}@lid` : null,
		chat_phone: isPrivate ? person.phone : null,
		...(chat.endsWith('@g.us') ? { chat_name: 'Family' } : {}),
	};
}

function incoming(scene: Scene, chat: string): Fields {
	const { phone, name } = scene.person;
	return {
		direction: 'incoming',
		sender_id: scene.personId,
		// The example has invisible marks around a number used as a name.
		sender_name: phone === null ? name : `\u202a+${phone}\u202c`,
		...chatFields(scene, chat),
		pushname: name,
		sender_phone_number: phone,
	};
}

function outgoing(scene: Scene, chat: string): Fields {
	return {
		direction: 'outgoing',
		sender_id: scene.ownId,
		sender_name: 'Sandbox',
		...chatFields(scene, chat),
		pushname: scene.person.name,
		sender_phone_number: chategyAccount.ownPhone,
		recipient_id: chat,
		recipient_phone_number: chat === scene.personId ? scene.person.phone : null,
	};
}
