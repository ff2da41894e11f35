import { crc32, deflateSync } from 'node:zlib';

/** Small, valid files that a viewer or a type sniffer accepts. */
export const samples = {
	png: (): Buffer => png(8, 8, [37, 211, 102]),
	jpeg,
	webp: (): Buffer => Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64'),
	ogg,
	mp4,
	pdf,
	zip,
	vcard: (): Buffer =>
		Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Budi Santoso\r\nTEL;waid=6281200000002:+62 812\r\nEND:VCARD\r\n'),
};

type Colour = readonly [number, number, number];

/** A PNG of one colour. */
export function png(width: number, height: number, colour: Colour): Buffer {
	return painted(width, height, () => colour);
}

/** A PNG with something to look at: the sun going down. */
export function picture(width: number, height: number): Buffer {
	const mix = (from: Colour, to: Colour, share: number): Colour => [
		Math.round(from[0] + (to[0] - from[0]) * share),
		Math.round(from[1] + (to[1] - from[1]) * share),
		Math.round(from[2] + (to[2] - from[2]) * share),
	];
	return painted(width, height, (x, y) => {
		const [across, down] = [x / width - 0.62, y / height];
		if (down > 0.68 + 0.04 * Math.sin(across * 9)) return mix([22, 84, 92], [8, 40, 52], (down - 0.64) / 0.36);
		const distance = Math.hypot(across * (width / height), down - 0.6);
		if (distance < 0.13) return [255, 244, 214];
		const sky = mix([58, 74, 138], [255, 150, 90], Math.min(1, down / 0.68));
		return mix([255, 205, 130], sky, Math.min(1, distance / 0.5));
	});
}

function painted(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, the only compression and filter there are, not interlaced
	const rows = Array.from({ length: height }, (_, y) =>
		Buffer.from([0, ...Array.from({ length: width }, (_pixel, x) => colourAt(x, y)).flat()]),
	);
	const pixels = Buffer.concat(rows);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		pngChunk('IHDR', header),
		pngChunk('IDAT', deflateSync(pixels)),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

function pngChunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const framed = Buffer.alloc(named.length + 8);
	framed.writeUInt32BE(data.length, 0);
	named.copy(framed, 4);
	framed.writeUInt32BE(crc32(named), named.length + 4);
	return framed;
}

/** A grey baseline JPEG of 8 by 8 pixels: one block whose only coefficient is zero. */
function jpeg(): Buffer {
	const segment = (marker: number, data: readonly number[]): number[] => [0xff, marker, 0, data.length + 2, ...data];
	const onlyCode = [1, ...Array<number>(15).fill(0), 0]; // one Huffman code of one bit, for the value 0
	return Buffer.from([
		...[0xff, 0xd8],
		...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
		...segment(0xdb, [0, ...Array<number>(64).fill(1)]),
		...segment(0xc0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
		...segment(0xc4, [0x00, ...onlyCode]),
		...segment(0xc4, [0x10, ...onlyCode]),
		...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
		...[0x3f, 0xff, 0xd9], // the two codes, filled up with ones, and the end
	]);
}

/** Sixty milliseconds of silence as Ogg Opus: the two headers and three packets. */
function ogg(): Buffer {
	const head = Buffer.from('OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00', 'latin1');
	const tags = Buffer.from('OpusTags\x07\x00\x00\x00sandbox\x00\x00\x00\x00', 'latin1');
	const silence = Buffer.from([0xf8, 0xff, 0xfe]);
	return Buffer.concat([
		oggPage(2, 0, 0, [head]),
		oggPage(0, 1, 0, [tags]),
		oggPage(4, 2, 2880, [silence, silence, silence]),
	]);
}

/** @param kind 2 begins a stream, 4 ends it @param samplesSoFar at 48 kHz */
function oggPage(kind: number, index: number, samplesSoFar: number, packets: readonly Buffer[]): Buffer {
	const page = Buffer.concat([Buffer.alloc(27), Buffer.from(packets.map(({ length }) => length)), ...packets]);
	page.write('OggS', 0, 'latin1');
	page.writeUInt8(kind, 5);
	page.writeUInt32LE(samplesSoFar, 6);
	page.writeUInt32LE(1, 14); // the stream's number
	page.writeUInt32LE(index, 18);
	page.writeUInt8(packets.length, 26);
	page.writeUInt32LE(oggChecksum(page), 22);
	return page;
}

/** CRC-32 with Ogg's own conventions: not reflected, from zero, not inverted. */
function oggChecksum(page: Buffer): number {
	let sum = 0;
	for (const byte of page) {
		sum ^= byte << 24;
		for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
	}
	return sum >>> 0;
}

/** A ZIP with one small file, stored as it is: what a Lottie sticker is inside. */
function zip(): Buffer {
	const name = Buffer.from('animation/animation.json');
	const content = Buffer.from('{"v":"5.5.2","fr":60,"ip":0,"op":60,"w":8,"h":8,"layers":[]}');
	const facts = Buffer.alloc(26);
	facts.writeUInt16LE(20, 0); // the version that can read it
	facts.writeUInt32LE(crc32(content), 10);
	facts.writeUInt32LE(content.length, 14);
	facts.writeUInt32LE(content.length, 18);
	facts.writeUInt16LE(name.length, 22);
	const entry = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, content]);
	const listed = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, Buffer.alloc(14), name]);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 0, 'latin1');
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(entry.length, 16);
	return Buffer.concat([entry, listed, end]);
}

/** The box an MP4 file begins with, and an empty one for its contents. */
function mp4(): Buffer {
	return Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\x08mdat', 'latin1');
}

/** A PDF with one empty page and a correct table of offsets. */
function pdf(): Buffer {
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
	];
	let text = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = text.length;
		text += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const table = text.length;
	const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`;
	text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
	return Buffer.from(text, 'latin1');
}
