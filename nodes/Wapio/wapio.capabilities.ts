import { usualRefusals } from '../shared/messaging/accountRefusals';
import { type Capabilities, fixed } from '../shared/messaging/capabilities';
import { findOperation } from '../shared/operations/define/gateway';
import { groupList, sessionList } from './wapio.lists';
import { wapio } from './wapio.gateway';

/** The operation for a kind of file; a document takes all. */
function fileOperation(mimeType: string | undefined, hasCaption: boolean): string {
	const [kind] = (mimeType ?? '').split('/');
	if (kind === 'image') return 'sendImage';
	if (kind === 'video') return 'sendVideo';
	// An audio file has no caption; as a document it has.
	return kind === 'audio' && !hasCaption ? 'sendAudio' : 'sendDocument';
}

/** What Wapio can do for the node that routes messages. */
export const wapioCapabilities: Capabilities = {
	provider: 'wapio',
	gateway: wapio,
	senders: { displayName: 'Session', parameter: 'session', credentialDefault: 'sessionId', list: sessionList },
	groups: {
		parameter: 'group',
		example: '120363000000000000@g.us',
		list: groupList,
		description: 'A group that the first Wapio session is a member of',
	},
	// API reference: header Idempotency-Key of every send.
	keys: { isOn: () => true },
	serviceFor: (job) => {
		switch (job.kind) {
			case 'text':
				return { operation: findOperation(wapio, 'message', 'sendText') };
			case 'question':
				return {
					operation: findOperation(wapio, 'message', 'sendAndWait'),
					parameters: fixed({ sendTo: 'person' }),
				};
			case 'file':
				return {
					operation: findOperation(wapio, 'message', fileOperation(job.mimeType, job.hasCaption)),
					parameters: fixed({ mediaSource: job.source }),
				};
			case 'numberCheck':
				return { operation: findOperation(wapio, 'contact', 'checkNumber') };
		}
	},
	replyTo: ({ address, isGroup, messageId }) => ({
		operation: findOperation(wapio, 'message', 'sendText'),
		parameters: {
			...(isGroup
				? fixed({ sendTo: 'group', group: address })
				: fixed({ sendTo: 'person', phoneNumber: address })),
			...(messageId !== null && fixed({ 'options.replyToMessageId': messageId })),
		},
	}),
	accountRefusals: [
		{
			reason: 'credential',
			words: /\bsession_id in request does not match\b/i,
			source: "the provider's SDK: 422, the key belongs to another session",
		},
		{
			reason: 'disconnected',
			code: '409',
			words: /\b(?:session|state|connect(?:ed|ing)?)\b/i,
			source: 'API reference, Connect: 409 "Resource not in a state that supports this operation"; of a send it is inferred',
		},
		{ reason: 'balance', code: '402', source: 'inferred from the HTTP status' },
		...usualRefusals,
	],
};
