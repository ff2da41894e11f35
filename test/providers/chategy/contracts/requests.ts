/**
 * Every request of Chategy's API reference, as 'Folder / Name', with its documented parameters. Typed by hand: the contracts are
 * measured against this list, so it must not be made from them.
 */
export const chategyRequests: Record<string, string> = {
	'Available endpoints / v1 / Delivery':
		'phone text sender_name utm_mark callback_url external_id dispatch_routing scheduled_at priority username reply_to_message_id tdlib_user_id simulate_typing whatsapp_lid',
	'Available endpoints / v1 / Bulk Delivery':
		'text phones_numbers sender_name scheduled_at utm_mark dispatch_routing usernames tdlib_user_id',
	'Available endpoints / v1 / Information about the delivery (the status of the shipment)': ':id',
	'Available endpoints / v1 / Information about the phone number': 'phone',
	'Available endpoints / v1 / Viewing account information': '',
	'Available endpoints / v1 / UTM tags': '',
	'Available endpoints / v1 / Sending files':
		'file file_name phone caption customer_id type sender_name utm_mark callback_url external_id dispatch_routing scheduled_at priority username reply_to_message_id tdlib_user_id simulate_typing',
	'Available endpoints / v1 / Delete delivery': ':delivery_id',
	"Developer's / Instance Management / Creating an instance":
		'instance.phone instance.email instance.password instance.external_id instance.dispatch_routing instance.renew_subscription',
	"Developer's / Instance Management / Getting information about an instance (customer_id)": ':curstomer_id',
	"Developer's / Instance Management / Getting information about an instance (external_id)":
		'external_id per_page total_count page',
	"Developer's / Instance Management / Getting information about all instanes": 'per_page total_count page',
	"Developer's / Instance Management / Instance data changes":
		'renew_subscription external_id dispatch_routing email phone password :instance_id',
	"Developer's / Instance Management / Activating an instance subscription": ':id',
	"Developer's / Instance Management / Interrupting WhatsApp authorization": ':instance_id',
	"Developer's / Webhooks / Creating a webhook": 'url types',
	"Developer's / Webhooks / Getting an entry": ':id',
	"Developer's / Webhooks / Getting all the records": '',
	"Developer's / Webhooks / Deleting an entry": ':id',
	"Developer's / Webhooks / Changing an entry": 'types url :id',
	"Developer's / Authorization of messengers / MAX Authorization / Phone number verification / Phone number verification":
		'phone',
	"Developer's / Authorization of messengers / MAX Authorization / Code confirmation / Code confirmation": 'code',
	"Developer's / Authorization of messengers / MAX Authorization / Session reset / Session reset": '',
};

/** The requests Chategy makes, which are in the prose of its folders: each example under its heading there. */
export const chategyCallbacks: Record<string, string> = {
	'Additional information / Callback of the sending status': '',
	"Developer's / Webhooks / Notification example - whatsapp_log_out": '',
	"Developer's / Webhooks / Notification example - whatsapp_log_in": '',
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Outgoing": '',
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Outgoing with the file": '',
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Incoming": '',
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Incoming with the file": '',
	"Developer's / Webhooks / Notification example - tdlib_incoming_msg / Outgoing": '',
	"Developer's / Webhooks / Notification example - tdlib_incoming_msg / Incoming": '',
	"Developer's / Webhooks / Telegram call": '',
	"Developer's / Webhooks / Notification example - whatsapp_status_msg": '',
	"Developer's / Webhooks / Incoming Call Webhook": '',
};
