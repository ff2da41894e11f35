import type { INodeProperties } from 'n8n-workflow';
import { ALL_EVENTS, triggerProperties } from '../../shared/trigger/properties';
import { sessionProperty } from '../fields/session';
import { wapioTrigger } from './wapioTrigger';

/** The trigger's fields: what to listen for, kinds of events; messages unless chosen otherwise. */
export const wapioTriggerProperties: INodeProperties[] = [
	sessionProperty,
	...triggerProperties({
		events: [
			{ name: 'All', value: ALL_EVENTS, action: 'On any event' },
			{
				name: 'Call',
				value: 'call',
				action: 'On call',
				description: 'A call in any state, missed ones included',
			},
			{
				name: 'Chat Changed',
				value: 'chats',
				action: 'On change of a chat',
				description: 'A chat was created, changed or deleted',
			},
			{
				name: 'Contact Changed',
				value: 'contacts',
				action: 'On change of a contact',
				description: 'A contact was created or changed',
			},
			{
				name: 'Group Changed',
				value: 'groups',
				action: 'On change of a group',
				description: 'A group or its members changed',
			},
			{
				name: 'Message Deleted',
				value: 'message_deleted',
				action: 'On deleted message',
				description: 'A message was deleted for everyone',
			},
			{
				name: 'Message Edited',
				value: 'message_edited',
				action: 'On edited message',
				description: 'The new text of an earlier message',
			},
			{
				name: 'Message Status',
				value: 'message_status',
				action: 'On message status',
				description: 'A message you sent was delivered, read or played, or failed',
			},
			{
				name: 'Messages',
				value: 'message',
				action: 'On message',
				description:
					'Everything people send: text, media, locations, contacts, orders, answers to buttons. No edits, reactions or notices.',
			},
			{
				name: 'Notice',
				value: 'notice',
				action: 'On notice',
				description: 'A message from WhatsApp itself, or one that could not be read',
			},
			{ name: 'Poll Vote', value: 'poll_vote', action: 'On poll vote' },
			{ name: 'QR Code', value: 'qr', action: 'On new QR code', description: 'There is a new QR code to scan' },
			{
				name: 'Reaction',
				value: 'message_reaction',
				action: 'On reaction',
				description: 'Someone reacted to a message, or took the reaction back',
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
		tellsStories: true,
		tellsHistory: true,
	}).map((property) =>
		property.name === 'events'
			? { ...property, default: ['message'], description: 'Which events start the workflow' }
			: property,
	),
];
