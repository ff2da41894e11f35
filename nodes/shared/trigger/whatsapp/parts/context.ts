import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../object';
import type { EventMention, EventQuoted, EventReferral } from '../../event/details';
import { told, toldOrNull } from '../../event/emptyEvent';
import type { GatewayEvent, MessageType } from '../../event/event';
import { shownPerson } from '../chatAndSender';
import { summaryOf } from './content';
import { isSamePerson, type Person, personOf } from '../../../messaging/person';
import { kindOfId } from '../../../messaging/whatsAppId';
import {
	amountIn,
	bytesOf,
	enumIn,
	fieldOf,
	flagIn,
	MOST_ENTRIES,
	numberIn,
	objectIn,
	objectsIn,
	listIn,
	textIn,
	textOfValue,
} from '../values';
import { filledKeys } from './wrappers';

/** What surrounds the words of a message. */
export type Context = Partial<
	Pick<
		GatewayEvent,
		| 'quoted'
		| 'mentions'
		| 'mentionsAll'
		| 'mentionsMe'
		| 'isForwarded'
		| 'forwardScore'
		| 'forwardedFrom'
		| 'ephemeralSeconds'
		| 'referral'
		| 'isStory'
	>
>;

/** Who is known where a context is read. */
export interface People {
	account: Person;
	/** The other side of a private chat. */
	otherSide: Person | null;
}

/**
 * The context of a message: that of the part that was read, else the message's own, else that of any part.
 *
 * @param message the message around the parts
 * @returns undefined if there is none
 */
export function contextIn(part: IDataObject, parts: IDataObject, message: IDataObject): IDataObject | undefined {
	const own = [part, parts, message].map((source) => fieldOf(source, 'contextInfo')).find(isObject);
	if (own) return own;
	return filledKeys(parts)
		.map((key) => fieldOf(parts[key], 'contextInfo'))
		.find(isObject);
}

/** What a context says. */
export function readContext(context: IDataObject, people: People): Context {
	const mentioned = listIn(context, 'mentionedJid', 'mentionedJids')
		.map(textOfValue)
		.filter((id) => id !== null);
	const groups = objectsIn(context, 'groupMentions')
		.map((mention) => textIn(mention, 'groupJid'))
		.filter((id) => id !== null);
	const mentions: EventMention[] = [...mentioned, ...groups].slice(0, MOST_ENTRIES).map(shownPerson);
	return told<Context>({
		quoted: quotedIn(context, people),
		mentions: mentions.length > 0 ? mentions : null,
		mentionsAll: (numberIn(context, 'nonJidMentions') ?? 0) > 0 ? true : null,
		mentionsMe: mentionsMe(mentions, people.account),
		isForwarded: flagIn(context, 'isForwarded') ?? false,
		forwardScore: amountIn(context, 'forwardingScore') || null,
		forwardedFrom: forwardedFrom(objectIn(context, 'forwardedNewsletterMessageInfo')),
		ephemeralSeconds: amountIn(context, 'expiration') || null,
		referral: referralIn(context),
		isStory: flagIn(context, 'isGroupStatus') === true ? true : null,
	});
}

function mentionsMe(mentions: EventMention[], account: Person): boolean | null {
	if (account.phone === null && account.lid === null) return null;
	const answers = mentions.map((mention) => isSamePerson(personOf(mention.id), account));
	if (answers.includes(true)) return true;
	// One that is known by another form of id may be the account.
	return answers.includes(null) && (account.phone === null || account.lid === null) ? null : false;
}

function forwardedFrom(channel: IDataObject): GatewayEvent['forwardedFrom'] | null {
	return toldOrNull<NonNullable<GatewayEvent['forwardedFrom']>>({
		id: textIn(channel, 'newsletterJid'),
		name: textIn(channel, 'newsletterName'),
	});
}

