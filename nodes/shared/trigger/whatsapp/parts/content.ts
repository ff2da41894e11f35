import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../object';
import type { EventContact } from '../../event/details';
import { told } from '../../event/emptyEvent';
import type { EventLocation, EventMedia, GatewayEvent, MessageType } from '../../event/event';
import { attachmentOf, fileKindOf, fileOf } from './files';
import {
	type Interactive,
	readButtonReply,
	readButtons,
	readFlowReply,
	readList,
	readListReply,
	readPrompt,
	readStructured,
	readTemplate,
	readTemplateReply,
} from './interactive';
import { isNoMessage } from './noMessage';
import {
	isCatalog,
	noteOf,
	readAppointment,
	readChannelInvite,
	readGroupInvite,
	readInviteLink,
	readLinkPreview,
	readLocation,
	readOrder,
	readPayment,
	readPlannedCall,
	readPoll,
	readProduct,
} from './trade';
import { fieldOf, flagIn, objectIn, objectsIn, paragraphs, textIn, textOfValue } from '../values';
import { cardsIn, MOST_CARDS, readCard } from './vcard';
import { filledKeys, isWrapper, type OpenedMessage, openMessage } from './wrappers';

/** The fields of an event that a part can fill. */
type ContentFields = Partial<
	Pick<
		GatewayEvent,
		| 'text'
		| 'media'
		| 'location'
		| 'contacts'
		| 'interactive'
		| 'order'
		| 'product'
		| 'poll'
		| 'calendar'
		| 'invite'
		| 'payment'
		| 'linkPreview'
		| 'unread'
	>
>;

/** What was read of a part. */
interface Read extends ContentFields {
	/** Where it is not the one of the table. */
	type?: MessageType;
	/** The key of the message that it is about. */
	about?: IDataObject;
	/** It says something although no field shows it. */
	isContent?: true;
}

/** What a message says. */
export interface Content extends Read {
	/** Of the part that was read. */
	key: string;
	type: MessageType;
	text: string | null;
	/** The part that was read, for what surrounds the words. */
	part: IDataObject;
	unread: string[];
	/** `text` is what was written under `media`. */
	hasCaption: boolean;
}

/** @param beside the message around the parts */
type Reader = (part: IDataObject, key: string, beside: IDataObject) => Read;

const file: Reader = (part, key, beside) => ({
	text: textIn(part, 'caption'),
	media: fileOf(key, part, beside, null),
});

const sticker: Reader = (part, key, beside) => ({ media: fileOf(key, part, beside, null) });

const invite =
	(read: typeof readGroupInvite): Reader =>
	(part) => ({ text: textIn(part, 'caption'), invite: read(part) });

const payment =
	(kind: Parameters<typeof readPayment>[0]): Reader =>
	(part) => ({ text: noteOf(part), payment: readPayment(kind, part) });

const choice =
	(read: (part: IDataObject) => Interactive): Reader =>
	(part, _key, beside) => {
		const { text, interactive, heads, unread = [] } = read(part);
		return { text, interactive, ...headOf(heads, unread, beside) };
	};

/** A text that is about another message. */
const answer =
	(about: string): Reader =>
	(part) => ({ text: textIn(part, 'text'), about: objectIn(part, about) });

/**
 * The parts of a message that people send, in the order in which one of several counts. Each is a kind of message, and how
 * its words and the rest are read; the rest of the file says how.
 */
const CONTENT: ReadonlyMap<string, [type: MessageType, read: Reader]> = new Map<string, [MessageType, Reader]>([
	// Plain content.
	['conversation', ['text', () => ({})]],
	['extendedTextMessage', ['text', readText]],
	['locationMessage', ['location', (part) => ({ text: textIn(part, 'comment'), location: readLocation(part) })]],
	['liveLocationMessage', ['location', readLiveLocation]],
	['contactMessage', ['contact', (part) => contactsOf([part])]],
	['contactsArrayMessage', ['contact', readContacts]],
	['pollCreationMessage', ['poll', (part) => ({ text: textIn(part, 'name'), poll: readPoll(part) })]],
	['eventMessage', ['calendar', readEvent]],
	['scheduledCallCreationMessage', ['calendar', readCall]],
	['groupInviteMessage', ['invite', invite(readGroupInvite)]],
	['newsletterAdminInviteMessage', ['invite', invite(readChannelInvite)]],
	['newsletterFollowerInviteMessage', ['invite', invite(readChannelInvite)]],
	['newsletterFollowerInviteMessageV2', ['invite', invite(readChannelInvite)]],
	['richResponseMessage', ['text', readRich]],
	['statusQuestionAnswerMessage', ['text', answer('key')]],
	['questionResponseMessage', ['text', answer('key')]],
	['statusQuotedMessage', ['text', answer('originalStatusId')]],
	// Files.
	['imageMessage', ['image', file]],
	['videoMessage', ['video', file]],
	['ptvMessage', ['video', file]],
	['audioMessage', ['audio', file]],
	['documentMessage', ['document', readDocument]],
	['stickerMessage', ['sticker', sticker]],
	['stickerPackMessage', ['sticker', (part) => ({ text: textIn(part, 'caption', 'name'), isContent: true })]],
	['invoiceMessage', ['payment', readInvoice]],
	// Buttons, lists, templates, and their answers.
	['buttonsMessage', ['text', choice(readButtons)]],
	['listMessage', ['text', choice(readList)]],
	['templateMessage', ['text', choice(readTemplate)]],
	['highlyStructuredMessage', ['text', choice(readStructured)]],
	['interactiveMessage', ['text', choice(readPrompt)]],
	['buttonsResponseMessage', ['text', choice(readButtonReply)]],
	['templateButtonReplyMessage', ['text', choice(readTemplateReply)]],
	['listResponseMessage', ['text', choice(readListReply)]],
	['interactiveResponseMessage', ['text', choice(readFlowReply)]],
	// Trade and payment.
	['orderMessage', ['order', (part) => ({ text: textIn(part, 'message', 'orderTitle'), order: readOrder(part) })]],
	['productMessage', ['product', readArticle]],
	['requestPaymentMessage', ['payment', payment('request')]],
	['sendPaymentMessage', ['payment', payment('sent')]],
	['paymentInviteMessage', ['payment', payment('invite')]],
]);

