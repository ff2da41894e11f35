import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { COUNTRY_CODES_HINT } from '../messaging/fields/recipients';
import { listsToo } from '../operations/define/field';
import { type GatewayTrigger, isWriteOnly } from './definition';

/** What differs between the triggers' panels. */
export interface TriggerPanel {
	/** The events and kinds of message that this provider distinguishes; see `choices.ts`. */
	events: INodePropertyOptions[];
	/** Fields that come after the events: which devices, for example. */
	fields?: INodeProperties[];
	/** The trigger's own: what the options promise follows from what the provider can do. */
	registration: GatewayTrigger['registration'];
	/** Whether files can be fetched. */
	hasMedia: boolean;
	/** Whether it distinguishes stories (status updates) from messages. */
	tellsStories?: boolean;
	/** Whether it distinguishes old messages, which a new connection brings in, from new ones. */
	tellsHistory?: boolean;
	/** Whether it distinguishes what was sent through the API from what a person typed. */
	tellsSource?: boolean;
	/** Which events have no id, so that one that is delivered twice looks like two. */
	withoutId?: 'messages' | 'states';
	/** Whether the user may put a secret into the address, which they paste by hand. */
	takesSecret?: boolean;
	/** Options of this provider alone. */
	options?: INodeProperties[];
}

const EXAMPLE = 'e.g. 6281234567890, 6289876543210';

const PEOPLE_WRITTEN = 'IDs from an event, such as a LID, work too.';

const CHATS_WRITTEN = 'Use the chat ID or address from an event, or a phone number.';

const people = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: EXAMPLE,
	hint: COUNTRY_CODES_HINT,
	description: [description, PEOPLE_WRITTEN].join(' '),
	...listsToo,
});

const chats = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. 120363041234567890@g.us, 6281234567890',
	hint: COUNTRY_CODES_HINT,
	description: [description, CHATS_WRITTEN].join(' '),
	...listsToo,
});

const yes = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: true,
	description,
});

/** What every trigger filters by. */
const filters: INodeProperties[] = [
	people('From Senders', 'senders', 'Only events from these people start the workflow.'),
	people('Not From Senders', 'notSenders', 'Events from these people do not start the workflow.'),
	chats('Only Chats', 'onlyChats', 'Only events in these chats start the workflow.'),
	chats('Not Chats', 'notChats', 'Events in these chats do not start the workflow.'),
	yes(
		'In Groups Only When Mentioned',
		'onlyWhenMentioned',
		'Whether messages in groups start the workflow only if they mention the connected phone or reply to one of its messages. Private chats are not affected.',
	),
	{
		displayName: 'Own Numbers',
		name: 'ownNumbers',
		type: 'string',
		default: '',
		placeholder: EXAMPLE,
		hint: COUNTRY_CODES_HINT,
		displayOptions: { show: { onlyWhenMentioned: [true] } },
		description:
			'The numbers of the connected phone. A message that mentions one of them mentions you. Add its LID if groups use LIDs.',
		...listsToo,
	},
	yes(
		'Include Own Messages',
		'includeOwn',
		'Whether messages sent from the connected phone itself also start the workflow. Replying to them causes an endless loop.',
	),
];

const typedByPeople: INodeProperties = {
	...yes(
		'Only Those Typed by People',
		'onlyTyped',
		'Whether to ignore own messages sent through the API, for example by this n8n',
	),
	displayOptions: { show: { includeOwn: [true] } },
};

const stories = yes(
	'Include Stories',
	'includeStories',
	'Whether stories (status updates) also start the workflow. Many people can see a reply to a story; keep this off for workflows that reply.',
);

const history: INodeProperties[] = [
	yes(
		'Include History',
		'includeHistory',
		'Whether old messages, which arrive when a phone is connected, also start the workflow. Messages that are merely late always start it.',
	),
	{
		displayName: 'Catch Up On (Hours)',
		name: 'catchUpHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description:
			'Messages that waited while the phone was offline start the workflow if they are no older than this. Older ones count as history.',
	},
];

const ignoreRepeats = (what: 'messages' | 'states'): INodeProperties => ({
	displayName: 'Ignore Repeats Within (Seconds)',
	name: 'ignoreRepeatsWithin',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 15,
	description:
		what === 'messages'
			? 'For a provider that delivers twice: the same message in the same chat does not start the workflow again within this time. This also drops a second equal message, such as the same menu choice twice in a row. Off unless you add it.'
			: 'For a provider that delivers twice: the same log-in, log-out or other event without an ID does not start the workflow again within this time. Off unless you add it.',
});

const media: INodeProperties[] = [
	yes('Download Media', 'downloadMedia', 'Whether to fetch the file of a message into a binary field'),
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
		default: 50,
		displayOptions: { show: { downloadMedia: [true] } },
		description:
			'The largest file to download, in megabytes. A message with a larger file starts the workflow without it; mediaErrorKind is then too_large.',
	},
];

const secret: INodeProperties = {
	displayName: 'Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. a long random string',
	description:
		'Only webhook calls with this secret start the workflow. Append ?secret=your-secret to the URL where you paste it.',
};

/** The options of a trigger, by name. */
export function optionsOf(panel: TriggerPanel): INodeProperties[] {
	return [
		...filters,
		...(panel.tellsSource ? [typedByPeople] : []),
		...(panel.tellsStories ? [stories] : []),
		...(panel.tellsHistory ? history : []),
		...(panel.withoutId ? [ignoreRepeats(panel.withoutId)] : []),
		...(panel.hasMedia ? media : []),
		...slotOptions(panel.registration),
		...(panel.takesSecret ? [secret] : []),
		...(panel.options ?? []),
	].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}

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
				? 'Whether to set the webhook even if another one may be set. This provider cannot show it, so it cannot be restored: unpublishing removes the webhook.'
				: 'Whether to take over when the account already sends its webhooks elsewhere. The previous URL is restored when this workflow is unpublished.',
		},
		{
			displayName: 'Take Over Production While Testing',
			name: 'takeOverProduction',
			type: 'boolean',
			default: true,
			description: cannotShow
				? 'Whether listening for a test event may replace the production webhook. Messages that arrive during the test reach only the test. When listening ends, the production URL is set, even if this workflow is not published.'
				: 'Whether listening for a test event may borrow the webhook from this published workflow. Messages that arrive during the test reach only the test; production is restored when listening ends.',
		},
	];
}
