import { File } from 'node:buffer';
import { FormData } from 'undici';
import type { FilePart } from '../transport/transport';
import type { MultipartBody } from '../transport/transport';
import type { Attempt } from './attempt';
import { reminder } from './gcPressure';

/** A multipart body in the form that undici writes; the attempt learns how its files get on. */
export function toFormData({ fields, files }: MultipartBody, attempt: Attempt): FormData {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	for (const [index, file] of files.entries()) {
		const isLast = index === files.length - 1;
		form.append(file.name, new StreamedFile(file, attempt, isLast));
	}
	return form;
}

/**
 * undici writes a form's files by asking each for its size and its stream. This one answers from the source, so the
 * bytes pass through in pieces instead of being gathered first.
 */
class StreamedFile extends File {
	constructor(
		private readonly part: FilePart,
		private readonly attempt: Attempt,
		private readonly isLast: boolean,
	) {
		super([], part.fileName, { type: part.mimeType });
		Object.defineProperty(this, 'size', { value: part.size });
	}

	override stream(): ReturnType<File['stream']> {
		const { part, attempt, isLast } = this;
		const read = async function* (): AsyncGenerator<Uint8Array> {
			attempt.uploadStarts();
			const source = await part.open();
			const passed = reminder();
			for await (const piece of source instanceof Uint8Array ? [source] : (source as AsyncIterable<Uint8Array>)) {
				yield piece;
				attempt.moved(piece.length);
				passed(piece.length);
			}
			if (isLast) attempt.uploadEnds();
		};
		return ReadableStream.from(read()) as ReturnType<File['stream']>;
	}
}
