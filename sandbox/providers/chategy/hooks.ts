import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Parameters, Problems } from './fields';
import { type ChategyState, type Hook, idOf, notFound, SUCCESS } from './state';

/** What a webhook can subscribe to: five are the API reference's, the others those of the platform's other white labels. */
export const HOOK_TYPES = [
	'whatsapp_log_out',
	'whatsapp_log_in',
	'whatsapp_incoming_msg',
	'tdlib_incoming_msg',
	'whatsapp_status_msg',
	'whatsapp_call',
	'telegram_bot_incoming_msg',
	'max_incoming_msg',
	'max_bot_incoming_msg',
] as const;

export type HookType = (typeof HOOK_TYPES)[number];

/**
 * The routes of the webhooks, which client and developer have alike: the developer's stand in the API reference, the
 * client's in the platform's own documentation. Several addresses may be registered, also the same one twice (inferred).
 */
export function addHookRoutes(api: FastifyInstance, state: ChategyState, owner: 'client' | 'developer'): void {
	const authorize = (request: FastifyRequest): void => {
		if (owner === 'client') state.client(request);
		else state.developer(request);
	};
	const known = (request: FastifyRequest): Hook => {
		authorize(request);
		const hook = state.hooks[owner].find(({ id }) => id === idOf(request));
		if (hook === undefined) throw notFound();
		return hook;
	};

	api.get('/webhooks', async (request) => {
		authorize(request);
		return { meta: SUCCESS, webhooks: state.hooks[owner].map(shown) };
	});
	api.post('/webhooks', async (request) => {
		authorize(request);
		const { url, types } = readHook(Parameters.of(request), undefined);
		return { meta: SUCCESS, webhook: shown(state.addHook(owner, url, types)) };
	});
	api.get('/webhooks/:id', async (request) => ({ meta: SUCCESS, webhook: shown(known(request)) }));
	api.put('/webhooks/:id', async (request) => {
		const hook = known(request);
		return { meta: SUCCESS, webhook: shown(Object.assign(hook, readHook(Parameters.of(request), undefined))) };
	});
	api.patch('/webhooks/:id', async (request) => {
		const hook = known(request);
		return { meta: SUCCESS, webhook: shown(Object.assign(hook, readHook(Parameters.of(request), hook))) };
	});
	api.delete('/webhooks/:id', async (request) => {
		const hook = known(request);
		state.hooks[owner] = state.hooks[owner].filter((one) => one !== hook);
		return { meta: SUCCESS };
	});
}

/** The words for the types are the API reference's, those for the address are inferred after them. */
function readHook(parameters: Parameters, present: Hook | undefined): Omit<Hook, 'id'> {
	const problems = new Problems();
	const isGiven = (name: string): boolean => present === undefined || parameters.has(name);
	const url = isGiven('url') ? (parameters.text('url') ?? '') : (present?.url ?? '');
	const types = isGiven('types') ? [...new Set(parameters.list('types'))] : (present?.types ?? []);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) problems.add('url', 'url invalid');
	if (types.length === 0 || types.some((type) => !HOOK_TYPES.some((one) => one === type)))
		problems.add('types', 'types invalid');
	problems.throwIfAny();
	return { url, types };
}

function shown({ id, types, url }: Hook): unknown {
	return { id, types, url };
}
