/* What can be read from a picture without a library. */
import { inflateSync } from 'node:zlib';

/** What a picture is. */
export interface PictureFacts {
	kind: 'PNG' | 'JPEG';
	width: number;
	height: number;
	/** The name of the color most of it has; only of the usual PNGs. */
	color?: string;
}

/** Larger pictures keep their color to themselves. */
const MAX_PIXELS = 4_000_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const COLORS: ReadonlyArray<readonly [string, number, number, number]> = [
	['black', 15, 15, 15],
	['gray', 128, 128, 128],
	['white', 245, 245, 245],
	['red', 205, 35, 40],
	['orange', 250, 150, 60],
	['yellow', 250, 220, 60],
	['green', 40, 170, 80],
	['teal', 15, 65, 75],
	['blue', 50, 90, 200],
	['purple', 120, 60, 160],
	['pink', 250, 150, 180],
	['brown', 120, 75, 40],
];

/** Reads the picture of a `data:` URL; undefined for any other URL and for what is no PNG or JPEG. Never throws. */
export function readPicture(url: string): PictureFacts | undefined {
	const start = url.indexOf(',') + 1;
	if (!url.startsWith('data:') || start === 0 || !url.slice(0, start).endsWith(';base64,')) return undefined;
	const bytes = Buffer.from(url.slice(start), 'base64');
	return readPng(bytes) ?? readJpeg(bytes);
}

/** PNG: a signature, then chunks; the first one holds the size. https://www.w3.org/TR/png-3/ */
function readPng(bytes: Buffer): PictureFacts | undefined {
	if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG)) return undefined;
	const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
	const [depth, type, , , interlace] = bytes.subarray(24, 29);
	const channels = type === 2 ? 3 : type === 6 ? 4 : 0;
	const facts: PictureFacts = { kind: 'PNG', width, height };
	if (depth !== 8 || channels === 0 || interlace !== 0 || width * height > MAX_PIXELS) return facts;
	try {
		const color = mainColor(pixelsOf(bytes, width, height, channels), channels);
		return color === undefined ? facts : { ...facts, color };
	} catch {
		return facts; // its size can still be told
	}
}

function pixelsOf(bytes: Buffer, width: number, height: number, channels: number): Buffer {
	const data: Buffer[] = [];
	for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		const length = bytes.readUInt32BE(at);
		if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
	}
	const line = width * channels;
	const filtered = inflateSync(Buffer.concat(data), { maxOutputLength: (line + 1) * height });
	const pixels = Buffer.alloc(line * height);
	for (let y = 0; y < height; y++) {
		const filter = filtered[y * (line + 1)] ?? 0;
		for (let x = 0; x < line; x++) {
			const left = x < channels ? 0 : (pixels[y * line + x - channels] ?? 0);
			const up = y === 0 ? 0 : (pixels[(y - 1) * line + x] ?? 0);
			const corner = x < channels || y === 0 ? 0 : (pixels[(y - 1) * line + x - channels] ?? 0);
			pixels[y * line + x] = (filtered[y * (line + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
		}
	}
	return pixels;
}

/** What a filter of PNG adds to a byte. https://www.w3.org/TR/png-3/#9Filters */
function predicted(filter: number, left: number, up: number, corner: number): number {
	if (filter === 1) return left;
	if (filter === 2) return up;
	if (filter === 3) return (left + up) >> 1;
	if (filter !== 4) return 0;
	const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}

function mainColor(pixels: Buffer, channels: number): string | undefined {
	const counts = new Map<string, number>();
	// A few thousand pixels are enough.
	const step = channels * Math.max(1, Math.floor(pixels.length / channels / 5_000));
	for (let at = 0; at + channels <= pixels.length; at += step) {
		const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
		const distance = ([, r, g, b]: (typeof COLORS)[number]): number =>
			(r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
		const [name] = COLORS.reduce((best, color) => (distance(color) < distance(best) ? color : best));
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** JPEG: segments, one of which holds the frame's size. ITU-T T.81, B.2.2 */
function readJpeg(bytes: Buffer): PictureFacts | undefined {
	if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
	let at = 2;
	while (at + 9 <= bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1] ?? 0;
		// Those in between are tables: DHT, JPG and DAC.
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { kind: 'JPEG', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
		const length = bytes.readUInt16BE(at + 2);
		if (length < 2) return undefined;
		at += 2 + length;
	}
	return undefined;
}
