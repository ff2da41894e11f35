import type { Gateway } from '../shared/operations/define/gateway';
import { balesOtomatisApi } from './api/balesOtomatisApi';
import { contact } from './resources/contact';
import { conversation } from './resources/conversation';
import { general } from './resources/general';
import { grab } from './resources/grab';
import { groupMessage, personalMessage } from './resources/message';
import { otp } from './resources/otp';
import { template } from './resources/template';

/** BalesOtomatis's resources: the folders of its API reference. */
export const balesOtomatis: Gateway = {
	api: balesOtomatisApi,
	resources: [personalMessage, groupMessage, contact, conversation, general, grab, otp, template],
};
