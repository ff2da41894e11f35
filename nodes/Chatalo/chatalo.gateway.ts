import type { Gateway } from '../shared/operations/define/gateway';
import { chataloApi } from './chatalo.api';
import { contact } from './resources/contact';
import { group } from './resources/group';
import { message } from './resources/message';
import { profile } from './resources/profile';
import { webhook } from './resources/webhook';

/** Chatalo's resources: the folders of its API reference. */
export const chatalo: Gateway = {
	api: chataloApi,
	resources: [contact, group, message, profile, webhook],
};
