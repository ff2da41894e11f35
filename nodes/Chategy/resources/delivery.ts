import type { IDataObject } from 'n8n-workflow';
import { type GatewayRequest, path } from '../../shared/http/request';
import { captionField } from '../../shared/messaging/fields/content';
import { timeLimitMs } from '../../shared/messaging/fields/options';
import { textMessage, wholeText } from '../../shared/messaging/fields/textOptions';
import { sendAndWait } from '../../shared/messaging/response/operation';
import { FieldRefusal } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { simplify } from '../../shared/operations/define/simplify';
import { joinParts } from '../../shared/operations/define/textMessage';
import { textLimit } from '../api/requests';
import { askedOf, deliver, fileRequest, parametersOf, textRequest } from '../api/delivery';
import { meaningOf } from '../api/deliveryStatuses';
import { sentBulk, sentDelivery, simpleDelivery } from '../api/outputs';
import { bulkNumbers, isOnePerItem } from '../fields/bulkNumbers';
import { bulkChannels, channels } from '../fields/channels';
import { messageId, deliveryText as text } from '../fields/delivery';
import { file } from '../fields/file';
import { idempotency, signed } from '../fields/idempotency';
import { recipient, type Recipient } from '../fields/recipient';
import { writtenMoment } from '../fields/schedule';
import { bulkOptions, fileOptions, plainOptions, sendOptions } from '../fields/sendOptions';

const caption = captionField();

/** The values of a send that decide how its text goes out. */
interface TextValues {
	channels?: string[];
	recipient?: Recipient;
	options: { waitForFinalStatus?: boolean; sendAt?: Date };
}

/**
 * Whether the message goes to where WhatsApp's format means nothing. Without channels, the account's default ones are used,
 * which the node does not know: WhatsApp's format can be read as plain text, too, so it is used then.
 */
function isPlain({ channels: chosen, recipient: to }: TextValues): boolean {
	const isElsewhere = to !== undefined && !('phone' in to || 'whatsapp_lid' in to);
	return isElsewhere || chosen?.some((channel) => channel !== 'whatsapp') === true;
}

/** What is known of one message only, or may change the order of several. */
function mustBeWhole({ options }: TextValues): FieldRefusal | undefined {
	if (options.waitForFinalStatus === true) {
		return new FieldRefusal(
			'options.waitForFinalStatus',
			'the text is too long for one message, and this node can wait for only one. Shorten the text, or turn off Wait for Final Status',
		);
	}
	if (options.sendAt === undefined) return undefined;
	return new FieldRefusal(
		'options.sendAt',
		'the text is too long for one message, and scheduled parts could arrive out of order. Shorten the text, or remove Send At',
	);
}

/** API reference: folder v1, Delivery. */
const send = defineOperation({
	value: 'send',
	name: 'Send',
	action: 'Send a text message',
	description:
		'Send a text message through WhatsApp, Telegram, MAX, SMS or other channels, tried one after the other',
	effect: 'send',
	fields: { recipient, text, channels, simplify, idempotency, options: sendOptions },
	textMessage: textMessage({ limit: textLimit, isPlain, mustBeWhole }),
	run: async (values, context, parts) =>
		await deliver({ ...values, parts, content: { text: values.text }, request: textRequest }, context),
});

/** A text with links, see {@link send}. */
const sendAndWaitForResponse = sendAndWait({
	fields: { recipient, channels, idempotency, options: plainOptions },
	limit: textLimit,
	isPlain,
	mustBeWhole,
	request: (values, text, part) => {
		const { parameters, request } = signed(
			parametersOf({ ...values, content: { text } }, values.options.callbackUrl, part),
			values.idempotency,
			part,
		);
		return { ...textRequest(parameters), ...request, timeLimitMs: timeLimitMs(values.options) };
	},
	output: (data, values) => sentDelivery(data, askedOf(values), true),
});

