import type { IDataObject } from 'n8n-workflow';
import type { FileAnswer, Success } from '../../shared/http/client';
import { GatewayError } from '../../shared/http/gatewayError';
import { type GatewayRequest, path } from '../../shared/http/request';
import { isObject } from '../../shared/object';
import type { FetchFile } from '../../shared/operations/n8n/context';
import { textOf } from '../../shared/text';
import { MediaFailure } from '../../shared/trigger/media/failure';
import type { DecryptKind, EncryptedFile } from '../../shared/trigger/media/whatsapp/encryptedFile';
import { forSession } from './requests';

/** Names for the URL of a decrypted file, at the top of an answer or under `data` (provider's own node and its SDKs). */
const LINK_NAMES = ['download_url', 'public_url', 'publicUrl', 'downloadUrl', 'url'];

/** The part of a message that holds a file of each kind. */
const PARTS: Record<DecryptKind, string> = {
	Image: 'imageMessage',
	Video: 'videoMessage',
	Audio: 'audioMessage',
	Document: 'documentMessage',
};

/** What is known about a file that Wapio decrypts. */
interface Wanted {
	/** For a personal access token, which has no session. */
	session: string | undefined;
	/** Of the message it came with, if it is known. */
	messageId?: string | null;
}

/** How to send the requests. */
interface Means {
	send: (request: GatewayRequest) => Promise<Success>;
	fetchFile: FetchFile;
}

/** POST /api/decrypt-media (newest SDK of the provider). */
function decryptRequest({ mediaKey, directPath, url, kind }: EncryptedFile, { session }: Wanted): GatewayRequest {
	return reading(session, {
		method: 'POST',
		path: '/api/decrypt-media',
		json: {
			mediaKey: mediaKey ?? undefined,
			directPath: directPath ?? undefined,
			url: url ?? undefined,
			type: kind.toLowerCase(),
		},
	});
}

/** POST /v1/media/decrypt with the message (provider's own node); what the message must hold is inferred. */
function olderDecryptRequest(file: EncryptedFile, { session, messageId }: Wanted): GatewayRequest {
	const { kind, mediaKey, directPath, url, mime, hashes, size } = file;
	const part = {
		...{ url, directPath, mediaKey, mimetype: mime },
		...{
			fileSha256: hashes.file,
			fileEncSha256: hashes.encrypted,
			fileLength: size === null ? null : String(size),
		},
	};
	const known = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null));
	return reading(session, {
		method: 'POST',
		path: '/v1/media/decrypt',
		json: { ...(messageId ? { key: { id: messageId } } : {}), message: { [PARTS[kind]]: known } },
	});
}

/** GET /v1/media/{id}/download-url (first SDK of the provider). */
function linkRequest(mediaId: string, { session }: Wanted): GatewayRequest {
	return reading(session, { method: 'GET', path: path`/v1/media/${mediaId}/download-url` });
}

function reading(session: string | undefined, request: GatewayRequest): GatewayRequest {
	return forSession(session, { ...request, effect: 'read', repeatable: true });
}

/**
 * Has Wapio decrypt a file. None of these requests is in the API reference.
 *
 * @throws GatewayError without the provider's words, which may repeat the key; MediaFailure if the answer names no file
 */
export async function decryptedByWapio(file: EncryptedFile, wanted: Wanted, means: Means): Promise<FileAnswer> {
	const { fetchFile } = means;
	const answer = await answerTo(file, wanted, means).catch(withoutWords);
	const link = linkIn(answer);
	if (link !== undefined) return await fetchFile(link);
	const mediaId = mediaIdIn(answer);
	if (mediaId === undefined) throw unavailable();
	const named = linkIn(await means.send(linkRequest(mediaId, wanted)).catch(withoutWords));
	if (named === undefined) throw unavailable();
	return await fetchFile(named);
}

async function answerTo(file: EncryptedFile, wanted: Wanted, { send }: Means): Promise<Success> {
	if (file.mediaKey === null && file.mediaId !== undefined) return await send(linkRequest(file.mediaId, wanted));
	return await send(decryptRequest(file, wanted)).catch(async (error: unknown) => {
		const status = error instanceof GatewayError ? error.failure.status : undefined;
		if (status !== 404 && status !== 405) throw error;
		return await send(olderDecryptRequest(file, wanted));
	});
}

function withoutWords(error: unknown): never {
	if (!(error instanceof GatewayError)) throw error;
	throw new GatewayError({ ...error.failure, words: 'the file could not be decrypted', code: undefined });
}

function unavailable(): MediaFailure {
	return new MediaFailure('unavailable', 'Wapio decrypted the file, but its response has no URL for it');
}

function placesIn({ data, envelope }: Success): IDataObject[] {
	const top = isObject(envelope) ? envelope : {};
	return [top, top.data, data].filter(isObject);
}

function linkIn(answer: Success): string | undefined {
	return placesIn(answer)
		.flatMap((place) => LINK_NAMES.map((name) => place[name]))
		.filter((value) => typeof value === 'string')
		.map((value) => value.trim())
		.find((value) => /^https?:\/\//i.test(value) && URL.canParse(value));
}

function mediaIdIn(answer: Success): string | undefined {
	return placesIn(answer)
		.map((place) => textOf(place.media_id ?? place.mediaId).trim())
		.find((id) => id !== '' && id.length <= 256);
}
