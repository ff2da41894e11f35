import type { INodeProperties } from 'n8n-workflow';
import { eventChoices } from '../../shared/trigger/choices';
import { triggerProperties } from '../../shared/trigger/properties';
import { sessionProperty } from '../fields/session';
import { lookUpOption } from './lookUp';
import { wapioTrigger } from './wapioTrigger';

/** The trigger's fields: what to listen for, kinds of events; messages unless chosen otherwise. */
export const wapioTriggerProperties: INodeProperties[] = [
	sessionProperty,
	...triggerProperties({
		events: eventChoices(
			[
				'call',
				'message',
				'message_deleted',
				'message_edited',
				'message_reaction',
				'message_status',
				'notice',
				'poll_vote',
			],
			[
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
					name: 'QR Code',
					value: 'qr',
					action: 'On new QR code',
					description: 'There is a new QR code to scan',
				},
				{
					name: 'Session Status',
					value: 'session',
					action: 'On change of the session status',
					description: 'The session was connected or disconnected',
				},
			],
		),
		registration: wapioTrigger.registration,
		hasMedia: true,
		tellsSource: true,
		tellsStories: true,
		tellsHistory: true,
		options: [lookUpOption],
	}),
];
