import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type EncryptedMedia, encryptMedia, WHATSAPP_MEDIA, type WhatsAppMediaKind } from './whatsappMedia';

/** Bytes, or only how many: then they are generated while they are sent and are never in memory together. */
export type MediaContent = Uint8Array | { size: number };

/**
 * What goes wrong with a file: it is missing (404), forbidden (403), expired (410), or the server fails (500); its bytes
 * differ, end early, never end, or drip; it claims to be a web page; it is said to be elsewhere; no answer comes.
 */
export const MEDIA_FAULTS = [
	'missing',
	'forbidden',
	'expired',
	'failing',
	'corrupt',
	'short',
	'endless',
	'drip',
	'wrongType',
	'redirect',
	'hang',
] as const;

export type MediaFault = (typeof MEDIA_FAULTS)[number];

/** Where a message has the plain address of its file: in its part, or in a field next to the message. */
export const PLAIN_PLACES = ['url', 'mediaUrl', 'publicUrl', 'downloadUrl', 'fileUrl'] as const;
/** Where a message holds its file in base64: next to the message, in it, or in its part. */
export const INLINE_PLACES = ['beside', 'message', 'part'] as const;

export interface Media {
	mimeType: string;
	size: number;
	open(): Readable;
	fault?: MediaFault;
}

/** A file on WhatsApp's own file server, as a message describes it. */
export interface WhatsAppFile extends Omit<EncryptedMedia, 'bytes'> {
	/** With a query, as real ones have. */
	directPath: string;
	url: string;
	fileLength: number;
	/** The same file, decrypted, as a gateway gives it out. */
	decrypted: MediaHandle;
}

/** One download of a file. */
export interface Download {
	/** Without the query. */
	path: string;
	/** The name under which the server was called. */
	host: string;
	status: number;
	fault?: MediaFault;
	/** Milliseconds since 1970. */
	at: number;
}

/** Where to get something that was added: by an opaque reference, or by URL, whichever the provider gives out. */
export interface MediaHandle {
	reference: string;
	url: string;
}

const CHUNK = 64 * 1024;
const WHATSAPP_SERVER = 'https://mmg.whatsapp.net';

/**
 * A made-up chunk. Each starts with its number, so that bytes that arrive twice, in the wrong order or not at all
 * change a hash of the whole.
 */
function chunk(index: number, length: number): Buffer {
	const bytes = Buffer.alloc(length, index % 251);
	if (length >= 4) bytes.writeUInt32BE(index);
	return bytes;
}

function* madeUp(size: number): Generator<Buffer> {
	for (let index = 0, rest = size; rest > 0; index++) {
		const length = Math.min(CHUNK, rest);
		yield chunk(index, length);
		rest -= length;
	}
}

/** The files a sandbox gives out. */
export class MediaStore {
	private readonly byKey = new Map<string, Media>();
	private readonly byPath = new Map<string, Media & { file: WhatsAppFile }>();
	private readonly downloaded: Download[] = [];
	private count = 0;
	/** For every file without its own fault. */
	private commonFault: MediaFault | undefined;

	constructor(private readonly origin: () => string) {}

	/** Adds a file. References repeat from run to run, because they only depend on how many came before. */
	add(content: MediaContent, mimeType: string, fault?: MediaFault): MediaHandle {
		const key = createHash('sha256').update(`sandbox media ${++this.count}`).digest('hex').slice(0, 32);
		const media: Media =
			content instanceof Uint8Array
				? {
						mimeType,
						size: content.byteLength,
						open: () => Readable.from([Buffer.from(content)], { objectMode: false }),
					}
				: {
						mimeType,
						size: content.size,
						open: () => Readable.from(madeUp(content.size), { objectMode: false }),
					};
		this.byKey.set(key, fault === undefined ? media : { ...media, fault });
		return { reference: encodeReference(key), url: `${this.origin()}/files/${key}` };
	}

