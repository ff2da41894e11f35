import type { IDataObject } from 'n8n-workflow';
import type { EventInteractive, EventOption } from '../../event/details';
import { told } from '../../event/emptyEvent';
import { isObject } from '../../../object';
import { fieldOf, jsonObjectOf, numberIn, objectIn, objectsIn, paragraphs, textIn } from '../values';

/** What can be chosen, and the part in whose place a file or location may stand. */
export interface Interactive {
	text: string | null;
	interactive: EventInteractive;
	/** Parts with a file, location or product: the head, then the cards. */
	heads: IDataObject[];
	/** Names of parts that nothing has read. */
	unread?: string[];
}

const prompt = (options: EventOption[], title: string | null = null): EventInteractive =>
	told<EventInteractive>({ kind: 'prompt', title, options });

const option = (kind: string, fields: { [Name in keyof Omit<EventOption, 'kind'>]: string | null }): EventOption =>
	told<EventOption>({ ...fields, kind });

/** `buttonsMessage` */
export function readButtons(part: IDataObject): Interactive {
	const options = objectsIn(part, 'buttons').flatMap((button) => {
		const flow = objectIn(button, 'nativeFlowInfo');
		const name = textIn(flow, 'name');
		const title = textIn(objectIn(button, 'buttonText'), 'displayText');
		if (name !== null && title === null) return flowOptions(name, fieldOf(flow, 'paramsJson'));
		return [option('reply', { id: textIn(button, 'buttonId'), title })];
	});
	return {
		text: paragraphs(textIn(part, 'text'), textIn(part, 'contentText')),
		interactive: prompt(options),
		heads: [part],
	};
}

/** `listMessage` */
export function readList(part: IDataObject): Interactive {
	const rows = objectsIn(part, 'sections').flatMap((section) => objectsIn(section, 'rows').map(rowOption));
	const products = objectsIn(objectIn(part, 'productListInfo'), 'productSections').flatMap((section) =>
		objectsIn(section, 'products').map((product) => option('product', { id: textIn(product, 'productId') })),
	);
	return {
		text: textIn(part, 'description') ?? textIn(part, 'title'),
		interactive: prompt([...rows, ...products], textIn(part, 'title')),
		heads: [],
	};
}

function rowOption(row: IDataObject): EventOption {
	return option('row', {
		id: textIn(row, 'rowId', 'id'),
		title: textIn(row, 'title'),
		description: textIn(row, 'description'),
	});
}

/** `templateMessage`; the forms that a template may have are tried in this order. */
export function readTemplate(part: IDataObject): Interactive {
	const hydrated = objectIn(part, 'hydratedTemplate', 'hydratedFourRowTemplate');
	if (Object.keys(hydrated).length > 0) {
		return {
			text: paragraphs(textIn(hydrated, 'hydratedTitleText'), textIn(hydrated, 'hydratedContentText')),
			interactive: prompt(objectsIn(hydrated, 'hydratedButtons').flatMap(templateOption)),
			heads: [hydrated],
		};
	}
	const inside = fieldOf(part, 'interactiveMessageTemplate');
	if (isObject(inside)) return readPrompt(inside);
	const rows = objectIn(part, 'fourRowTemplate');
	return {
		text: paragraphs(
			structuredText(objectIn(rows, 'highlyStructuredMessage')),
			structuredText(objectIn(rows, 'content')),
		),
		interactive: prompt(objectsIn(rows, 'buttons').flatMap(templateOption)),
		heads: [rows],
	};
}

/** A button of a template; its texts are plain, or templates themselves. */
function templateOption(button: IDataObject): EventOption[] {
	const read = (source: IDataObject, name: string): string | null =>
		textIn(source, name) ?? structuredText(objectIn(source, name));
	const [reply, url, call] = ['quickReplyButton', 'urlButton', 'callButton'].map((name) => fieldOf(button, name));
	if (isObject(reply)) {
		return [option('reply', { id: textIn(reply, 'id'), title: read(reply, 'displayText') })];
	}
	if (isObject(url)) return [option('url', { title: read(url, 'displayText'), url: read(url, 'url') })];
	if (isObject(call)) return [option('call', { id: read(call, 'phoneNumber'), title: read(call, 'displayText') })];
	return [];
}

/** `highlyStructuredMessage` */
export function readStructured(part: IDataObject): Interactive {
	const template = fieldOf(part, 'hydratedHsm');
	if (isObject(template)) return readTemplate(template);
	return { text: structuredText(part), interactive: prompt([]), heads: [] };
}

