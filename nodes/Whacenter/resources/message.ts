import { z } from 'zod';
import { wallClock } from '../../shared/messaging/dateTime';
import { captionField, text } from '../../shared/messaging/fields/content';
import { timeLimitMs } from '../../shared/messaging/fields/options';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { textMessage, wholeText } from '../../shared/messaging/fields/textOptions';
import { sendAndWait } from '../../shared/messaging/response/operation';
import { type SendLanguage, sentMessage } from '../../shared/messaging/sentMessage';
import { isObject } from '../../shared/object';
import { field, type Field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import {
	bareOptions,
	fileUrl,
	groupName,
	groupOptions,
	otherDevice,
	personOptions,
	scheduleOptions,
	sendAt,
	textOrFile,
	timeZone,
} from '../whacenter.fields';
import { formRequest, textLimit } from '../whacenter.api.requests';

const caption = captionField();

const messageId = field(
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1234567',
		description: 'The messageId that Schedule returned',
	},
	requiredId('enter the messageId that Schedule returned, for example {{ $json.messageId }}'),
);

const retiredNotice: Field = {
	properties: [
		{
			displayName:
				'Whacenter has retired buttons: its API reference says they can no longer be used. Use this operation only if they still work for your account.',
			name: 'retiredNotice',
			type: 'notice',
			default: '',
		},
	],
	read: () => undefined,
	schema: z.unknown(),
};

const buttons = field(
	{
		displayName: 'Buttons',
		name: 'buttons',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Yes, No, Maybe',
		description: 'The button labels, separated by commas',
	},
	requiredText('enter the button labels, separated by commas')
		.transform((written) =>
			written
				.split(',')
				.map((label) => label.trim())
				.filter((label) => label !== '')
				.join(','),
		)
		.refine((labels) => labels !== '', { error: 'enter at least one label' }),
);

/** API reference: every send returns "message sent" in `message`, next to the `status` that says yes. */
const language: SendLanguage = { provider: 'whacenter', statuses: { 'message sent': 'sent' }, unlisted: 'accepted' };

const answered = z.object({ message: z.unknown() });

/**
 * API reference: `id`, a number; the recipient is not named. Messages to groups go by the group's name, so the name serves as
 * the group's ID.
 */
function output(
	data: unknown,
	values: { number: string } | { groupName: string },
	envelope: unknown,
	isScheduled = false,
): SentMessage {
	const { id, ...others } = isObject(data) ? data : {};
	const status = answered.safeParse(envelope).data?.message;
	const asked = 'number' in values ? { phone: values.number } : { groupId: values.groupName };
	return sentMessage(language, { messageId: id, status, others }, { ...asked, isScheduled });
}

/** API reference: Send Message (POST); its twin Send Message (GET) does the same. */
const sendText = defineOperation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text message',
	description: 'Send a text message to a person',
	effect: 'send',
	fields: { number: phoneNumber, text, otherDevice, options: personOptions },
	textMessage: textMessage({ to: 'number', limit: textLimit }),
	request: (values) =>
		formRequest(
			'/send',
			{ number: values.number, message: values.text },
			values.otherDevice,
			timeLimitMs(values.options),
		),
	output,
});

/** A text with links, see {@link sendText}. */
const sendAndWaitForResponse = sendAndWait({
	fields: { number: phoneNumber, otherDevice, options: personOptions },
	to: 'number',
	limit: textLimit,
	request: (values, message) =>
		formRequest('/send', { number: values.number, message }, values.otherDevice, timeLimitMs(values.options)),
	output,
});

/** API reference: Send Message Image or File. */
const sendFile = defineOperation({
	value: 'sendFile',
	name: 'Send Image or File',
	action: 'Send an image or file',
	description: 'Send an image or other file by its URL to a person, with or without text',
	effect: 'send',
	fields: { number: phoneNumber, fileUrl, caption, otherDevice, options: personOptions },
	textMessage: wholeText({ to: 'number' }),
	request: (values) =>
		formRequest(
			'/send',
			{ number: values.number, message: values.caption, file: values.fileUrl },
			values.otherDevice,
			timeLimitMs(values.options),
		),
	output,
});

/** API reference: Send Message to Group. That it takes `file` as Send Message does is observed in use. */
const sendToGroup = defineOperation({
	value: 'sendToGroup',
	name: 'Send to Group',
	action: 'Send a message to a group',
	description: 'Send a text, a file or both to a group by its name',
	effect: 'send',
	fields: { groupName, text: textOrFile, otherDevice, options: groupOptions },
	textMessage: textMessage({ to: 'groupName', limit: textLimit }),
	request: (values, part) =>
		formRequest(
			'/sendGroup',
			// The file goes with the first part of the text.
			{
				group: values.groupName,
				message: values.text,
				file: part === 0 ? values.options.fileUrl : undefined,
			},
			values.otherDevice,
			timeLimitMs(values.options),
		),
	output,
});

/** API reference: Send Schedule Message, `schedule` as 2021-10-07 11:30:00. The `id` in the answer is what deletes it. */
const schedule = defineOperation({
	value: 'schedule',
	name: 'Schedule',
	action: 'Schedule a message',
	description: 'Send a text, a file or both to a person later',
	effect: 'send',
	fields: { number: phoneNumber, text: textOrFile, sendAt, timeZone, otherDevice, options: scheduleOptions },
	// Parts for the same moment might arrive in any order.
	textMessage: wholeText({ field: 'text', to: 'number', limit: textLimit }),
	request: (values) =>
		formRequest(
			'/send',
			{
				number: values.number,
				message: values.text,
				schedule: wallClock(values.sendAt, values.timeZone),
				file: values.options.fileUrl,
			},
			values.otherDevice,
			timeLimitMs(values.options),
		),
	output: (data, values, envelope) => output(data, values, envelope, true),
});

/**
 * API reference: Delete Schedule Message: a GET, there with a form as its body. Third-party code sends the fields in the
 * query (inferred to be the form that works).
 */
const deleteScheduled = defineOperation({
	value: 'deleteScheduled',
	name: 'Delete Scheduled',
	action: 'Delete a scheduled message',
	description: 'Delete a scheduled message before it is sent',
	effect: 'change',
	destructive: ['messageId'],
	fields: { messageId, otherDevice, options: bareOptions },
	request: (values) => ({
		method: 'GET',
		path: '/deleteMessage',
		query: { device_id: values.otherDevice, id: values.messageId },
		// If a retry came after a success, it would be refused: the message is gone.
		repeatable: false,
		timeLimitMs: timeLimitMs(values.options),
	}),
	output: (_data, values) => ({ deleted: true, messageId: values.messageId }),
});

/** API reference: Send Message Button, described there as no longer usable. */
const sendButtons = defineOperation({
	value: 'sendButtons',
	name: 'Send Buttons (Retired)',
	action: 'Send buttons (retired)',
	description: 'Send a text with buttons to a person. Whacenter says this can no longer be used.',
	effect: 'send',
	fields: { retiredNotice, number: phoneNumber, text, buttons, otherDevice, options: personOptions },
	textMessage: wholeText({ field: 'text', to: 'number', limit: textLimit }),
	request: (values) =>
		formRequest(
			'/sendButton',
			{ number: values.number, message: values.text, button: values.buttons },
			values.otherDevice,
			timeLimitMs(values.options),
		),
	output,
});

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [sendText, sendAndWaitForResponse, sendFile, sendToGroup, schedule, deleteScheduled, sendButtons],
};
