import type { FileAnswer } from '../../../http/client';
import { GatewayError } from '../../../http/gatewayError';
import type { FetchFile } from '../../../operations/n8n/context';
import { kindOf, MediaFailure, tooLarge } from '../failure';
import { wholeFile } from '../wholeFile';
import { decrypt, keyOf, OVERHEAD_BYTES } from './decrypt';
import { addressOf, type EncryptedFile, isAtWhatsApp } from './encryptedFile';
import { notAtWhatsApp } from './reference';

/** What it takes to fetch a file that WhatsApp keeps encrypted. */
interface Means {
	fetchFile: FetchFile;
	maxBytes: number;
	/** Has the gateway decrypt it, for what cannot be decrypted here. */
	askGateway: (file: EncryptedFile) => Promise<FileAnswer>;
}

/**
 * A file that WhatsApp keeps encrypted, decrypted here; by the gateway where that fails. Decrypting it here costs no request
 * of the account and hands out no key.
 *
 * @throws MediaFailure, GatewayError: why it could not be decrypted here, if it could have been
 */
export async function downloadEncrypted(file: EncryptedFile, means: Means): Promise<FileAnswer> {
	const { maxBytes } = means;
	if (file.size !== null && file.size > maxBytes) throw tooLarge(maxBytes);
	const hasAddress = file.directPath !== null || file.url !== null;
	if (hasAddress && addressOf(file) === undefined) throw notAtWhatsApp();
	return await decryptedHere(file, means).catch(async (error: unknown) => {
		if (!isForGateway(error)) throw error;
		return await means.askGateway(file).catch((refusal: unknown) => {
			throw kindOf(error) === 'none' ? refusal : error;
		});
	});
}

async function decryptedHere(file: EncryptedFile, { fetchFile, maxBytes }: Means): Promise<FileAnswer> {
	const key = keyOf(file);
	const address = addressOf(file);
	if (!key || address === undefined) {
		throw new MediaFailure('none', 'The message does not say where the file is, or with which key it is encrypted');
	}
	const answer = await fetchFile(address, { mayBeAt: isAtWhatsApp });
	const plain = decrypt(await wholeFile(answer, maxBytes + OVERHEAD_BYTES), key, file);
	if (plain.length > maxBytes) throw tooLarge(maxBytes);
	return { body: plain, headers: {} };
}

/** A file that is too large is so from the gateway as well, and after Stop none is needed. */
function isForGateway(error: unknown): boolean {
	const isOver = error instanceof GatewayError && error.failure.kind === 'cancelled';
	return !isOver && kindOf(error) !== 'too_large';
}
