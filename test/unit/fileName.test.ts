import * as fc from 'fast-check';
import { cleanFileName } from '../../nodes/shared/fileName';
import { processorMs } from '../support/processorTime';

it.each([
	['invoice.pdf', 'invoice.pdf'],
	['Laporan Keuangan 2026 (akhir).xlsx', 'Laporan Keuangan 2026 (akhir).xlsx'],
	['صورة.jpg', 'صورة.jpg'],
	['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
	['.gitignore', '.gitignore'],
	['archive.tar.gz', 'archive.tar.gz'],
	['../../etc/passwd', 'passwd'],
	['..\\..\\Windows\\win.ini', 'win.ini'],
	['/tmp/a/', 'a'],
	['a/..', 'a'],
	['....hidden', '.hidden'],
	['name.pdf\r\nX-Header: yes', 'name.pdfX-Header_ yes'],
	['a\u0000b\u001b[31m.txt', 'ab[31m.txt'],
	['photo\u202Egpj.exe', 'photogpj.exe'],
	['a"b<c>d:e|f?g*h.txt', 'a_b_c_d_e_f_g_h.txt'],
	['name. . .', 'name'],
	['NUL.txt', '_NUL.txt'],
	['com1', '_com1'],
	['company.pdf', 'company.pdf'],
	['half \ud83d.png', 'half \ufffd.png'],
])('%j becomes %j', (written, expected) => {
	expect(cleanFileName(written)).toBe(expected);
});

it.each(['', ' ', '.', '..', '../..', '///', '\r\n', '\u202E', null, undefined])('nothing is left of %j', (written) => {
	expect(cleanFileName(written)).toBeUndefined();
});

it('a long name is cut, its extension kept', () => {
	const name = cleanFileName(`${'ü'.repeat(5_000)}.pdf`) ?? '';
	expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
	expect(name).toMatch(/^ü{100,}\.pdf$/);
	expect(cleanFileName(`a.${'b'.repeat(5_000)}`)).toHaveLength(254);
});

it('a name of millions of signs takes no time', async () => {
	for (const sign of ['.', ' ', '/', '\u202E', 'a.'])
		expect(await processorMs(() => cleanFileName(sign.repeat(1_000_000)))).toBeLessThan(5_000);
});

const hostile = fc.string({
	unit: fc.oneof(
		fc.constantFrom(
			...'./\\:*?"<>| ~%',
			'\r',
			'\n',
			'\t',
			'\0',
			'\u2028',
			'\u202E',
			'\u2066',
			'\u200F',
			'\uFEFF',
			'\ud800',
		),
		fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
	),
	maxLength: 400,
});

it('whatever comes in, what comes out can be written, shown and read again', () => {
	fc.assert(
		fc.property(hostile, (written) => {
			const name = cleanFileName(written);
			if (name === undefined) return;
			expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C/\\<>:"|?*]/u);
			expect(name).not.toMatch(/^\.*$|[.\s]$/);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
			expect(Buffer.from(name).toString()).toBe(name);
			expect(cleanFileName(name)).toBe(name);
		}),
		{ numRuns: 2_000 },
	);
});
