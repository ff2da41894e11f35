/**
 * Every request of BalesOtomatis's API reference, as 'Folder / Name', with its documented parameters. Typed by hand: the contracts are
 * measured against this list, so it must not be made from them.
 */
export const balesOtomatisRequests: Record<string, string> = {
	'General / Info': 'api_key access_token',
	'General / Validate Number': 'api_key number_id phone_no country_code access_token',
	'Contacts / List Contacts': 'api_key start length search order_by order_dir',
	'Contacts / List Audiences':
		'api_key contact_id draw start length search.value order.column order.dir columns.data',
	'WhatsApp Un-Official / Sending Message - Group / Text Message':
		'api_key number_id enable_typing method_send group_id message',
	'WhatsApp Un-Official / Sending Message - Group / Image Message':
		'api_key number_id enable_typing method_send group_id message image_url send_as_caption',
	'WhatsApp Un-Official / Sending Message - Group / File Message':
		'api_key number_id enable_typing method_send group_id message file_url',
	'WhatsApp Un-Official / Sending Message - Personal / Text Message':
		'api_key number_id enable_typing method_send phone_no country_code message',
	'WhatsApp Un-Official / Sending Message - Personal / Image Message':
		'api_key number_id enable_typing method_send phone_no country_code message image_url send_as_caption',
	'WhatsApp Un-Official / Sending Message - Personal / File Message':
		'api_key number_id enable_typing method_send phone_no country_code message file_url',
	'WhatsApp Un-Official / Grabbing / Contacts': 'api_key number_id type',
	'WhatsApp Un-Official / Grabbing / Group': 'api_key number_id type',
	'WhatsApp Un-Official / OTP / Send OTP':
		'api_key number_id phone_no country_code customer_name service_name company_name lifetime',
	'WhatsApp Un-Official / OTP / Validate OTP': 'api_key otp_code',
	'WhatsApp Business API / Templates / Create Template':
		'secret_key licensesKey name language category submitToFacebook header.type header.name header.address header.latitude header.longitude body variables.placeholder variables.label variables.example buttons.type buttons.data.label',
	'WhatsApp Business API / Templates / Get List Templates':
		'secret_key licenses_key search order_by order_dir start length',
	'WhatsApp Business API / Templates / Send Template':
		'secret_key licenses_key recipients platform method_send template variables reciptient template.name template.language template.components.type template.components.parameters.type template.components.parameters.text',
	'WhatsApp Business API / Conversations / Send Text Only (Required Time Window Active)':
		'secret_key licenses_key reciptient platform message method_send',
	'WhatsApp Business API / Conversations / Send Image (Required Time Window Active)':
		'secret_key licenses_key reciptient platform message image_url send_as_caption method_send',
	'WhatsApp Business API / Conversations / Send Document (Required Time Window Active)':
		'secret_key licenses_key reciptient platform file_url fileName messageType method_send',
	'WhatsApp Business API / Conversations / Send Location (Required Time Window Active)':
		'secret_key licenses_key reciptient platform latitude longitude nameLocation messageType method_send',
};
