import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { balesOtomatisAccount } from '../../../sandbox';
import type { FaultSpec } from '../../../sandbox/http/faults';
import { type Bench, byId, startBench } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
});

const send = (changes: IDataObject = {}): INodeParameters => ({
	resource: 'otp',
	operation: 'send',
	number: byId(balesOtomatisAccount.numbers.connected),
	phoneNumber: '+62 812-0000-0001',
	customerName: 'Sari',
	serviceName: 'Login',
	companyName: 'Toko Utama',
	lifetime: 60,
	...changes,
});
const check = async (otpCode: unknown) =>
	await bench.run({ resource: 'otp', operation: 'validate', otpCode } as INodeParameters);

/** The code as the person reads it on the phone. */
const codeOnPhone = (): string => /\b\d{6}\b/.exec(bench.sandbox.control.messages().at(-1)?.text ?? '')?.[0] ?? 'none';

describe('the code', () => {
	it('is left out, and still can be checked once', async () => {
		const result = await bench.run(send());
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.[0]?.json).not.toHaveProperty('otp_code');
		expect(result.outputs[0]?.[0]?.json).toHaveProperty('req_id');
		expect(JSON.stringify([result.run, result.messages])).not.toContain(codeOnPhone());

		expect((await check(codeOnPhone())).outputs[0]?.[0]?.json).toEqual({
			valid: true,
			message: 'OTP Code is Valid',
		});
		expect((await check(codeOnPhone())).outputs[0]?.[0]?.json).toEqual({
			valid: false,
			message: 'OTP Code is Invalid',
		});
	});

	it('is not kept with a run that failed after it, either', async () => {
		bench.sandbox.control.fault({
			kind: 'status',
			status: 200,
			body: { code: '405', message: 'Wrong Required Parameter' },
			skip: 1,
		});
		const result = await bench.run(send(), { items: [{ json: {} }, { json: {} }] });
		expect(result.status).toBe('error');
		expect(codeOnPhone()).toMatch(/^\d{6}$/);
		expect(JSON.stringify(result.run)).not.toContain(codeOnPhone());
	});

	it('is there when it is wanted', async () => {
		const result = await bench.run(send({ options: { includeOtpCode: true } }));
		expect(result.outputs[0]?.[0]?.json.otp_code).toBe(codeOnPhone());
	});

	it('that begins with a zero, or is a number, is checked as it was typed', async () => {
		bench.sandbox.control.fault({ kind: 'bodyError', code: 400, message: 'OTP Code is Invalid', times: 2 });
		await check('012345');
		await check(123456);
		expect(bench.sandbox.control.requests().map(({ body }) => (body as IDataObject).otp_code)).toEqual([
			'012345',
			'123456',
		]);
	});

	it('that has run out is not valid', async () => {
		await bench.run(send({ lifetime: 1 }));
		await new Promise((resolve) => setTimeout(resolve, 1100));
		expect((await check(codeOnPhone())).outputs[0]?.[0]?.json).toEqual({
			valid: false,
			message: 'OTP Code is Expired',
		});
	});
});

it.each([
	[400, 'OTP Code is Invalid'],
	[404, 'OTP Code not found'],
	[400, 'Wrong OTP'],
	[405, 'The code has expired'],
	[400, 'Kode OTP salah'],
	[400, 'Kode sudah kedaluwarsa'],
])('a refusal with %d "%s" is about the code: not valid', async (code, message) => {
	bench.sandbox.control.fault({ kind: 'bodyError', code, message });
	expect((await check('191432')).outputs[0]?.[0]?.json).toEqual({ valid: false, message });
});

describe('the code is in no error', () => {
	const CODE = '191432';
	const answers: Array<[string, FaultSpec]> = [
		[
			'a refusal that carries it',
			{ kind: 'status', status: 200, body: { code: '405', message: 'Wrong Required Parameter', otp_code: CODE } },
		],
		[
			'half an answer',
			{ kind: 'status', status: 200, body: `{"code":"200","message":"delivering","otp_code":"${CODE}","req` },
		],
		['an answer of another form', { kind: 'status', status: 200, body: { result: 'sent', otp_code: CODE } }],
		['a server error', { kind: 'status', status: 500, body: { code: '500', message: 'Error', otp_code: CODE } }],
	];
	it.each(answers)('of sending: %s', async (_name, fault) => {
		bench.sandbox.control.fault(fault);
		const result = await bench.run(send());
		expect(result.status).toBe('error');
		expect(JSON.stringify([result.run, result.messages])).not.toContain(CODE);
	});

	it.each<[string, FaultSpec]>([
		['a refusal that repeats it', { kind: 'bodyError', code: 403, message: `Invalid API Key for ${CODE}` }],
		[
			'a server error that repeats it',
			{ kind: 'status', status: 500, body: { code: '500', message: `cannot look up ${CODE}` }, times: Infinity },
		],
	])('of checking: %s', async (_name, fault) => {
		bench.sandbox.control.fault(fault);
		const result = await bench.run(
			{ resource: 'otp', operation: 'validate', otpCode: '={{ $json.typed }}' },
			{ items: [{ json: { typed: CODE } }] },
		);
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('***');
		expect(JSON.stringify({ ...result.error, message: result.error?.message })).not.toContain(CODE);
	});
});

describe('what is no answer to "is it valid?" is a failure, not a no', () => {
	it.each<[string, FaultSpec]>([
		['a wrong key', { kind: 'bodyError', code: 403, message: 'Invalid API Key' }],
		['a time-out', { kind: 'bodyError', code: 408, message: 'The server is busy', times: Infinity }],
		['a wrong number', { kind: 'bodyError', code: 404, message: 'Invalid Number ID' }],
		['a wrong request', { kind: 'bodyError', code: 405, message: 'Invalid Request' }],
		['a wrong parameter', { kind: 'bodyError', code: 405, message: 'Wrong Required Parameter: otp_code' }],
		['a bad request', { kind: 'bodyError', code: 400, message: 'Bad Request' }],
		['a refusal without words', { kind: 'bodyError', code: 400, message: '' }],
		['an expired package', { kind: 'bodyError', code: 400, message: 'Your package has expired' }],
		['a limit', { kind: 'bodyError', code: 400, message: 'Bad Request / Reached of Rate-Limited' }],
		['a page', { kind: 'html', times: Infinity }],
		['a server error', { kind: 'status', status: 502, times: Infinity }],
		['a lost connection', { kind: 'dropBefore', times: Infinity }],
	])('%s', async (_name, fault) => {
		bench.sandbox.control.fault(fault);
		expect((await check('191432')).status).toBe('error');
	});

	it('nor is another API', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 200, body: { ok: false }, times: Infinity });
		expect((await check('191432')).status).toBe('error');
	});
});
