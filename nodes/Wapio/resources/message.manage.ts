import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { path } from '../../shared/http/request';
import { text } from '../../shared/messaging/fields/content';
import { defaultCountryOption, optionsField } from '../../shared/messaging/fields/options';
import { formatOptions, wholeText } from '../../shared/messaging/fields/textOptions';
import { field, listsToo } from '../../shared/operations/define/field';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { simplify } from '../../shared/operations/define/simplify';
import { listOf } from '../../shared/text';
import { simpleInfo } from '../api/outputs';
import { forSession, textLimit } from '../api/requests';
import { messageId } from '../fields/messageId';
import { chatJid } from '../fields/recipients';
import { addressOf, recipient } from '../fields/sendFields';
import { session } from '../fields/session';

const countryOptions = optionsField([defaultCountryOption]);

const messageIds = field(
	{
		displayName: 'Message IDs',
		name: 'messageIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 3EB0C431C26A1916E07A, 3EB0C431C26A1916E07B',
		description: 'IDs of the received messages, separated by commas: messageId in the output of the trigger',
		...listsToo,
	},
	z
		.unknown()
		.transform(listOf)
		.refine((ids) => ids.length > 0, { error: 'enter the ID of a message, or several separated by commas' }),
);

/** Provider documentation: these five. */
const PRESENCES = ['available', 'composing', 'paused', 'recording', 'unavailable'] as const;

const presence = field(
	{
		displayName: 'Presence',
		name: 'presence',
		type: 'options',
		options: [
			{ name: 'Available', value: 'available', description: 'Online' },
			{ name: 'Paused', value: 'paused', description: 'Stopped typing or recording' },
			{ name: 'Recording', value: 'recording', description: 'Recording a voice note' },
			{ name: 'Typing', value: 'composing', description: 'Typing a message' },
			{ name: 'Unavailable', value: 'unavailable', description: 'Offline' },
		],
		default: 'composing',
		description: 'What people in the chat see',
	},
	z.enum(PRESENCES, { error: 'choose an option from the list' }),
);

/** API reference: folder Messages, Get delivery info for a message. */
export const getInfo = defineOperation({
	value: 'getInfo',
	name: 'Get Info',
	action: 'Get the status of a message',
	description: 'Get the delivery status of a message: when it was accepted, delivered and read, or why it failed',
	effect: 'read',
	fields: { session, messageId, simplify },
	request: (values) =>
		forSession(values.session, { method: 'GET', path: path`/api/messages/${values.messageId}/info` }),
	output: (data, values) => (values.simplify ? each(simpleInfo)(data) : (data as IDataObject)),
});

/** API reference: folder Messages, Edit a previously-sent text message; its alias with PUT does the same. */
export const edit = defineOperation({
	value: 'edit',
	name: 'Edit',
	action: 'Edit a sent message',
	description: 'Replace the text of a sent message',
	effect: 'change',
	fields: { session, messageId, text },
	textMessage: wholeText({ field: 'text', to: 'messageId', limit: textLimit, options: formatOptions }),
	request: (values) =>
		forSession(values.session, {
			method: 'POST',
			path: path`/api/messages/${values.messageId}/edit`,
			json: { text: values.text },
		}),
});

/** API reference: folder Messages, Delete (revoke) a previously-sent message. */
export const deleteMessage = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a message for everyone',
	description: 'Delete a sent message for everyone',
	effect: 'change',
	destructive: ['messageId'],
	fields: { session, messageId },
	request: (values) =>
		forSession(values.session, { method: 'DELETE', path: path`/api/messages/${values.messageId}` }),
	output: (_data, values) => ({ deleted: true, messageId: values.messageId }),
});

/** API reference: folder Messages, Mark one or more messages as read. */
export const markAsRead = defineOperation({
	value: 'markAsRead',
	name: 'Mark as Read',
	action: 'Mark messages as read',
	description: 'Mark received messages of a chat as read',
	effect: 'change',
	fields: { session, chatJid, messageIds, options: countryOptions },
	request: (values) =>
		forSession(values.session, {
			method: 'POST',
			path: '/api/messages/read',
			json: { message_ids: values.messageIds, chat_jid: values.chatJid },
		}),
});

/** API reference: folder Messages, Update typing / online presence. */
export const updatePresence = defineOperation({
	value: 'updatePresence',
	name: 'Update Presence',
	action: 'Show typing or recording in a chat',
	description: 'Show in a chat that the session is typing, recording or online',
	effect: 'change',
	fields: { session, recipient, presence, options: countryOptions },
	request: (values) =>
		forSession(values.session, {
			method: 'POST',
			path: '/api/send-presence-update',
			json: { to: addressOf(values.recipient), presence: values.presence },
		}),
});