/** The values that are filled into a template; its own words are not in the payload. */
function structuredText(part: IDataObject): string | null {
	const params = fieldOf(part, 'params');
	const texts = Array.isArray(params) ? params.slice(0, 100).filter((value) => typeof value === 'string') : [];
	const localized = objectsIn(part, 'localizableParams').map((value) => textIn(value, 'default'));
	return paragraphs(...(texts.length > 0 ? texts : localized));
}

/** Cards of a carousel that are read. */
const MOST_CARDS = 100;

/** `interactiveMessage` */
export function readPrompt(part: IDataObject): Interactive {
	const cards = objectsIn(objectIn(part, 'carouselMessage'), 'cards').slice(0, MOST_CARDS);
	const bodies = cards.map((card) => textIn(objectIn(card, 'body'), 'text')).filter((body) => body !== null);
	const flows = [part, ...cards].flatMap((card) => objectsIn(objectIn(card, 'nativeFlowMessage'), 'buttons'));
	return {
		text: paragraphs(
			textIn(objectIn(part, 'header'), 'title'),
			textIn(objectIn(part, 'body'), 'text'),
			bodies.length === 0 ? null : bodies.join('\n'),
		),
		interactive: prompt(
			flows.flatMap((button) => flowOptions(textIn(button, 'name'), fieldOf(button, 'buttonParamsJson'))),
		),
		heads: [part, ...cards].map((card) => objectIn(card, 'header')),
		unread: ['shopStorefrontMessage', 'collectionMessage'].filter((name) => isObject(fieldOf(part, name))),
	};
}

/** Buttons of a native flow by WhatsApp's names, as kinds of options. */
const FLOW_KINDS: ReadonlyMap<string, string> = new Map([
	['quick_reply', 'reply'],
	['cta_url', 'url'],
	['cta_call', 'call'],
	['cta_copy', 'copy'],
	['single_select', 'row'],
]);

/** The option, or the rows of a list, that a button's parameters describe. */
function flowOptions(name: string | null, json: unknown): EventOption[] {
	const values = jsonObjectOf(json) ?? {};
	const kind = FLOW_KINDS.get(name ?? '') ?? name ?? 'unknown';
	const rows = objectsIn(values, 'sections').flatMap((section) => objectsIn(section, 'rows'));
	if (rows.length > 0) return rows.map(rowOption);
	return [
		option(kind, {
			id: textIn(values, 'id', 'phone_number', 'copy_code'),
			title: textIn(values, 'display_text', 'title'),
			description: textIn(values, 'description'),
			url: textIn(values, 'url', 'merchant_url'),
		}),
	];
}

const answer = (text: string | null, fields: { [Name in keyof EventInteractive]: EventInteractive[Name] | null }) => ({
	text,
	interactive: told<EventInteractive>(fields),
	heads: [],
});

/** `buttonsResponseMessage` */
export function readButtonReply(part: IDataObject): Interactive {
	const title = textIn(part, 'selectedDisplayText');
	return answer(title, { kind: 'button_reply', id: textIn(part, 'selectedButtonId'), title });
}

/** `templateButtonReplyMessage` */
export function readTemplateReply(part: IDataObject): Interactive {
	const title = textIn(part, 'selectedDisplayText');
	const place = told<{ index?: number; card?: number }>({
		index: numberIn(part, 'selectedIndex'),
		card: numberIn(part, 'selectedCarouselCardIndex'),
	});
	const data = Object.keys(place).length === 0 ? null : place;
	return answer(title, { kind: 'template_reply', id: textIn(part, 'selectedId'), title, data });
}

/** `listResponseMessage` */
export function readListReply(part: IDataObject): Interactive {
	const title = textIn(part, 'title');
	const id = textIn(objectIn(part, 'singleSelectReply'), 'selectedRowId');
	return answer(title ?? id, { kind: 'list_reply', id, title, description: textIn(part, 'description') });
}

/** `interactiveResponseMessage`: everything is in a text of JSON, under the names that a flow has chosen. */
export function readFlowReply(part: IDataObject): Interactive {
	const json = fieldOf(objectIn(part, 'nativeFlowResponseMessage'), 'paramsJson');
	const written = typeof json === 'string' ? json.slice(0, MOST_JSON) : null;
	const data = jsonObjectOf(json) ?? (written === null ? null : { text: written });
	const title = textIn(data, 'display_text', 'title');
	const id = textIn(data, 'id', 'button_id');
	const text = title ?? textIn(objectIn(part, 'body'), 'text') ?? id;
	return answer(text, { kind: 'flow_reply', id, title, description: textIn(data, 'description'), data });
}

/** Characters of an answer that cannot be read as JSON. */
const MOST_JSON = 65_536;
