import { textOf } from '../../../nodes/shared/text';
import { wapio as gateway } from '../../../nodes/Wapio/wapio.gateway';
import { wapioAccount } from '../../../sandbox';
import { describeRetryTable } from '../../support/tables/retryTable';
import { byId, recipients, wapio } from './bench';

const { sendTo, phoneNumber, text } = wapio.sendText;
const toPerson = { sendTo, phoneNumber };
const byUrl = { ...toPerson, mediaSource: 'url', fileUrl: 'https://example.com/file.bin' };
const fromItem = { ...toPerson, mediaSource: 'binary', binaryPropertyName: 'data' };

describeRetryTable({
	displayName: 'Wapio',
	provider: wapio,
	gateway,
	keyed: true,
	sends: {
		'message.sendAndWait': { parameters: { ...toPerson, message: text }, items: 1 },
		'message.sendText': { parameters: { ...toPerson, text } },
		'message.sendImage': { parameters: { ...byUrl, caption: text, viewOnce: false } },
		'message.sendVideo': { parameters: { ...byUrl, caption: text, viewOnce: false } },
		'message.sendDocument': {
			parameters: { ...fromItem, fileName: 'invoice.pdf', mimeType: 'application/pdf', caption: text },
			file: { fileName: 'invoice.pdf', mimeType: 'application/pdf' },
			requestsEach: 2,
		},
		'message.sendAudio': { parameters: byUrl },
		'message.sendSticker': { parameters: byUrl },
		'message.sendLocation': {
			parameters: { ...toPerson, latitude: 33.5731, longitude: -7.5898, locationName: '', address: '' },
		},
		'message.sendContact': { parameters: { ...toPerson, contactName: 'Sari', contactPhone: phoneNumber } },
		'message.sendPoll': {
			parameters: {
				...toPerson,
				question: text,
				pollOptions: { option: [{ text: 'Morning' }, { text: 'Afternoon' }] },
				multiSelect: false,
			},
		},
		'message.resend': {
			parameters: {},
			prepare: async ({ run, sendText }) => {
				const { outputs } = await run(sendText, { items: recipients(1) });
				return { messageId: textOf(outputs[0]?.[0]?.json.messageId) };
			},
		},
		'channel.sendText': { parameters: { channel: byId(wapioAccount.channel), text } },
	},
});
