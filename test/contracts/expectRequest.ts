import type { RecordedRequest } from '../support/scriptedServer';
import type { ExpectedRequest } from './types';

/** Compares a request that was made with the documented one, to the letter. */
export async function expectRequest(
	actual: RecordedRequest,
	expected: ExpectedRequest,
	basePath: string,
): Promise<void> {
	expect(`${actual.method} ${actual.path}`).toBe(`${expected.method} ${basePath}${expected.path}`);
	expect(sorted(actual.query)).toEqual(sorted(expected.query ?? []));
	for (const [name, value] of Object.entries(expected.headers)) {
		if (value === undefined) {
			expect([name, actual.headers[name]]).toEqual([name, undefined]);
			continue;
		}
		const sent = String(actual.headers[name]);
		// A charset behind the type changes nothing.
		const bare = name === 'content-type' ? sent.split(';')[0] : sent;
		const wanted: unknown = typeof value === 'string' ? value : expect.stringMatching(value);
		expect([name, bare]).toEqual([name, wanted]);
	}
	if (expected.json !== undefined) expect(actual.json).toEqual(expected.json);
	else if (expected.multipart !== undefined || expected.file !== undefined) await expectMultipart(actual, expected);
	else if (expected.form === undefined) expect(actual.body.toString()).toBe('');
	else expect(sorted([...new URLSearchParams(actual.body.toString())])).toEqual(sorted(expected.form));
}

async function expectMultipart(
	{ headers, body }: RecordedRequest,
	{ multipart = [], file }: ExpectedRequest,
): Promise<void> {
	const type = headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
	const fields: Array<[string, string]> = [];
	const files: Array<NonNullable<ExpectedRequest['file']>> = [];
	for (const [name, value] of form) {
		if (typeof value === 'string') fields.push([name, value]);
		else
			files.push({
				name,
				fileName: value.name,
				mimeType: value.type,
				content: Buffer.from(await value.arrayBuffer()),
			});
	}
	expect(sorted(fields)).toEqual(sorted(multipart));
	expect(files).toEqual(file === undefined ? [] : [file]);
}

function sorted(pairs: Array<[string, string]>): Array<[string, string]> {
	return [...pairs].sort((a, b) => a.join('=').localeCompare(b.join('=')));
}
