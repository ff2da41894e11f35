import { createHash, createHmac } from 'node:crypto';
import type { GatewayRequest } from '../../http/request';
import type { FilePart } from '../../http/transport/transport';

/** Longer requests are not kept in an execution: 64 KiB. */
export const MAX_STORED_LENGTH = 64 * 1024;

/** A file as it is kept: what it was, without its bytes. */
type StoredFile = Omit<FilePart, 'open'> & { sha256: string };

/** A request as it is kept in an execution, as JSON. It is not authorized yet, so it holds no credential. */
interface StoredRequest extends Omit<GatewayRequest, 'multipart'> {
	multipart?: { fields: NonNullable<GatewayRequest['multipart']>['fields']; files: StoredFile[] };
}

/** What it takes to repeat a request later: the request, or only its mark where it must not be kept. */
export interface Repeatable {
	/** Tells whether another request is the same; says nothing about it to whoever does not know the account. */
	mark: string;
	request?: StoredRequest;
}

/** What decides how a request is kept. */
export interface KeepOptions {
	/** Known to the credential alone; makes the mark. */
	account: string;
	/** Whether a text contains a value that must not be kept. */
	hasSecrets: (text: string) => boolean;
}

/**
 * What is kept of a request so that it can be repeated: one that contains a secret, or is very long, leaves only its mark.
 */
export async function keepRequest(request: GatewayRequest, { account, hasSecrets }: KeepOptions): Promise<Repeatable> {
	const stored = await withHashes(request);
	const text = JSON.stringify(stored);
	const mark = createHmac('sha256', account).update(text).digest('base64url');
	return text.length > MAX_STORED_LENGTH || hasSecrets(text) ? { mark } : { mark, request: stored };
}

/**
 * The request that was kept, its files opened from the item again.
 *
 * @param account as it was kept for
 * @param composed the same message as it was composed anew
 * @returns undefined if it cannot be had: a file is another one by now, or only the mark was kept and the content changed
 */
export async function restoreRequest(
	{ mark, request }: Repeatable,
	account: string,
	composed: () => Promise<GatewayRequest>,
): Promise<GatewayRequest | undefined> {
	if (request && !request.multipart) return request as GatewayRequest;
	const anew = await composed();
	if (!request)
		return (await keepRequest(anew, { account, hasSecrets: () => true })).mark === mark ? anew : undefined;

	const { fields, files } = request.multipart ?? { fields: {}, files: [] };
	const found = anew.multipart?.files ?? [];
	const hashes = await Promise.all(found.map(hashOf));
	const isSame = found.length === files.length && files.every(({ sha256 }, index) => sha256 === hashes[index]);
	if (!isSame) return undefined;
	const opened = files.flatMap(({ name, fileName, mimeType, size }, index): FilePart[] => {
		const file = found[index];
		return file ? [{ name, fileName, mimeType, size, open: file.open }] : [];
	});
	return { ...request, multipart: { fields, files: opened } };
}

async function withHashes({ multipart, ...rest }: GatewayRequest): Promise<StoredRequest> {
	if (!multipart) return rest;
	const files = await Promise.all(
		multipart.files.map(async (file) => {
			const { name, fileName, mimeType, size } = file;
			return { name, fileName, mimeType, size, sha256: await hashOf(file) };
		}),
	);
	return { ...rest, multipart: { fields: multipart.fields, files } };
}

async function hashOf({ open }: FilePart): Promise<string> {
	const hash = createHash('sha256');
	const source = await open();
	if (Buffer.isBuffer(source)) return hash.update(source).digest('base64url');
	for await (const piece of source as AsyncIterable<Uint8Array>) hash.update(piece);
	return hash.digest('base64url');
}