const ORDER = [...CONTENT.keys()];

/** New versions of a poll come under new names. */
function nameOf(key: string): string {
	return /^pollCreationMessageV\d{1,3}$/.test(key) ? 'pollCreationMessage' : key;
}

/** Whether a key is a part of a message that is known, as content or as something else. */
export function isKnownPart(key: string): boolean {
	return CONTENT.has(nameOf(key)) || isNoMessage(key);
}

/** {@link openMessage} with all that is known. */
export function opened(message: IDataObject): OpenedMessage {
	return openMessage(message, isKnownPart);
}

/**
 * What the parts of a message say.
 *
 * @param parts out of their wrappers
 * @param beside the message around them, where some gateways put the address of a file
 * @returns undefined if no part is known as content
 */
export function contentOf(parts: IDataObject, beside: IDataObject): Content | undefined {
	const keys = Object.keys(parts)
		.filter((key) => CONTENT.has(nameOf(key)) && isFilled(key, parts[key]))
		.sort((one, other) => ORDER.indexOf(nameOf(one)) - ORDER.indexOf(nameOf(other)));
	const [key] = keys;
	const entry = key === undefined ? undefined : CONTENT.get(nameOf(key));
	if (key === undefined || entry === undefined) return undefined;
	const [type, read] = entry;
	const part = objectIn(parts, key);
	const found = read(part, key, beside);
	return {
		...found,
		key,
		type: found.type ?? type,
		text: key === 'conversation' ? textOfValue(parts[key]) : (found.text ?? null),
		part,
		unread: found.unread ?? [],
		hasCaption: fileKindOf(key) !== undefined,
	};
}

function isFilled(key: string, value: unknown): boolean {
	return key === 'conversation' ? textOfValue(value) !== null : isObject(value);
}

/** Whether it is anything that a person may wait for an answer to. */
export function saysSomething(content: Content): boolean {
	const { text, media, location, contacts, interactive, order, product, poll, calendar, invite, payment } = content;
	return (
		[text, media, location, interactive, invite, payment, content.isContent].some(
			(field) => field !== undefined && field !== null,
		) ||
		[order, product, calendar].some((field) => field !== undefined && Object.keys(field).length > 0) ||
		(contacts?.some(({ name, vcard, phones }) => name ?? vcard ?? phones[0]) ?? false) ||
		(poll !== undefined && (poll.question !== undefined || poll.options.length > 0))
	);
}

/** Kind and words of a message that another one quotes. */
export function summaryOf(message: IDataObject): { type: MessageType | null; text: string | null } {
	const { parts } = opened(message);
	const content = contentOf(parts, {}) ?? unknownContent(parts);
	return { type: content?.type ?? null, text: content?.text ?? null };
}

/** Where the words of a part may be that has no line in the table. */
const TEXT_NAMES = ['text', 'caption', 'contentText', 'title', 'name', 'description', 'message'];

/**
 * An unknown part, if it looks like something that a person sent: it holds a text, or a context, which only
 * what people send has.
 */
export function unknownContent(parts: IDataObject): Content | undefined {
	for (const key of unknownKeys(parts)) {
		const part = objectIn(parts, key);
		const text =
			textIn(part, 'text', 'caption') ?? textIn(objectIn(part, 'body'), 'text') ?? textIn(part, ...TEXT_NAMES);
		if (text !== null || isObject(fieldOf(part, 'contextInfo'))) {
			return { key, type: 'unknown', text, part, unread: [], hasCaption: false, isContent: true };
		}
	}
	return undefined;
}

/** The keys of parts that no table has. */
export function unknownKeys(parts: IDataObject): string[] {
	return filledKeys(parts).filter((key) => !isKnownPart(key) && !isWrapper(key));
}

