import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { ProviderName } from '../../../../sandbox';
import { signature } from '../../../../sandbox/providers/wapio/webhook';

/** A text message, as all providers tell it. */
export interface IncomingText {
	text: string;
	/** Digits. */
	from?: string;
	/** The group that it comes in, with its suffix. */
	group?: string;
	/** Counts the messages: of those without an id only the time tells it, if there is one. */
	count: number;
}

/** How a provider posts a text message; see its inbound contracts. */
interface TextTable {
	body: (message: IncomingText) => IDataObject;
	headers?: (body: string) => Record<string, string>;
	/** Values that the credential has beside the usual ones. */
	credential?: ICredentialDataDecryptedObject;
	/** Whether the address is pasted by hand. */
	isPasted?: true;
	/** The names that a payload has neither its id nor its time under; undefined if it always has its time. */
	anonymous?: (body: IDataObject) => IDataObject;
	/** Whether all fields are texts, so that the provider may send a form. */
	isFlat?: true;
	/** Whether every message names the connected phone. */
	tellsOwnNumber?: true;
}

const SIGNING_SECRET = 'a-signing-secret-for-tests';
const PERSON = '6281200000001';
const START = 1_789_162_000;

/** Drops fields of an object inside, by the path to it. */
function without(body: IDataObject, path: string[], ...names: string[]): IDataObject {
	const [first, ...more] = path;
	if (first === undefined) return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
	return { ...body, [first]: without(body[first] as IDataObject, more, ...names) };
}

/** One entry for each provider; the type checker names one that is missing. */
export const incomingTexts: Record<ProviderName, TextTable> = {
	balesOtomatis: {
		isPasted: true,
		body: ({ text, from = PERSON, group, count }) => ({
			type: 'incoming_chat',
			data: {
				chat_id: group ?? `${from}@c.us`,
				...(group ? { author: `${from}@c.us` } : {}),
				message_body: text,
				message_id: `M${count}`,
				name: 'Budi',
				is_from_me: false,
				has_media: false,
			},
		}),
		anonymous: (body) => without(body, ['data'], 'message_id'),
	},
	chatalo: {
		body: ({ text, from = PERSON, group, count }) => ({
			device_id: 'D1',
			sender: { name: 'Budi', number: from, in_group: group !== undefined, group_id: group ?? null },
			from_me: false,
			is_sticker: false,
			timestamp: START + count,
			broadcast: false,
			message: text,
			has_media: false,
			media_info: { mimetype: null, file_encoded: null },
			location_attached: { latitude: null, longitude: null },
		}),
	},
	chategy: {
		body: ({ text, from = PERSON, group, count }) => ({
			type: 'whatsapp_incoming_msg',
			payload: {
				instance: { id: 6329, customer_id: 2707 },
				new_message: {
					direction: 'incoming',
					sender_id: `${from}@c.us`,
					chat_id: group ?? `${from}@c.us`,
					sender_name: 'Budi',
					...(group ? {} : { chat_phone: from }),
					sender_phone_number: from,
					message: { id: `false_${from}@c.us_${count}`, timestamp: START + count, type: 'chat', text },
				},
			},
		}),
		anonymous: (body) => without(body, ['payload', 'new_message', 'message'], 'id', 'timestamp'),
	},
	wapio: {
		credential: { webhookSigningSecret: SIGNING_SECRET },
		headers: (body) => ({ 'x-webhook-signature': signature(SIGNING_SECRET, body) }),
		body: ({ text, from = PERSON, group, count }) => ({
			event: 'messages.received',
			data: {
				messages: {
					key: {
						id: `3EB0${count}`,
						fromMe: false,
						remoteJid: group ?? `${from}@s.whatsapp.net`,
						...(group ? { participant: `${from}@s.whatsapp.net` } : {}),
					},
					messageTimestamp: START + count,
					message: { conversation: text },
				},
			},
		}),
		anonymous: (body) => {
			const { key } = ((body.data as IDataObject).messages ?? {}) as { key: IDataObject };
			const { remoteJid } = key;
			const named = without(
				without(body, ['data', 'messages', 'key'], 'id'),
				['data', 'messages'],
				'messageTimestamp',
			);
			return remoteJid ? named : body;
		},
	},
	whacenter: {
		isFlat: true,
		tellsOwnNumber: true,
		body: ({ text, from = PERSON, group, count }) => ({
			from: group ?? from,
			to: '6285170000011',
			message: text,
			pushName: 'Budi',
			...(group ? { is_group: 'true' } : {}),
			timestamp: new Date((START + count) * 1000).toISOString().replace('T', ' ').slice(0, 19),
		}),
		anonymous: (body) => without(body, [], 'timestamp'),
	},
};
