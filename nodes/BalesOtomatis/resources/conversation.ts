import type { IDataObject } from 'n8n-workflow';
import type { GatewayRequest } from '../../shared/http/request';
import { text } from '../../shared/messaging/fields/content';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import { requiredText } from '../../shared/messaging/fields/schemas';
import { textMessage, wholeText } from '../../shared/messaging/fields/textOptions';
import { field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import { jsonRequest, textLimit } from '../api/requests';
import { sent } from '../api/sentMessage';
import { caption, captionPlacementOption, deliveryOption, fileUrl, imageUrl, messageOptions } from '../fields/content';
import * as degrees from '../fields/coordinate';
import { licenseKey } from '../fields/number';

const usual = [defaultCountryOption, deliveryOption, timeLimitOption];
const options = optionsField(usual, messageOptions);
const imageOptions = optionsField([...usual, captionPlacementOption], messageOptions);

const fileName = field(
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. invoice.pdf',
		description: 'The file name that the person sees',
	},
	requiredText('enter the name of the file, for example invoice.pdf'),
);

const latitude = field(
	{
		displayName: 'Latitude',
		name: 'latitude',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. -6.2',
	},
	degrees.latitude,
);

const longitude = field(
	{
		displayName: 'Longitude',
		name: 'longitude',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 106.816666',
	},
	degrees.longitude,
);

const locationName = field(
	{
		displayName: 'Location Name',
		name: 'locationName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Jakarta Pusat',
		description: 'The name of the place',
	},
	requiredText('enter the name of the place'),
);

const output = (data: unknown, values: { number: string }): SentMessage => sent(data, { phone: values.number });

/** `reciptient` is the field's name (API reference, and observed in use). */
function conversationRequest(
	values: { license: string; number: string; options: { delivery: string; timeLimit?: number } },
	content: IDataObject,
): GatewayRequest {
	const { license, number, options: chosen } = values;
	return jsonRequest(
		'/send_meta_personal_message',
		{
			licenses_key: license,
			reciptient: number,
			platform: 'whatsapp',
			...content,
			method_send: chosen.delivery,
		},
		timeLimitMs(chosen),
	);
}

/** API reference: folder Conversations, Send Text Only (Required Time Window Active). */
const sendText = defineOperation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text in a conversation',
	description: 'Send a text to a person who wrote to you in the last 24 hours. To anyone else, send a template.',
	effect: 'send',
	fields: { license: licenseKey, number: phoneNumber, text, options },
	textMessage: textMessage({ to: 'number', limit: textLimit }),
	request: (values) => conversationRequest(values, { message: values.text }),
	output,
});

/** API reference: folder Conversations, Send Image. `send_as_caption` is a number here. */
const sendImage = defineOperation({
	value: 'sendImage',
	name: 'Send Image',
	action: 'Send an image in a conversation',
	description: 'Send an image, with or without a caption, to a person who wrote to you in the last 24 hours',
	effect: 'send',
	fields: { license: licenseKey, number: phoneNumber, imageUrl, caption, options: imageOptions },
	textMessage: wholeText({ to: 'number' }),
	request: (values) =>
		conversationRequest(values, {
			message: values.caption,
			image_url: values.imageUrl,
			send_as_caption: values.options.captionPlacement === 'caption' ? 1 : 0,
		}),
	output,
});

/** API reference: folder Conversations, Send Document. */
const sendDocument = defineOperation({
	value: 'sendDocument',
	name: 'Send Document',
	action: 'Send a document in a conversation',
	description: 'Send a file to a person who wrote to you in the last 24 hours',
	effect: 'send',
	fields: { license: licenseKey, number: phoneNumber, fileUrl, fileName, options },
	request: (values) =>
		conversationRequest(values, {
			file_url: values.fileUrl,
			fileName: values.fileName,
			messageType: 'document',
		}),
	output,
});

/** API reference: folder Conversations, Send Location. The coordinates are texts there. */
const sendLocation = defineOperation({
	value: 'sendLocation',
	name: 'Send Location',
	action: 'Send a location in a conversation',
	description: 'Send a place on the map to a person who wrote to you in the last 24 hours',
	effect: 'send',
	fields: { license: licenseKey, number: phoneNumber, latitude, longitude, locationName, options },
	request: (values) =>
		conversationRequest(values, {
			latitude: String(values.latitude),
			longitude: String(values.longitude),
			nameLocation: values.locationName,
			messageType: 'location',
		}),
	output,
});

export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	operations: [sendText, sendImage, sendDocument, sendLocation],
};
