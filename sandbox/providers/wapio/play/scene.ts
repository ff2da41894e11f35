import { createHash } from 'node:crypto';
import type { MediaStore, WhatsAppFile } from '../../../media';
import type { PlayOptions } from '../../../play/options';
import { type WhatsAppMediaKind } from '../../../whatsappMedia';
import { type Session, userJid, wapioAccount } from '../seed';
import { Bytes, Long } from './encode';

export type Fields = Record<string, unknown>;

/** One line of a table: what a kind is in the payload. */
export interface Row {
	says: string;
	/** The `message` of a message. */
	message?(scene: Scene): Fields;
	/** What comes next to `message`, or instead of it. */
	beside?(scene: Scene): Fields;
	/** More for the key of the message. */
	key?(scene: Scene): Fields;
	/** The `data` of an event that is no message, with the name of that event. */
	data?(scene: Scene): unknown;
	/** The name of the event, where the chat does not decide it. */
	as?: string;
	/** It is the account's own message, unless said otherwise. */
	own?: true;
	/** It is in a group, unless said otherwise. */
	inGroup?: true;
}

/** What a file is that a message carries. */
interface FileSpec {
	bytes: Uint8Array;
	mimeType: string;
	kind: WhatsAppMediaKind;
}

/** Sender, recipient and content: what the tables build from. */
export class Scene {
	readonly text: string;
	readonly id: string;
	/** Seconds since 1970. */
	readonly seconds: number;
	readonly isOwn: boolean;
	readonly person: { phone: string | null; lid: string | null; name: string | null };
	readonly me: { phone: string; jid: string; lid: string };
	/** Id of the chat. */
	readonly chat: string;
	/** What a file adds to the message and around it, apart from its part. */
	readonly besideMessage: Fields = {};
	readonly inMessage: Fields = {};
	private files = 0;

	constructor(
		readonly options: PlayOptions,
		private readonly media: MediaStore,
		private readonly session: Session,
		count: number,
		row: Row,
	) {
		const { sender } = wapioAccount;
		const phone = session.phoneNumber ?? '212611111111';
		const pick = <T>(given: T | undefined, standard: T): T => (given === undefined ? standard : given);
		this.text = options.text ?? `Message ${count} from the sandbox`;
		this.isOwn = options.own ?? row.own ?? false;
		this.id = options.id ?? newId(`${Date.now()} ${count}`, options.source === 'app');
		this.seconds = options.timestamp ?? Math.floor(Date.now() / 1000);
		this.person = {
			phone: pick(options.phone, sender.number),
			lid: pick(options.lid, lidOf(options.phone) ?? sender.lid),
			name: pick(options.name, this.isOwn ? session.name : sender.name),
		};
		this.me = { phone, jid: userJid(phone), lid: `${wapioAccount.ownLid}@lid` };
		this.chat = this.chatOf(options.chat ?? (row.inGroup === true ? 'group' : 'private'));
	}

	get isGroup(): boolean {
		return this.chat.endsWith('@g.us');
	}

	/** The id under which the other person is known here. */
	get personId(): string {
		const { phone, lid } = this.person;
		const isLid = phone === null || (this.options.addressing === 'lid' && lid !== null);
		return isLid ? `${lid ?? '0'}@lid` : userJid(phone);
	}

	/** Who wrote it. */
	get author(): string {
		return this.isOwn ? this.me.jid : this.personId;
	}

	/** The key of the message. */
	get key(): Fields {
		const { phone, lid } = this.person;
		const jids = { pn: phone === null ? undefined : userJid(phone), lid: lid === null ? undefined : `${lid}@lid` };
		const base = {
			remoteJid: this.chat,
			fromMe: this.isOwn,
			id: this.options.withoutId === true ? undefined : this.id,
		};
		if (this.chat.endsWith('@newsletter')) return base;
		if (this.isGroup || this.chat.endsWith('@broadcast')) {
			const alt = this.personId === jids.lid ? jids.pn : jids.lid;
			return this.isOwn
				? { ...base, participant: this.me.jid, participantAlt: this.me.lid }
				: {
						...base,
						participant: this.personId,
						participantAlt: alt,
						participantPn: jids.pn,
						participantLid: jids.lid,
					};
		}
		const alt = this.chat === jids.lid ? jids.pn : jids.lid;
		return this.isOwn
			? { ...base, remoteJidAlt: alt, recipientPn: jids.pn, recipientLid: jids.lid }
			: {
					...base,
					remoteJidAlt: alt,
					senderPn: jids.pn,
					cleanedSenderPn: phone ?? undefined,
					senderLid: jids.lid,
				};
	}

