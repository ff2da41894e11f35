import { balesOtomatisAccount } from '../../../../sandbox';
import { type Answer, controlCall, matching } from '../../../sandbox/client';
import { no, pair, text, useCalls } from './calls';

const { apiKey, licenseKey, numbers, notOnWhatsApp } = balesOtomatisAccount;
const { sandbox, call, business } = useCalls();

describe('refusals', () => {
	it.each<[string, () => Promise<Answer>, unknown]>([
		['a wrong key', async () => await call('/info', {}, { api_key: 'wrong' }), no('403', 'Invalid API Key')],
		[
			'the wrong name of the key',
			async () => await call('/info', {}, { secret_key: apiKey }),
			no('403', 'Invalid API Key'),
		],
		[
			'a wrong key of the Business API',
			async () => await call('/get-template-list', { licenses_key: licenseKey }, { secret_key: 'x' }),
			no('403', 'Invalid API Key'),
		],
		[
			'an unknown licence',
			async () => await business('/get-template-list', { licenses_key: 'WB-x' }),
			no('404', 'Invalid Licenses Key'),
		],
		[
			'an unknown number',
			async () => await call('/send_personal_message', { ...text, number_id: 'BO-x' }),
			no('404', 'Invalid Number ID'),
		],
		[
			'a number that is not connected',
			async () => await call('/send_personal_message', { ...text, number_id: numbers.disconnected }),
			no('400', 'The number is not connected'),
		],
		[
			'no text',
			async () => await call('/send_personal_message', { ...text, message: '' }),
			no('405', matching(/Wrong Required Parameter: message$/)),
		],
		[
			'a wrong parameter',
			async () => await call('/send_personal_message', { ...text, method_send: 'later' }),
			no('405', matching(/method_send$/)),
		],
	])('%s, with HTTP 200', async (_name, send, expected) => {
		const { status, json } = await send();
		expect([status, json]).toEqual([200, expected]);
		expect(sandbox().control.messages()).toEqual([]);
	});

	it('come with their code as status when asked to', async () => {
		await controlCall(sandbox(), 'POST', '/balesOtomatis/settings', { refusalStatus: 'code' });
		const { status, json } = await call('/info', {}, { api_key: 'wrong' });
		expect([status, json]).toEqual([403, no('403', 'Invalid API Key')]);
		expect((await controlCall(sandbox(), 'POST', '/balesOtomatis/settings', { other: 1 })).status).toBe(400);
	});

	it('a limit is code 400', async () => {
		sandbox().control.setRateLimit('balesOtomatis', { limit: 1, windowMs: 60_000 });
		await call('/info', {});
		expect((await call('/info', {})).json).toEqual(no('400', matching(/Rate-Limited/)));
		expect((await call('/info', {}, { api_key: 'another account' })).json).toEqual(no('403', 'Invalid API Key'));
	});

	it('faults come in its form: code 408 with other words, and a web page', async () => {
		sandbox().control.fault({ kind: 'bodyError', code: 408, message: 'The phone is asleep' });
		expect((await call('/info', {})).json).toEqual(no('408', 'The phone is asleep'));
		sandbox().control.fault({ kind: 'html' });
		expect((await call('/info', {})).headers.get('content-type')).toMatch(/^text\/html/);
	});
});

it('reports the account and its numbers', async () => {
	expect((await call('/info', {})).json).toMatchObject({
		code: '200',
		info: {
			timezone: 'Asia/Jakarta',
			devices: [
				{ number_id: numbers.connected, state_connection: 'connected' },
				{ state_connection: 'disconnected' },
			],
		},
	});
});

it('validates numbers', async () => {
	const number_id = numbers.connected;
	expect((await call('/validate_number', { number_id, ...pair })).json).toEqual({
		code: '200',
		message: 'Valid WhatsApp Number',
		type: 'successfully',
	});
	const absent = { phone_no: notOnWhatsApp[0].slice(2), country_code: '62' };
	expect((await call('/validate_number', { number_id, ...absent })).json).toEqual(
		no('400', 'Invalid WhatsApp Number'),
	);
});

it('shows requests with keys and codes masked', async () => {
	await business('/get-template-list', {});
	await call('/validate_otp', { otp_code: '123456' });
	const { text: shown } = await controlCall(sandbox(), 'GET', '/requests');
	for (const secret of [apiKey, licenseKey, '123456']) expect(shown).not.toContain(secret);
});
