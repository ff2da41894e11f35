import { chategyAccount } from '../../../../sandbox';
import { OK, refused, useCalls } from './calls';

const { accessToken } = chategyAccount;
const { client } = useCalls();

describe('account', () => {
	it('shows what the example does', async () => {
		expect((await client('GET', '/account')).json).toMatchObject({
			meta: OK,
			account: {
				token: accessToken,
				customer_id: chategyAccount.customerId,
				sender_names: chategyAccount.senderNames,
				total_amount: '780.70',
				tdlib_session: 3,
				whatsapp_session: 1,
				subscription_status: 'active',
			},
		});
	});

	it('finds an operator', async () => {
		expect((await client('GET', '/operators/search?phone=%2B995%20598-464-533')).json).toEqual({
			formatted_phone: '+995598464533',
			meta: OK,
			operator: { brand_name: 'Georgia', country: 'Georgia', id: 81, name: 'Georgia', slug: 'georgia' },
		});
		expect((await client('GET', '/operators/search')).json).toEqual(
			refused({ phone: ["Phone number can't be blank"] }),
		);
	});

	it('authorizes MAX', async () => {
		expect((await client('POST', '/max/close_session')).json).toEqual(
			refused({ max_session_closer: ['max_session_closer session_not_found'] }),
		);
		expect((await client('POST', '/max/send_phone?phone=12')).json).toEqual(
			refused({ phone: ['Phone number has invalid format'] }),
		);
		expect((await client('POST', '/max/send_phone?phone=79811597745')).json).toEqual({ meta: OK });
		expect((await client('POST', '/max/send_code')).json).toEqual(refused({ code: ["code can't be blank"] }));
		expect((await client('POST', '/max/send_code?code=1')).json).toEqual(
			refused({ confirmation_code: ['confirmation code invalid'] }),
		);
		expect((await client('POST', `/max/send_code?code=${chategyAccount.max.code}`)).json).toEqual({ meta: OK });
		expect((await client('GET', '/account')).json).toMatchObject({ account: { max_session: 2 } });
		expect((await client('POST', '/max/close_session')).json).toEqual({ meta: OK });
	});
});
