import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { MalformedBody } from '../../sandbox/http/body';
import { readMultipart } from '../../sandbox/http/multipart';

const TYPE = 'multipart/form-data; boundary=edge';

const part = (headers: string, content: string): string => `--edge\r\n${headers}\r\n\r\n${content}\r\n`;
const field = (name: string, content: string): string =>
	part(`Content-Disposition: form-data; name="${name}"`, content);
const END = '--edge--\r\n';

/** A body in pieces of the given size, the last one shorter. */
function* inPieces(body: Buffer, size: number): Generator<Buffer> {
	for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size);
}

const read = async (body: string | Buffer, size = 64 * 1024, type = TYPE): Promise<unknown> => {
	async function* pieces(): AsyncGenerator<Buffer> {
		yield* inPieces(Buffer.from(body), size);
	}
	return await readMultipart(type, pieces());
};

/** What a client sends: text, files with odd names, a name that comes twice. */
const sample = async (): Promise<{ body: Buffer; type: string; fields: unknown }> => {
	const form = new FormData();
	form.append('text', 'Grüße\r\n--edge\r\n');
	form.append('file', new Blob(['%PDF\r\n--'], { type: 'application/pdf' }), 'dir/näme "1".pdf');
	form.append('list', 'one');
	form.append('empty', '');
	form.append('list', 'two');
	const response = new Response(form);
	return {
		body: Buffer.from(await response.clone().arrayBuffer()),
		type: response.headers.get('content-type') ?? '',
		fields: {
			text: 'Grüße\r\n--edge\r\n',
			file: {
				fileName: 'dir/näme "1".pdf',
				mimeType: 'application/pdf',
				size: 8,
				sha256: createHash('sha256').update('%PDF\r\n--').digest('hex'),
			},
			list: ['one', 'two'],
			empty: '',
		},
	};
};

describe('a multipart body', () => {
	it('is the same in pieces of any size, its parts in their order', async () => {
		const { body, type, fields } = await sample();
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: body.length }), async (size) => {
				const found = await read(body, size, type);
				expect(found).toEqual(fields);
				expect(Object.keys(found as object)).toEqual(['text', 'file', 'list', 'empty']);
			}),
			{ numRuns: 50, examples: [[1], [2], [body.length]] },
		);
	});

	it('keeps a text of some type as a field, and passes over what follows the end', async () => {
		const typed = part('Content-Disposition: form-data; name="a"\r\nContent-Type: application/octet-stream', '1');
		const body = `before\r\n${typed}${field('b', '2')}${END}after`;
		expect(await read(body)).toEqual({ a: '1', b: '2' });
		expect(await read(body, 1)).toEqual({ a: '1', b: '2' });
	});

	it('that is empty has no fields', async () => {
		expect(await read('')).toBeUndefined();
	});

	it.each([
		['no form at all', 'no form', TYPE],
		['a content type without a boundary', field('a', '1') + END, 'multipart/form-data'],
		['a form that ends in a field', field('a', '1'), TYPE],
		['a form that ends in a file', part('Content-Disposition: form-data; name="a"; filename="b"', 'half'), TYPE],
		['a part without a name', part('Content-Disposition: form-data', '1') + END, TYPE],
		['a file without a name', part('Content-Disposition: form-data; filename="a"', '1') + END, TYPE],
		['a text of more than a megabyte', field('a', 'x'.repeat(1024 * 1024 + 1)) + END, TYPE],
	])('that is broken is said to be: %s', async (_name, body, type) => {
		for (const size of [7, 64 * 1024]) {
			const found = await read(body, body.length > 1e6 ? 64 * 1024 : size, type);
			expect(found).toEqual(new MalformedBody(`(${body.length} bytes)`, 'form data'));
		}
	});

	it('that breaks off is an error of the client', async () => {
		async function* broken(): AsyncGenerator<Buffer> {
			yield Buffer.from(field('a', '1'));
			throw new Error('aborted');
		}
		await expect(readMultipart(TYPE, broken())).rejects.toMatchObject({ statusCode: 400 });
	});
});
