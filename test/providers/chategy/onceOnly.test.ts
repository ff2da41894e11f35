import { chategy as gateway } from '../../../nodes/Chategy/chategy.gateway';
import { describeRetryTable, type RetryTable } from '../../support/tables/retryTable';
import { chategy, keyedChategy } from './bench';

const { sendTo, phoneNumber, text } = chategy.sendText;

const sends: RetryTable['sends'] = {
	'delivery.sendAndWait': { parameters: { sendTo, phoneNumber, message: text }, items: 1 },
	'delivery.send': { parameters: { sendTo, phoneNumber, text } },
	'delivery.sendFile': {
		parameters: { sendTo, phoneNumber, binaryPropertyName: 'data', caption: text },
		file: { fileName: 'invoice.pdf', mimeType: 'application/pdf' },
	},
	'delivery.sendBulk': { parameters: { numbersFrom: 'field', phoneNumbers: phoneNumber, text } },
};

describeRetryTable({ displayName: 'Chategy', provider: chategy, gateway, sends });
describeRetryTable({
	displayName: 'Chategy with an idempotency key',
	provider: keyedChategy,
	gateway,
	keyed: true,
	sends,
});
