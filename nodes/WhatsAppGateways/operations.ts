import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import { message as question, question as response } from '../shared/messaging/response/fields';
import { responseOptions } from '../shared/messaging/response/settings';
import { splitOptions, textOptions, wholeOptions } from '../shared/messaging/fields/textOptions';
import { mimeTypeByName } from '../shared/mimeType';
import type { ItemReader } from '../shared/operations/define/field';
import { defineOperation, type Operation } from '../shared/operations/define/operation';
import type { Job } from '../shared/messaging/capabilities';
import { textOf } from '../shared/text';
import {
	answeringProviders,
	caption,
	event,
	file,
	fileOptions,
	message,
	person,
	providers,
	recipient,
	replyOptions,
	sendOptions,
	unkeyedOptions,
} from './fields';

/** An operation of the routing node: its panel, and what it asks of a provider. */
export interface RoutedOperation {
	operation: Operation;
	/** What is to be done for an item; absent where an event decides the provider. */
	jobOf?: (item: ItemReader) => Job;
}

/** The panel alone: each provider's own operation judges the values and makes the request. */
function panel(definition: Omit<Parameters<typeof defineOperation>[0], 'request' | 'run'>): Operation {
	return defineOperation({ ...definition, run: async () => await Promise.resolve([]) });
}

function toOf({ parameter }: ItemReader): 'person' | 'group' {
	return parameter('sendTo') === 'group' ? 'group' : 'person';
}

const sendText: RoutedOperation = {
	operation: panel({
		value: 'sendText',
		name: 'Send Text',
		action: 'Send a text message',
		description: 'Send a text through the first provider that can',
		effect: 'send',
		addedOptions: splitOptions,
		fields: { providers, recipient, message, options: sendOptions },
	}),
	jobOf: (item) => ({ kind: 'text', to: toOf(item) }),
};

const sendFile: RoutedOperation = {
	operation: panel({
		value: 'sendFile',
		name: 'Send File',
		action: 'Send an image or a file',
		description: 'Send an image, document, video or audio file through the first provider that can',
		effect: 'send',
		addedOptions: wholeOptions,
		fields: { providers, recipient, file, caption, options: fileOptions },
	}),
	jobOf: (item) => {
		const isBinary = item.parameter('mediaSource') === 'binary';
		return {
			kind: 'file',
			to: toOf(item),
			source: isBinary ? 'binary' : 'url',
			hasCaption: textOf(item.parameter('caption')).trim() !== '',
			mimeType: mimeTypeOf(item, isBinary),
		};
	},
};

/** What the user says, else what n8n knows of the file or the address gives away. */
function mimeTypeOf({ parameter, file: fileIn }: ItemReader, isBinary: boolean): string | undefined {
	const given = textOf(parameter('options.mimeType')).trim();
	if (given !== '') return given;
	if (isBinary) return fileIn(textOf(parameter('binaryPropertyName')).trim())?.mimeType;
	const address = textOf(parameter('fileUrl')).trim();
	return URL.canParse(address) ? mimeTypeByName(new URL(address).pathname) : undefined;
}

const sendAndWait: RoutedOperation = {
	operation: panel({
		value: SEND_AND_WAIT_OPERATION,
		name: 'Send and Wait for Response',
		action: 'Send and wait for a response',
		description: 'Send a message with a link, and continue when the person has responded',
		effect: 'send',
		isSingle: true,
		isBound: true,
		addedOptions: [...responseOptions, ...textOptions],
		fields: { providers, person, question, response, options: unkeyedOptions },
	}),
	jobOf: () => ({ kind: 'question', to: 'person' }),
};

const checkNumber: RoutedOperation = {
	operation: panel({
		value: 'checkNumber',
		name: 'Check Number',
		action: 'Check if a number is on WhatsApp',
		description: 'Find out whether a phone number is on WhatsApp, from the first provider that can tell',
		effect: 'read',
		fields: { providers, person, options: unkeyedOptions },
	}),
	jobOf: () => ({ kind: 'numberCheck', to: 'person' }),
};

const reply: RoutedOperation = {
	operation: panel({
		value: 'reply',
		name: 'Reply',
		action: 'Reply to a message',
		description:
			'Answer a message of any of the triggers in its chat, through the provider and phone that received it',
		effect: 'send',
		addedOptions: splitOptions,
		fields: { providers: answeringProviders, message, event, options: replyOptions },
	}),
};

/** By resource, in the order of the panel. */
export const routedResources: Array<{ value: string; name: string; operations: RoutedOperation[] }> = [
	{ value: 'contact', name: 'Contact', operations: [checkNumber] },
	{ value: 'message', name: 'Message', operations: [sendText, reply, sendAndWait, sendFile] },
];

/** The operations as a node's panel is made of them. */
export const routedGateway = {
	resources: routedResources.map((resource) => ({
		...resource,
		operations: resource.operations.map(({ operation }) => operation),
	})),
};

/** @throws Error for names of no operation, as in a workflow made by hand */
export function routedOperation(resource: string, operation: string): RoutedOperation {
	const found = routedResources
		.find(({ value }) => value === resource)
		?.operations.find(({ operation: { value } }) => value === operation);
	if (!found) throw new Error(`There is no operation "${operation}" for the resource "${resource}"`);
	return found;
}
