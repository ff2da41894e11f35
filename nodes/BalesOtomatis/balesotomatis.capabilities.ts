import { usualRefusals } from '../shared/messaging/accountRefusals';
import { type Capabilities, fixed, type Service } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { balesOtomatis } from './balesotomatis.gateway';
import { groupList, numberList } from './balesotomatis.lists';

/** What BalesOtomatis can do for the node that routes messages, over its unofficial WhatsApp. It fetches files by their address. */
export const balesOtomatisCapabilities: Capabilities = {
	provider: 'balesOtomatis',
	gateway: balesOtomatis,
	senders: { displayName: 'Number', parameter: 'number', credentialDefault: 'numberId', list: numberList },
	groups: {
		parameter: 'group',
		example: '120363322806000000',
		list: groupList,
		description: 'A group of the first BalesOtomatis number, which must be an admin of it',
	},
	serviceFor: (job): Service | undefined => {
		const resource = job.to === 'group' ? 'groupMessage' : 'personalMessage';
		switch (job.kind) {
			case 'text':
				return { operation: findOperation(balesOtomatis, resource, 'sendText') };
			case 'question':
				// n8n offers one such operation for each node to AI agents, and that one writes to people.
				return job.to === 'group'
					? undefined
					: { operation: findOperation(balesOtomatis, resource, 'sendAndWait') };
			case 'file': {
				if (job.source === 'binary') return undefined;
				if (job.mimeType?.startsWith('image/')) {
					return {
						operation: findOperation(balesOtomatis, resource, 'sendImage'),
						parameters: { imageUrl: { from: 'fileUrl' } },
					};
				}
				return { operation: findOperation(balesOtomatis, resource, 'sendFile') };
			}
			case 'numberCheck':
				return {
					operation: findOperation(balesOtomatis, 'general', 'validateNumber'),
					parameters: { connectedNumber: 'sender' },
				};
		}
	},
	replyTo: ({ address, isGroup }) => ({
		operation: findOperation(balesOtomatis, isGroup ? 'groupMessage' : 'personalMessage', 'sendText'),
		parameters: isGroup ? fixed({ group: address }) : fixed({ phoneNumber: address }),
	}),
	accountRefusals: [
		{ reason: 'disconnected', code: '404', source: 'API reference, list of codes: 404 "Invalid Number ID"' },
		{
			reason: 'disconnected',
			words: /\b(?:number|nomor)(?: id)? (?:is )?(?:(?:not|tidak|belum) (?:connected|terhubung|tersambung)|disconnected|offline|terputus)\b(?! (?:to|on|with|ke|di|dengan) whatsapp)/i,
			source: 'inferred: BalesOtomatis calls a phone a number, and Info shows whether each is connected',
		},
		...usualRefusals,
	],
};
