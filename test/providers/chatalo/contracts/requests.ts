/**
 * Every request of Chatalo's API reference, as 'Folder / Name', with its documented parameters. Typed by hand: the contracts are
 * measured against this list, so it must not be made from them.
 */
export const chataloRequests: Record<string, string> = {
	'Profile / Get Profile': '',
	'Profile / Get Logs': 'page limit action ip date_from date_to',
	'Contact / Get Contact List': 'device_id page limit',
	'Contact / Get Profile Picture': 'device_id number',
	'Contact / Check Number': 'device_id number',
	'Group / Get Group List': 'device_id page limit',
	'Group / Get Group Detail': 'device_id group_id',
	'Message / Personal / Send Text Message': 'device_id type number message',
	'Message / Personal / Send Caption Message': 'device_id type number message url',
	'Message / Personal / Send File': 'device_id type number url',
	'Message / Group / Send Text Message': 'device_id type group_id message',
	'Message / Group / Send Caption Message': 'device_id type group_id message url',
	'Message / Group / Send File': 'device_id type group_id url',
	'Message / Download Message Media': 'device_id file_encoded',
	'Webhook / Get Webhook': '',
	'Webhook / Set Webhook': 'url',
	'Webhook / Unset Webhook': '',
	'Webhook / Example Webhook Request': '',
};
