import { createHash, type Hash } from 'node:crypto';
import { asFields, MalformedBody, type UploadedFile } from './body';

/** How much of a part may come before its contents, or be a field's text. Far more than a client has to say. */
const MAX_HEADERS = 16 * 1024;
const MAX_TEXT = 1024 * 1024;
const LINE = Buffer.from('\r\n');
const END_OF_HEADERS = Buffer.from('\r\n\r\n');

/**
 * Reads a multipart body while it arrives. A text part is a field; of a file the size and a hash are kept and never the
 * bytes, so that 100 MB can be counted without being held.
 *
 * @returns the fields by name, or a MalformedBody; then the rest has been read as well
 * @throws an error with statusCode 400 when the client leaves in the middle
 */
export async function readMultipart(contentType: string, body: AsyncIterable<Buffer>): Promise<unknown> {
	const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
	const parser = new MultipartParser(quoted ?? bare ?? '');
	let length = 0;
	try {
		for await (const chunk of body) {
			length += chunk.length;
			parser.write(chunk);
		}
	} catch (error) {
		throw Object.assign(new Error('The request body broke off.', { cause: error }), { statusCode: 400 });
	}
	if (length === 0) return undefined;
	return parser.isComplete ? asFields(parser.fields) : new MalformedBody(`(${length} bytes)`, 'form data');
}

/** A part under way: where its bytes go, and what it is in the end. */
interface Part {
	name: string;
	take(bytes: Buffer): boolean;
	end(): string | UploadedFile;
}

/** Follows the parts through chunks of any size. Of what it was given it keeps no more than may yet be a boundary. */
class MultipartParser {
	readonly fields: [string, string | UploadedFile][] = [];
	private state: 'preamble' | 'afterBoundary' | 'headers' | 'contents' | 'end' | 'broken';
	private rest: Buffer = LINE; // the first boundary need not follow a line of its own
	private part: Part | undefined;
	private readonly delimiter: Buffer;

	constructor(boundary: string) {
		this.delimiter = Buffer.from(`\r\n--${boundary}`);
		this.state = boundary === '' ? 'broken' : 'preamble';
	}

	get isComplete(): boolean {
		return this.state === 'end';
	}

	write(chunk: Buffer): void {
		if (this.state === 'end' || this.state === 'broken') return;
		this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
		while (this.step());
	}

	/** Goes on by one piece of the form; false when more bytes are needed. */
	private step(): boolean {
		switch (this.state) {
			case 'preamble':
			case 'contents':
				return this.upToBoundary();
			case 'afterBoundary':
				return this.behindBoundary();
			case 'headers':
				return this.headers();
			default:
				return false;
		}
	}

	private upToBoundary(): boolean {
		const at = this.rest.indexOf(this.delimiter);
		const sure = at === -1 ? Math.max(0, this.rest.length - this.delimiter.length + 1) : at;
		if (this.part?.take(this.rest.subarray(0, sure)) === false) return this.break();
		this.rest = this.rest.subarray(at === -1 ? sure : at + this.delimiter.length);
		if (at === -1) return false;
		if (this.part !== undefined) this.fields.push([this.part.name, this.part.end()]);
		this.part = undefined;
		this.state = 'afterBoundary';
		return true;
	}

	private behindBoundary(): boolean {
		if (this.rest.length < 2) return false;
		const isLast = this.rest.subarray(0, 2).toString('latin1') === '--';
		if (!isLast && !this.rest.subarray(0, 2).equals(LINE)) return this.break();
		// The line's end stays: it begins the empty line of a part without headers.
		this.state = isLast ? 'end' : 'headers';
		return !isLast;
	}

	private headers(): boolean {
		const at = this.rest.indexOf(END_OF_HEADERS);
		if (at === -1) return this.rest.length > MAX_HEADERS ? this.break() : false;
		this.part = partOf(this.rest.subarray(0, at).toString('utf8'));
		this.rest = this.rest.subarray(at + END_OF_HEADERS.length);
		if (this.part === undefined) return this.break();
		this.state = 'contents';
		return true;
	}

	private break(): false {
		this.state = 'broken';
		this.rest = Buffer.alloc(0);
		return false;
	}
}

function partOf(headers: string): Part | undefined {
	const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(headers)?.[1];
	const name = disposition === undefined ? undefined : parameterOf(disposition, 'name');
	if (disposition === undefined || name === undefined) return undefined;
	const fileName = parameterOf(disposition, 'filename');
	if (fileName === undefined) return textPart(name);
	const mimeType = /^content-type:\s*(.+?)\s*$/im.exec(headers)?.[1] ?? 'application/octet-stream';
	return filePart(name, fileName, mimeType);
}

/** A parameter of a header, in the form browsers write: quotes and line ends percent-encoded. */
function parameterOf(header: string, name: string): string | undefined {
	const found =
		new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(header) ??
		new RegExp(`;\\s*${name}=([^";\\s]+)`, 'i').exec(header);
	return found?.[1]?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function textPart(name: string): Part {
	const pieces: Buffer[] = [];
	let length = 0;
	return {
		name,
		take(bytes) {
			length += bytes.length;
			if (length <= MAX_TEXT) pieces.push(Buffer.from(bytes));
			return length <= MAX_TEXT;
		},
		end: () => Buffer.concat(pieces).toString('utf8'),
	};
}

function filePart(name: string, fileName: string, mimeType: string): Part {
	const hash: Hash = createHash('sha256');
	let size = 0;
	return {
		name,
		take(bytes) {
			size += bytes.length;
			hash.update(bytes);
			return true;
		},
		end: () => ({ fileName, mimeType, size, sha256: hash.digest('hex') }),
	};
}
