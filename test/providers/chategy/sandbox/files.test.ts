import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Answer, anyString } from '../../../sandbox/client';
import { peakOfBuffers } from '../../../support/memory';
import { CLIENT, OK, PHONE, refused, useCalls } from './calls';

const { sandbox, client } = useCalls();

describe('files', () => {
	const sendFile = (bytes: string[], type: string, query = `file_name=a.pdf&phone=${PHONE}`): Promise<Answer> => {
		const form = new FormData();
		form.append('file', new Blob(bytes, { type }), 'näme "1".pdf');
		return client('POST', `/send_file?${query}`, form);
	};

	it('are counted, not kept', async () => {
		const { json } = await sendFile(
			['%PDF\r\n--', '\r\n'],
			'application/pdf',
			`file_name=a.pdf&phone=${PHONE}&caption=Look&type=document&dispatch_routing[]=whatsapp&simulate_typing=false&reply_to_message_id=m1`,
		);
		expect(json).toMatchObject({
			delivery: {
				status_description: 'Received',
				simulate_typing: false,
				reply_to_message_id: 'm1',
				dispatch_routing: ['whatsapp'],
			},
			meta: OK,
		});
		const sha256 = createHash('sha256').update('%PDF\r\n--\r\n').digest('hex');
		expect(sandbox().control.messages()).toMatchObject([
			{
				kind: 'file',
				text: 'Look',
				raw: {
					file_name: 'a.pdf',
					file: { fileName: 'näme "1".pdf', mimeType: 'application/pdf', size: 10, sha256 },
				},
			},
		]);
	});

	it.each<[string, () => Promise<Answer>, unknown]>([
		[
			'no file',
			() => client('POST', `/send_file?file_name=a.pdf&phone=${PHONE}`),
			{ file: ['the file cannot be empty'] },
		],
		['a type that is not taken', () => sendFile(['x'], 'text/plain'), { base: ['invalid mime type'] }],
		[
			'a name without an extension',
			() => sendFile(['x'], 'image/png', `file_name=photo&phone=${PHONE}`),
			{ file_name: [anyString] },
		],
		[
			'another kind',
			() => sendFile(['x'], 'image/png', `file_name=a.png&type=sticker&phone=${PHONE}`),
			{ type: ['type invalid'] },
		],
		['no recipient', () => sendFile(['x'], 'image/png', 'file_name=a.png'), { phone: [anyString] }],
	])('refuses %s', async (_name, post, errors) => {
		expect((await post()).json).toEqual(refused(errors));
		expect(sandbox().control.messages()).toEqual([]);
	});

	it('of 100 MB are taken and none above, without holding them', async () => {
		const limit = 100 * 1024 * 1024;
		const upload = async (size: number): Promise<number> => {
			const head =
				'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n';
			const chunk = Buffer.alloc(1024 * 1024, 13);
			function* body(): Generator<Buffer> {
				yield Buffer.from(head);
				for (let rest = size; rest > 0; rest -= chunk.length)
					yield chunk.subarray(0, Math.min(rest, chunk.length));
				yield Buffer.from('\r\n--edge--\r\n');
			}
			// Not fetch, which holds much of what it has not handed on yet.
			const request = http.request(
				`${sandbox().baseUrl('chategy')}/api/v1/send_file?file_name=a.mp4&phone=${PHONE}`,
				{
					method: 'POST',
					headers: { ...CLIENT, 'Content-Type': 'multipart/form-data; boundary=edge' },
				},
			);
			const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
			await pipeline(Readable.from(body()), request);
			const [answer] = await answered;
			answer.resume();
			return answer.statusCode ?? 0;
		};
		const { result, peak } = await peakOfBuffers(async () => [await upload(limit), await upload(limit + 1)]);
		expect(result).toEqual([200, 422]);
		expect(sandbox().control.messages()).toMatchObject([{ raw: { file: { size: limit } } }]);
		// The collector comes when it likes; what counts is that the file is never there whole.
		expect(peak).toBeLessThan(limit / 2);
		// A busy machine may take its time.
	}, 120_000);
});
