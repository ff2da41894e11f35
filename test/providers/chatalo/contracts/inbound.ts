import type { InboundContract } from '../../../contracts/types';
import { DEVICE, PHONE } from './samples';

/** The webhook call that the API reference shows. */
export const chataloExample: InboundContract = {
	source: 'Webhook / Example Webhook Request',
	payload: {
		device_id: DEVICE,
		chat_id: 'D073D8B1234',
		sender: { name: 'SENDER-NAME', number: PHONE, in_group: false, group_id: null },
		from_me: false,
		is_forwarded: false,
		is_sticker: false,
		timestamp: 1689930829,
		broadcast: false,
		// False, not an empty text, when there is no text.
		message: false,
		has_media: true,
		// The slash arrives escaped twice.
		media_info: { mimetype: 'image\\/jpeg', file_encoded: 'eyJpdiI6ImV3dGVzdCJ9' },
		location_attached: { latitude: null, longitude: null },
	},
};

/** Requests Chatalo makes. */
export const chataloInbound: InboundContract[] = [chataloExample];
