import { balesOtomatisAccount } from '../../../../sandbox';
import { matching } from '../../../sandbox/client';
import { DELIVERING, no, pair, text, useCalls } from './calls';

const { numbers, groups } = balesOtomatisAccount;
const { sandbox, call } = useCalls();

describe('sending', () => {
	it.each([
		['812… with 62', pair],
		['62812… with 62', { phone_no: '6281200000001', country_code: '62' }],
		['0812… with 62', { phone_no: '081200000001', country_code: '62' }],
	])('takes %s', async (_name, number) => {
		expect((await call('/send_personal_message', { ...text, ...number })).json).toEqual(DELIVERING);
		expect(sandbox().control.messages()).toMatchObject([
			{
				recipient: '6281200000001',
				recipientType: 'person',
				kind: 'text',
				text: 'Hello',
				device: numbers.connected,
			},
		]);
	});

	it('sends images and files, to people and groups', async () => {
		const url = 'https://example.com/a.png';
		const group = { ...text, phone_no: undefined, country_code: undefined, group_id: groups.first };
		await call('/send_personal_message', { ...text, image_url: url, send_as_caption: '0' });
		await call('/send_personal_file', { ...text, file_url: url, message: '' });
		await call('/send_group_message', { ...group, image_url: url, send_as_caption: '1' });
		await call('/send_group_file', { ...group, file_url: url });
		expect(
			sandbox()
				.control.messages()
				.map(({ kind, recipientType, url: sent }) => [kind, recipientType, sent]),
		).toEqual([
			['image', 'person', url],
			['file', 'person', url],
			['image', 'group', url],
			['file', 'group', url],
		]);
	});

	it('refuses a group whose admin the number is not, and an unknown one', async () => {
		const send = async (group_id: string): Promise<unknown> =>
			(await call('/send_group_message', { ...text, group_id })).json;
		expect(await send(groups.notAdmin)).toEqual(no('400', matching(/must be a group admin/)));
		expect(await send(`${groups.first}@g.us`)).toEqual(no('405', matching(/group_id$/)));
	});
});

describe('OTP', () => {
	const order = {
		number_id: numbers.connected,
		...pair,
		customer_name: 'Sari',
		service_name: 'Login',
		company_name: 'Toko',
		lifetime: '60',
	};
	const send = async (lifetime = '60'): Promise<string> =>
		((await call('/send_otp', { ...order, lifetime })).json as { otp_code: string }).otp_code;
	const check = async (otp_code: string): Promise<unknown> => (await call('/validate_otp', { otp_code })).json;

	it('gives a code, sends it, and takes it once', async () => {
		const code = await send();
		expect(code).toMatch(/^\d{6}$/);
		expect(sandbox().control.messages()).toMatchObject([{ kind: 'otp', text: matching(new RegExp(code)) }]);
		expect(await check(code)).toEqual({ code: '200', message: 'OTP Code is Valid' });
		expect(await check(code)).toEqual(no('400', 'OTP Code is Invalid'));
	});

	it('lets it expire', async () => {
		expect(await check(await send('0'))).toEqual(no('400', 'OTP Code is Expired'));
	});
});
