import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What differs between the triggers' panels. */
export interface TriggerPanel {
	/** The kinds of message, or events, this provider tells apart; the first one means all. */
	events: INodePropertyOptions[];
	/** Fields that come after the events: which devices, for example. */
	fields?: INodeProperties[];
	/** Whether the provider keeps one address, so that one can be replaced or borrowed for a test. */
	hasOneSlot: boolean;
	/** Whether files can be fetched. */
	hasMedia: boolean;
	/** Whether the user may put a secret into the address, which they paste by hand. */
	takesSecret?: boolean;
}

/** Value of the event option that stands for all of them. */
export const ALL_EVENTS = '*';

/** The properties of a trigger node, in the order one thinks: what, from where, in which form, and the rest. */
export function triggerProperties(panel: TriggerPanel): INodeProperties[] {
	return [
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: panel.events,
			required: true,
			default: [ALL_EVENTS],
			description: 'Which messages start the workflow',
		},
		{
			displayName: 'Chats',
			name: 'chats',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Groups Only', value: 'group' },
				{ name: 'Private Only', value: 'private' },
			],
			default: 'all',
			description: 'From which kind of chat messages start the workflow',
		},
		...(panel.fields ?? []),
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'Simplified',
					value: 'simplified',
					description: 'The same fields for every WhatsApp gateway of this package',
				},
				{ name: 'Raw', value: 'raw', description: 'The payload as the provider sent it' },
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
}

function optionsOf(panel: TriggerPanel): INodeProperties[] {
	const always: INodeProperties[] = [
		{
			displayName: 'From Senders',
			name: 'senders',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6281234567890, 6289876543210',
			description: 'Only messages from these phone numbers, with country code, separated by commas',
		},
		{
			displayName: 'Include Own Messages',
			name: 'includeOwn',
			type: 'boolean',
			default: false,
			description:
				'Whether messages sent by the connected phone itself start the workflow, too. A workflow that answers them answers itself without end.',
		},
	];
	const media: INodeProperties[] = [
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: false,
			description: 'Whether to fetch the file of a message into a binary field',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			displayOptions: { show: { downloadMedia: [true] } },
			description: 'The name of the output binary field to put the file in',
		},
	];
	const oneSlot: INodeProperties[] = [
		{
			displayName: 'Replace Existing Webhook',
			name: 'replaceExistingWebhook',
			type: 'boolean',
			default: false,
			description:
				'Whether to take over when the account already sends its webhooks elsewhere. The other address is put back when this workflow is deactivated.',
		},
		{
			displayName: 'Take Over Production While Testing',
			name: 'takeOverProduction',
			type: 'boolean',
			default: false,
			description:
				'Whether listening for a test event may borrow the webhook from this active workflow. Messages that arrive meanwhile reach the test alone; production is put back when listening ends.',
		},
	];
	const secret: INodeProperties = {
		displayName: 'Secret',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		placeholder: 'e.g. a long random word',
		description:
			'Only calls that carry this word start the workflow. Add it to the address where you paste it: ?secret=your-word.',
	};
	return [
		...always,
		...(panel.hasMedia ? media : []),
		...(panel.hasOneSlot ? oneSlot : []),
		...(panel.takesSecret ? [secret] : []),
	].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}