	/** Puts a file on WhatsApp's own file server, encrypted by a sender. */
	addEncrypted(content: Uint8Array, mimeType: string, kind: WhatsAppMediaKind, fault?: MediaFault): WhatsAppFile {
		const decrypted = this.add(content, mimeType);
		const mark = createHash('sha256').update(`sandbox whatsapp file ${this.count}`).digest();
		const { bytes, ...encrypted } = encryptMedia(content, kind, mark);
		const path = `/v/${WHATSAPP_MEDIA[kind]}/${mark.readUInt32BE(0)}_${mark.readUInt32BE(4)}_${this.count}_n.enc`;
		const directPath = `${path}?ccb=11-4&oh=01_Q5Aa${mark.toString('hex', 8, 16)}&oe=6A000000&_nc_sid=5e03e0`;
		const url = `${WHATSAPP_SERVER}${directPath}&mms3=true`;
		const file = { ...encrypted, directPath, url, fileLength: content.byteLength, decrypted };
		this.byPath.set(path, {
			mimeType: 'application/octet-stream',
			size: bytes.length,
			open: () => Readable.from([bytes], { objectMode: false }),
			file,
			...(fault === undefined ? {} : { fault }),
		});
		return file;
	}

	/** A file of WhatsApp's server by its path, with or without host and query. */
	whatsAppFile(path: string): (Media & { file: WhatsAppFile }) | undefined {
		return URL.canParse(path, WHATSAPP_SERVER)
			? this.byPath.get(new URL(path, WHATSAPP_SERVER).pathname)
			: undefined;
	}

	/**
	 * Lets something go wrong with a file; null ends it.
	 *
	 * @param where its URL, path or reference; without it, all files
	 * @returns whether there is such a file
	 */
	setFault(fault: MediaFault | null, where?: string): boolean {
		if (where === undefined) {
			this.commonFault = fault ?? undefined;
			return true;
		}
		const media =
			this.byReference(where) ??
			this.whatsAppFile(where) ??
			this.byKey.get(/\/files\/([0-9a-f]{32})/.exec(where)?.[1] ?? where);
		if (media === undefined) return false;
		if (fault === null) delete media.fault;
		else media.fault = fault;
		return true;
	}

	/** What goes wrong with a file now. */
	faultOf(media: Media | undefined): MediaFault | undefined {
		return media?.fault ?? this.commonFault;
	}

	noteDownload(download: Download): void {
		this.downloaded.push(download);
	}

	/** The downloads of files by their address, in order. */
	downloads(): Download[] {
		return [...this.downloaded];
	}

	/** The file behind a reference; undefined when it was never given out, or before the last reset. */
	byReference(reference: string): Media | undefined {
		const key = decodeReference(reference);
		// Re-encoding refuses a reference that was shortened or altered and still happens to hold the key.
		return key !== undefined && encodeReference(key) === reference ? this.byKey.get(key) : undefined;
	}

	/** The file behind the last part of its URL. */
	byUrlKey(key: string): Media | undefined {
		return this.byKey.get(key);
	}

	reset(): void {
		this.byKey.clear();
		this.byPath.clear();
		this.downloaded.length = 0;
		this.commonFault = undefined;
		this.count = 0;
	}
}

/**
 * Chatalo's example reference is `eyJpdiI6ImV3d...` (API reference, Download Message Media), base64 for `{"iv":"ew…`:
 * an encrypted value in a JSON shell. That it goes on with `value` and `mac` is inferred.
 */
function encodeReference(key: string): string {
	const mac = createHash('sha256').update(`mac ${key}`).digest('hex');
	const iv = createHash('md5').update(`iv ${key}`).digest('base64');
	return Buffer.from(JSON.stringify({ iv, value: Buffer.from(key).toString('base64'), mac })).toString('base64');
}

function decodeReference(reference: string): string | undefined {
	try {
		const shell: unknown = JSON.parse(Buffer.from(reference, 'base64').toString('utf8'));
		if (typeof shell !== 'object' || shell === null || !('value' in shell) || typeof shell.value !== 'string')
			return undefined;
		return Buffer.from(shell.value, 'base64').toString('utf8');
	} catch {
		return undefined;
	}
}
