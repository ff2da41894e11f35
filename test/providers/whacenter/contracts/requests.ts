/**
 * Every request of Whacenter's API reference, as 'Folder / Name'. Typed by hand: the contracts are measured against this list,
 * so it must not be made from them.
 */
export const whacenterRequests = [
	'Info Device',
	'Scan QR Code',
	'Get Webhook Url',
	'Set Webhook Url',
	'Send Message (POST)',
	'Send Message (GET)',
	'Send Message Button',
	'Send Message to Group',
	'Relog Device',
	'Relog Device (GET)',
	'Send Schedule Message',
	'Delete Schedule Message',
	'Send Message Image or File',
	'Webhook',
];
