import type { FastifyInstance } from 'fastify';
import { Parameters, phoneDigits, unprocessable } from './fields';
import { chategyAccount, TELEGRAM_STATES } from './seed';
import { type ChategyState, SUCCESS } from './state';

/** By the beginning of a number. Georgia is the API reference's example; the others are made up after it. */
const OPERATORS = [
	{
		prefix: '995',
		operator: { brand_name: 'Georgia', country: 'Georgia', id: 81, name: 'Georgia', slug: 'georgia' },
	},
	{ prefix: '7', operator: { brand_name: 'Russia', country: 'Russia', id: 1, name: 'Russia', slug: 'russia' } },
	{
		prefix: '62',
		operator: { brand_name: 'Indonesia', country: 'Indonesia', id: 62, name: 'Indonesia', slug: 'indonesia' },
	},
];

/** Who a number belongs to; null for numbers the sandbox knows nothing about (inferred). */
export function operatorOf(phone: string): unknown {
	return OPERATORS.find(({ prefix }) => phone.startsWith(prefix))?.operator ?? null;
}

/** What a client sees and does apart from sending, below `/api/v1`: its account, numbers, marks, and MAX's authorization. */
export function addClientRoutes(api: FastifyInstance, state: ChategyState): void {
	api.get('/account', async (request) => {
		const instance = state.client(request);
		return {
			meta: SUCCESS,
			account: {
				token: instance.token,
				total_amount: instance.balance,
				customer_id: instance.customerId,
				dispatch_routing: instance.channels,
				subscription_paid_until: instance.paidUntil,
				sender_names: instance.senderNames,
				tdlib_session: TELEGRAM_STATES.indexOf(instance.telegram),
				whatsapp_session: instance.isWhatsAppAuthorized ? 1 : 0,
				// Not in the API reference's example; the platform's other documentation has it.
				max_session: instance.max,
				subscription_status: instance.isActive ? 'active' : 'inactive',
				subscription_cost: instance.cost,
			},
		};
	});
	// The example's list is empty: that it holds the marks that were used, as texts, is inferred.
	api.get('/utm_mark', async (request) => ({ meta: SUCCESS, utm_marks: state.client(request).utmMarks }));
	api.get('/operators/search', async (request) => {
		state.client(request);
		const phone = readPhone(Parameters.of(request));
		return { formatted_phone: `+${phone}`, meta: SUCCESS, operator: operatorOf(phone) };
	});

	api.post('/max/send_phone', async (request) => {
		const instance = state.client(request);
		readPhone(Parameters.of(request));
		instance.max = 1;
		return { meta: SUCCESS };
	});
	api.post('/max/send_code', async (request) => {
		const instance = state.client(request);
		const code = Parameters.of(request).text('code');
		if (code === undefined) throw unprocessable({ code: ["code can't be blank"] });
		// That an unexpected code counts as a wrong one is inferred.
		if (instance.max !== 1 || code !== chategyAccount.max.code) {
			throw unprocessable({ confirmation_code: ['confirmation code invalid'] });
		}
		instance.max = 2;
		return { meta: SUCCESS };
	});
	api.post('/max/close_session', async (request) => {
		const instance = state.client(request);
		if (instance.max === 0) throw unprocessable({ max_session_closer: ['max_session_closer session_not_found'] });
		instance.max = 0;
		return { meta: SUCCESS };
	});
}

/** The words are those of MAX's phone number (API reference); that the others' are the same is inferred. */
function readPhone(parameters: Parameters): string {
	const written = parameters.text('phone');
	if (written === undefined) throw unprocessable({ phone: ["Phone number can't be blank"] });
	const phone = phoneDigits(written);
	if (phone === undefined) throw unprocessable({ phone: ['Phone number has invalid format'] });
	return phone;
}
