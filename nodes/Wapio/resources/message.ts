import { path } from '../../shared/http/request';
import { text } from '../../shared/messaging/fields/content';
import { optionsField, timeLimitMs, timeLimitOption } from '../../shared/messaging/fields/options';
import { textMessage, wholeText } from '../../shared/messaging/fields/textOptions';
import { sendAndWait } from '../../shared/messaging/response/operation';
import type { AnyRecipient } from '../../shared/messaging/fields/recipients';
import { recipientOf } from '../../shared/messaging/sentMessage';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import { sent } from '../api/outputs';
import { forSession, sendRequest, textLimit } from '../api/requests';
import { contactCard, location, poll } from '../fields/content';
import { messageId } from '../fields/messageId';
import { commonBody, delivery, mentionsOption, sendFields, sendOptions } from '../fields/sendFields';
import { session } from '../fields/session';
import { downloadMedia } from './message.download';
import { deleteMessage, edit, getInfo, markAsRead, updatePresence } from './message.manage';
import { sendAudio, sendDocument, sendImage, sendSticker, sendVideo } from './message.media';

const options = sendOptions();
const textOptions = sendOptions([mentionsOption]);

const output = (data: unknown, values: { recipient: AnyRecipient }): SentMessage =>
	sent(data, recipientOf(values.recipient));

/** API reference: folder Messages, Send Text Message. */
const sendText = defineOperation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text message',
	description: 'Send a text message to a person or a group',
	effect: 'send',
	fields: { ...sendFields, text, options: textOptions },
	textMessage: textMessage({ limit: textLimit }),
	request: (values, part) =>
		sendRequest(delivery(values, part), { ...commonBody(values, part), kind: 'text', text: values.text }),
	output,
});

/** A text with links, see {@link sendText}. */
const sendAndWaitForResponse = sendAndWait({
	fields: { ...sendFields, options: textOptions },
	limit: textLimit,
	request: (values, words, part) =>
		sendRequest(delivery(values, part), { ...commonBody(values, part), kind: 'text', text: words }),
	output,
});

/** API reference: folder Messages, Send Location Message. */
const sendLocation = defineOperation({
	value: 'sendLocation',
	name: 'Send Location',
	action: 'Send a location',
	description: 'Send a place on the map to a person or a group',
	effect: 'send',
	fields: { ...sendFields, ...location, options },
	request: (values) =>
		sendRequest(delivery(values), {
			...commonBody(values),
			kind: 'location',
			location: {
				latitude: values.latitude,
				longitude: values.longitude,
				name: values.locationName,
				address: values.address,
			},
		}),
	output,
});

/** API reference: folder Messages, Send Contact Message. Its `phoneNumber` has a "+", unlike all others. */
const sendContact = defineOperation({
	value: 'sendContact',
	name: 'Send Contact',
	action: 'Send a contact card',
	description: 'Send a contact card to a person or a group',
	effect: 'send',
	fields: { ...sendFields, ...contactCard, options },
	request: (values) =>
		sendRequest(delivery(values), {
			...commonBody(values),
			kind: 'contact',
			contact: { fullName: values.contactName, phoneNumber: `+${values.contactPhone}` },
		}),
	output,
});

/** API reference: folder Messages, Send Poll Message. */
const sendPoll = defineOperation({
	value: 'sendPoll',
	name: 'Send Poll',
	action: 'Send a poll',
	description: 'Send a poll, a question with answers to choose from, to a person or a group',
	effect: 'send',
	fields: { ...sendFields, ...poll, options },
	// That a poll shows no format, unlike a text, is inferred: plain words are right in either case. The answers stay as they
	// are, because a vote names them.
	textMessage: wholeText({ field: 'question', isPlain: () => true }),
	request: (values) =>
		sendRequest(delivery(values), {
			...commonBody(values),
			kind: 'poll',
			poll: { question: values.question, options: values.pollOptions, multiSelect: values.multiSelect },
		}),
	output,
});

/** API reference: folder Messages, Re-dispatch a previously-sent message. It takes no idempotency key. */
const resend = defineOperation({
	value: 'resend',
	name: 'Resend',
	action: 'Resend a message',
	description: 'Send an earlier message again',
	effect: 'send',
	fields: { session, messageId, options: optionsField([timeLimitOption]) },
	request: (values) =>
		forSession(values.session, {
			method: 'POST',
			path: path`/api/messages/${values.messageId}/resend`,
			timeLimitMs: timeLimitMs(values.options),
		}),
	output: (data) => sent(data),
});

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [
		sendText,
		sendAndWaitForResponse,
		sendImage,
		sendVideo,
		sendDocument,
		sendAudio,
		sendSticker,
		sendLocation,
		sendContact,
		sendPoll,
		downloadMedia,
		getInfo,
		edit,
		deleteMessage,
		resend,
		markAsRead,
		updatePresence,
	],
};
