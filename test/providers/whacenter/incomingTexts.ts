import { PERSON, START, without, type IncomingTexts } from '../../support/incomingTexts';

/** How a text message is posted, see the inbound contracts. */
export const incomingTexts: IncomingTexts = {
	isFlat: true,
	tellsOwnNumber: true,
	body: ({ text, from = PERSON, group, count }) => ({
		from: group ?? from,
		to: '6285170000011',
		message: text,
		pushName: 'Budi',
		...(group ? { is_group: 'true' } : {}),
		timestamp: new Date((START + count) * 1000).toISOString().replace('T', ' ').slice(0, 19),
	}),
	anonymous: (body) => without(body, [], 'timestamp'),
};
