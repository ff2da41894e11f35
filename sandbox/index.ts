import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Connections } from './http/connections';
import { DEFAULT_IDLE_TIMEOUT_MS, SandboxControl } from './control/control';
import { addControlApi } from './control/controlApi';
import { deliver } from './http/delivery';
import { Faults } from './http/faults';
import { addFileServer } from './http/files';
import { MediaStore } from './media';
import { type MountedProvider, mountProvider } from './http/pipeline';
import { addModel, MODEL_PATH } from './model';
import { Journal } from './phone/journal';
import { addPhonePage } from './phone/page';
import { Phone } from './phone/phone';
import { type ProviderName, providers } from './providers';
import { RateLimiter } from './http/rateLimit';
import type { ProviderDefinition, RequestRecord, SentMessage } from './types';

export type { ConnectionCounts } from './http/connections';
export { type IncomingOptions, type PlayRequest, SandboxControl } from './control/control';
export type { ChaosSpec, FaultAction, FaultHandle, FaultInfo, FaultKind, FaultSpec, FaultTarget } from './http/faults';
export type { Download, MediaContent, MediaFault, MediaHandle, WhatsAppFile } from './media';
export { GROUPS, type Group, type Kind } from './play/kinds';
export type { PlayOption, PlayOptions } from './play/options';
export { type EventOf, type ProviderName, providers } from './providers';
export { balesOtomatisAccount } from './providers/balesotomatis/seed';
export { chataloAccount } from './providers/chatalo/seed';
export { chategyAccount } from './providers/chategy/seed';
export { wapioAccount } from './providers/wapio/seed';
export { whacenterAccount } from './providers/whacenter/seed';
export { ControlError } from './types';
export type {
	Answered,
	ControlAction,
	Delivery,
	DeviceInfo,
	IncomingResult,
	Playable,
	PlayResult,
	ProviderDefinition,
	RateLimit,
	RequestRecord,
	ScheduledMessage,
	SentMessage,
} from './types';

export interface SandboxOptions {
	/** Default 0: the system chooses. */
	port?: number;
	/** Default 127.0.0.1. The control API answers to this machine only, whatever this is. */
	host?: string;
}

/** What to type into one credential. */
export interface CredentialValues {
	/** Its type in n8n. */
	type: string;
	/** By the labels of the fields. */
	values: Record<string, string>;
}

/** A running sandbox. */
export interface Sandbox {
	/** Without a slash at the end, as in `http://127.0.0.1:54321`. */
	url: string;
	/** What a user puts in the provider's credential. */
	baseUrl(provider: ProviderName): string;
	/** What a user types into each of the provider's credentials, by the labels of their fields. */
	credentials(provider: ProviderName): CredentialValues[];
	/** The base URL of the simulated language model, for an OpenAI credential. */
	modelUrl: string;
	/** What arrived, events, faults. `${url}/control` offers the same over HTTP. */
	control: SandboxControl;
	/** Ends every connection and timer immediately. */
	close(): Promise<void>;
}

/** Starts a server that plays the gateway providers, and resolves once it listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const host = options.host ?? '127.0.0.1';
	const app = Fastify({
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		keepAliveTimeout: DEFAULT_IDLE_TIMEOUT_MS,
		routerOptions: { maxParamLength: 500 },
	});
	// Some providers document bodies on GET requests, and accept them.
	app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
	await app.register(websocket);
	const connections = new Connections(app.server);
	const closing = new AbortController();
	setMaxListeners(0, closing.signal); // one for each request that waits
	const faults = new Faults();
	const sent: SentMessage[] = [];
	const requested: RequestRecord[] = [];
	const mounted = new Map<string, MountedProvider>();
	let url = '';
	const media = new MediaStore(() => url);

	const journal = new Journal((provider) => mounted.get(provider)?.instance.devices() ?? []);
	// However a request ends: the log on the phone shows it.
	app.addHook('onRequest', async (_request, reply) => {
		reply.raw.once('close', () => journal.changed());
	});

	const definitions: Record<ProviderName, ProviderDefinition> = providers;
	for (const [name, definition] of Object.entries(definitions)) {
		const instance = definition.create({
			origin: () => url,
			media,
			accept(message) {
				const one = { provider: name, sequence: sent.length + 1, ...message, acceptedAt: Date.now() };
				sent.push(one);
				journal.accepted(one);
			},
			revise(id, revision) {
				const message = sent.findLast((one) => one.provider === name && one.id === id);
				if (message !== undefined) journal.revise(message, revision);
			},
			showPresence(device, recipient, presence) {
				void journal.show({ provider: name, device, recipient, presence }, (ms) => waitFor(ms, closing.signal));
			},
			post: (webhook, attempt) =>
				journal.follow(name, webhook, attempt, (headers) =>
					deliver(webhook.url, webhook.body, headers, closing.signal),
				),
			wait: (ms, signal) =>
				waitFor(ms, signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal])),
			isClosing: () => closing.signal.aborted,
		});
		const provider = { definition, instance, limiter: new RateLimiter(definition.rateLimit) };
		mounted.set(name, provider);
		mountProvider(app, name, provider, {
			faults,
			connections,
			log: (record) => void requested.push(record),
			wait: (ms) => waitFor(ms, closing.signal),
		});
	}

	addFileServer(app, {
		media,
		wait: (ms) => waitFor(ms, closing.signal),
		isClosing: () => closing.signal.aborted,
	});

	const control = new SandboxControl({
		providers: mounted,
		media,
		faults,
		connections,
		sent,
		requested,
		journal,
		closing: closing.signal,
	});
	const phone = new Phone({
		control,
		journal,
		media,
		sent,
		qrCode: (provider, device) => mounted.get(provider)?.instance.qrCode?.(device) ?? null,
	});
	const baseUrl = (provider: ProviderName): string => `${url}/${provider}${definitions[provider].basePath}`;
	addControlApi(app, {
		control,
		providers: mounted,
		baseUrl,
		phone: { phone, journal, definitions: Object.values(definitions), requested, closing: closing.signal },
	});
	addPhonePage(app);
	addModel(app);

	await app.listen({ port: options.port ?? 0, host });
	const { port } = app.server.address() as AddressInfo;
	// "All addresses" cannot be called.
	const callable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
	url = `http://${callable.includes(':') ? `[${callable}]` : callable}:${port}`;

	return {
		url,
		baseUrl,
		modelUrl: `${url}${MODEL_PATH}`,
		credentials: (provider) => credentialsOf(provider, definitions[provider], baseUrl(provider)),
		control,
		async close() {
			closing.abort();
			connections.destroyAll();
			await app.close();
		},
	};
}

function credentialsOf(provider: ProviderName, definition: ProviderDefinition, baseUrl: string): CredentialValues[] {
	const webSockets = Object.entries(definition.webSockets ?? {}).map(
		([label, path]) => [label, `${baseUrl.replace(/^http/, 'ws')}${path}`] as const,
	);
	const others = Object.entries(definition.otherCredentials ?? {});
	return [
		{
			type: `${provider}Api`,
			values: { 'Base URL': baseUrl, ...definition.credential, ...Object.fromEntries(webSockets) },
		},
		...others.map(([type, values]) => ({ type, values: { 'Base URL': baseUrl, ...values } })),
	];
}

/** Resolves after the time, or immediately when the signal is aborted: nobody is waiting then. */
function waitFor(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) {
			resolve();
			return;
		}
		const end = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener('abort', end);
	});
}
