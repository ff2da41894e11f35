import type { INodeProperties } from 'n8n-workflow';
import { eventChoices } from '../../shared/trigger/choices';
import { triggerProperties } from '../../shared/trigger/properties';
import { sessionProperty } from '../fields/session';
import { lookUpOption } from './lookUp';
import { wapioTrigger } from './wapioTrigger';

/** The trigger's fields: which session, which events (messages by default), and the rest. */
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
					action: 'On chat change',
					description: 'A chat was created, changed or deleted',
				},
				{
					name: 'Contact Changed',
					value: 'contacts',
					action: 'On contact change',
					description: 'A contact was created or changed',
				},
				{
					name: 'Group Changed',
					value: 'groups',
					action: 'On group change',
					description: 'A group or its members changed',
				},
				{
					name: 'QR Code',
					value: 'qr',
					action: 'On new QR code',
					description: 'A new QR code is ready to scan',
				},
				{
					name: 'Session Status',
					value: 'session',
					action: 'On session status change',
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
