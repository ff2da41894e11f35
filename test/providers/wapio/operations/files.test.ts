import type { INodeExecutionData } from 'n8n-workflow';
import { keyCredentialFor } from '../bench';
import { toPerson, useOperations } from './calls';

const { bench, baseUrl, run, messages, requests } = useOperations();

describe('files of the workflow', () => {
	const content = Buffer.from('%PDF-1.4 an invoice');
	const item = async (mimeType = 'application/pdf', data = content): Promise<INodeExecutionData> => ({
		json: {},
		binary: { file: await bench().engine.storeBinary(data, { fileName: 'invoice.pdf', mimeType }) },
	});
	const fromBinary = { ...toPerson, mediaSource: 'binary', binaryPropertyName: 'file' };

	it('are uploaded, and sent by the address this gives, with their name and type', async () => {
		const parameters = {
			...fromBinary,
			operation: 'sendDocument',
			fileName: '',
			mimeType: '',
			caption: 'Your invoice',
		};
		const result = await run(parameters, undefined, [await item()]);
		expect(result.error).toBeUndefined();
		expect(requests().map(({ path }) => path)).toEqual(['/api/upload', '/api/send-message']);
		expect(messages()).toMatchObject([
			{ kind: 'document', text: 'Your invoice', raw: { file_name: 'invoice.pdf', mime_type: 'application/pdf' } },
		]);
		const file = await fetch(messages()[0]?.url ?? '');
		expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer()).equals(content)]).toEqual([
			'application/pdf',
			true,
		]);
	});

	it('are uploaded with a session key, too', async () => {
		const result = await run(
			{ ...fromBinary, operation: 'sendImage', caption: '', viewOnce: false },
			keyCredentialFor(baseUrl()),
			[await item('image/png')],
		);
		expect(result.error).toBeUndefined();
		expect(messages()).toMatchObject([{ kind: 'image' }]);
	});

	it('whose upload got no answer are uploaded again, and sent once', async () => {
		bench().sandbox.control.fault({ kind: 'dropAfter', path: '/api/upload' });
		const result = await run({ ...fromBinary, operation: 'sendAudio' }, undefined, [await item('audio/ogg')]);
		expect(result.error).toBeUndefined();
		expect(messages()).toHaveLength(1);
	});

	it('that were not taken are not sent, and nothing is said to have been', async () => {
		bench().sandbox.control.fault({
			kind: 'status',
			status: 422,
			path: '/api/upload',
			body: { success: false, message: 'Type not taken', reason_code: 'validation_error' },
		});
		const { error } = await run({ ...fromBinary, operation: 'sendSticker' }, undefined, [await item('text/plain')]);
		expect(error?.message).toContain('Type not taken');
		expect(error?.message).not.toContain('may have been sent');
		expect(messages()).toHaveLength(0);
	});

	it('that are too large are refused before anything is sent', async () => {
		const large = await item('video/mp4', Buffer.alloc(17 * 1024 * 1024));
		const { error } = await run(
			{ ...fromBinary, operation: 'sendVideo', caption: '', viewOnce: false },
			undefined,
			[large],
		);
		expect(error?.message).toMatch(/^Input Binary Field: .*MB/);
		expect(requests()).toHaveLength(0);
	});
});
