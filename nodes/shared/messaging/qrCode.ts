import { correction, generate } from 'lean-qr';
import { blackAndWhitePng } from './png';

/** Bytes of any text that the largest code holds at the lowest correction, its encoding named (ISO/IEC 18004, 40-L). */
const MAX_BYTES = 2_952;

/** Modules of white around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** Pixels of a module: a WhatsApp login code (some 240 characters, 57 modules) becomes a picture of 520 pixels. */
const SCALE = 8;

/**
 * A text as a QR code: a PNG, black on white, with the quiet zone around it. The size is the smallest at the lowest level
 * of correction, since large modules are what a phone reads best from a screen.
 *
 * @throws Error if the text is empty or too long for a QR code
 */
export function qrPng(text: string): Buffer {
	if (text === '') throw new Error('There is no text to turn into a QR code');
	if (Buffer.byteLength(text) > MAX_BYTES) {
		throw new Error(`The text is too long for a QR code, which holds ${MAX_BYTES} bytes`);
	}
	const code = generate(text, { minCorrectionLevel: correction.L });
	const at = (pixel: number): number => Math.floor(pixel / SCALE) - QUIET_ZONE;
	return blackAndWhitePng((code.size + 2 * QUIET_ZONE) * SCALE, (x, y) => code.get(at(x), at(y)));
}
