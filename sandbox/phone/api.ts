import type { FastifyInstance } from 'fastify';
import { generate, correction } from 'lean-qr';
import { read } from '../control/controlInput';
import { isPlain } from '../merge';
import { isProviderName, type ProviderName } from '../providers';
import { ControlError, type ProviderDefinition, type RequestRecord } from '../types';
import { chatFilter, connected, customer, logFilter, status } from './inputs';
import type { Journal } from './journal';
import { LogView } from './log';
import type { Phone } from './phone';
import { streamChanges } from './stream';

export interface PhoneApiParts {
	phone: Phone;
	journal: Journal;
	definitions: readonly ProviderDefinition[];
	requested: readonly RequestRecord[];
	closing: AbortSignal;
}

/** A picture from a telephone, in base64. */
const MAX_FILE_BODY = 24 * 1024 * 1024;
const DEFAULT_LOG = 100;

/** Adds the calls of the phone to the control API. */
export function addPhoneApi(api: FastifyInstance, parts: PhoneApiParts): void {
	const { phone, journal, definitions, requested, closing } = parts;
	const log = new LogView(
		definitions.flatMap(({ secretNames }) => secretNames),
		definitions.flatMap(secretValues),
	);

	api.get('/accounts', async () => phone.accounts());
	api.get('/chats', async (request) => {
		const { provider, device } = read(chatFilter, request.query);
		return phone.chats(known(provider), device);
	});
	api.get('/log', async (request) => {
		const { provider, limit = DEFAULT_LOG } = read(logFilter, request.query);
		const wanted = (one: { provider: string }): boolean => provider === undefined || one.provider === provider;
		// Only what is shown is masked: the log may be long.
		const requests = requested.map((record, index) => ({ record, index })).filter(({ record }) => wanted(record));
		return [
			...requests.slice(-limit).map(({ record, index }) => log.request(record, index)),
			...journal
				.posted()
				.filter(wanted)
				.slice(-limit)
				.map((record) => log.webhook(record)),
		]
			.sort((one, other) => one.at - other.at)
			.slice(-limit);
	});
	api.get('/stream', (request, reply) => void streamChanges(request, reply, journal, closing));

	api.post('/:provider/customer', { bodyLimit: MAX_FILE_BODY }, async (request) => {
		return await phone.act(provider(request.params), read(customer, request.body));
	});
	api.post('/:provider/bubbles/:bubble/status', async (request) => {
		const wanted = read(status, request.body).status;
		await phone.report(provider(request.params), Number(parameter(request.params, 'bubble')), wanted);
		return { status: wanted };
	});
	api.post('/:provider/devices/:device/connected', async (request) => {
		const wanted = read(connected, request.body).connected;
		return await phone.setConnected(provider(request.params), parameter(request.params, 'device'), wanted);
	});
	api.get('/:provider/devices/:device/qr', async (request) => {
		const text = phone.qrCode(provider(request.params), parameter(request.params, 'device'));
		return { rows: text === null ? null : qrRows(text) };
	});
	api.post('/:provider/webhook/again', async (request) => await phone.again(provider(request.params)));
}

/** What the index of the control API says of these calls. `device`: an account's first device, for the examples. */
export function phoneIndex(url: string, json: string, { provider, id }: { provider: string; id: string }): string {
	const hello = {
		do: 'text',
		device: id,
		chat: '6281200000001',
		from: { id: '6281200000001', name: 'Ana' },
		text: 'Hi',
	};
	return `The phone (${url}/phone is a page that uses these)
  curl ${url}/control/accounts                      devices of all providers, and what a customer can do with each
  curl '${url}/control/chats?provider=${provider}&device={id}'   chats of one device, with the messages in both directions
  curl '${url}/control/log?provider=${provider}&limit=50'   requests and webhooks in order, without secrets
  curl -N ${url}/control/stream                     server-sent events, one after each change
  curl -X POST ${url}/control/${provider}/devices/{id}/connected ${json} '{"connected":true}'   logs a device in or out
  curl -X POST ${url}/control/${provider}/customer ${json} '${JSON.stringify(hello)}'
    do: text, file, location, contact, reaction, choice, edit, delete, call. replyTo, target: the id of a message in /chats
  curl ${url}/control/${provider}/devices/{id}/qr   the QR code a device shows, row by row, or null
  curl -X POST ${url}/control/${provider}/webhook/again   sends the last webhook again
  POST /control/{provider}/bubbles/{id}/status {"status":"delivered"}   or read, failed, if the provider reports it
`;
}

/** The code as rows of 0 and 1, for the page to draw. */
function qrRows(text: string): string[] {
	const code = generate(text, { minCorrectionLevel: correction.L });
	const places = Array.from({ length: code.size }, (_, index) => index);
	return places.map((y) => places.map((x) => (code.get(x, y) ? '1' : '0')).join(''));
}

/** The values of a provider's credentials that are secret. */
function secretValues({ credential, otherCredentials = {} }: ProviderDefinition): string[] {
	return [credential, ...Object.values(otherCredentials)].flatMap((fields) =>
		Object.entries(fields)
			.filter(([label]) => /key|token|secret/i.test(label) && !/public/i.test(label))
			.map(([, value]) => value),
	);
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
