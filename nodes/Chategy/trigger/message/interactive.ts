import type { IDataObject } from 'n8n-workflow';
import type { EventInteractive, EventOption } from '../../../shared/trigger/event/details';
import { told } from '../../../shared/trigger/event/emptyEvent';
import { fieldOf, jsonObjectOf, objectIn, objectsIn, textIn } from '../../../shared/trigger/whatsapp/values';

type Kind = EventInteractive['kind'];

/** Fields of a reply with the ID of the choice (names of whatsapp-web.js and of WhatsApp itself, inferred). */
const IDS: ReadonlyArray<[name: string, kind: Kind]> = [
	['selectedButtonId', 'button_reply'],
	['selected_button_id', 'button_reply'],
	['button_id', 'button_reply'],
	['selectedRowId', 'list_reply'],
	['selected_row_id', 'list_reply'],
	['selectedId', 'template_reply'],
	['selected_id', 'template_reply'],
];

/** Fields in which WhatsApp puts all of a reply, as JSON. */
const PARAMETERS = ['paramsJson', 'params_json'];

/** The most characters kept of a reply that is not readable as JSON. */
const MOST_JSON = 65_536;

/**
 * A prompt with its buttons or rows, or a choice.
 *
 * @param kind by the type of the message; null if the type does not say
 * @param text the label of the choice
 * @returns null if the message is neither
 */
export function interactiveIn(message: IDataObject, kind: Kind | null, text: string | null): EventInteractive | null {
	const places = placesIn(message);
	const chosen = chosenIn(places);
	const parameters = firstOf(places, PARAMETERS);
	if (parameters !== undefined) return flowReply(parameters, chosen?.id ?? null, text);
	if (chosen === null && kind === null) return null;
	if (chosen === null && kind === 'prompt') return told<EventInteractive>({ kind, options: optionsIn(message) });
	return told<EventInteractive>({
		kind: kind === null || kind === 'prompt' ? (chosen?.kind ?? 'button_reply') : kind,
		id: chosen?.id,
		title: text ?? textIn(objectIn(message, 'listResponse', 'list_response'), 'title'),
		description: textIn(objectIn(message, 'listResponse', 'list_response'), 'description') ?? described(message),
	});
}

/** The message itself, and the parts of it that a reply may be in. */
function placesIn(message: IDataObject): IDataObject[] {
	const list = objectIn(message, 'listResponse', 'list_response');
	return [
		message,
		objectIn(message, 'interactive'),
		list,
		objectIn(list, 'singleSelectReply', 'single_select_reply'),
		objectIn(message, 'buttonsResponse', 'buttons_response'),
		objectIn(message, 'nativeFlowResponse', 'native_flow_response', 'nativeFlowResponseMessage'),
	];
}

function chosenIn(places: IDataObject[]): { id: string; kind: Kind } | null {
	for (const [name, kind] of IDS) {
		for (const place of places) {
			const id = textIn(place, name);
			if (id !== null) return { id, kind };
		}
	}
	return null;
}

function firstOf(places: IDataObject[], names: string[]): unknown {
	for (const place of places) {
		for (const name of names) {
			const value = fieldOf(place, name);
			if (value !== undefined && value !== null && value !== '') return value;
		}
	}
	return undefined;
}

function flowReply(json: unknown, id: string | null, text: string | null): EventInteractive {
	const data = jsonObjectOf(json) ?? (typeof json === 'string' ? { text: json.slice(0, MOST_JSON) } : null);
	return told<EventInteractive>({
		kind: 'flow_reply',
		id: textIn(data, 'id', 'button_id') ?? id,
		title: textIn(data, 'display_text', 'title') ?? text,
		description: textIn(data, 'description'),
		data,
	});
}

const described = (message: IDataObject): string | null => textIn(message, 'description');

/** Buttons, and the rows of a list. */
function optionsIn(message: IDataObject): EventOption[] {
	const list = objectIn(message, 'list');
	const buttons = [...objectsIn(message, 'buttons'), ...objectsIn(objectIn(message, 'interactive'), 'buttons')];
	const sections = [...objectsIn(message, 'sections'), ...objectsIn(list, 'sections')];
	const rows = sections.flatMap((section) => objectsIn(section, 'rows'));
	return [
		...buttons.map((button) => {
			const label = textIn(objectIn(button, 'buttonText'), 'displayText');
			const title = textIn(button, 'title', 'text', 'displayText', 'display_text') ?? label;
			const url = textIn(button, 'url');
			return told<EventOption>({
				id: textIn(button, 'id', 'buttonId', 'button_id'),
				title,
				kind: url === null ? 'reply' : 'url',
				url,
			});
		}),
		...rows.map((row) =>
			told<EventOption>({
				id: textIn(row, 'id', 'rowId', 'row_id'),
				title: textIn(row, 'title'),
				description: textIn(row, 'description'),
				kind: 'row',
			}),
		),
	];
}
