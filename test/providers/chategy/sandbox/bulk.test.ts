import { anyString } from '../../../sandbox/client';
import { OK, PHONE, refused, useCalls } from './calls';

const { sandbox, client } = useCalls();

describe('bulk delivery', () => {
	it('sends one text to many, and gives no ids', async () => {
		const { json } = await client('POST', '/bulk_delivery', {
			text: 'Hi',
			phones_numbers: [PHONE, '+995 598 464 534'],
			usernames: ['@ann'],
			dispatch_routing: ['tdlib', 'sms'],
			utm_mark: 'spring',
		});
		expect(json).toEqual({
			bulk_delivery: {
				dispatch_routing: ['tdlib', 'sms'],
				phones_numbers: [PHONE, '995598464534'],
				scheduled_at: null,
				sender_name: 'CHATEGY.IO',
				state: 2,
				text: 'Hi',
				url_shorting: false,
				utm_mark: 'spring',
			},
			meta: OK,
		});
		expect(
			sandbox()
				.control.messages()
				.map(({ recipient }) => recipient),
		).toEqual([PHONE, '995598464534', '@ann']);
		expect((await client('GET', '/utm_mark')).json).toEqual({ meta: OK, utm_marks: ['spring'] });
	});

	it.each<[Record<string, unknown>, unknown]>([
		[{ phones_numbers: [PHONE] }, { text: ['the text cannot be empty'] }],
		[{ text: 'Hi' }, { phones_numbers: ['phones_numbers cannot be empty'] }],
		[{ text: 'Hi', phones_numbers: [PHONE, '12'] }, { phones_numbers: ['12 invalid'] }],
		[{ text: 'Hi', usernames: ['ann'] }, { dispatch_routing: [anyString] }],
	])('refuses %j', async (fields, errors) => {
		expect((await client('POST', '/bulk_delivery', fields)).json).toEqual(refused(errors));
	});
});
