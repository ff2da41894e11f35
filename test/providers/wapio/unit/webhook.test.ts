import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { GatewayClient } from '../../../../nodes/shared/http/client';
import type { Transport } from '../../../../nodes/shared/http/transport/transport';
import type { OneSlot, Registration } from '../../../../nodes/shared/trigger/definition';
import { SlotRefusal } from '../../../../nodes/shared/trigger/register/oneSlot';
import { wapioApi } from '../../../../nodes/Wapio/api/wapioApi';
import { OFFICIAL_EVENTS } from '../../../../nodes/Wapio/trigger/eventNames';
import { wapioTrigger } from '../../../../nodes/Wapio/trigger/wapioTrigger';
import { sendingBy } from '../../../unit/http/streams';

const slot = wapioTrigger.registration as OneSlot;
const URL_OF_NODE = 'https://n8n.example.com/webhook/abc/webhook';
const DERIVED = 'derived-secret-of-this-node-00000';

interface Call {
	method: string;
	path: string;
	body: IDataObject | undefined;
}

/** A Wapio that has one webhook, and what it was asked. */
function wapioWith(credential: ICredentialDataDecryptedObject, stored: IDataObject | null = null) {
	const calls: Call[] = [];
	const send: Transport['send'] = async ({ method, url, body }) => {
		calls.push({
			method,
			path: url.pathname,
			body: typeof body === 'string' ? (JSON.parse(body) as IDataObject) : undefined,
		});
		return { status: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(stored))]) };
	};
	const full: ICredentialDataDecryptedObject = { baseUrl: 'https://api.wapio.io', ...credential };
	const registration = (isOwn: boolean): Registration => ({
		secret: DERIVED,
		credential: (name) => full[name],
		isOwn,
	});
	return {
		calls,
		registration,
		client: new GatewayClient({ api: wapioApi, credential: full, transport: sendingBy(send) }),
	};
}

const parameter = (values: IDataObject) => (name: string) => values[name];
const PAT = { token: 'bps_pat_1', sessionId: 'S1' };

describe('registering', () => {
	it('writes the chosen events and the derived secret', async () => {
		const { client, calls, registration } = wapioWith(PAT);
		await slot.write(client, URL_OF_NODE, parameter({ session: 'S2', events: ['qr'] }), registration(true));
		expect(calls).toEqual([
			{
				method: 'PUT',
				path: '/v1/whatsapp-sessions/S2/webhook',
				body: {
					target_url: URL_OF_NODE,
					subscribed_events: ['qrcode.updated'],
					signing_secret: DERIVED,
					is_active: true,
				},
			},
		]);
	});

	it("prefers the credential's secret", async () => {
		const { client, calls, registration } = wapioWith({ ...PAT, webhookSigningSecret: ' sixteen characters ' });
		await slot.write(client, URL_OF_NODE, parameter({}), registration(true));
		expect(calls[0]?.body?.signing_secret).toBe('sixteen characters');
	});

	it("restores someone else's address without our secret, for all events", async () => {
		const { client, calls, registration } = wapioWith(PAT);
		await slot.write(client, 'https://other.example.com/', parameter({ events: ['qr'] }), registration(false));
		expect(calls[0]?.body).toEqual({
			target_url: 'https://other.example.com/',
			subscribed_events: OFFICIAL_EVENTS,
			is_active: true,
		});
	});

	it.each([
		['no session', { token: 'bps_pat_1' }, /No session is chosen/],
		['a secret that is too short', { ...PAT, webhookSigningSecret: 'short' }, /Webhook Signing Secret/],
		['a session key', { token: 'bps_sk_1', sessionId: 'S1' }, /cannot register webhooks/],
	])('is refused with %s, before anything is written', async (_name, credential, message) => {
		const { client, calls, registration } = wapioWith(credential);
		const refusal: unknown = await slot
			.write(client, `${URL_OF_NODE}?prev=x`, parameter({}), registration(true))
			.catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(SlotRefusal);
		expect((refusal as SlotRefusal).message).toMatch(message);
		expect((refusal as SlotRefusal).advice).not.toContain('prev=x');
		expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('with a session key, an address that was pasted by hand is accepted and left alone', async () => {
		const credential = { token: 'bps_sk_1', sessionId: 'S1' };
		const { client, calls, registration } = wapioWith(credential, { target_url: URL_OF_NODE, is_active: true });
		await slot.write(client, URL_OF_NODE, parameter({}), registration(true));
		await slot.clear(client, parameter({}), registration(true));
		expect(calls.map(({ method }) => method)).toEqual(['GET']);
	});

	it.each([
		[null, undefined],
		[{ data: null }, undefined],
		[{ target_url: '' }, undefined],
		[{ target_url: URL_OF_NODE }, URL_OF_NODE],
		[{ success: true, data: { target_url: URL_OF_NODE } }, URL_OF_NODE],
	])('reads %j as %s', async (stored, address) => {
		const { client, registration } = wapioWith(PAT, stored);
		expect(await slot.read?.(client, parameter({}), registration(false))).toBe(address);
	});
});
