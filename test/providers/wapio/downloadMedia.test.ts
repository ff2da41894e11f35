import type { IDataObject, NodeOperationError } from 'n8n-workflow';
import { referenceOf } from '../../../nodes/shared/trigger/media/whatsapp/reference';
import { startWhatsAppServer, type WhatsAppServer } from '../../support/whatsAppServer';
import { encryptedFiles } from '../../unit/trigger/media/encryptedFiles';
import { type Bench, startBench } from './bench';

const [image] = encryptedFiles;

let bench: Bench;
let whatsApp: WhatsAppServer;
beforeEach(async () => {
	bench = await startBench();
	whatsApp = await startWhatsAppServer(bench.engine);
	whatsApp.script((_request, response) => void response.end(Buffer.from(image.encrypted, 'base64')));
});
afterEach(async () => {
	await whatsApp.close();
	await bench.close();
});

const reference = (changes: object = {}): string =>
	referenceOf({
		kind: 'Image',
		directPath: '/v/a.enc',
		url: null,
		mediaKey: image.mediaKey,
		hashes: { file: image.fileSha256, encrypted: image.fileEncSha256 },
		mime: 'image/jpeg',
		size: 37,
		...changes,
	});

/** What a user sees of an error; n8n keeps the parameters of the node with it. */
const shownOf = (error: unknown): string => {
	const { message, description, stack, context } = error as NodeOperationError;
	return JSON.stringify([message, description, stack, context]);
};

const download = async (mediaReference: string, options: IDataObject = {}) =>
	await bench.run({ resource: 'message', operation: 'downloadMedia', mediaReference, options: options as never });

it('takes the reference of the trigger and gives the file, without a request of the account', async () => {
	const before = bench.sandbox.control.requests().length;
	const { outputs, error } = await download(reference());
	expect(error).toBeUndefined();
	const item = outputs[0]?.[0];
	expect(item?.json).toEqual({ mimeType: 'image/jpeg', fileName: 'image.jpg', fileSize: 37 });
	expect((await bench.engine.binaryBuffer(item, 'data')).toString('base64')).toBe(image.plain);
	expect(bench.sandbox.control.requests()).toHaveLength(before);
});

it.each([
	['of another provider', 'ZmlsZS1lbmNvZGVk', /not the media reference of a Wapio message/],
	['an address', 'https://cdn.example.com/a.jpg', /not the media reference of a Wapio message/],
	['one that was cut', reference().slice(0, -9), /damaged/],
	['on another server', reference({ directPath: null, url: 'http://[::1]:5678/a' }), /not on WhatsApp's servers/],
	['with a path that leads away', reference({ directPath: '.evil.example/a' }), /not on WhatsApp's servers/],
])('refuses %s at the door', async (_title, written, message) => {
	const before = bench.sandbox.control.requests().length;
	const { error } = await download(written);
	expect(error?.message).toMatch(/^Media Reference: /);
	expect(error?.message).toMatch(message);
	expect(shownOf(error)).not.toContain(written);
	expect(whatsApp.requests).toEqual([]);
	expect(bench.sandbox.control.requests()).toHaveLength(before);
});

it('refuses a file that is too large before requesting it', async () => {
	const { error } = await download(reference({ size: 2_000_000 }), { largestFile: 1 });
	expect(error?.message).toBe('The file is larger than 1 MB (Largest File in the options)');
	expect(whatsApp.requests).toEqual([]);
});

it('has Wapio try what it cannot, and shows no key if that fails as well', async () => {
	whatsApp.script((_request, response) => void response.writeHead(410).end());
	const before = bench.sandbox.control.requests().length;
	const written = reference();
	const { error } = await download(written);
	expect(
		bench.sandbox.control
			.requests()
			.slice(before)
			.map(({ path }) => path),
	).toEqual(['/api/decrypt-media', '/v1/media/decrypt']);
	expect(error?.message).toContain('mmg.whatsapp.net');
	for (const secret of [written, image.mediaKey, '/v/a.enc']) expect(shownOf(error)).not.toContain(secret);
});
