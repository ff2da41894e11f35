import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { mimeTypeByName, plainMimeType } from '../shared/mimeType';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import type { EventReferral } from '../shared/trigger/event/details';
import type { EventMedia, GatewayEvent } from '../shared/trigger/event/event';
import { fileNameIn } from '../shared/trigger/event/fileName';
import { isFilledObject } from '../shared/trigger/event/payload';
import { PayloadFields } from '../shared/trigger/flat/fields';
import { flatEvent, type FlatMessage } from '../shared/trigger/flat/flatEvent';
import { isGroupId, UNNAMED_GROUP, withSuffix } from '../shared/trigger/flat/ids';
import { onlyByUrl } from '../shared/trigger/media/failure';
import { isSamePerson, personOf } from '../shared/messaging/person';
import { referralIn } from '../shared/trigger/whatsapp/parts/context';
import { whacenterApi } from './whacenter.api';
import { clearWebhook, readWebhook, setWebhook } from './whacenter.api.requests';

/** Times without a zone are Indonesian (inferred, since `schedule` is). */
const PROVIDER_OFFSET = '+07:00';

/** What Get Webhook Url answers; that an unset one is null, empty, or an empty list as `data`, is inferred. */
const webhookData = z.object({ webhook: z.string().nullish() }).catch({ webhook: undefined });

/** Marks a payload (observed, and checked by receivers). */
const SOURCE = 'WHACENTER';

/**
 * One event for each call. API reference: Webhook (`from`, `to`, `message`, `media`, `timestamp`), with the fields observed
 * in use (`pushName`, `is_group`, `source`, `ad_reply`) and those that only appear in other people's guesses
 * (`isGroup`, `isFromMe`, `sender`, `phone`).
 *
 * @returns undefined if it is not Whacenter's form
 */
function parse({ body }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body) || !('message' in body || 'media' in body)) return undefined;
	const fields = new PayloadFields(body);
	const ids = SENDERS.map((name) => fields.id(name)).filter((id) => id !== null);
	const isMarked = fields.text('source')?.toUpperCase() === SOURCE;
	return ids.length > 0 || isMarked ? [toEvent(fields, ids, body)] : undefined;
}

/** Where the sender may be; in a group, the group and the member who wrote. */
const SENDERS = ['from', 'sender', 'phone', 'participant', 'author'];

function toEvent(fields: PayloadFields, ids: string[], body: IDataObject): GatewayEvent {
	// The account's key, which guessed payloads carry.
	fields.ignore('device_id', 'deviceId');
	const device = fields.id('to');
	const isGroup = fields.flag('is_group', 'isGroup') === true;
	// The account's own number next to a sender says nothing about who wrote.
	const isOwn = (id: string): boolean => isSamePerson(personOf(id), personOf(device)) === true;
	const chat = chatOf(
		ids.filter((id, index) => index === 0 || !isOwn(id)),
		isGroup,
	);
	const isAccount = isAccountIn(chat.key, device);
	const flag = fields.flag('is_from_me', 'isFromMe', 'from_me', 'fromMe');
	const file = mediaIn(fields);
	const text = fields.text('message') ?? file?.caption ?? null;
	const media = file && { ...file, caption: file.caption ?? text };
	return flatEvent({
		provider: 'whacenter',
		device,
		raw: withoutDeviceId(body),
		key: { ...chat.key, fromMe: isAccount === true ? true : (flag ?? isAccount) },
		chat: { id: chat.id },
		name: fields.text('pushName', 'push_name'),
		timestamp: fields.time(PROVIDER_OFFSET, 'timestamp'),
		isTimed: fields.isToTheSecond('timestamp'),
		text,
		media,
		isSticker: media !== null && isSticker(media),
		account: personOf(device),
		more: { referral: referralFrom(fields) },
		parts: fields.object('message'),
		innerKey: fields.object('key'),
		fields,
		// The action node writes to groups by name, and the payload has none.
		writesToGroups: false,
	});
}

/** The chat and who wrote in it, as the key of a message has them. */
interface Chat {
	key: Omit<FlatMessage['key'], 'fromMe'>;
	/** As the payload writes it. */
	id: string | null;
}

/**
 * In a group it is not known whether `from` is the group or the member (still unknown), so its own form decides: groups have
 * long ids, or ids with a dash, people phone numbers and LIDs.
 */
function chatOf(ids: string[], isGroup: boolean): Chat {
	const isOfGroup = (id: string): boolean => isGroupId(id) || (isGroup && isNobody(id));
	const group = ids.find(isOfGroup) ?? null;
	const people = ids.filter((id) => id !== group && !isNobody(id));
	if (group !== null || isGroup) {
		const remoteJid = group !== null && isGroupId(group) ? withSuffix(group) : UNNAMED_GROUP;
		const [participant = null] = people;
		return { key: { remoteJid, participant, participantAlt: otherIdOf(participant, people) }, id: group };
	}
	const [id = null] = ids;
	const participant = people.find((person) => person !== id);
	return { key: { remoteJid: id, remoteJidAlt: otherIdOf(id, people), participant }, id };
}

