import type { INodeProperties } from 'n8n-workflow';
import { ALL_EVENTS, triggerProperties } from '../shared/trigger/properties';
import { sessionProperty } from './wapio.fields';

/** The trigger's fields: what to listen for, groups of the provider's events; messages unless chosen otherwise. */
export const wapioTriggerProperties: INodeProperties[] = [
	sessionProperty,
	...triggerProperties({
		events: [
			{ name: 'All', value: ALL_EVENTS },
			{ name: 'Calls', value: 'calls' },
			{ name: 'Chats', value: 'chats', description: 'A chat was made, changed or deleted' },
			{ name: 'Contacts', value: 'contacts', description: 'A contact was made or changed' },
			{ name: 'Groups', value: 'groups', description: 'A group or its members changed' },
			{
				name: 'Messages',
				value: 'messages',
				description: 'A message, a reaction, an edit or a deletion',
			},
			{ name: 'Poll Results', value: 'polls' },
			{ name: 'QR Code', value: 'qr', description: 'There is a new QR code to scan' },
			{ name: 'Receipts', value: 'receipts', description: 'A message was delivered, read or played' },
			{ name: 'Session Status', value: 'session', description: 'The session was connected or disconnected' },
		],
		hasOneSlot: true,
		hasMedia: true,
	}).map((property) =>
		property.name === 'events'
			? { ...property, default: ['messages'], description: 'Which events start the workflow' }
			: property,
	),
];
