import { usualRefusals } from '../shared/messaging/accountRefusals';
import { type Capabilities, fixed } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { chatalo } from './chatalo.gateway';
import { deviceList, groupList } from './chatalo.lists';

/** What Chatalo can do for the node that routes messages. It fetches files by their address alone. */
export const chataloCapabilities: Capabilities = {
	provider: 'chatalo',
	gateway: chatalo,
	senders: { displayName: 'Device', parameter: 'device', list: deviceList },
	groups: {
		parameter: 'group',
		example: '120363037968000000',
		list: groupList,
		description: 'A group that the first Chatalo device is a member of',
	},
	serviceFor: (job) => {
		switch (job.kind) {
			case 'text':
				return { operation: findOperation(chatalo, 'message', 'sendText') };
			case 'question':
				return {
					operation: findOperation(chatalo, 'message', 'sendAndWait'),
					parameters: fixed({ sendTo: 'person' }),
				};
			case 'file': {
				if (job.source === 'binary') return undefined;
				return { operation: findOperation(chatalo, 'message', job.hasCaption ? 'sendCaption' : 'sendFile') };
			}
			case 'numberCheck':
				return { operation: findOperation(chatalo, 'contact', 'checkNumber') };
		}
	},
	replyTo: ({ address, isGroup }) => ({
		operation: findOperation(chatalo, 'message', 'sendText'),
		parameters: isGroup
			? fixed({ sendTo: 'group', group: address })
			: fixed({ sendTo: 'person', phoneNumber: address }),
	}),
	// The API reference has the status AUTHENTICATED of a device, and no refusal.
	accountRefusals: usualRefusals,
};