/** The phone number of someone who is named by LID, or the LID of someone who is named by number, if that is there too. */
function otherIdOf(id: string | null, people: string[]): string | null {
	const { phone, lid } = personOf(id);
	const others = people.map((person) => personOf(person));
	if (lid !== null) return others.map((other) => other.phone).find((other) => other !== null) ?? null;
	return phone === null ? null : (others.map((other) => other.lid).find((other) => other !== null) ?? null);
}

/** Whether the account wrote it; null if unknown. */
function isAccountIn(
	{ remoteJid, remoteJidAlt, participant, participantAlt }: Chat['key'],
	account: string | null,
): boolean | null {
	const ids = participant ? [participant, participantAlt] : [remoteJid, remoteJidAlt];
	const answers = ids.map((id) => isSamePerson(personOf(id ?? null), personOf(account)));
	return answers.find((answer) => answer !== null) ?? null;
}

/** Whether an id belongs to no person: it is neither a phone number nor a LID, which have at most 15 digits. */
function isNobody(id: string): boolean {
	const { phone, lid } = personOf(id);
	return (phone === null && lid === null) || /^\d{16,}$/.test(id);
}

/**
 * API reference: `media` is an address. An object (mentioned, never shown) is read under the names that others use; in a
 * form body it arrives as JSON.
 */
function mediaIn(fields: PayloadFields): EventMedia | null {
	const file = fields.part('media');
	const url = file ? file.text('url', 'link') : (fields.text('media')?.trim() ?? null);
	const mimeType = file?.text('mimetype', 'mime_type', 'mimeType') ?? null;
	const fileName = file?.text('filename', 'file_name', 'fileName') ?? null;
	const caption = file?.text('caption') ?? null;
	const isThere = file ? file.isFilled() : url !== null && !/^(null|false|undefined)$/i.test(url);
	if (!isThere) return null;
	return {
		mimeType: plainMimeType(mimeType) ?? mimeTypeOf(fileName) ?? mimeTypeOf(fileNameOf(url)),
		url,
		reference: null,
		fileName: fileName ?? fileNameOf(url),
		caption,
	};
}

/** WhatsApp's stickers are the only pictures of this kind (inferred). */
function isSticker({ mimeType, fileName }: EventMedia): boolean {
	return mimeType === 'image/webp' || (mimeType === null && /\.webp$/i.test(fileName ?? ''));
}

/** The ad that brought the person (observed: `source_type`, `source_id`, `source_url`). */
function referralFrom(fields: PayloadFields): EventReferral | null {
	const ad = fields.part('ad_reply');
	if (ad === undefined) return null;
	return referralIn({
		externalAdReply: {
			sourceType: ad.text('source_type', 'sourceType'),
			sourceId: ad.text('source_id', 'sourceId'),
			sourceUrl: ad.text('source_url', 'sourceUrl'),
			title: ad.text('title'),
			body: ad.text('body'),
			ctwaClid: ad.text('ctwa_clid', 'ctwaClid'),
		},
	});
}

/** Extensions of URLs that a program answers: they say nothing about the file it returns. */
const PROGRAM = /\.(php\d?|html?|aspx?|jsp|cgi)$/i;

/** By the name of a file; the payload usually has no type. */
function mimeTypeOf(name: string | null): string | null {
	return name === null || PROGRAM.test(name) ? null : (mimeTypeByName(name) ?? null);
}

/** As the address writes it: whether Whacenter encodes names is not documented. */
function fileNameOf(url: string | null): string | null {
	return fileNameIn(url, { isEncoded: true, shortestExtension: 2 });
}

/** The device id is the account's key. Guessed payloads carry it; the workflow must not see it. */
function withoutDeviceId(body: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([name]) => !/^device_?id$/i.test(name)));
}

/**
 * Whacenter keeps one URL for each device and sends no secret (observed in use), so the URL contains ours.
 */
export const whacenterTrigger: GatewayTrigger = {
	provider: 'whacenter',
	api: whacenterApi,
	registration: {
		kind: 'oneSlot',
		owner: 'device',
		read: async (client) => webhookData.parse((await client.send(readWebhook)).data).webhook?.trim() || undefined,
		write: async (client, url) => {
			await client.send(setWebhook(url));
		},
		clear: async (client) => {
			await client.send(clearWebhook);
		},
	},
	tellsOwnNumber: true,
	parse,
	fetchMedia: onlyByUrl,
};
