import { GatewayError } from '../../http/gatewayError';
import { explain } from '../../operations/n8n/errors';
import { messageOf } from '../../text';

/**
 * Why a message came without its file: its address is no longer good, it is larger than allowed, its address is one that
 * nothing is fetched from, it is not the file that was sent, it could not be had for another reason, or the message does not
 * say where it is.
 */
export type MediaErrorKind = 'expired' | 'too_large' | 'blocked' | 'mismatch' | 'unavailable' | 'none';

/** A file that cannot be had. Its words show neither an address nor a key. */
export class MediaFailure extends Error {
	constructor(
		readonly kind: MediaErrorKind,
		words: string,
	) {
		super(words);
		this.name = 'MediaFailure';
	}
}

/** Servers answer so for a file that they had once, and for a signed address after its time. */
const EXPIRED: readonly number[] = [403, 404, 410];

/** The kind of any error that fetching a file ended with. */
export function kindOf(error: unknown): MediaErrorKind {
	if (error instanceof MediaFailure) return error.kind;
	if (!(error instanceof GatewayError)) return 'unavailable';
	const { kind, status } = error.failure;
	if (kind === 'blocked') return 'blocked';
	return status !== undefined && EXPIRED.includes(status) ? 'expired' : 'unavailable';
}

/** What an item says of a file that it comes without. */
export function failureFields(error: unknown): { mediaError: string; mediaErrorKind: MediaErrorKind } {
	const words = error instanceof GatewayError ? explain(error.failure, 'read').message : messageOf(error);
	return { mediaError: words, mediaErrorKind: kindOf(error) };
}

/**
 * The `fetchMedia` of a trigger whose events name the address of a file, and have no other way to it: what has an address was
 * tried before.
 */
export async function onlyByUrl(): Promise<never> {
	return await Promise.reject(new MediaFailure('none', 'The message has no address for its file'));
}

/** @param maxBytes the most that was allowed */
export function tooLarge(maxBytes: number): MediaFailure {
	return new MediaFailure(
		'too_large',
		`The file is larger than ${inMegabytes(maxBytes)} MB (Largest File in the options)`,
	);
}

function inMegabytes(bytes: number): string {
	return String(Math.round(bytes / 10_000) / 100);
}
