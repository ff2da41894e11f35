import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** Bytes, or only how many: then they are made up while they are sent and never stand in memory together. */
export type MediaContent = Uint8Array | { size: number };

export interface Media {
	mimeType: string;
	size: number;
	open(): Readable;
}

/** Where to get something that was added: by an opaque reference, or by URL, whichever the provider gives out. */
export interface MediaHandle {
	reference: string;
	url: string;
}

const CHUNK = 64 * 1024;

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
	private count = 0;

	constructor(private readonly origin: () => string) {}

	/** Adds a file. References repeat from run to run, because they only depend on how many came before. */
	add(content: MediaContent, mimeType: string): MediaHandle {
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
		this.byKey.set(key, media);
		return { reference: encodeReference(key), url: `${this.origin()}/files/${key}` };
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
