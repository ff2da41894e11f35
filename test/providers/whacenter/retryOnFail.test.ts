import { whacenter as gateway } from '../../../nodes/Whacenter/whacenter.gateway';
import { whacenterAccount } from '../../../sandbox';
import { describeRetryTable } from '../../support/tables/retryTable';
import { whacenter } from './bench';

const { phoneNumber, text } = whacenter.sendText;
const fileUrl = 'https://example.com/picture.png';

describeRetryTable({
	displayName: 'Whacenter',
	provider: whacenter,
	gateway,
	sends: {
		'message.sendAndWait': { parameters: { phoneNumber, message: text }, items: 1 },
		'message.sendText': { parameters: { phoneNumber, text } },
		'message.sendFile': { parameters: { phoneNumber, fileUrl, caption: text } },
		'message.sendToGroup': { parameters: { groupName: whacenterAccount.groups[0], text } },
		'message.schedule': {
			parameters: { phoneNumber, text, sendAt: '2035-10-07T04:30:00.000Z', timeZone: 'Asia/Jakarta' },
		},
		'message.sendButtons': { parameters: { phoneNumber, text, buttons: 'Yes,No' }, retired: true },
	},
});
