import type { INodeProperties } from 'n8n-workflow';
import { listsToo } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';

/** The optional parameters of sends: API reference, Delivery, Bulk Delivery and Sending files. */

export const callbackUrlOption: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/status',
	description: 'URL that receives the status of the message once it is final',
};

export const customerIdOption: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8143',
	description: "Chategy's internal ID of the client",
};

export const externalIdOption: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1001',
	description:
		'Your own ID for the message. With an Idempotency Key in the credential, a message whose ID was already used is not sent again; leave this empty to let the node create an ID for each item.',
};

export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description: "The file name with its extension. Leave empty to use the file's own name.",
};

export const priorityOption: INodeProperties = {
	displayName: 'Priority',
	name: 'priority',
	type: 'options',
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
		{ name: 'Medium', value: 'medium' },
	],
	default: 'high',
	description: 'Priority of the message. Without this option, Chategy chooses it automatically.',
};

export const replyToOption: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyToMessageId',
	type: 'string',
	default: '',
	placeholder: 'e.g. false_995555558974@c.us_3B55D8ECE08DAC8198EB',
	description: 'The ID of the message to reply to: messageId in the output of the Chategy Trigger',
};

export const sendAtOption: INodeProperties = {
	displayName: 'Send At',
	name: 'sendAt',
	type: 'dateTime',
	default: '',
	description:
		"When to send the message, in the workflow's time zone (see the workflow settings), from one minute to one month ahead",
};

export const senderNameOption = locator({
	displayName: 'Sender Name',
	name: 'senderName',
	description: "The sender shown for an SMS: one of your account's sender names",
	search: 'searchSenderNames',
	byHand: { label: 'By Name', placeholder: 'e.g. CHATEGY.IO' },
});

export const sendAsOption: INodeProperties = {
	displayName: 'Send As',
	name: 'sendAs',
	type: 'options',
	options: [
		{ name: 'Document', value: 'document' },
		{ name: 'Image', value: 'image' },
	],
	default: 'document',
	description:
		'How to send an image on WhatsApp. Without this option, images under 10 MB are sent as images and larger ones as documents.',
};

export const showTypingOption: INodeProperties = {
	displayName: 'Show Typing',
	name: 'showTyping',
	type: 'boolean',
	// Chategy simulates typing without the option, so it is added to turn that off.
	default: false,
	description:
		'Whether the recipient sees "typing…" in WhatsApp before the message arrives. Without this option, they do.',
};

export const telegramUserIdOption: INodeProperties = {
	displayName: 'Telegram User or Group ID',
	name: 'telegramUserId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 379163707',
	description:
		'The ID of a Telegram user, or the negative ID of a group, to send to as well. It needs the channel Telegram (Account).',
};

export const usernamesOption: INodeProperties = {
	displayName: 'Telegram Usernames',
	name: 'usernames',
	type: 'string',
	default: '',
	placeholder: 'e.g. @first, @second',
	description:
		'Telegram usernames to send to as well, separated by commas. They need the channel Telegram (Account).',
	...listsToo,
};

export const utmMarkOption = locator({
	displayName: 'UTM Mark',
	name: 'utmMark',
	description: 'A label for the message: choose one that is already in use, or enter a new one',
	search: 'searchUtmMarks',
	byHand: { label: 'By Name', placeholder: 'e.g. spring_sale' },
});

export const waitForFinalStatusOption: INodeProperties = {
	displayName: 'Wait for Final Status',
	name: 'waitForFinalStatus',
	type: 'boolean',
	default: true,
	description:
		'Whether to continue only when the message has been delivered or has failed. It works with one item at a time, and Chategy must be able to reach this n8n.',
};

export const waitLimitOption: INodeProperties = {
	displayName: 'Wait Limit (Minutes)',
	name: 'waitLimit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	displayOptions: { show: { waitForFinalStatus: [true] } },
	description: 'How long to wait for the final status before continuing without it',
};