	/** The key of the earlier message it is about: the account's own one, unless said otherwise. */
	targetKey(fromMe = !this.isOwn): Fields {
		const id = this.options.target ?? newId(`target of ${this.id}`);
		return {
			remoteJid: this.chat,
			fromMe,
			id,
			participant: this.isGroup ? (fromMe ? this.me.jid : this.personId) : undefined,
		};
	}

	/** Another id, the same one each time it is requested. */
	idOf(what: string): string {
		return newId(`${what} of ${this.id}`);
	}

	/** The part of a file, encrypted as WhatsApp does unless a plain address or base64 is requested. */
	file({ bytes, mimeType, kind }: FileSpec): Fields {
		const { fault, plain, inline, dataUri, mimeType: claimed, size } = this.options.media ?? {};
		const content = size === undefined ? bytes : Buffer.concat([bytes, Buffer.alloc(size)]).subarray(0, size);
		const common = {
			mimetype: claimed === null ? undefined : (claimed ?? mimeType),
			fileLength: new Long(content.length),
		};
		const isFirst = this.files++ === 0;
		if (plain !== undefined) {
			const { url } = this.media.add(content, mimeType, fault);
			if (isFirst && plain !== 'url') this.besideMessage[plain] = url;
			return plain === 'url' ? { url, ...common } : common;
		}
		const base64 = Buffer.from(content).toString('base64');
		const inlined = { base64: dataUri === true ? `data:${mimeType};base64,${base64}` : base64 };
		if (isFirst && inline === 'beside') Object.assign(this.besideMessage, inlined);
		if (isFirst && inline === 'message') Object.assign(this.inMessage, inlined);
		const file = this.media.addEncrypted(content, mimeType, kind, fault);
		return { ...encryptedPart(file, this.seconds), ...common, ...(inline === 'part' ? inlined : {}) };
	}

	/** The name of the file. */
	fileName(standard: string): string | undefined {
		const { fileName } = this.options.media ?? {};
		return fileName === null ? undefined : (fileName ?? standard);
	}

	get sessionInfo(): Session {
		return this.session;
	}

	private chatOf(chat: string): string {
		const { groups, channel } = wapioAccount;
		switch (chat) {
			case 'private':
				return this.personId;
			case 'group':
				return groups.family;
			case 'channel':
				return channel;
			case 'broadcast':
				return '1721234567@broadcast';
			case 'story':
				return 'status@broadcast';
			default:
				return chat;
		}
	}
}

/** The fields of a file on WhatsApp's own server. */
export function encryptedPart(file: WhatsAppFile, seconds: number): Fields {
	return {
		url: file.url,
		directPath: file.directPath,
		mediaKey: new Bytes(file.mediaKey),
		mediaKeyTimestamp: new Long(seconds),
		fileSha256: new Bytes(file.fileSha256),
		fileEncSha256: new Bytes(file.fileEncSha256),
	};
}

/**
 * An id in WhatsApp's own forms: of the web and most gateways, or of an iPhone. New for each event, also after a restart:
 * a receiver's memory may outlive the sandbox.
 */
function newId(seed: string, isPhone = false): string {
	const hex = createHash('sha256').update(seed).digest('hex').toUpperCase();
	return isPhone ? `3A${hex.slice(0, 18)}` : `3EB0${hex.slice(0, 18)}`;
}

/** The LID of another person than the usual one: no two people share theirs. */
function lidOf(phone: string | null | undefined): string | undefined {
	return typeof phone === 'string' && phone !== wapioAccount.sender.number ? `9${phone}` : undefined;
}
