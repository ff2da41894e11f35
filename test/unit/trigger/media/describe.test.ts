import * as fc from 'fast-check';
import { fileNameOf, mediaFileName, mimeTypeOf } from '../../../../nodes/shared/trigger/media/describe';
import { expiryOf } from '../../../../nodes/shared/trigger/media/expiry';
import { emptyEvent } from '../../../../nodes/shared/trigger/event/emptyEvent';
import type { EventMedia, GatewayEvent } from '../../../../nodes/shared/trigger/event/event';

const ANY = 'application/octet-stream';
const NOTHING = Buffer.from('nothing in particular');

describe('the MIME type', () => {
	it.each([
		['the payload first, without parameters', 'audio/ogg; codecs=opus', 'image/png', 'audio/ogg'],
		['then the server', null, 'image/png; charset=binary', 'image/png'],
		['not a server that does not know', null, ANY, ANY],
		['not the page of a server', null, 'text/html; charset=utf-8', ANY],
		['nothing that is no type', 'image\r\nx: y', 'no type', ANY],
	])('%s', (_title, told, contentType, expected) => {
		expect(mimeTypeOf(told, contentType, NOTHING)).toBe(expected);
	});

	it.each([
		['ffd8ffe000104a464946', 'image/jpeg'],
		['89504e470d0a1a0a0000', 'image/png'],
		['474946383961', 'image/gif'],
		['52494646240000005745425056503820', 'image/webp'],
		['4f6767530002', 'audio/ogg'],
		['000000186674797069736f6d', 'video/mp4'],
		['255044462d312e34', 'application/pdf'],
		['504b0304', 'application/zip'],
		['524946462400000057415645', ANY],
		['', ANY],
	])('then the first bytes: %s', (hex, expected) => {
		expect(mimeTypeOf(null, ANY, Buffer.from(hex, 'hex'))).toBe(expected);
	});
});

describe('the name', () => {
	const event = (media: Partial<EventMedia>, changes: Partial<GatewayEvent> = {}): GatewayEvent => ({
		...emptyEvent({ event: 'message', provider: 'any', id: 'ID-1', device: null, raw: {}, messageId: '3EB0C431' }),
		type: 'image',
		media: { mimeType: null, url: null, reference: null, fileName: null, caption: null, ...media },
		...changes,
	});

	it.each<[string, GatewayEvent, string, string]>([
		['the payload’s', event({ fileName: 'Invoice 7.pdf' }), 'application/pdf', 'Invoice 7.pdf'],
		['the address’s', event({ url: 'https://cdn.example.com/a/photo%201.jpg?x=1' }), 'image/jpeg', 'photo 1.jpg'],
		['a made one', event({ url: 'https://cdn.example.com/a/3f9c' }), 'image/jpeg', 'image-3EB0C431.jpg'],
		['a voice note', event({}, { type: 'audio' }), 'audio/ogg', 'audio-3EB0C431.ogg'],
		['of a message without an id', event({}, { messageId: null }), 'image/png', 'image-ID-1.png'],
		['with a hostile id', event({}, { messageId: '../../a b' }), 'image/png', 'image-.._.._a_b.png'],
		['an executable stays one', event({ fileName: 'photo.jpg.exe' }), 'image/jpeg', 'photo.jpg.exe'],
	])('%s', (_title, given, mimeType, expected) => {
		expect(fileNameOf(given, mimeType)).toBe(expected);
	});

	it.each([
		['../../etc/passwd', 'passwd'],
		['..\\..\\win.ini', 'win.ini'],
		['.bashrc', 'bashrc'],
		['...a.txt', 'a.txt'],
		['photo\u202Egpj.exe', 'photogpj.exe'],
		['a\u0000\r\n\u2066b.txt', 'ab.txt'],
		['..', undefined],
		['', undefined],
		[null, undefined],
	])('%j is %j', (written, expected) => {
		expect(mediaFileName(written)).toBe(expected);
	});

	it('has at most 180 characters, its extension kept', () => {
		expect(mediaFileName(`${'é'.repeat(100)}.pdf`)).toHaveLength(104);
		const long = mediaFileName(`${'a'.repeat(1_000)}.docx`);
		expect(long).toBe(`${'a'.repeat(175)}.docx`);
		expect([...(mediaFileName('b'.repeat(100_000)) ?? '')]).toHaveLength(180);
	});

	it('can be saved, whatever was written', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (written) => {
				const name = mediaFileName(written);
				if (name === undefined) return;
				expect([...name].length).toBeLessThanOrEqual(180);
				expect(name).not.toMatch(/^\.|[/\\\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
				expect(mediaFileName(name)).toBe(name);
			}),
		);
	});
});

describe('when a signed address expires', () => {
	const address = (query: string): string => `https://s3.example.com/f/photo.jpg?${query}`;

	it.each([
		['X-Amz-Date=20260726T101500Z&X-Amz-Expires=172800&X-Amz-Signature=x', '2026-07-28T10:15:00.000Z'],
		['x-amz-expires=60&x-amz-date=20261231T235930Z', '2027-01-01T00:00:30.000Z'],
	])('%s', (query, expected) => {
		expect(expiryOf(address(query))).toBe(expected);
	});

	it.each([
		'',
		'X-Amz-Date=20260726T101500Z',
		'X-Amz-Expires=172800',
		'X-Amz-Date=20261326T101500Z&X-Amz-Expires=60',
		'X-Amz-Date=2026-07-26&X-Amz-Expires=60',
		'X-Amz-Date=20260726T101500Z&X-Amz-Expires=-1',
		'X-Amz-Date=20260726T101500Z&X-Amz-Expires=999999999',
		'X-Amz-Date=20260726T101500Z&X-Amz-Expires=1e9',
	])('is not told by %j', (query) => {
		expect(expiryOf(address(query))).toBeNull();
	});

	it.each([null, undefined, '', 'no address'])('nor by %j', (given) => {
		expect(expiryOf(given)).toBeNull();
	});
});
