import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { createHash } from 'node:crypto';
import { asFields, MalformedBody, type UploadedFile } from './body';

/** How much of a part may come before its contents, or be a field's text. Far more than a client has to say. */
const LIMITS = { headerSize: 16 * 1024, fieldSize: 1024 * 1024 };

/**
 * Reads a multipart body while it arrives. A text part is a field; of a file the size and a hash are kept and never the
 * bytes, so that 100 MB can be counted without being held.
 *
 * @returns the fields by name, or a MalformedBody; then the rest has been read as well
 * @throws an error with statusCode 400 when the client leaves in the middle
 */
export async function readMultipart(contentType: string, body: AsyncIterable<Buffer>): Promise<unknown> {
	const form = new Form(contentType);
	let length = 0;
	try {
		for await (const chunk of body) {
			length += chunk.length;
			await form.write(chunk);
		}
	} catch (error) {
		throw Object.assign(new Error('The request body broke off.', { cause: error }), { statusCode: 400 });
	}
	if (length === 0) return undefined;
	return (await form.end()) ? asFields(form.fields) : new MalformedBody(`(${length} bytes)`, 'form data');
}

/** The parts of a body, in their order. What comes after a fault is passed over. */
class Form {
	readonly fields: [string, string | UploadedFile][] = [];
	private readonly parser: BusboyInstance | undefined;
	private isBroken = false;
	private stop: () => void = () => undefined;
	/** Kept once nothing more is read: at the form's end, or at a fault. */
	private readonly stopped = new Promise<void>((resolve) => (this.stop = resolve));

	constructor(contentType: string) {
		this.parser = parserOf(contentType);
		this.isBroken = this.parser === undefined;
		this.parser
			?.on('field', (name: string | undefined, text, _nameTruncated, isTruncated) => {
				if (name === undefined || isTruncated) this.break();
				else this.fields.push([decoded(name), text]);
			})
			.on('file', (name: string | undefined, file, fileName, _encoding, mimeType) => {
				const hash = createHash('sha256');
				let size = 0;
				const part: [string, string | UploadedFile] = [decoded(name ?? ''), ''];
				if (name === undefined) this.break();
				this.fields.push(part);
				file.on('data', (bytes: Buffer) => {
					size += bytes.length;
					hash.update(bytes);
				});
				file.on('end', () => {
					part[1] = { fileName: decoded(fileName), mimeType, size, sha256: hash.digest('hex') };
				});
				file.on('error', () => this.break());
			})
			.on('error', () => this.break())
			.on('finish', () => this.stop());
	}

	/** Takes in a piece, and comes back once there is room for the next. */
	async write(chunk: Buffer): Promise<void> {
		const { parser } = this;
		if (parser === undefined || this.isBroken) return;
		await Promise.race([new Promise((resolve) => parser.write(chunk, resolve)), this.stopped]);
	}

	/** @returns whether it was a whole form */
	async end(): Promise<boolean> {
		if (this.parser === undefined || this.isBroken) return false;
		this.parser.end();
		await this.stopped;
		return !this.isBroken;
	}

	private break(): void {
		this.isBroken = true;
		this.stop();
	}
}

/** Undefined for a content type without a boundary. */
function parserOf(contentType: string): BusboyInstance | undefined {
	try {
		return new Busboy({
			headers: { 'content-type': contentType },
			limits: LIMITS,
			preservePath: true,
			// A text with its own content type is still a field.
			isPartAFile: (_name, _type, fileName) => fileName !== undefined,
		});
	} catch {
		return undefined;
	}
}

/** A name as browsers write it: quotes and line ends percent-encoded. */
function decoded(name: string): string {
	return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}
