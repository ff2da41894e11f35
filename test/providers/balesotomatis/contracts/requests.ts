/**
 * Every request of BalesOtomatis's API reference, as 'Folder / Name'. Typed by hand: the contracts are measured against this list,
 * so it must not be made from them.
 */
export const balesOtomatisRequests = [
	'General / Info',
	'General / Validate Number',
	'Contacts / List Contacts',
	'Contacts / List Audiences',
	'WhatsApp Un-Official / Sending Message - Group / Text Message',
	'WhatsApp Un-Official / Sending Message - Group / Image Message',
	'WhatsApp Un-Official / Sending Message - Group / File Message',
	'WhatsApp Un-Official / Sending Message - Personal / Text Message',
	'WhatsApp Un-Official / Sending Message - Personal / Image Message',
	'WhatsApp Un-Official / Sending Message - Personal / File Message',
	'WhatsApp Un-Official / Grabbing / Contacts',
	'WhatsApp Un-Official / Grabbing / Group',
	'WhatsApp Un-Official / OTP / Send OTP',
	'WhatsApp Un-Official / OTP / Validate OTP',
	'WhatsApp Business API / Templates / Create Template',
	'WhatsApp Business API / Templates / Get List Templates',
	'WhatsApp Business API / Templates / Send Template',
	'WhatsApp Business API / Conversations / Send Text Only (Required Time Window Active)',
	'WhatsApp Business API / Conversations / Send Image (Required Time Window Active)',
	'WhatsApp Business API / Conversations / Send Document (Required Time Window Active)',
	'WhatsApp Business API / Conversations / Send Location (Required Time Window Active)',
];
