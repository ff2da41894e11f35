import type { FastifyInstance } from 'fastify';
import type { SandboxControl } from './control';
import { controlIndex } from './controlIndex';
import { inputs, read, toChaosSpec, toFaultSpec, toTarget } from './controlInput';
import { mask } from './mask';
import { isPlain } from '../merge';
import { GROUPS } from '../play/kinds';
import { optionsOf } from '../play/options';
import type { MountedProvider } from '../http/pipeline';
import { addPhoneApi, type PhoneApiParts } from '../phone/api';
import { localOnly } from '../phone/guard';
import { isProviderName, type ProviderName } from '../providers';
import { ControlError } from '../types';
import { named } from '../http/named';

interface ControlApiParts {
	control: SandboxControl;
	providers: ReadonlyMap<string, MountedProvider>;
	baseUrl: (provider: ProviderName) => string;
	phone: PhoneApiParts;
}

/** Offers the control over HTTP under `/control`, with JSON in and out, to this machine only. */
export function addControlApi(app: FastifyInstance, parts: ControlApiParts): void {
	app.register(
		named('control', async (api: FastifyInstance) => {
			api.addHook('onRequest', localOnly);
			// Whatever the content type says: a person with curl forgets it, and nothing else than JSON is meant here.
			api.removeAllContentTypeParsers();
			api.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) =>
				parse(body),
			);
			api.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
				const status = error instanceof ControlError ? 400 : (error.statusCode ?? 500);
				return reply.code(status).send({ error: error.message });
			});
			api.setNotFoundHandler(
				async (request, reply) =>
					await reply.code(404).send({
						error: `There is no control call ${request.method} ${request.url}. GET /control lists them.`,
					}),
			);
			addCommonCalls(api, parts);
			addProviderCalls(api, parts);
			addPhoneApi(api, parts.phone);
		}),
		{ prefix: '/control' },
	);
}

function addCommonCalls(api: FastifyInstance, { control, providers, baseUrl, phone }: ControlApiParts): void {
	const secrets = secretsOf(providers);

	api.get(
		'/',
		async (request, reply) =>
			await reply
				.type('text/plain; charset=utf-8')
				.send(controlIndex(`http://${request.host}`, firstDevice(phone))),
	);
	api.get('/providers', async () =>
		[...providers].map(([name, { definition, instance }]) => ({
			name,
			baseUrl: isProviderName(name) ? baseUrl(name) : undefined,
			credential: definition.credential,
			devices: instance.devices(),
			events: definition.events,
			actions: Object.keys(instance.actions ?? {}),
			webhook: instance.webhook(),
		})),
	);
	api.get('/messages', async (request) => {
		const { provider } = read(inputs.messageFilter, request.query);
		return mask(control.messages(provider === undefined ? undefined : known(provider)), secrets);
	});
	api.get('/requests', async (request) =>
		mask(control.requests(toTarget(read(inputs.requestFilter, request.query))), secrets),
	);
	api.get('/connections', async () => control.connections());
	api.post('/reset', async () => {
		control.reset();
		return { reset: true };
	});

	api.get('/faults', async () => control.faults());
	api.post('/faults', async (request) => ({ id: control.fault(toFaultSpec(read(inputs.fault, request.body))).id }));
	api.post('/chaos', async (request) => ({ id: control.chaos(toChaosSpec(read(inputs.chaos, request.body))).id }));
	api.delete('/faults', async () => {
		control.clearFaults();
		return { removed: 'all' };
	});
	api.delete('/faults/:id', async (request) => {
		const id = Number(parameter(request.params, 'id'));
		control.clearFaults(id);
		return { removed: id };
	});

	api.post('/idle-timeout', async (request) => {
		const { ms, announce } = read(inputs.idleTimeout, request.body);
		control.setIdleTimeout(ms, announce === undefined ? {} : { announce });
		return { ms, announce: announce ?? true };
	});
	api.post('/media', async (request) => {
		const { size, mimeType } = read(inputs.media, request.body);
		return control.addMedia({ size }, mimeType);
	});
	api.post('/media/fault', async (request) => {
		const { fault, file } = read(inputs.mediaFault, request.body);
		control.setMediaFault(fault, file);
		return { fault, file: file ?? 'all' };
	});
	api.get('/media/downloads', async () => control.downloads());
}

