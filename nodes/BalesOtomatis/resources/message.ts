import type { IDataObject } from 'n8n-workflow';
import type { GatewayRequest } from '../../shared/http/request';
import { text } from '../../shared/messaging/fields/content';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { sendAndWait } from '../../shared/messaging/response/operation';
import type { Field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation, type Operation } from '../../shared/operations/define/operation';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import { jsonRequest } from '../api/requests';
import { sent } from '../api/sentMessage';
import {
	deliveryOption,
	fileUrl,
	imageUrl,
	messageOptions,
	optionalText,
	textPlacementOption,
	typingEffectOption,
} from '../fields/content';
import { numberId } from '../fields/number';
import { group, phonePair } from '../fields/recipients';

/** To whom: the fields that a request names the recipient by. */
type Recipient = { phone_no: string; country_code: string } | { group_id: string };

/** What the two folders of messages differ in. */
interface Kind {
	/** In descriptions: "a person". */
	to: string;
	recipient: Field<Recipient>;
	messagePath: string;
	filePath: string;
	asksForNumber: boolean;
}

const toPerson: Kind = {
	to: 'a person',
	recipient: phonePair,
	messagePath: '/send_personal_message',
	filePath: '/send_personal_file',
	asksForNumber: true,
};

const toGroup: Kind = {
	to: 'a group',
	recipient: { ...group, schema: group.schema.transform((group_id) => ({ group_id })) },
	messagePath: '/send_group_message',
	filePath: '/send_group_file',
	asksForNumber: false,
};

/** The folders WhatsApp Un-Official / Sending Message - Group and - Personal differ in recipient and path alone. */
function operationsOf({ to, recipient, messagePath, filePath, asksForNumber }: Kind): Operation[] {
	const usual = [
		...(asksForNumber ? [defaultCountryOption] : []),
		deliveryOption,
		timeLimitOption,
		typingEffectOption,
	];
	const options = optionsField(usual, messageOptions);
	const imageOptions = optionsField([...usual, textPlacementOption], messageOptions);
	const sendText = defineOperation({
		value: 'sendText',
		name: 'Send Text',
		action: `Send a text message to ${to}`,
		description: `Send a text to ${to}`,
		effect: 'send',
		fields: { number: numberId, recipient, text, options },
		request: (values) => sendRequest(messagePath, values, { message: values.text }),
		output,
	});
	const sendImage = defineOperation({
		value: 'sendImage',
		name: 'Send Image',
		action: `Send an image to ${to}`,
		description: `Send an image, with or without a text, to ${to}`,
		effect: 'send',
		fields: { number: numberId, recipient, imageUrl, text: optionalText, options: imageOptions },
		request: (values) =>
			sendRequest(messagePath, values, {
				message: values.text,
				image_url: values.imageUrl,
				send_as_caption: values.options.textPlacement === 'caption' ? '1' : '0',
			}),
		output,
	});
	const sendFile = defineOperation({
		value: 'sendFile',
		name: 'Send File',
		action: `Send a file to ${to}`,
		description: `Send a document or another file, with or without a text, to ${to}`,
		effect: 'send',
		fields: { number: numberId, recipient, fileUrl, text: optionalText, options },
		request: (values) => sendRequest(filePath, values, { message: values.text, file_url: values.fileUrl }),
		output,
	});
	const sendAndWaitForResponse = sendAndWait({
		fields: { number: numberId, recipient, options },
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
		number: string;
		recipient: Recipient;
		options: { typingEffect: boolean; delivery: string; timeLimit?: number };
	},
	content: IDataObject,
): GatewayRequest {
	const { number, recipient, options } = values;
	const head = {
		number_id: number,
		enable_typing: options.typingEffect ? '1' : '0',
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
