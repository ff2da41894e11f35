import type { IDataObject } from 'n8n-workflow';
import type { GatewayRequest } from '../../shared/http/request';
import { text } from '../../shared/messaging/fields/content';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { textMessage, wholeText } from '../../shared/messaging/fields/textOptions';
import { sendAndWait } from '../../shared/messaging/response/operation';
import type { Field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation, type Operation } from '../../shared/operations/define/operation';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import { jsonRequest, textLimit } from '../api/requests';
import { sent } from '../api/sentMessage';
import {
	caption,
	captionPlacementOption,
	deliveryOption,
	fileUrl,
	imageUrl,
	messageOptions,
	showTypingOption,
} from '../fields/content';
import { sendFrom } from '../fields/number';
import { group, phonePair } from '../fields/recipients';

/** The fields with which a request names the recipient. */
type Recipient = { phone_no: string; country_code: string } | { group_id: string };

/** How the two folders of messages differ. */
interface Kind {
	/** In descriptions: "a person". */
	to: string;
	/** At the end of an action, which is short: people are the usual recipients. */
	suffix: string;
	recipient: Field<Recipient>;
	messagePath: string;
	filePath: string;
	asksForNumber: boolean;
}

const toPerson: Kind = {
	to: 'a person',
	suffix: '',
	recipient: phonePair,
	messagePath: '/send_personal_message',
	filePath: '/send_personal_file',
	asksForNumber: true,
};

const toGroup: Kind = {
	to: 'a group',
	suffix: ' to a group',
	recipient: { ...group, schema: group.schema.transform((group_id) => ({ group_id })) },
	messagePath: '/send_group_message',
	filePath: '/send_group_file',
	asksForNumber: false,
};

/** The folders WhatsApp Un-Official / Sending Message - Group and - Personal differ only in recipient and path. */
function operationsOf({ to, suffix, recipient, messagePath, filePath, asksForNumber }: Kind): Operation[] {
	const usual = [...(asksForNumber ? [defaultCountryOption] : []), deliveryOption, timeLimitOption, showTypingOption];
	const options = optionsField(usual, messageOptions);
	const imageOptions = optionsField([...usual, captionPlacementOption], messageOptions);
	const sendText = defineOperation({
		value: 'sendText',
		name: 'Send Text',
		action: `Send a text message${suffix}`,
		description: `Send a text message to ${to}`,
		effect: 'send',
		fields: { sendFrom, recipient, text, options },
		textMessage: textMessage({ limit: textLimit }),
		request: (values) => sendRequest(messagePath, values, { message: values.text }),
		output,
	});
	const sendImage = defineOperation({
		value: 'sendImage',
		name: 'Send Image',
		action: `Send an image${suffix}`,
		description: `Send an image, with or without a caption, to ${to}`,
		effect: 'send',
		fields: { sendFrom, recipient, imageUrl, caption, options: imageOptions },
		textMessage: wholeText(),
		request: (values) =>
			sendRequest(messagePath, values, {
				message: values.caption,
				image_url: values.imageUrl,
				send_as_caption: values.options.captionPlacement === 'caption' ? '1' : '0',
			}),
		output,
	});
	const sendFile = defineOperation({
		value: 'sendFile',
		name: 'Send File',
		action: `Send a file${suffix}`,
		description: `Send a document or other file, with or without a caption, to ${to}`,
		effect: 'send',
		fields: { sendFrom, recipient, fileUrl, caption, options },
		textMessage: wholeText(),
		request: (values) => sendRequest(filePath, values, { message: values.caption, file_url: values.fileUrl }),
		output,
	});
	const sendAndWaitForResponse = sendAndWait({
		fields: { sendFrom, recipient, options },
		limit: textLimit,
		request: (values, message) => sendRequest(messagePath, values, { message }),
		output,
	});
	// n8n offers one such operation for each node to AI agents.
	return [sendText, sendImage, sendFile, ...(asksForNumber ? [sendAndWaitForResponse] : [])];
}

function output(data: unknown, { recipient }: { recipient: Recipient }): SentMessage {
	return sent(
		data,
		'group_id' in recipient
			? { groupId: recipient.group_id }
			: { phone: recipient.country_code + recipient.phone_no },
	);
}

/** `enable_typing` and `send_as_caption` are the texts "1" and "0" (API reference). */
function sendRequest(
	path: string,
	values: {
		sendFrom: string;
		recipient: Recipient;
		options: { showTyping: boolean; delivery: string; timeLimit?: number };
	},
	content: IDataObject,
): GatewayRequest {
	const { sendFrom: number, recipient, options } = values;
	const head = {
		number_id: number,
		enable_typing: options.showTyping ? '1' : '0',
		method_send: options.delivery,
	};
	return jsonRequest(path, { ...head, ...recipient, ...content }, timeLimitMs(options));
}

/** API reference: folder WhatsApp Un-Official / Sending Message - Group. */
export const groupMessage: Resource = {
	value: 'groupMessage',
	name: 'Group Message',
	operations: operationsOf(toGroup),
};

/** API reference: folder WhatsApp Un-Official / Sending Message - Personal. */
export const personalMessage: Resource = {
	value: 'personalMessage',
	name: 'Personal Message',
	operations: operationsOf(toPerson),
};
