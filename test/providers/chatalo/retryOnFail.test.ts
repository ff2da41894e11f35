import { chatalo as gateway } from '../../../nodes/Chatalo/chatalo.gateway';
import { describeRetryTable } from '../../support/tables/retryTable';
import { chatalo } from './bench';

const { device, sendTo, phoneNumber, text } = chatalo.sendText;
const toPerson = { device, sendTo, phoneNumber };
const fileUrl = 'https://example.com/invoice.pdf';

describeRetryTable({
	displayName: 'Chatalo',
	provider: chatalo,
	gateway,
	sends: {
		'message.sendAndWait': { parameters: { ...toPerson, message: text }, items: 1 },
		'message.sendText': { parameters: { ...toPerson, text } },
		'message.sendCaption': { parameters: { ...toPerson, fileUrl, caption: text } },
		'message.sendFile': { parameters: { ...toPerson, fileUrl } },
	},
});