function readText(part: IDataObject): Read {
	return told<Read>({
		text: textIn(part, 'text'),
		linkPreview: readLinkPreview(part),
		invite: readInviteLink(part),
	});
}

function readLiveLocation(part: IDataObject): Read {
	const location = readLocation(part);
	return { text: textIn(part, 'caption'), location: location && { ...location, isLive: true } };
}

function contactsOf(parts: IDataObject[], name: string | null = null): Read {
	const contacts = parts
		.slice(0, MOST_CARDS)
		.map((part) => readCard(textIn(part, 'vcard'), textIn(part, 'displayName')));
	const shown = parts.slice(0, MOST_CARDS).map((part, index) => textIn(part, 'displayName') ?? contacts[index]?.name);
	const names = shown.filter((one) => one !== undefined);
	return { text: names.length > 0 ? names.join(', ') : name, contacts };
}

function readContacts(part: IDataObject): Read {
	return contactsOf(objectsIn(part, 'contacts'), textIn(part, 'displayName'));
}

function readCall(part: IDataObject): Read {
	return { text: textIn(part, 'title'), calendar: readPlannedCall(part) };
}

function readEvent(part: IDataObject): Read {
	const place = objectIn(part, 'location');
	const location = readLocation(place);
	return {
		text: paragraphs(textIn(part, 'name'), textIn(part, 'description')),
		calendar: readAppointment(part),
		location,
		// A place with a name alone is no location on a map.
		unread: location === null && Object.keys(place).length > 0 ? ['eventMessage.location'] : [],
	};
}

/** An answer of WhatsApp's assistant: its texts are read, tables and pictures are not. */
function readRich(part: IDataObject): Read {
	const pieces = objectsIn(part, 'submessages');
	const names = pieces.flatMap((piece) => Object.keys(piece).slice(0, 20));
	const rest = new Set(names.filter((name) => name !== 'messageText' && name !== 'messageType'));
	const texts = pieces.map((piece) => textIn(piece, 'messageText')).filter((text) => text !== null);
	return {
		text: texts.length === 0 ? null : texts.join('\n'),
		unread: [...rest].slice(0, 20).map((name) => `richResponseMessage.${name}`),
	};
}

/** A document may be a file of contact cards, whose text the payload rarely has. */
function readDocument(part: IDataObject, key: string, beside: IDataObject): Read {
	const read = file(part, key, beside);
	if (flagIn(part, 'contactVcard') !== true) return read;
	const name = read.media?.fileName?.replace(/\.vcf$/i, '') ?? null;
	const cards: EventContact[] = cardsIn(textIn(part, 'vcard') ?? '').map((card) => readCard(card, name));
	return { ...read, contacts: cards.length > 0 ? cards : [readCard(null, name)] };
}

function readInvoice(part: IDataObject): Read {
	const note = textIn(part, 'note');
	return { text: note, payment: readPayment('invoice', part), media: attachmentOf(part, null) };
}

function readArticle(part: IDataObject, _key: string, beside: IDataObject): Read {
	const product = objectIn(part, 'product');
	const [owner, image] = isCatalog(part) ? [objectIn(part, 'catalog'), 'catalogImage'] : [product, 'productImage'];
	const picture = fieldOf(owner, image);
	const text = isCatalog(part) ? textIn(owner, 'title') : (textIn(part, 'body') ?? textIn(product, 'title'));
	return told<Read>({
		text,
		product: readProduct(part),
		media: isObject(picture) ? fileOf('imageMessage', picture, beside, null) : null,
	});
}

/** Types of the parts in a head that are no files. */
const HEAD_FILES = ['imageMessage', 'videoMessage', 'documentMessage', 'audioMessage'];

/** What is above the words of a prompt, or in its cards: the first file is shown, the names of further ones noted. */
function headOf(heads: IDataObject[], unread: string[], beside: IDataObject): Read {
	const found: { media?: EventMedia; location?: EventLocation; type?: MessageType } = {};
	const further = [...unread];
	const read: Read = {};
	for (const [index, head] of heads.entries()) {
		for (const key of HEAD_FILES) {
			const part = fieldOf(head, key);
			if (!isObject(part)) continue;
			if (found.media) further.push(`cards.${index}.${key}`);
			else Object.assign(found, { media: fileOf(key, part, beside, null), type: fileKindOf(key)?.type });
		}
		const place = readLocation(objectIn(head, 'locationMessage'));
		if (place && !found.location) Object.assign(found, { location: place, type: found.type ?? 'location' });
		const product = fieldOf(head, 'productMessage');
		if (isObject(product) && !read.product) {
			const article = readArticle(product, 'productMessage', beside);
			Object.assign(read, { product: article.product });
			Object.assign(found, {
				...(found.media || !article.media ? {} : { media: article.media }),
				type: found.type ?? 'product',
			});
		}
	}
	return { ...read, ...found, unread: further };
}
