import type { INodeProperties } from 'n8n-workflow';
import { listsToo } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';

/** The optional parameters of sends, each once: API reference, Delivery, Bulk Delivery and Sending files. */

export const callbackUrlOption: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/status',
	description: 'Where Chategy shall post the status of the message once it is final',
};

export const customerIdOption: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8143',
	description: 'Internal client ID',
};

export const externalIdOption: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1001',
	description:
		'Your own ID of the message. With an Idempotency Key in the credential, a message whose ID was taken before is not sent again; left empty, the node then makes one for each item.',
};

export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description: "The file's name with its extension. Left empty, it is the name the file has.",
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
	description: 'Priority of the message. Without this option, Chategy decides.',
};

export const replyToOption: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyToMessageId',
	type: 'string',
	default: '',
	placeholder: 'e.g. false_995555558974@c.us_3B55D8ECE08DAC8198EB',
	description: 'The ID of the message to answer, as a webhook gave it',
};

export const scheduledAtOption: INodeProperties = {
	displayName: 'Scheduled At',
	name: 'scheduledAt',
	type: 'dateTime',
	default: '',
	description:
		"When the message shall be sent, one minute to one month ahead, in the workflow's time zone (see the workflow settings)",
};

export const senderNameOption = locator({
	displayName: 'Sender Name',
	name: 'senderName',
	description: 'The name an SMS comes from, one of the account',
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
		'How WhatsApp shows an image. Without this option, images below 10 MB are shown as images and larger ones sent as documents.',
};

export const simulateTypingOption: INodeProperties = {
	displayName: 'Simulate Typing',
	name: 'simulateTyping',
	type: 'boolean',
	default: true,
	description: 'Whether the person sees "typing…" in WhatsApp for a while before the message arrives',
};

export const telegramUserIdOption: INodeProperties = {
	displayName: 'Telegram User ID',
	name: 'telegramUserId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 379163707',
	description:
		'A Telegram user, or with a negative number a group, to send to. It needs the channel Telegram (Account).',
};

export const usernamesOption: INodeProperties = {
	displayName: 'Usernames',
	name: 'usernames',
	type: 'string',
	default: '',
	placeholder: 'e.g. @first, @second',
	description: 'Telegram usernames to send to, separated by commas. They need the channel Telegram (Account).',
	...listsToo,
};

export const utmMarkOption = locator({
	displayName: 'UTM Mark',
	name: 'utmMark',
	description: 'A label that the message is counted under: one in use, or a new one',
	search: 'searchUtmMarks',
	byHand: { label: 'By Name', placeholder: 'e.g. spring_sale' },
});

export const waitForFinalStatusOption: INodeProperties = {
	displayName: 'Wait for Final Status',
	name: 'waitForFinalStatus',
	type: 'boolean',
	default: true,
	description:
		'Whether to go on only when the message is delivered, or cannot be. It works on one item at a time, and Chategy must be able to reach this n8n.',
};

export const waitLimitOption: INodeProperties = {
	displayName: 'Wait Limit (Minutes)',
	name: 'waitLimit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	displayOptions: { show: { waitForFinalStatus: [true] } },
	description: 'How long to wait for the final status before going on without it',
};
