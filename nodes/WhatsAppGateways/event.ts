import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseJson } from '../shared/http/json';
import type { ChatOfEvent } from '../shared/messaging/capabilities';
import { isObject } from '../shared/object';
import { FieldRefusal, type ReadParameter } from '../shared/operations/define/field';
import { isInputOfModel } from '../shared/operations/n8n/toolCall';
import { quotedName } from '../shared/operations/n8n/waiting';
import { textOf } from '../shared/text';
import { capabilitiesOf, displayNameOf } from './gateways';

/** What is answered: the provider and phone that received an event, and its chat. */
export interface Answered extends ChatOfEvent {
	provider: string;
	/** Device, session or number. */
	device: string | null;
}

/** The field that holds the event where nothing else does. */
export const EVENT_FIELD = 'event';

/**
 * The event that an item replies to: the field Event if it is filled in; else the item itself; else what the trigger of ours that
 * started the execution gave for this item, as n8n's item pairing knows it. An AI agent's tool has the field alone.
 *
 * @throws FieldRefusal if there is none, or if its chat cannot be written to
 */
export function answeredBy(context: IExecuteFunctions, itemIndex: number, parameter: ReadParameter): Answered {
	const given = parameter(EVENT_FIELD);
	const isFilled = textOf(given).trim() !== '';
	const event = isFilled ? asEvent(given) : eventBehind(context, itemIndex);
	if (!event) {
		throw new FieldRefusal(
			EVENT_FIELD,
			isFilled
				? "this is not an event of a gateway trigger. Use an expression that returns the whole item, for example {{ $('Chatalo Trigger').item.json }}"
				: "this item does not come from a gateway trigger. Set Event to the whole item of the trigger, for example {{ $('Chatalo Trigger').item.json }}",
		);
	}
	return answered(event);
}

function eventBehind(context: IExecuteFunctions, itemIndex: number): IDataObject | undefined {
	// A model, or whoever talks it into it, must not choose the chat.
	if (isInputOfModel(context)) return undefined;
	return asEvent(context.getInputData()[itemIndex]?.json) ?? fromTrigger(context, itemIndex);
}

/** An object, or JSON, that has what every event has. */
function asEvent(given: unknown): IDataObject | undefined {
	const value = typeof given === 'string' ? parseJson(given) : given;
	if (!isObject(value)) return undefined;
	const { provider, chat, event } = value;
	return capabilitiesOf(provider) && isObject(chat) && typeof event === 'string' ? value : undefined;
}

/** n8n's type of a provider's trigger, with the package in front or not, and the provider's name in it. */
const TRIGGER = /(?:^|\.)(\w+)Trigger$/;

function fromTrigger(context: IExecuteFunctions, itemIndex: number): IDataObject | undefined {
	const triggers = context
		.getParentNodes(context.getNode().name)
		.filter(({ type }) => capabilitiesOf(TRIGGER.exec(type)?.[1]));
	for (const { name } of triggers) {
		const event = asEvent(itemOf(context, itemIndex, name));
		if (event) return event;
	}
	return undefined;
}

/** The item of a node that an item comes from; undefined where the node did not run, or n8n cannot tell. */
function itemOf(context: IExecuteFunctions, itemIndex: number, node: string): unknown {
	try {
		return context.evaluateExpression(`{{ $(${quotedName(node)}).item.json }}`, itemIndex);
	} catch {
		return undefined;
	}
}

function answered(event: IDataObject): Answered {
	const chat: IDataObject = isObject(event.chat) ? event.chat : {};
	const provider = textOf(event.provider);
	const address = textOf(chat.address).trim();
	if (address === '') {
		throw new FieldRefusal(
			EVENT_FIELD,
			`this chat has no address to write to (chat.address): ${displayNameOf(provider)} cannot write to ${chat.lid === undefined ? 'it' : 'a person whose phone number WhatsApp hides'}`,
		);
	}
	return {
		provider,
		device: idIn(event.device),
		address,
		isGroup: chat.type === 'group',
		channel: textOf(event.channel),
		messageId: idIn(event.messageId),
	};
}

/** A text or a number; anything else is no ID. */
function idIn(value: unknown): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null;
}