/** API reference: folder v1, Sending files. */
const sendFile = defineOperation({
	value: 'sendFile',
	name: 'Send File',
	action: 'Send an image or a file',
	description: 'Send an image, document, video or other file, with or without a caption',
	effect: 'send',
	fields: { recipient, file, caption, channels, simplify, idempotency, options: fileOptions },
	textMessage: wholeText({ isPlain }),
	run: async (values, context) => {
		const { fileName } = values.file;
		const content = {
			file_name: fileName,
			caption: values.caption || undefined,
			type: values.options.sendAs,
			customer_id: values.options.customerId,
		};
		return await deliver({ ...values, content, request: fileRequest(values.file) }, context);
	},
});

/**
 * API reference: folder v1, Bulk Delivery. Its address there lacks a slash; `/api/v1/bulk_delivery` is the one in use. It
 * takes no external ID, so a lost response cannot be requested again.
 */
const sendBulk = defineOperation({
	value: 'sendBulk',
	name: 'Send Bulk',
	action: 'Send one text to many numbers',
	description: 'Send the same text to many phone numbers in a single request. Returns one item for each recipient.',
	effect: 'send',
	fields: { numbers: bulkNumbers, text, channels: bulkChannels, options: bulkOptions },
	oneForAll: isOnePerItem,
	textMessage: textMessage({ to: 'numbers', limit: textLimit, isPlain, mustBeWhole }),
	run: async (values, { sendParts }, parts) => {
		const { numbers, options } = values;
		const requestOf = (text: string): GatewayRequest => ({
			method: 'POST',
			path: '/api/v1/bulk_delivery',
			json: {
				text,
				phones_numbers: numbers.map(({ digits }) => digits),
				dispatch_routing: values.channels,
				scheduled_at: options.sendAt && writtenMoment(options.sendAt),
				sender_name: options.senderName,
				tdlib_user_id: options.telegramUserId,
				usernames: options.usernames?.length ? options.usernames : undefined,
				utm_mark: options.utmMark,
			},
			timeLimitMs: timeLimitMs(options),
		});
		const sent = await sendParts(parts, async (text) => await Promise.resolve(requestOf(text)));
		// One answer for all recipients: it has no message IDs and does not say who was left out.
		const sentTo = (recipient: Recipient): IDataObject =>
			joinParts(sent.map(({ data }) => sentBulk(data, askedOf({ recipient, options }))));
		return [
			...numbers.map(({ digits, items }) => ({
				json: sentTo({ phone: digits }),
				...(items && { pairedItem: items.map((item) => ({ item })) }),
			})),
			...(options.usernames ?? []).map((username) => ({ json: { ...sentTo({ username }), username } })),
			...(options.telegramUserId === undefined
				? []
				: [{ json: sentTo({ tdlib_user_id: options.telegramUserId }) }]),
		];
	},
});

/** API reference: folder v1, Information about the delivery (the status of the shipment). */
const getStatus = defineOperation({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Get the delivery status of a message, and whether it is final',
	effect: 'read',
	fields: { messageId, simplify },
	request: (values) => ({ method: 'GET', path: path`/api/v1/delivery/${values.messageId}` }),
	output: (data, values) => {
		const delivery = withMeaning((data ?? {}) as IDataObject);
		return values.simplify ? simpleDelivery(delivery) : delivery;
	},
});

function withMeaning(delivery: IDataObject): IDataObject {
	const { status } = delivery;
	if (typeof status !== 'object' || status === null || !('status_id' in status)) return delivery;
	return { ...delivery, status: { ...status, ...meaningOf(status.status_id) } };
}

/** API reference: folder v1, Delete delivery. */
const deleteDelivery = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a sent message',
	description: 'Delete a delivered WhatsApp or Telegram message from all devices',
	effect: 'change',
	destructive: ['messageId'],
	fields: { messageId },
	request: (values) => ({ method: 'DELETE', path: path`/api/v1/delivery/${values.messageId}` }),
	output: (_data, values) => ({ deleted: true, messageId: values.messageId }),
});

export const delivery: Resource = {
	value: 'delivery',
	name: 'Delivery',
	operations: [send, sendAndWaitForResponse, sendFile, sendBulk, getStatus, deleteDelivery],
};
