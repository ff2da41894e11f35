import type { Gateway } from '../shared/operations/define/gateway';
import { wapioApi } from './api/wapioApi';
import { channel } from './resources/channel';
import { contact } from './resources/contact';
import { group } from './resources/group';
import { message } from './resources/message';
import { session } from './resources/session';
import { webhook } from './resources/webhook';

/** Wapio's resources: the folders of its API reference, and the webhook of a session, which the API reference omits. */
export const wapio: Gateway = {
	api: wapioApi,
	resources: [channel, contact, group, message, session, webhook],
};
