import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../types';
import { type FieldErrors, Parameters, phoneDigits, unprocessable, type UnprocessableDetail } from './fields';
import { chategyAccount, type Instance, newInstance, TELEGRAM_STATES } from './seed';
import { type ChategyState, idOf, notFound, SUCCESS } from './state';

/** "Number of records, default 100, can be in the range [1, 100]" (API reference). */
const MAX_PER_PAGE = 100;

/** The routes of the instances below `/developer/v1`. */
export function addInstanceRoutes(api: FastifyInstance, state: ChategyState): void {
	const known = (request: FastifyRequest): Instance => {
		state.developer(request);
		const instance = state.instances.find(({ id }) => id === idOf(request));
		if (instance === undefined) throw notFound();
		return instance;
	};

	// The API reference writes one of the two with a slash at the end.
	for (const url of ['/instances', '/instances/']) {
		api.get(url, async (request) => {
			state.developer(request);
			return list(state, Parameters.of(request));
		});
	}
	// This one's id is the customer's, all the others' is the instance's (API reference).
	api.get('/instances/:id', async (request) => {
		state.developer(request);
		const instance = state.instances.find(({ customerId }) => customerId === idOf(request));
		if (instance === undefined) throw notFound();
		return { meta: SUCCESS, instance: shown(instance) };
	});
	api.put('/instances/:id', async (request) => {
		const instance = known(request);
		const parameters = Parameters.of(request);
		const renew = parameters.flag('renew_subscription');
		const errors = checkIdentity(parameters, state, instance);
		if (renew === undefined) errors['renew_subscription'] = ["renew_subscription can't be blank"];
		if (Object.keys(errors).length > 0) throw unprocessable(errors);
		const channels = parameters.channels();
		Object.assign(instance, {
			renewSubscription: renew,
			externalId: parameters.text('external_id') ?? instance.externalId,
			email: parameters.text('email') ?? instance.email,
			phone: phoneDigits(parameters.text('phone') ?? '') ?? instance.phone,
			channels: channels.length > 0 ? channels : instance.channels,
		});
		return {
			instance: {
				customer_id: instance.customerId,
				id: instance.id,
				renew_subscription: instance.renewSubscription,
			},
			meta: SUCCESS,
		};
	});
	api.post('/instances/:id/renew_subscription', async (request) => {
		const instance = known(request);
		if (Number(instance.balance) < Number(instance.cost)) throw unprocessable({ base: ['not enough money'] }, 1);
		instance.balance = (Number(instance.balance) - Number(instance.cost)).toFixed(2);
		instance.isActive = true;
		instance.paidUntil = monthAfter(instance.paidUntil);
		return { instance: { id: instance.id, subscription_paid_until: instance.paidUntil }, meta: SUCCESS };
	});
	api.delete('/instances/:id/delete_container_session', async (request) => {
		known(request).isWhatsAppAuthorized = false;
		return { meta: SUCCESS };
	});
}

/** Creates an instance, at a separate path. The answer is the only one that shows the idempotency key (API reference). */
export function addCreateInstanceRoute(api: FastifyInstance, state: ChategyState): void {
	api.post('/api/tmp/instances', async (request) => {
		state.developer(request);
		const parameters = Parameters.of(request).object('instance');
		const errors = checkIdentity(parameters, state, undefined);
		// Other words than everywhere else: a small letter, and no status_id (API reference).
		if (Object.keys(errors).length > 0)
			throw new Refusal(422, 'Unprocessable entity', { errors } satisfies Partial<UnprocessableDetail>);
		const channels = parameters.channels();
		const last = Math.max(...state.instances.map(({ id }) => id));
		const instance = newInstance({
			id: last + 1,
			customerId: Math.max(...state.instances.map(({ customerId }) => customerId)) + 1,
			email: parameters.text('email') ?? '',
			phone: phoneDigits(parameters.text('phone') ?? '') ?? '',
			externalId: parameters.text('external_id') ?? null,
			renewSubscription: parameters.flag('renew_subscription') ?? true,
			...(channels.length > 0 ? { channels } : {}),
		});
		state.instances.push(instance);
		return {
			instance: {
				id: instance.id,
				customer_id: instance.customerId,
				token: instance.token,
				idempotency_key: instance.idempotencyKey,
				renew_subscription: instance.renewSubscription,
				external_id: instance.externalId,
			},
			meta: { status: 'success', code: 200 },
		};
	});
}

/**
 * What is wrong with who an instance is. "already exists" and the password's rules are the API reference's, the other words
 * are inferred. For a new instance e-mail and phone must be there.
 */
function checkIdentity(parameters: Parameters, state: ChategyState, present: Instance | undefined): FieldErrors {
	const errors: FieldErrors = {};
	const others = state.instances.filter((one) => one !== present);
	const email = parameters.text('email');
	if (email === undefined ? present === undefined : !/^[^@\s]+@[^@\s]+$/.test(email))
		errors['email'] = ['email invalid'];
	else if (others.some((one) => one.email === email)) errors['email'] = ['already exists'];
	const written = parameters.text('phone');
	const phone = phoneDigits(written ?? '');
	if (written === undefined ? present === undefined : phone === undefined) errors['phone'] = ['phone invalid'];
	else if (others.some((one) => one.phone === phone)) errors['phone'] = ['already exists'];
	const password = parameters.text('password');
	if (password !== undefined && !(password.length >= 7 && /\p{L}/u.test(password) && /\d/.test(password)))
		errors['password'] = ['password invalid'];
	return errors;
}

/** "Number of filtered instances, excluding pagination" is `total_count`. That an unknown id is 404 is the API reference's. */
function list(state: ChategyState, parameters: Parameters): unknown {
	const externalId = parameters.text('external_id');
	const found = state.instances.filter((one) => externalId === undefined || one.externalId === externalId);
	if (found.length === 0) throw notFound();
	const page = wholeNumber(parameters.text('page'), 1);
	const perPage = Math.min(wholeNumber(parameters.text('per_page'), MAX_PER_PAGE), MAX_PER_PAGE);
	return {
		meta: { ...SUCCESS, page, total_count: found.length, per_page: perPage },
		instances: found.slice((page - 1) * perPage, page * perPage).map(shown),
	};
}

function shown(instance: Instance): unknown {
	return {
		id: instance.id,
		token: instance.token,
		external_id: instance.externalId,
		customer_id: instance.customerId,
		subscription_paid_until: instance.paidUntil,
		renew_subscription: instance.renewSubscription,
		tdlib_session: TELEGRAM_STATES.indexOf(instance.telegram),
		whatsapp_session: instance.isWhatsAppAuthorized ? 1 : 0,
		whatsapp_queue_size: 0,
		whatsapp_queue_limit: 1000,
		whatsapp_phone: instance.isWhatsAppAuthorized ? chategyAccount.ownPhone : null,
		subscription_status: instance.isActive ? 'active' : 'inactive',
		subscription_cost: instance.cost,
	};
}

/** A number from 1; anything else is as if it were not there (inferred). */
function wholeNumber(text: string | undefined, standard: number): number {
	return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : standard;
}

function monthAfter(date: string): string {
	const next = new Date(`${date}T00:00:00Z`);
	next.setUTCMonth(next.getUTCMonth() + 1);
	return next.toISOString().slice(0, 10);
}
