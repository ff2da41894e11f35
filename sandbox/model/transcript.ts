import { createHash } from 'node:crypto';
import type { UploadedFile } from '../http/body';
import { samples } from '../samples';

/** What the silent voice note of the sandbox is taken to say. */
export const SAMPLE_TRANSCRIPT = 'Hi, when are you open on Saturday?';

const sampleHash = createHash('sha256').update(samples.ogg()).digest('hex');

/** The text of a voice note: only the sandbox's sample has one. Says so of any other file. */
export function transcriptOf({ sha256, size, mimeType }: UploadedFile): string {
	if (sha256 === sampleHash) return SAMPLE_TRANSCRIPT;
	return `(The simulated model cannot hear. This recording has ${size} bytes of type ${mimeType}. Only the sandbox's own voice note has a transcript.)`;
}
