import { decoded, inlinedFileIn, withoutInlined } from '../../../../nodes/shared/trigger/media/inlined';
import { processorMs } from '../../../support/processorTime';

const FILE = Buffer.from('a file');
const BASE64 = FILE.toString('base64');

describe('a file in the payload', () => {
	it.each([
		['beside the message', { data: { messages: { key: {}, base64: BASE64, message: {} } } }],
		['in message', { data: { messages: { key: {}, message: { base64: BASE64, imageMessage: {} } } } }],
		['in the part', { data: { messages: [{ key: {}, message: { imageMessage: { base64: BASE64 } } }] } }],
		[
			'in a wrapper',
			{ data: { message: { ephemeralMessage: { message: { imageMessage: { base64: BASE64 } } } } } },
		],
	])('%s', (_place, payload) => {
		const found = inlinedFileIn(payload);
		if (!found) throw new Error('not found');
		expect(decoded(found, 100).body).toEqual(FILE);
		const before = JSON.stringify(payload);
		expect(JSON.stringify(withoutInlined(payload, found, FILE.length))).toBe(before.replace(BASE64, '<6 bytes>'));
		expect(JSON.stringify(payload)).toBe(before);
	});

	it('is not the file of a message that is answered', () => {
		const quotedMessage = { imageMessage: { base64: BASE64 } };
		const payload = { data: { message: { extendedTextMessage: { contextInfo: { quotedMessage } } } } };
		expect(inlinedFileIn(payload)).toBeUndefined();
	});

	it.each([{ base64: '' }, { base64: 7 }, { base64: null }, { base64: { data: BASE64 } }, {}])(
		'is not in %j',
		(payload) => {
			expect(inlinedFileIn(payload)).toBeUndefined();
		},
	);

	it.each<[string, () => object]>([
		['one long list', () => ({ list: JSON.parse(`[${'{},'.repeat(5_000_000)}{}]`) as object })],
		[
			'many lists',
			() => ({ lists: Array.from({ length: 2_000 }, () => Array.from({ length: 2_000 }, () => ({}))) }),
		],
	])('is looked for in bounded time in %s', async (_what, payload) => {
		const wide = payload();
		const taken = await processorMs(() => expect(inlinedFileIn(wide as never)).toBeUndefined());
		expect(taken).toBeLessThan(10_000);
	});

	it('is found behind much else', () => {
		const lists = Array.from({ length: 500 }, () => [{}, {}]);
		const found = inlinedFileIn({ lists, data: { base64: BASE64 } });
		expect(found?.path).toEqual(['data', 'base64']);
	});
});

describe('its text', () => {
	const bodyOf = (text: string): Buffer => decoded({ text, path: [] }, 100).body as Buffer;

	it.each([
		[BASE64, undefined],
		[`data:image/png;base64,${BASE64}`, 'image/png'],
		[`data:audio/ogg; codecs=opus;base64,${BASE64}`, 'audio/ogg; codecs=opus'],
		[`data:;base64,${BASE64}`, undefined],
	])('%s', (text, contentType) => {
		expect(bodyOf(text)).toEqual(FILE);
		expect(decoded({ text, path: [] }, 100).headers['content-type']).toBe(contentType);
	});

	it.each(['YSBmaWxl!', 'YSBm aWxl', 'YSBmaWx', '=', '====', 'YQ==YQ==', 'data:image/png,abcd', '<6 bytes>', 'YS_-'])(
		'%j is refused',
		(text) => {
			expect(() => bodyOf(text)).toThrow('not valid Base64');
		},
	);

	it('is refused by its length before it is decoded', () => {
		expect(() => bodyOf('A'.repeat(140))).toThrow('larger than');
		expect(bodyOf('A'.repeat(132))).toHaveLength(99);
	});
});
