import * as fc from 'fast-check';
import { Readable } from 'node:stream';
import {
	type Answer,
	describeUnexpected,
	isWebPage,
	parseJson,
	readAnswer,
	readFileOrAnswer,
	shorten,
} from '../../../nodes/shared/http/answer';
import { type ByteStream, TransportError } from '../../../nodes/shared/http/transport/transport';
import { transport } from '../../support/transport';
import { answerInPieces, bytesOf, cutEverywhere } from './streams';
import { processorMs } from '../../support/processorTime';

const { toStream } = transport;

const BOM = '\uFEFF';
const REFUSAL = '{"status":false,"message":"Perangkat tidak terhubung – ☎️"}';
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const MIB = 1024 * 1024;

function answerOf(text: string): Answer {
	return { status: 200, headers: {}, text, json: parseJson(text), incomplete: false };
}

async function* breakingAfter(text: string): AsyncGenerator<Buffer> {
	yield Buffer.from(text);
	throw new Error('reset');
}

describe('readAnswer', () => {
	it.each([
		['JSON', REFUSAL],
		['JSON behind a BOM', BOM + REFUSAL],
		['JSON between blank lines', `\r\n\n${REFUSAL}\n`],
	])('reads %s the same, wherever the network cuts it', async (_kind, text) => {
		for (const pieces of cutEverywhere(Buffer.from(text))) {
			const answer = await readAnswer(answerInPieces(pieces));
			expect(answer).toMatchObject({ json: JSON.parse(REFUSAL) as object, incomplete: false, text });
		}
	});

	it('reads any JSON value, whatever its content type says', async () => {
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), fc.constantFrom('', BOM), async (value, mark) => {
				const written = JSON.stringify(value);
				const { json } = await readAnswer(answerInPieces([Buffer.from(mark + written)]));
				expect(json).toEqual(JSON.parse(written));
			}),
		);
	});

	it('finds no JSON in any part of one that was cut off', async () => {
		for (let length = 0; length < REFUSAL.length; length++) {
			const { json, incomplete } = await readAnswer(answerInPieces([Buffer.from(REFUSAL.slice(0, length))]));
			expect({ json, incomplete }).toEqual({ json: undefined, incomplete: false });
		}
	});

	it('calls an answer incomplete whose connection broke, even after whole JSON', async () => {
		const body = Readable.from(breakingAfter(REFUSAL));
		expect(await readAnswer({ status: 200, headers: {}, body })).toMatchObject({
			incomplete: true,
			json: undefined,
		});
	});

	it('stops reading an answer without end, and lets its connection go', async () => {
		let pulled = 0;
		const endless = function* (): Generator<Buffer> {
			for (; pulled < 200; pulled++) yield Buffer.alloc(MIB, ' ');
		};
		const body = Readable.from(endless());
		const answer = await readAnswer({ status: 200, headers: {}, body });
		expect(answer).toMatchObject({ incomplete: true, json: undefined });
		expect(pulled).toBeLessThan(64);
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(body.destroyed).toBe(true);
	});

	it('reads an empty body', async () => {
		expect(await readAnswer(answerInPieces([]))).toMatchObject({ text: '', json: undefined, incomplete: false });
	});
});

