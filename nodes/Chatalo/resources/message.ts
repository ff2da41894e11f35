import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { GatewayRequest } from '../../shared/http/request';
import { text } from '../../shared/messaging/fields/content';
import { binaryOutput } from '../../shared/messaging/fields/files';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { personOrGroup, type PersonOrGroup } from '../../shared/messaging/fields/recipients';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { textMessage, wholeText } from '../../shared/messaging/fields/textOptions';
import { sendAndWait } from '../../shared/messaging/response/operation';
import { recipientOf, type SendLanguage, sentMessage } from '../../shared/messaging/sentMessage';
import { isObject } from '../../shared/object';
import { field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import { device, fileUrl, group } from '../chatalo.fields';
import { mediaRequest, textLimit } from '../chatalo.api.requests';

const recipient = personOrGroup(group);
const options = optionsField([defaultCountryOption, timeLimitOption]);

const caption = field(
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. Your invoice for October',
		description: 'The text under the file. To send a file without text, use Send File.',
	},
	requiredText('write the caption, or use the operation Send File to send a file without text'),
);

const mediaReference = field(
	{
		displayName: 'Media Reference',
		name: 'mediaReference',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.media.reference }}',
		description:
			'The media.reference of a received message, as the Chatalo Trigger returns it (file_encoded in the API reference)',
	},
	requiredId('enter the media reference of a received message, for example {{ $json.media.reference }}'),
	{ secret: true },
);

/**
 * The folders Message / Personal and Message / Group differ only in path and recipient.
 *
 * @param content the type and what it needs, as the API reference's bodies show
 */
function sendRequest(
	deviceId: string,
	to: PersonOrGroup,
	content: IDataObject,
	chosen: { timeLimit?: number },
): GatewayRequest {
	const { type, ...rest } = content;
	const isPerson = to.kind === 'person';
	return {
		method: 'POST',
		path: isPerson ? '/messages' : '/messages/group',
		json: {
			device_id: deviceId,
			type,
			...(isPerson ? { number: to.number } : { group_id: to.groupId }),
			...rest,
		},
		timeLimitMs: timeLimitMs(chosen),
	};
}

/** API reference: every send returns `is_sent: true`, and `meta.message` "OK", but no ID. */
const language: SendLanguage = {
	provider: 'chatalo',
	statuses: { is_sent: 'sent', ok: 'accepted' },
	unlisted: 'accepted',
};

/** Made once: zod compiles a schema when it is first used. */
const answered = z.object({ meta: z.object({ message: z.unknown() }) });

/** API reference: the recipient is a `number` or a `group_id`. */
function output(data: unknown, { recipient: to }: { recipient: PersonOrGroup }, envelope: unknown): SentMessage {
	const { is_sent, number, group_id, ...others } = isObject(data) ? data : {};
	const message = answered.safeParse(envelope).data?.meta.message;
	return sentMessage(
		language,
		{ status: is_sent === true ? 'is_sent' : message, phone: number, groupId: group_id, others },
		recipientOf(to),
	);
}

/** API reference: folders Message / Personal and Message / Group, Send Text Message. */
const sendText = defineOperation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text message',
	description: 'Send a text message to a person or a group',
	effect: 'send',
	fields: { device, recipient, text, options },
	textMessage: textMessage({ limit: textLimit }),
	request: (values) =>
		sendRequest(values.device, values.recipient, { type: 'text', message: values.text }, values.options),
	output,
});

/** A text with links, see {@link sendText}. */
const sendAndWaitForResponse = sendAndWait({
	fields: { device, recipient, options },
	limit: textLimit,
	output,
	request: (values, message) =>
		sendRequest(values.device, values.recipient, { type: 'text', message }, values.options),
});

/** API reference: folders Message / Personal and Message / Group, Send Caption Message. */
const sendCaption = defineOperation({
	value: 'sendCaption',
	name: 'Send Caption',
	action: 'Send a file with a caption',
	description: 'Send an image or other file with a text under it to a person or a group',
	effect: 'send',
	fields: { device, recipient, fileUrl, caption, options },
	textMessage: wholeText(),
	request: (values) =>
		sendRequest(
			values.device,
			values.recipient,
			{ type: 'caption', message: values.caption, url: values.fileUrl },
			values.options,
		),
	output,
});

/** API reference: folders Message / Personal and Message / Group, Send File. */
const sendFile = defineOperation({
	value: 'sendFile',
	name: 'Send File',
	action: 'Send a file without a caption',
	description: 'Send an image, document or other file without text to a person or a group',
	effect: 'send',
	fields: { device, recipient, fileUrl, options },
	request: (values) =>
		sendRequest(values.device, values.recipient, { type: 'file', url: values.fileUrl }, values.options),
	output,
});

/** API reference: folder Message, Download Message Media. Returns the file and its content type. */
const downloadMedia = defineOperation({
	value: 'downloadMedia',
	name: 'Download Media',
	action: 'Download a received file',
	description: 'Download the file of a received message',
	effect: 'read',
	fields: { device, mediaReference, binaryOutput },
	run: async (values, { download, storeBinary }) => {
		const { body, headers } = await download(mediaRequest(values.device, values.mediaReference));
		const binary = await storeBinary(body, undefined, headers['content-type']);
		const { mimeType, fileName, fileSize, bytes } = binary;
		return [
			{
				json: { mimeType, fileName, fileSize: bytes ?? fileSize },
				binary: { [values.binaryOutput]: binary },
			},
		];
	},
});

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [sendText, sendAndWaitForResponse, sendCaption, sendFile, downloadMedia],
};
