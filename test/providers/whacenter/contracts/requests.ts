/**
 * Every request of Whacenter's API reference, as 'Folder / Name', with its documented parameters. Typed by hand: the contracts are
 * measured against this list, so it must not be made from them.
 */
export const whacenterRequests: Record<string, string> = {
	'Info Device': 'device_id',
	'Scan QR Code': 'device_id',
	'Get Webhook Url': 'device_id',
	'Set Webhook Url': 'device_id webhook',
	'Send Message (POST)': 'device_id number message',
	'Send Message (GET)': 'device_id number message',
	'Send Message Button': 'device_id number message button',
	'Send Message to Group': 'device_id group message',
	'Relog Device': 'device_id',
	'Relog Device (GET)': 'device_id',
	'Send Schedule Message': 'device_id number message schedule',
	'Delete Schedule Message': 'device_id id',
	'Send Message Image or File': 'device_id number message file',
	Webhook: '',
};
