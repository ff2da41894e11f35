import type { INodeProperties } from 'n8n-workflow';
import { ALL_EVENTS, triggerProperties } from '../../shared/trigger/properties';
import { sessionProperty } from '../fields/session';
import { wapioTrigger } from './wapioTrigger';

/** The trigger's fields: what to listen for, groups of the provider's events; messages unless chosen otherwise. */
export const wapioTriggerProperties: INodeProperties[] = [
	sessionProperty,
	...triggerProperties({
		events: [
			{ name: 'All', value: ALL_EVENTS, action: 'On any event' },
			{ name: 'Calls', value: 'calls', action: 'On call' },
			{
				name: 'Chats',
				value: 'chats',
				action: 'On change of a chat',
				description: 'A chat was made, changed or deleted',
			},
			{
				name: 'Contacts',
				value: 'contacts',
				action: 'On change of a contact',
				description: 'A contact was made or changed',
			},
			{
				name: 'Groups',
				value: 'groups',
				action: 'On change of a group',
				description: 'A group or its members changed',
			},
			{
				name: 'Messages',
				value: 'messages',
				action: 'On message',
				description: 'A message, a reaction, an edit or a deletion',
			},
			{ name: 'Poll Results', value: 'polls', action: 'On poll result' },
			{ name: 'QR Code', value: 'qr', action: 'On new QR code', description: 'There is a new QR code to scan' },
			{
				name: 'Receipts',
				value: 'receipts',
				action: 'On receipt',
				description: 'A message was delivered, read or played',
			},
			{
				name: 'Session Status',
				value: 'session',
				action: 'On change of the session status',
				description: 'The session was connected or disconnected',
			},
		],
		registration: wapioTrigger.registration,
		hasMedia: true,
	}).map((property) =>
		property.name === 'events'
			? { ...property, default: ['messages'], description: 'Which events start the workflow' }
			: property,
	),
];
