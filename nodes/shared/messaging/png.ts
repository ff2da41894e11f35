/** What a PNG begins with (ISO/IEC 15948). */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The most bytes of a block that is stored as it is (RFC 1951). */
const MAX_STORED = 65_535;

/**
 * A picture in black and white as a PNG. It is not compressed: n8n Cloud lets a node have no zlib, and a QR code has some
 * 30 KB.
 *
 * @param size pixels of each side
 * @param isBlack whether a pixel is black
 */
export function blackAndWhitePng(size: number, isBlack: (x: number, y: number) => boolean): Buffer {
	// Each row begins with its filter: none.
	const rowLength = 1 + Math.ceil(size / 8);
	const rows = Buffer.alloc(rowLength * size, 0xff);
	for (let y = 0; y < size; y++) {
		rows[y * rowLength] = 0;
		for (let x = 0; x < size; x++) {
			const at = y * rowLength + 1 + (x >> 3);
			if (isBlack(x, y)) rows[at] = (rows[at] ?? 0) & ~(0x80 >> (x & 7));
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	// One bit for each pixel, in shades of gray.
	header[8] = 1;
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('IDAT', stored(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** Bytes in zlib's format (RFC 1950), in blocks that are stored as they are. */
function stored(bytes: Buffer): Buffer {
	const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
	for (let at = 0; at < bytes.length; at += MAX_STORED) {
		const block = bytes.subarray(at, at + MAX_STORED);
		const head = Buffer.alloc(5);
		head[0] = at + MAX_STORED >= bytes.length ? 1 : 0;
		head.writeUInt16LE(block.length, 1);
		head.writeUInt16LE(block.length ^ 0xffff, 3);
		parts.push(head, block);
	}
	return Buffer.concat([...parts, adler32(bytes)]);
}

function chunk(type: string, content: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	return Buffer.concat([length, typed, crc32(typed)]);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_none, index) => {
	let value = index;
	for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

function crc32(bytes: Buffer): Buffer {
	let value = 0xffffffff;
	for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
	return asBytes(~value);
}

function adler32(bytes: Buffer): Buffer {
	let [low, high] = [1, 0];
	for (const byte of bytes) {
		low = (low + byte) % 65_521;
		high = (high + low) % 65_521;
	}
	return asBytes((high << 16) | low);
}

function asBytes(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(value | 0);
	return bytes;
}
