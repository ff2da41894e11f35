import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { listsToo } from '../operations/define/field';
import { wholeExpressions } from '../operations/define/wholeExpressions';
import { type GatewayTrigger, isWriteOnly } from './definition';
import { LARGEST_FILE_MB } from './media/wholeFile';
import { OUTPUTS } from './receive/output';

/** What differs between the triggers' panels. */
interface TriggerPanel {
	/** The events and kinds of message that this provider tells apart; see `choices.ts`. */
	events: INodePropertyOptions[];
	/** Fields that come after the events: which devices, for example. */
	fields?: INodeProperties[];
	/** The trigger's own: what the options promise follows from what the provider can do. */
	registration: GatewayTrigger['registration'];
	/** Whether files can be fetched. */
	hasMedia: boolean;
	/** Whether it tells stories (status updates) from messages. */
	tellsStories?: boolean;
	/** Whether it tells old messages, which a new connection brings in, from new ones. */
	tellsHistory?: boolean;
	/** Whether the user may put a secret into the address, which they paste by hand. */
	takesSecret?: boolean;
}

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
			description: 'Which events start the workflow',
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

function optionsOf(panel: TriggerPanel): INodeProperties[] {
	const always: INodeProperties[] = [
		{
			displayName: 'From Senders',
			name: 'senders',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6281234567890, 6289876543210',
			description: 'Only messages from these phone numbers, with country code, separated by commas',
			...listsToo,
		},
		{
			displayName: 'Include Own Messages',
			name: 'includeOwn',
			type: 'boolean',
			default: true,
			description:
				'Whether messages sent by the connected phone itself start the workflow, too. A workflow that answers them answers itself without end.',
		},
	];
	const stories: INodeProperties = {
		displayName: 'Include Stories',
		name: 'includeStories',
		type: 'boolean',
		default: true,
		description:
			'Whether stories (status updates) start the workflow, too. Many people see the answer to a story; keep this off for workflows that reply.',
	};
	const history: INodeProperties = {
		displayName: 'Include History',
		name: 'includeHistory',
		type: 'boolean',
		default: true,
		description:
			'Whether old messages start the workflow, too, which arrive when a phone is connected. Messages that are only late start it in any case.',
	};
	const media: INodeProperties[] = [
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: true,
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
		{
			displayName: 'Largest File (MB)',
			name: 'largestFile',
			type: 'number',
			typeOptions: { minValue: 0.1, numberPrecision: 1 },
			default: LARGEST_FILE_MB,
			displayOptions: { show: { downloadMedia: [true] } },
			description:
				'The largest file to download, in megabytes. Messages with a larger file start the workflow without it; mediaErrorKind is then too_large.',
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
		...(panel.tellsStories ? [stories] : []),
		...(panel.tellsHistory ? [history] : []),
		...(panel.hasMedia ? media : []),
		...slotOptions(panel.registration),
		...(panel.takesSecret ? [secret] : []),
	].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}

const writeOnlyNotice: INodeProperties = {
	displayName:
		'This provider cannot show which webhook is set. A webhook that is replaced is lost, so publishing and testing need "Replace Existing Webhook" in the options, and testing also needs "Take Over Production While Testing".',
	name: 'writeOnlyNotice',
	type: 'notice',
	default: '',
};

/** Options of a trigger whose provider keeps one address. */
function slotOptions(registration: GatewayTrigger['registration']): INodeProperties[] {
	if (registration.kind !== 'oneSlot') return [];
	const cannotShow = isWriteOnly(registration);
	return [
		{
			displayName: 'Replace Existing Webhook',
			name: 'replaceExistingWebhook',
			type: 'boolean',
			default: true,
			description: cannotShow
				? 'Whether to set the webhook even though another one may be set. This provider cannot show it, so it cannot be put back: unpublishing removes the webhook.'
				: 'Whether to take over when the account already sends its webhooks elsewhere. The other address is put back when this workflow is deactivated.',
		},
		{
			displayName: 'Take Over Production While Testing',
			name: 'takeOverProduction',
			type: 'boolean',
			default: true,
			description: cannotShow
				? 'Whether listening for a test event may replace the webhook of production. Messages that arrive during the test reach only the test. When listening ends, the production URL is set, even if this workflow is not published.'
				: 'Whether listening for a test event may borrow the webhook from this active workflow. Messages that arrive meanwhile reach the test alone; production is put back when listening ends.',
		},
	];
}
