import type { IDataObject } from 'n8n-workflow';

/** Collection: folder Webhook, Example Webhook Request, with full numbers in place of the masked ones. */
export function inboundSample(): IDataObject {
	return {
		device_id: 'c7276ae0-c306-4896-8fda-000000000001',
		chat_id: 'D073D8B00001',
		sender: { name: 'SENDER-NAME', number: '6288975090001', in_group: false, group_id: null },
		from_me: false,
		is_forwarded: false,
		is_sticker: false,
		timestamp: 1689930829,
		broadcast: false,
		message: false,
		has_media: true,
		media_info: { mimetype: 'image\\/jpeg', file_encoded: 'eyJpdiI6ImV3d...' },
		location_attached: { latitude: null, longitude: null },
	};
}
