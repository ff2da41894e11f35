import type { IDataObject } from 'n8n-workflow';
import type { RecordedRequest, ScriptedAnswer } from '../support/scriptedServer';
import { TOKEN, usePigeon } from './pigeonBench';

const { engine, server } = usePigeon();

const send = { resource: 'message', operation: 'send', phoneNumber: '6281234567890', text: 'a & b', tags: 'x,y' };

describe('a sixth provider needs no change in nodes/shared', () => {
	it('a token in the query, a form with lists', async () => {
		await engine().runNode({ type: 'pigeon', parameters: send });
		const request = server().requests[0];
		expect(request).toMatchObject({
			method: 'POST',
			path: '/people/6281234567890/messages',
			query: [['token', TOKEN]],
		});
		expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect([...new URLSearchParams(request?.body.toString())]).toEqual([
			['body', 'a & b'],
			['tags[]', 'x'],
			['tags[]', 'y'],
		]);
	});

	it('with an idempotency key a lost answer is requested again, under the same key', async () => {
		server().script([{ drop: true }, { status: 502 }, { body: { ok: true, result: { sent: true } } }]);
		const result = await engine().runNode({ type: 'pigeon', parameters: send, items: [{ json: {} }] });
		expect(result.error).toBeUndefined();
		const keys = server().requests.map(({ headers }) => headers['idempotency-key']);
		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
	});

	it('each item has its own key', async () => {
		await engine().runNode({ type: 'pigeon', parameters: send, items: [{ json: {} }, { json: {} }] });
		expect(new Set(server().requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
	});

	it('a token that the provider echoes in its refusal is masked', async () => {
		server().script({ body: { ok: false, why: `token ${TOKEN} is blocked` } });
		const result = await engine().runNode({ type: 'pigeon', parameters: send });
		expect(result.error?.message).toBe('Pigeon refused the request: "token *** is blocked"');
	});

	it.each([
		[1, 'slows the node down before it is refused'],
		[3, 'is shared by several workflows, none of which is refused'],
	])('an announced limit, workflows at the same time: %i: %s', async (workflows) => {
		const limit = 3;
		let windowStart = 0;
		let used = 0;
		server().script((): ScriptedAnswer => {
			if (Date.now() - windowStart >= 650) {
				windowStart = Date.now();
				used = 0;
			}
			used += 1;
			if (used > limit) return { status: 429, body: { ok: false, why: 'slow down' } };
			const headers = { 'x-limit': String(limit), 'x-left': String(limit - used) };
			return { headers, body: { ok: true, result: { sent: true } } };
		});
		const items = Array.from({ length: workflows === 1 ? 7 : 3 }, () => ({ json: {} }));
		const start = Date.now();
		const run = async () => await engine().runNode({ type: 'pigeon', parameters: send, items });
		const results = await Promise.all(Array.from({ length: workflows }, run));

		const sent = results.flatMap(({ outputs }) => outputs[0]);
		expect(sent).toHaveLength(workflows * items.length);
		expect(server().requests).toHaveLength(sent.length);
		expect(Date.now() - start).toBeGreaterThanOrEqual(1_300);
	});

	describe('uploads', () => {
		const upload = {
			resource: 'message',
			operation: 'upload',
			phoneNumber: '6281234567890',
			binaryPropertyName: 'data',
		};
		const bytes = Buffer.from(Array.from({ length: 300_000 }, (_none, index) => index % 253));
		const withFile = async (mimeType: string, content = bytes) => [
			{ json: {}, binary: { data: await engine().storeBinary(content, { fileName: 'bird "1".png', mimeType }) } },
		];

		it('stream the file of the item as multipart', async () => {
			const items = await withFile('image/png');
			const result = await engine().runNode({ type: 'pigeon', parameters: upload, items });
			expect(result.error).toBeUndefined();
			const request = server().requests[0] as RecordedRequest;
			const form = await new Response(new Uint8Array(request.body), {
				headers: { 'content-type': String(request.headers['content-type']) },
			}).formData();
			expect(form.get('number')).toBe('6281234567890');
			const file = form.get('file') as File;
			expect(file).toMatchObject({ name: 'bird _1_.png', type: 'image/png' });
			expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
			expect(Number(request.headers['content-length'])).toBe(request.body.length);
		});

		it.each<[string, () => Promise<object>, string]>([
			['no file', async () => [{ json: {} }], 'Input Binary Field: this item has no file in the field "data"'],
			[
				'a wrong type',
				async () => await withFile('text/csv'),
				'Input Binary Field: the file is text/csv; accepted types are image/*. If it is one of these, set MIME Type in the options',
			],
			[
				'a file too large',
				async () => await withFile('image/png', Buffer.alloc(3_000_000)),
				'Input Binary Field: the file is 3.0 MB; the limit is 2.0 MB',
			],
		])('are refused before anything is sent: %s', async (_name, items, message) => {
			const result = await engine().runNode({ type: 'pigeon', parameters: upload, items: (await items()) as [] });
			expect(result.error?.message).toBe(message);
			expect(server().requests).toHaveLength(0);
		});
	});

	describe('lists', () => {
		const elements = Array.from({ length: 8 }, (_none, index) => ({ index }));
		const answer = ({ path, query, body }: RecordedRequest): ScriptedAnswer => {
			const given = new URLSearchParams(path === '/offsets' ? body.toString() : query);
			const from = Number(given.get('start') ?? given.get('after') ?? 0);
			const page = elements.slice(from, from + Number(given.get('length') ?? given.get('count')));
			const end = from + page.length;
			return { body: { ok: true, result: page, ...(end < 8 ? { next: String(end) } : {}) } };
		};

		it.each(['offsets', 'cursors'])('by %s, all of them and up to a limit', async (operation) => {
			server().script(answer);
			const list = async (parameters: IDataObject) => {
				const result = await engine().runNode({
					type: 'pigeon',
					parameters: { resource: 'list', operation, ...parameters },
				});
				return result.outputs[0]?.map(({ json }) => json);
			};
			expect(await list({ returnAll: true })).toEqual(elements);
			server().reset();
			expect(await list({ returnAll: false, limit: 5 })).toEqual(elements.slice(0, 5));
			expect(server().requests).toHaveLength(2);
		});
	});
});