/** What the calls that show requests hide. */
function secretsOf(providers: ControlApiParts['providers']): ReadonlySet<string> {
	return new Set([...providers.values()].flatMap(({ definition }) => definition.secretNames));
}

function addProviderCalls(api: FastifyInstance, { control, providers }: ControlApiParts): void {
	const secrets = secretsOf(providers);

	api.get('/:provider/incoming', async (request) => {
		const { kinds, wrappers = [], eventNames = [], options } = control.playable(provider(request.params));
		const groups = GROUPS.map((group) => ({
			group,
			kinds: kinds.filter((kind) => kind.group === group).map(shown),
		}));
		return { groups, wrappers: wrappers.map(shown), eventNames, options: optionsOf(options) };
	});
	api.post('/:provider/incoming', async (request) => {
		if (isPlain(request.body) && 'kind' in request.body) {
			const { kind, ...rest } = read(inputs.play, request.body);
			return await control.play(provider(request.params), kind, rest);
		}
		const { event, ...options } = read(inputs.incoming, request.body);
		// The control itself refuses an event the provider does not have.
		return await control.incoming(
			provider(request.params),
			event as Parameters<SandboxControl['incoming']>[1],
			options,
		);
	});
	api.post('/:provider/deliver', async (request) => {
		const { url, slot, body, headers } = read(inputs.deliver, request.body);
		const name = provider(request.params);
		return await control.deliverRaw(
			url ?? { provider: name, ...(slot === undefined ? {} : { slot }) },
			body,
			headers,
		);
	});
	api.get('/:provider/webhook', async (request) => ({
		url: control.webhook(provider(request.params), slotOf(request.query)),
	}));
	api.post('/:provider/webhook', async (request) => {
		const { url, slot } = read(inputs.webhook, request.body);
		control.setWebhook(provider(request.params), url, slot);
		return { url };
	});
	api.get('/:provider/scheduled', async (request) => control.scheduled(provider(request.params)));
	api.post('/:provider/settings', async (request) => {
		const settings = read(inputs.settings, request.body);
		control.configure(provider(request.params), settings);
		return { settings };
	});
	api.post('/:provider/actions/:action', async (request) => {
		const result = await control.action(
			provider(request.params),
			parameter(request.params, 'action'),
			request.body,
		);
		return mask(result ?? {}, secrets);
	});
	api.post('/:provider/rate-limit', async (request) => {
		const limit = read(inputs.rateLimit, request.body);
		control.setRateLimit(provider(request.params), limit);
		return { rateLimit: limit };
	});
	api.get('/:provider/devices', async (request) => control.devices(provider(request.params)));
	api.post('/:provider/devices/:device/status', async (request) => {
		const name = provider(request.params);
		control.setDeviceStatus(
			name,
			parameter(request.params, 'device'),
			read(inputs.deviceStatus, request.body).status,
		);
		return control.devices(name);
	});
}

function parse(body: string): unknown {
	// A call without a body, as `curl -X POST …/reset` makes it.
	if (body.trim() === '') return undefined;
	try {
		return JSON.parse(body) as unknown;
	} catch (error) {
		throw new ControlError(`The body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function known(name: string): ProviderName {
	if (isProviderName(name)) return name;
	throw new ControlError(`The sandbox has no provider "${name}".`);
}

function provider(params: unknown): ProviderName {
	return known(parameter(params, 'provider'));
}

function parameter(params: unknown, name: string): string {
	return isPlain(params) ? String(params[name]) : '';
}

function slotOf(query: unknown): string | undefined {
	return isPlain(query) && typeof query['slot'] === 'string' ? query['slot'] : undefined;
}

function shown({ name, says }: { name: string; says: string }): { name: string; says: string } {
	return { name, says };
}

/** For the examples. */
function firstDevice({ phone }: PhoneApiParts): { provider: string; id: string } {
	return phone.accounts()[0] ?? { provider: '', id: '' };
}
