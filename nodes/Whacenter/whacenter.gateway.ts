import type { Gateway } from '../shared/operations/define/gateway';
import { device } from './resources/device';
import { message } from './resources/message';
import { webhook } from './resources/webhook';
import { whacenterApi } from './whacenter.api';

/** Whacenter's resources. Its API reference has no folders; these are the things its requests are about. */
export const whacenter: Gateway = {
	api: whacenterApi,
	resources: [device, message, webhook],
};
