/**
 * Every request of Chatalo's API reference, as 'Folder / Name'. Typed by hand: the contracts are measured against this list,
 * so it must not be made from them.
 */
export const chataloRequests = [
	'Profile / Get Profile',
	'Profile / Get Logs',
	'Contact / Get Contact List',
	'Contact / Get Profile Picture',
	'Contact / Check Number',
	'Group / Get Group List',
	'Group / Get Group Detail',
	'Message / Personal / Send Text Message',
	'Message / Personal / Send Caption Message',
	'Message / Personal / Send File',
	'Message / Group / Send Text Message',
	'Message / Group / Send Caption Message',
	'Message / Group / Send File',
	'Message / Download Message Media',
	'Webhook / Get Webhook',
	'Webhook / Set Webhook',
	'Webhook / Unset Webhook',
	'Webhook / Example Webhook Request',
];
