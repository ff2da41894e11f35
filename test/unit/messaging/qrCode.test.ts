import * as fc from 'fast-check';
import { generate } from 'lean-qr';
import { crc32, inflateSync } from 'node:zlib';
import { qrPng } from '../../../nodes/shared/messaging/qrCode';

const QUIET_ZONE = 4;
const SCALE = 8;

interface Picture {
	width: number;
	height: number;
	/** Red, green and blue of a pixel. */
	pixel: (x: number, y: number) => number[];
}

/** Reads a PNG of one bit for each pixel, with two colours or black and white (ISO/IEC 15948), by hand. */
function readPng(png: Buffer): Picture {
	expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
	const chunks = new Map<string, Buffer>();
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		const content = png.subarray(at + 8, at + 8 + length);
		chunks.set(png.toString('latin1', at + 4, at + 8), content);
		expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
		at += 12 + length;
	}
	const header = chunks.get('IHDR') ?? Buffer.alloc(13);
	const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
	const [bitDepth, colourType] = [header[8], header[9]];
	expect(bitDepth).toBe(1);
	expect(chunks.has('tRNS')).toBe(false);
	const palette = colourType === 3 ? [...(chunks.get('PLTE') ?? [])] : [0, 0, 0, 255, 255, 255];
	const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
	const rowLength = 1 + Math.ceil(width / 8);
	expect(rows).toHaveLength(rowLength * height);
	const filters = Array.from({ length: height }, (_row, y) => rows[y * rowLength]);
	expect(new Set(filters)).toEqual(new Set([0]));
	return {
		width,
		height,
		pixel: (x, y) => {
			const bit = ((rows[y * rowLength + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
			return palette.slice(bit * 3, bit * 3 + 3);
		},
	};
}

const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];

function expectModules(text: string): void {
	const code = generate(text, {});
	const picture = readPng(qrPng(text));
	const size = (code.size + 2 * QUIET_ZONE) * SCALE;
	expect([picture.width, picture.height]).toEqual([size, size]);
	for (let y = 0; y < size; y += SCALE) {
		for (let x = 0; x < size; x += SCALE) {
			const isOn = code.get(x / SCALE - QUIET_ZONE, y / SCALE - QUIET_ZONE);
			// Two opposite corners of a module are its whole, all of its rows and columns being alike.
			const corners = [picture.pixel(x, y), picture.pixel(x + SCALE - 1, y + SCALE - 1)];
			if (corners.some((colour) => String(colour) !== String(isOn ? BLACK : WHITE))) {
				throw new Error(`The module at ${x / SCALE}, ${y / SCALE} is wrong`);
			}
		}
	}
}

describe('the picture of a QR code', () => {
	it('has the modules of the code, black on white, in a quiet zone', () => {
		expectModules(
			'2@NqUcv7om4BWqrgF5D6jn51M1hptMR/lK+Q==,XRJHShEHeWrVRFIyJys2I8WWjlml7m6hKL53oXH0bDA=,iDrOCe/r5/NzI+N3=',
		);
		expectModules('1');
	});

	it('has the three finder patterns where a scanner looks for them', () => {
		const { pixel, width } = readPng(qrPng('hello'));
		const last = width / SCALE - QUIET_ZONE - 1;
		for (const [x, y] of [
			[QUIET_ZONE, QUIET_ZONE],
			[last, QUIET_ZONE],
			[QUIET_ZONE, last],
		]) {
			expect(pixel((x ?? 0) * SCALE, (y ?? 0) * SCALE)).toEqual(BLACK);
		}
		expect(pixel(last * SCALE, 0)).toEqual(WHITE);
		expect(pixel(0, 0)).toEqual(WHITE);
	});

	it('can be made of any text that is short enough', () => {
		const text = fc.string({ minLength: 1, maxLength: 400, unit: 'binary' });
		fc.assert(fc.property(text, expectModules), { numRuns: 20 });
	});

	it('can be made of the longest texts', () => {
		for (const text of ['a'.repeat(2_952), '日a'.repeat(738), 'é'.repeat(1_476)]) {
			expect(readPng(qrPng(text)).width).toBeGreaterThan(100 * SCALE);
		}
	});

	it.each([
		['no text', '', 'There is no text to turn into a QR code'],
		['a text too long', 'a'.repeat(2_953), 'The text is too long for a QR code, which holds 2952 bytes'],
		['a text too long in bytes', '日'.repeat(985), 'The text is too long for a QR code, which holds 2952 bytes'],
	])('refuses %s', (_what, text, message) => {
		expect(() => qrPng(text)).toThrow(new Error(message));
	});
});
