import type { IDataObject } from 'n8n-workflow';
import { signature } from '../../../sandbox/providers/wapio/webhook';
import { PERSON, START, without, type IncomingTexts } from '../../support/incomingTexts';

const SIGNING_SECRET = 'a-signing-secret-for-tests';

/** How a text message is posted, see the inbound contracts. */
export const incomingTexts: IncomingTexts = {
	tellsOwnNumber: true,
	credential: { webhookSigningSecret: SIGNING_SECRET },
	headers: (body) => ({ 'x-webhook-signature': signature(SIGNING_SECRET, body) }),
	body: ({ text, from = PERSON, group, count }) => ({
		event: 'messages.received',
		data: {
			messages: {
				key: {
					id: `3EB0${count}`,
					fromMe: false,
					remoteJid: group ?? `${from}@s.whatsapp.net`,
					...(group ? { participant: `${from}@s.whatsapp.net` } : {}),
				},
				messageTimestamp: START + count,
				message: { conversation: text },
			},
		},
	}),
	anonymous: (body) => {
		const { key } = ((body.data as IDataObject).messages ?? {}) as { key: IDataObject };
		const { remoteJid } = key;
		const named = without(
			without(body, ['data', 'messages', 'key'], 'id'),
			['data', 'messages'],
			'messageTimestamp',
		);
		return remoteJid ? named : body;
	},
};
