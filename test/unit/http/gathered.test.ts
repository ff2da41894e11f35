import * as fc from 'fast-check';
import { Readable } from 'node:stream';
import { readFileOrAnswer } from '../../../nodes/shared/http/answer';
import { gather, Gathered } from '../../../nodes/shared/http/transport/bytes';
import { transport } from '../../support/transport';
import { peakOfBuffers } from '../../support/memory';

const MIB = 1024 * 1024;

it('gives back what it was given, however it was cut', () => {
	const cuts = fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 20 });
	fc.assert(
		fc.property(cuts, (lengths) => {
			const pieces = lengths.map((length, index) => Buffer.alloc(length, index + 1));
			const gathered = new Gathered();
			for (const piece of pieces) gathered.add(piece);
			const whole = Buffer.concat(pieces);
			expect(gathered.size).toBe(whole.length);
			expect(gathered.bytes().equals(whole)).toBe(true);
			const front = gathered.front();
			expect(front.equals(whole.subarray(0, front.length))).toBe(true);
			expect(front.length).toBeGreaterThanOrEqual(Math.min(whole.length, lengths[0] ?? 0, 16_384));
		}),
		{ numRuns: 50 },
	);
});

/** Pieces of one byte, each of which holds on to a kilobyte that arrived with it. */
function* tinyPieces(count: number, byte: number): Generator<Buffer> {
	for (let piece = 0; piece < count; piece++) yield Buffer.alloc(1024, byte).subarray(0, 1);
}

describe('50,000 single bytes take little memory', () => {
	const COUNT = 50_000;

	it('as a file that is gathered', async () => {
		const work = async () => await gather(Readable.from(tinyPieces(COUNT, 0x89)), MIB);
		const { result, peak } = await peakOfBuffers(work);
		expect(result).toHaveLength(COUNT);
		expect(peak).toBeLessThan(16 * MIB);
	});

	it('as a file or an answer', async () => {
		const response = { status: 200, headers: {}, body: Readable.from(tinyPieces(COUNT, 0x20)) };
		const work = async () => await readFileOrAnswer(response, transport.toStream);
		const { result, peak } = await peakOfBuffers(work);
		expect(result).toMatchObject({ bytes: { length: COUNT } });
		expect(peak).toBeLessThan(16 * MIB);
	});
});
