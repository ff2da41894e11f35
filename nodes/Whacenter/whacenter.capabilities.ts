import { usualRefusals } from '../shared/messaging/accountRefusals';
import { type Capabilities, fixed, type Service } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { whacenter } from './whacenter.gateway';

/** A group is written to by its name, with the same operation for a text and a file. */
function toGroup(fileUrl: boolean): Service {
	return {
		operation: findOperation(whacenter, 'message', 'sendToGroup'),
		parameters: {
			groupName: { from: 'whacenterGroup' },
			...(fileUrl && { text: { from: 'caption' }, 'options.fileUrl': { from: 'fileUrl' } }),
		},
	};
}

/** What Whacenter can do for the node that routes messages. The device is the credential's; files are fetched by their address. */
export const whacenterCapabilities: Capabilities = {
	provider: 'whacenter',
	gateway: whacenter,
	groups: {
		parameter: 'groupName',
		example: 'Customer Service',
		description: 'The name of the group exactly as WhatsApp shows it. The device must be a member.',
	},
	serviceFor: (job) => {
		const isToGroup = job.to === 'group';
		switch (job.kind) {
			case 'text':
				return isToGroup ? toGroup(false) : { operation: findOperation(whacenter, 'message', 'sendText') };
			case 'question':
				// The operation that waits writes to people alone.
				return isToGroup ? undefined : { operation: findOperation(whacenter, 'message', 'sendAndWait') };
			case 'file': {
				if (job.source === 'binary') return undefined;
				return isToGroup ? toGroup(true) : { operation: findOperation(whacenter, 'message', 'sendFile') };
			}
			case 'numberCheck':
				return undefined;
		}
	},
	replyTo: ({ address, isGroup }) =>
		isGroup
			? {
					operation: findOperation(whacenter, 'message', 'sendToGroup'),
					parameters: fixed({ groupName: address }),
				}
			: {
					operation: findOperation(whacenter, 'message', 'sendText'),
					parameters: fixed({ phoneNumber: address }),
				},
	accountRefusals: [
		{
			reason: 'disconnected',
			words: /\bdevice not connected or not found\b/i,
			source: 'API reference, every request',
		},
		...usualRefusals,
	],
};