describe('readFileOrAnswer', () => {
	it('gives a picture as a file with all its bytes, wherever the network cuts it', async () => {
		for (const pieces of cutEverywhere(PNG)) {
			const found = await readFileOrAnswer(answerInPieces(pieces), toStream);
			expect('file' in found && (await bytesOf(found.file)).equals(PNG)).toBe(true);
		}
	});

	it.each([
		['a refusal', REFUSAL],
		['a refusal behind a BOM', BOM + REFUSAL],
		['a refusal after blank lines', `\r\n \t${REFUSAL}`],
		['a refusal after many blanks', ' '.repeat(100) + REFUSAL],
		['a web page', '<!DOCTYPE html><html><title>502</title></html>'],
	])('never gives %s as a file, wherever the network cuts it', async (_kind, text) => {
		const asFiles: string[] = [];
		for (const pieces of cutEverywhere(Buffer.from(text))) {
			const found = await readFileOrAnswer(answerInPieces(pieces), toStream);
			if ('file' in found) {
				asFiles.push(`cut after ${pieces[0]?.length} bytes`);
				found.file.destroy();
			} else {
				expect(found.bytes.toString()).toBe(text);
				expect(found.answer).toMatchObject({ text, json: parseJson(text) });
			}
		}
		expect(asFiles).toEqual([]);
	});

	it('gives a large text as a file, with all its bytes', async () => {
		const pieces = Array.from({ length: 40 }, (_none, index) => Buffer.alloc(64 * 1024, `[${index},`));
		const found = await readFileOrAnswer(answerInPieces(pieces), toStream);
		expect('file' in found && (await bytesOf(found.file)).equals(Buffer.concat(pieces))).toBe(true);
	});

	it('passes a file on while it arrives', async () => {
		let pulled = 0;
		const source = function* (): Generator<Buffer> {
			for (; pulled < 1_000; pulled++) yield Buffer.alloc(64 * 1024, 0x89);
		};
		const found = await readFileOrAnswer(answerInPieces(source()), toStream);
		expect(pulled).toBeLessThan(40);
		if ('file' in found) found.file.destroy();
	});

	// n8n stores files in memory or in a database by the events of a stream, which it does not set going.
	const byEvents = async (file: ByteStream): Promise<Buffer> =>
		await new Promise((resolve, reject) => {
			const pieces: Buffer[] = [];
			file.on('data', (piece: Buffer) => pieces.push(piece));
			file.on('end', () => resolve(Buffer.concat(pieces))).on('error', reject);
		});

	it('gives a file to whoever reads it by its events', async () => {
		for (const pieces of cutEverywhere(PNG)) {
			const found = await readFileOrAnswer(answerInPieces(pieces), toStream);
			expect('file' in found && (await byEvents(found.file)).equals(PNG)).toBe(true);
		}
	});

	it('reports a connection that broke before it was read', async () => {
		const body = Readable.from(breakingAfter(PNG.toString('latin1')));
		const found = await readFileOrAnswer({ status: 200, headers: {}, body }, toStream);
		body.destroy(new Error('reset'));
		await new Promise((resolve) => setTimeout(resolve, 20));
		if (!('file' in found)) throw new Error('this is a file');
		await expect(byEvents(found.file)).rejects.toMatchObject({ name: 'TransportError', cause: new Error('reset') });
	});

	it.each([
		['unread', false],
		['half read', true],
	])('lets the connection go when the file is thrown away %s', async (_state, isRead) => {
		const response = answerInPieces(Array.from({ length: 200 }, () => Buffer.alloc(64 * 1024, 0x89)));
		const found = await readFileOrAnswer(response, toStream);
		if (!('file' in found)) throw new Error('this is a file');
		if (isRead) await found.file[Symbol.asyncIterator]().next();
		found.file.destroy();
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(response.body.destroyed).toBe(true);
	});

	it('says that the answer was lost when the connection breaks', async () => {
		const body = Readable.from(breakingAfter('{"data":'));
		const reading = readFileOrAnswer({ status: 200, headers: {}, body }, toStream);
		await expect(reading).rejects.toBeInstanceOf(TransportError);
		await expect(reading).rejects.toMatchObject({ stage: 'sent' });
	});
});

describe('telling what an answer is', () => {
	it.each([
		['', 'the response was empty'],
		['<html><title>502 Bad Gateway</title></html>', 'the response was a web page titled "502 Bad Gateway"'],
		[`${BOM}\n<!doctype html><p>`, 'the response was a web page'],
		['{"status":true,', 'the response was cut off in the middle of its JSON'],
		['{"other":1}', 'the response has an unknown format'],
		['Service down', 'the response was the text "Service down"'],
	])('describes %j', (text, expected) => {
		expect(describeUnexpected(answerOf(text))).toBe(expected);
	});

	it('knows a web page by its start', () => {
		expect(isWebPage(answerOf('  <HTML lang="id">'))).toBe(true);
		expect(isWebPage(answerOf('<svg xmlns="x">'))).toBe(false);
	});

	it('shortens any words to one line of bearable length, without half characters', () => {
		const pieces = fc.array(fc.constantFrom('word ', '😀', '<b>', '\r\n', 'é', '<'), { maxLength: 300 });
		fc.assert(
			fc.property(pieces, (parts) => {
				const short = shorten(parts.join(''));
				expect(short.length).toBeLessThanOrEqual(500);
				expect(short).not.toMatch(/[\r\n]/);
				expect(Buffer.from(short, 'utf8').toString('utf8')).toBe(short);
			}),
		);
		const smileys = shorten(`x${'😀'.repeat(400)}`) + shorten('😀'.repeat(400));
		expect(Buffer.from(smileys, 'utf8').toString('utf8')).toBe(smileys);
	});

	it.each([
		['opening brackets', '<'.repeat(50_000)],
		['opening titles', `<html>${'<title'.repeat(20_000)}`],
		['blanks', ' '.repeat(200_000)],
	])('is not held up by a long text of %s', async (_kind, text) => {
		expect(await processorMs(() => describeUnexpected(answerOf(text)))).toBeLessThan(2_000);
		expect(await processorMs(() => shorten(text))).toBeLessThan(2_000);
	});
});
