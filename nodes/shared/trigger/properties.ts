import type { INodeProperties } from 'n8n-workflow';
import { wholeExpressions } from '../operations/define/wholeExpressions';
import { type GatewayTrigger, isWriteOnly } from './definition';
import { describeEvents } from './eventsDescription';
import { optionsOf, type TriggerPanel } from './options';
import { OUTPUTS } from './receive/output';

/** The properties of a trigger node, in the order one thinks: what, from where, in which form, and the rest. */
export function triggerProperties(panel: TriggerPanel): INodeProperties[] {
	const properties: INodeProperties[] = [
		...(isWriteOnly(panel.registration) ? [writeOnlyNotice] : []),
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: panel.events,
			required: true,
			default: ['message'],
			description: describeEvents(panel),
		},
		{
			displayName: 'Chats',
			name: 'chats',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Channels Only', value: 'channel' },
				{ name: 'Groups Only', value: 'group' },
				{ name: 'Private Only', value: 'private' },
			],
			default: 'all',
			description: 'Which kinds of chats start the workflow',
		},
		...(panel.fields ?? []),
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'Simplified',
					value: OUTPUTS.simplified,
					description: 'The same fields for every WhatsApp gateway of this package',
				},
				{
					name: 'Simplified and Raw',
					value: OUTPUTS.both,
					description: 'The same fields, and the payload as the provider sent it under "raw"',
				},
				{ name: 'Raw', value: OUTPUTS.raw, description: 'The payload as the provider sent it' },
			],
			default: 'simplified',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: optionsOf(panel),
		},
	];
	panels.set(panel.registration, properties);
	return wholeExpressions(properties);
}

/** What the panel of a trigger asks for, to read it by. A trigger's registration is its own. */
const panels = new WeakMap<GatewayTrigger['registration'], INodeProperties[]>();

/** The properties that {@link triggerProperties} made for a trigger. */
export function propertiesOfTrigger({ registration }: Pick<GatewayTrigger, 'registration'>): INodeProperties[] {
	return panels.get(registration) ?? [];
}

const writeOnlyNotice: INodeProperties = {
	displayName:
		'This provider cannot show which webhook is set. A webhook that is replaced is lost, so publishing and testing need "Replace Existing Webhook" in the options, and testing also needs "Take Over Production While Testing".',
	name: 'writeOnlyNotice',
	type: 'notice',
	default: '',
};
