import { DELIVERY_STATUSES, meaningOf } from '../../../../nodes/Chategy/api/deliveryStatuses';

/** The API reference's List of service statuses: ID, short description and type of every row. */
const LIST = `
0 telecommunication_company_error final
1 enroute intermediate
2 delivered final
3 expired final
4 deleted final
5 undeliverable final
6 accepted intermediate
7 unknown final
8 rejected final
9 internal_server_error final
10 unhandled_error final
11 incorrect_number final
12 forbidden final
13 not_enough_money final
14 waiting_for_sending intermediate
15 in_progress intermediate
16 read final
17 too_many_requests final
18 cancelled final
20 smpp_queue_expired final
21 moderating intermediate
22 moderation_declined final
25 external_restriction final
26 length_restriction final
27 kazakhstan_restriction final
28 operator_restriction final
31 payment_transaction_error final
32 subscription_expired final
33 incorrect_delivery_params final
34 foreign_delivery_restricted final
35 rate_limit_error final
36 blocked_by_subscription_expired final
37 daily_limit_error final
44 whatsapp_unregistered_number final
45 whatsapp_session_doesnt_exist final
46 smsc_dos_error intermediate
47 smsc_not_enough_money final
48 smsc_unavailable_number final
49 aggregate_forbidden final
50 tdlib_not_authorized final
51 customer_settings_delivery_time_restriction_cancel final
69 smpp_connection_error final
88 smpp_sending_limit_error final
257 smpp_transmitter_not_allowed_region final
555 blacklisted_number_error final
1281 source_addr_forbidden final
1282 smpp_num_blacklisted final
1283 template_violation final
1284 smpp_msg_blacklisted final
1285 smpp_not_enough_money final
1286 smpp_foreign_delivery_restricted final
1287 smpp_down_msisdn final
1288 smpp_megafon_wrong_provider final
1293 smpp_beeline_wrong_provider final
1299 smpp_beeline_partner_blocked final
2291 smpp_anti_spam_block final
`;

/** Named in the provider's newer documentation only. */
const NEWER = [38, 52, 53, 56, 57, 58];

const rows = LIST.trim()
	.split('\n')
	.map((row) => {
		const [id = '', name = '', type = ''] = row.split(' ');
		return { id: Number(id), name, final: type === 'final' };
	});

describe('the statuses of a delivery', () => {
	it('are all of the API reference and the newer ones, each once', () => {
		const wanted = [...rows.map(({ id }) => id), ...NEWER].sort((one, other) => one - other);
		expect(DELIVERY_STATUSES.map(({ id }) => id).sort((one, other) => one - other)).toEqual(wanted);
	});

	it.each(rows)('$id is $name', (row) => {
		expect(DELIVERY_STATUSES.find(({ id }) => id === row.id)).toMatchObject(row);
	});

	it('have an explanation, and only "delivered" and "read" have arrived', () => {
		for (const { id, final, delivered, explanation } of DELIVERY_STATUSES) {
			expect(explanation).not.toBe('');
			expect(delivered).toBe(final ? id === 2 || id === 16 : null);
		}
	});

	it.each([
		[2, { name: 'delivered', final: true, delivered: true }],
		['16', { name: 'read', final: true, delivered: true }],
		[6, { name: 'accepted', final: false, delivered: null }],
		[44, { name: 'whatsapp_unregistered_number', final: true, delivered: false }],
		[0, { name: 'telecommunication_company_error', final: true, delivered: false }],
		[999, { name: null, final: null, delivered: null }],
		['', { name: null, final: null, delivered: null }],
		[null, { name: null, final: null, delivered: null }],
	])('%j means %j', (id, meaning) => {
		expect(meaningOf(id)).toEqual(meaning);
	});
});
