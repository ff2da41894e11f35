import { gather } from '../../shared/http/transport/bytes';
import { GatewayError } from '../../shared/http/gatewayError';
import { isObject } from '../../shared/object';
import { FieldRefusal, type InputFile } from '../../shared/operations/define/field';
import type { OperationContext } from '../../shared/operations/define/operation';
import { textOf } from '../../shared/text';
import { MAX_FILE_BYTES, type MediaSource } from '../fields/media';
import { type Delivery, forSession } from './requests';
import { wapioApi } from './wapioApi';

/**
 * The URL of a file to send. A file of the input item is uploaded first: POST /api/upload, base64 in JSON, which is not in the
 * API reference. The names are those of the provider's first packages plus those of the services it is compatible with:
 * sources disagree, and each reads its own.
 *
 * @throws GatewayError when the upload failed, and FieldRefusal for a file that is too large; no message was sent then
 */
export async function addressOfFile(
	source: MediaSource,
	{ session, timeLimitMs }: Pick<Delivery, 'session' | 'timeLimitMs'>,
	{ send }: Pick<OperationContext, 'send'>,
): Promise<string> {
	if (source.kind === 'url') return source.url;
	const { file } = source;
	const mimetype = file.mimeType || 'application/octet-stream';
	const bytes = await contentOf(file);
	const content = bytes.toString('base64');
	const { data, status } = await send(
		forSession(session, {
			method: 'POST',
			path: '/api/upload',
			json: {
				content_base64: content,
				mime_type: mimetype,
				file_name: file.fileName || undefined,
				file_length: bytes.length,
				mimetype,
				base64: `data:${mimetype};base64,${content}`,
			},
			repeatable: true,
			timeLimitMs,
		}),
	).catch((error: unknown) => {
		throw asUploadFailure(error);
	});
	const address = addressIn(data);
	if (address !== undefined) return address;
	throw new GatewayError({
		provider: wapioApi.displayName,
		kind: 'unreadable',
		outcome: 'not sent',
		words: 'the response to the upload has no file URL',
		status,
		attempts: 1,
	});
}

/** Whatever happened to the upload, the message was not sent; an unknown outcome would say that it may have been. */
function asUploadFailure(error: unknown): unknown {
	if (!(error instanceof GatewayError) || error.failure.outcome !== 'unknown') return error;
	const hint = 'The file could not be uploaded. Try again later, or send the file by URL.';
	return new GatewayError({ ...error.failure, outcome: 'not sent', hint }, { cause: error });
}

/** The whole file; its size, where n8n knows it, was checked before. */
async function contentOf(file: InputFile): Promise<Buffer> {
	const content = await gather(await file.open(), MAX_FILE_BYTES);
	if (content) return content;
	const megabytes = MAX_FILE_BYTES / 1_000_000;
	throw new FieldRefusal('binaryPropertyName', `the file is larger than ${megabytes} MB, the most Wapio accepts`);
}

/** The file's URL in the answer, under one of the names that were seen or are likely (inferred). */
function addressIn(data: unknown): string | undefined {
	const places: unknown[] = isObject(data)
		? [
				data.publicUrl,
				data.public_url,
				data.url,
				...(isObject(data.data) ? [data.data.publicUrl, data.data.public_url, data.data.url] : []),
			]
		: [data];
	return places
		.map((place) => textOf(place).trim())
		.find((place) => /^https?:\/\//i.test(place) && URL.canParse(place));
}
