/**
 * Every request of Chategy's API reference, as 'Folder / Name'. Typed by hand: the contracts are measured against this list,
 * so it must not be made from them.
 */
export const chategyRequests = [
	'Available endpoints / v1 / Delivery',
	'Available endpoints / v1 / Bulk Delivery',
	'Available endpoints / v1 / Information about the delivery (the status of the shipment)',
	'Available endpoints / v1 / Information about the phone number',
	'Available endpoints / v1 / Viewing account information',
	'Available endpoints / v1 / UTM tags',
	'Available endpoints / v1 / Sending files',
	'Available endpoints / v1 / Delete delivery',
	"Developer's / Instance Management / Creating an instance",
	"Developer's / Instance Management / Getting information about an instance (customer_id)",
	"Developer's / Instance Management / Getting information about an instance (external_id)",
	"Developer's / Instance Management / Getting information about all instanes",
	"Developer's / Instance Management / Instance data changes",
	"Developer's / Instance Management / Activating an instance subscription",
	"Developer's / Instance Management / Interrupting WhatsApp authorization",
	"Developer's / Webhooks / Creating a webhook",
	"Developer's / Webhooks / Getting an entry",
	"Developer's / Webhooks / Getting all the records",
	"Developer's / Webhooks / Deleting an entry",
	"Developer's / Webhooks / Changing an entry",
	"Developer's / Authorization of messengers / MAX Authorization / Phone number verification / Phone number verification",
	"Developer's / Authorization of messengers / MAX Authorization / Code confirmation / Code confirmation",
	"Developer's / Authorization of messengers / MAX Authorization / Session reset / Session reset",
];

/** The requests Chategy makes, which are in the prose of its folders: each example under its heading there. */
export const chategyCallbacks = [
	'Additional information / Callback of the sending status',
	"Developer's / Webhooks / Notification example - whatsapp_log_out",
	"Developer's / Webhooks / Notification example - whatsapp_log_in",
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Outgoing",
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Outgoing with the file",
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Incoming",
	"Developer's / Webhooks / Notification example - whatsapp_incoming_msg / Incoming with the file",
	"Developer's / Webhooks / Notification example - tdlib_incoming_msg / Outgoing",
	"Developer's / Webhooks / Notification example - tdlib_incoming_msg / Incoming",
	"Developer's / Webhooks / Telegram call",
	"Developer's / Webhooks / Notification example - whatsapp_status_msg",
	"Developer's / Webhooks / Incoming Call Webhook",
];
