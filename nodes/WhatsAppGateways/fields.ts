import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Capabilities } from '../shared/messaging/capabilities';
import { addressField, captionField, text } from '../shared/messaging/fields/content';
import { binaryInput, mimeTypeOption } from '../shared/messaging/fields/files';
import { defaultCountryOption, optionsField, timeLimitOption } from '../shared/messaging/fields/options';
import { phoneNumber, sendTo } from '../shared/messaging/fields/recipients';
import { type Field, listsToo, showFor } from '../shared/operations/define/field';
import { locator } from '../shared/operations/define/locator';
import { EVENT_FIELD } from './event';
import { allCapabilities, groupParameter, groupSearch, senderLoad, sendersParameter } from './gateways';
import { keyOption } from './keys';

/** A field that is only shown; each provider judges its value itself. */
function shown(...properties: INodeProperties[]): Field {
	return { properties, read: () => undefined, schema: z.unknown() };
}

/** Which of the providers are tried, in the order of choosing. */
const providersProperty: INodeProperties = {
	displayName: 'Providers',
	name: 'providers',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	default: [],
	options: allCapabilities.map(({ provider, gateway }) => ({ name: gateway.api.displayName, value: provider })),
	// The editor shows the choices in the order in which they were made.
	hint: 'Tried from left to right. To change the order, remove a provider and add it again.',
	description: 'Where to try, one provider after the other, until one of them can',
};

/** Follows Providers in every panel; the node's credentials are shown in front of it. */
export const credentialsNotice: INodeProperties = {
	displayName:
		'n8n allows one credential per provider in a node. For a second account of the same provider, use another node.',
	name: 'credentialsNotice',
	type: 'notice',
	default: '',
};

/** The phones of a provider's account, tried in the order of choosing. */
function sendersProperty(capabilities: Capabilities): INodeProperties[] {
	const { provider, gateway, senders } = capabilities;
	const name = sendersParameter(capabilities);
	if (!senders || name === undefined) return [];
	const { displayName, credentialDefault } = senders;
	const isRequired = credentialDefault === undefined;
	const usual = isRequired ? '' : `. Leave empty to use the credential's default ${displayName.toLowerCase()}.`;
	return [
		showFor(
			{ providers: [provider] },
			{
				displayName: `${gateway.api.displayName} ${displayName} Names or IDs`,
				name,
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: senderLoad(capabilities) },
				required: isRequired,
				default: [],
				hint: `Tried from left to right${usual}`,
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			},
		),
	];
}

/** Where the providers and their phones are chosen. */
export const providers = shown(providersProperty, credentialsNotice, ...allCapabilities.flatMap(sendersProperty));

/** The providers whose events are answered. */
export const answeringProviders = shown(
	{
		...providersProperty,
		hint: 'Choose the provider of each trigger that leads here',
		description: 'The providers whose messages are answered, each through the one that received it',
	},
	credentialsNotice,
);

/** The event to reply to, where the item is none. */
export const event = shown({
	displayName: 'Event',
	name: EVENT_FIELD,
	// A field for JSON would mark what is left empty as an error. Expressions give the whole object.
	type: 'string',
	...listsToo,
	default: '',
	placeholder: "e.g. {{ $('Chatalo Trigger').item.json }}",
	hint: 'Leave empty to answer the message that started the workflow',
	description:
		'The whole item of the trigger. Needed only where the node cannot find it, for example as a tool of an AI agent.',
});

function groupProperties(capabilities: Capabilities): INodeProperties[] {
	const { provider, gateway, groups } = capabilities;
	if (!groups) return [];
	const common = {
		displayName: `${gateway.api.displayName} Group${groups.list ? '' : ' Name'}`,
		name: groupParameter(capabilities),
		required: true,
		description: groups.description,
	};
	const placeholder = `e.g. ${groups.example}`;
	const property: INodeProperties = groups.list
		? locator({
				...common,
				search: groupSearch(capabilities),
				byHand: { placeholder },
			})
		: { ...common, type: 'string', default: '', placeholder };
	return [showFor({ providers: [provider], sendTo: ['group'] }, property)];
}

const toPerson = phoneNumber.properties.map((property) => showFor({ sendTo: ['person'] }, property));

/** A person, or a group under each provider's own ID. */
export const recipient = shown(sendTo, ...toPerson, ...allCapabilities.flatMap(groupProperties));

/** A person. */
export const person = shown(...phoneNumber.properties);

export const message = shown(...text.properties);

const source: INodeProperties = {
	displayName: 'File From',
	name: 'mediaSource',
	type: 'options',
	options: [
		{ name: 'Binary Field of the Item', value: 'binary' },
		{ name: 'URL', value: 'url' },
	],
	default: 'url',
};

const fileUrl = addressField({
	displayName: 'File URL',
	name: 'fileUrl',
	example: 'https://example.com/invoice.pdf',
	description: 'Public address of the file to send. The provider fetches it from there.',
});

/** A file by its address, or of the item, with a text under it. */
export const file = shown(
	source,
	...fileUrl.properties.map((property) => showFor({ mediaSource: ['url'] }, property)),
	...binaryInput().properties.map((property) => showFor({ mediaSource: ['binary'] }, property)),
);

export const caption = shown(...captionField().properties);

/** Minutes; how long a provider that failed is not asked first. */
const USUAL_REST_MINUTES = 5;

const restOption: INodeProperties = {
	displayName: 'Skip Failed Providers For (Minutes)',
	name: 'skipFailedFor',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1440 },
	default: USUAL_REST_MINUTES,
	description:
		'How long to go straight to the next provider after one could not send. It is tried again afterwards, or when no other is left. With 0, every message tries all providers in order.',
};

/** What the option must be. */
export const restMinutes = z.coerce
	.number({ error: 'enter a number of minutes' })
	.min(0, { error: 'enter 0 to 1440 minutes' })
	.max(1440, { error: 'enter 0 to 1440 minutes' })
	.default(USUAL_REST_MINUTES);

const rest = { skipFailedFor: restMinutes };

/** Without a key, for what sends no message, and for a question: only its own execution has the link in it. */
export const unkeyedOptions = optionsField([defaultCountryOption, restOption, timeLimitOption], rest);

export const sendOptions = optionsField([defaultCountryOption, keyOption, restOption, timeLimitOption], rest);

export const replyOptions = optionsField([keyOption, timeLimitOption]);

export const fileOptions = optionsField(
	[defaultCountryOption, keyOption, mimeTypeOption, restOption, timeLimitOption],
	rest,
);
