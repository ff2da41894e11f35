import { PERSON, START, type IncomingTexts } from '../../support/incomingTexts';

/** How a text message is posted, see the inbound contracts. */
export const incomingTexts: IncomingTexts = {
	body: ({ text, from = PERSON, group, count }) => ({
		device_id: 'D1',
		sender: { name: 'Budi', number: from, in_group: group !== undefined, group_id: group ?? null },
		from_me: false,
		is_sticker: false,
		timestamp: START + count,
		broadcast: false,
		message: text,
		has_media: false,
		media_info: { mimetype: null, file_encoded: null },
		location_attached: { latitude: null, longitude: null },
	}),
};
