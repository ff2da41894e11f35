import type { Gateway } from '../shared/operations/define/gateway';
import { chategyApi } from './api/chategyApi';
import { account } from './resources/account';
import { delivery } from './resources/delivery';
import { instance } from './resources/instance';
import { maxAuthorization } from './resources/maxAuthorization';
import { phoneNumber } from './resources/phoneNumber';
import { telegramAuthorization } from './resources/telegramAuthorization';
import { utmMark } from './resources/utmMark';
import { webhook } from './resources/webhook';
import { whatsAppAuthorization } from './resources/whatsAppAuthorization';

/** Chategy's resources: the folders of its API reference. */
export const chategy: Gateway = {
	api: chategyApi,
	resources: [
		delivery,
		account,
		instance,
		maxAuthorization,
		phoneNumber,
		telegramAuthorization,
		utmMark,
		webhook,
		whatsAppAuthorization,
	],
};
