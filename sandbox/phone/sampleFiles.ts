import { picture, samples } from '../samples';
import type { FileKind } from './types';

interface SampleFile {
	bytes: Buffer;
	name: string;
	mimeType: string;
}

/** What a customer sends who chooses no file. */
export function sampleOf(kind: FileKind): SampleFile {
	switch (kind) {
		case 'image':
			return { bytes: picture(480, 320), name: 'sunset.png', mimeType: 'image/png' };
		case 'video':
			return { bytes: samples.mp4(), name: 'clip.mp4', mimeType: 'video/mp4' };
		case 'voice':
			return { bytes: samples.ogg(), name: 'voice.ogg', mimeType: 'audio/ogg; codecs=opus' };
		case 'document':
			return { bytes: samples.pdf(), name: 'invoice.pdf', mimeType: 'application/pdf' };
		case 'sticker':
			return { bytes: samples.webp(), name: 'sticker.webp', mimeType: 'image/webp' };
	}
}