/** The message that is answered; an answer to an ad quotes the ad. */
function quotedIn(context: IDataObject, people: People): EventQuoted | null {
	const id = textIn(context, 'stanzaId', 'stanzaID');
	const message = fieldOf(context, 'quotedMessage');
	const ad = fieldOf(context, 'quotedAd');
	if (id === null && !isObject(message)) return isObject(ad) ? quotedAd(ad) : null;
	const author = textIn(context, 'participant');
	const chat = textIn(context, 'remoteJid');
	const { type, text } = isObject(message) ? summaryOf(message) : { type: null, text: null };
	return told<EventQuoted>({
		id,
		text,
		type,
		senderId: author,
		senderPhone: personOf(author).phone,
		isMine: author === null ? null : isMine(personOf(author), people),
		isStory: chat !== null && kindOfId(chat) === 'story' ? true : null,
	});
}

const AD_MEDIA: ReadonlyMap<number, string> = new Map([
	[0, 'NONE'],
	[1, 'IMAGE'],
	[2, 'VIDEO'],
]);

const AD_TYPES: ReadonlyArray<MessageType> = ['text', 'image', 'video'];

function quotedAd(ad: IDataObject): EventQuoted {
	return told<EventQuoted>({
		text: textIn(ad, 'caption', 'advertiserName'),
		type: AD_TYPES[enumIn(ad, 'mediaType', AD_MEDIA) ?? 0] ?? 'text',
	});
}

/** Whether the account wrote a quoted message; in a private chat it is one of two. */
function isMine(author: Person, { account, otherSide }: People): boolean | null {
	const isAccount = isSamePerson(author, account);
	if (isAccount !== null || otherSide === null) return isAccount;
	const isOther = isSamePerson(author, otherSide);
	return isOther === null ? null : !isOther;
}

/** Longest opaque text of an ad that is passed on. */
const MOST_PAYLOAD = 16_384;

/** The ad or link that brought the person. */
export function referralIn(context: IDataObject): EventReferral | null {
	const ad = objectIn(context, 'externalAdReply');
	const utm = objectIn(context, 'utm');
	const media = AD_MEDIA.get(enumIn(ad, 'mediaType', AD_MEDIA) ?? 0)?.toLowerCase();
	const found = toldOrNull<Omit<EventReferral, 'kind'>>({
		id: textIn(ad, 'sourceId'),
		url: textIn(ad, 'sourceUrl', 'wtwaWebsiteUrl'),
		title: textIn(ad, 'title'),
		body: textIn(ad, 'body'),
		clickId: textIn(ad, 'ctwaClid'),
		app: textIn(ad, 'sourceApp') ?? textIn(context, 'entryPointConversionApp'),
		ref: textIn(ad, 'ref') ?? textIn(utm, 'utmCampaign', 'utmSource'),
		mediaType: media === 'none' ? null : media,
		mediaUrl: textIn(ad, 'mediaUrl'),
		thumbnailUrl: textIn(ad, 'thumbnailUrl', 'originalImageUrl'),
		greeting: textIn(ad, 'greetingMessageBody'),
		entryPoint: textIn(
			context,
			'entryPointConversionSource',
			'entryPointConversionExternalSource',
			'conversionSource',
		),
		payload: opaque(fieldOf(context, 'ctwaPayload')) ?? opaque(fieldOf(context, 'conversionData')),
	});
	return found && { kind: referralKind(ad, context, found), ...found };
}

function referralKind(
	ad: IDataObject,
	context: IDataObject,
	{ entryPoint, clickId, url }: Omit<EventReferral, 'kind'>,
): EventReferral['kind'] {
	const written = textIn(ad, 'sourceType')?.toLowerCase();
	if (written === 'ad' || written === 'post') return written;
	const isAd =
		clickId !== undefined ||
		(entryPoint !== undefined && /(^|_)ads?(_|$)/i.test(entryPoint)) ||
		opaque(fieldOf(context, 'ctwaPayload')) !== null;
	if (isAd) return 'ad';
	return url === undefined ? 'unknown' : 'link';
}

/** Bytes that only Meta can read, as base64. */
function opaque(value: unknown): string | null {
	return bytesOf(value, MOST_PAYLOAD)?.toString('base64') ?? null;
}
