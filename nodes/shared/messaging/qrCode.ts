import { correction, generate, type Bitmap2D } from 'lean-qr';
import { toPngBuffer } from 'lean-qr/extras/node_export';

/** Modules of white around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** Pixels of a module: a WhatsApp login code (some 240 characters, 57 modules) becomes a picture of 520 pixels. */
const SCALE = 8;

/**
 * A text as a QR code: a PNG, black on white, with the quiet zone around it. The level of correction is the lowest that
 * fills the code, since larger modules are what a phone reads best from a screen.
 *
 * @throws Error if the text is empty or too long for a QR code
 */
export function qrPng(text: string): Buffer {
	if (text === '') throw new Error('There is no text to make a QR code of');
	const code = encode(text);
	const colours = { on: [0, 0, 0], off: [255, 255, 255] } as const;
	return Buffer.from(toPngBuffer(code, { ...colours, pad: QUIET_ZONE, scale: SCALE }));
}

function encode(text: string): Bitmap2D {
	try {
		return generate(text, { minCorrectionLevel: correction.L });
	} catch (cause) {
		// Text that can be had as text can be had as a code, as long as it fits.
		throw new Error('The text is too long for a QR code, which holds some 2,900 characters', { cause });
	}
}
