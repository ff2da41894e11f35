/* How answers are judged, whoever the provider is: by what they say, not by their shape. */
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { inspect } from 'node:util';
import { GatewayClient } from '../../nodes/shared/http/client';
import { GatewayError } from '../../nodes/shared/http/gatewayError';
import type { Effect } from '../../nodes/shared/http/request';
import { createEngine, type Engine } from '../support/engine';
import { providers } from '../support/providers';
import { recipients } from '../support/bench';
import { type ScriptedServer, startScriptedServer } from '../support/scriptedServer';
import { answerInPieces, sendingBy } from '../unit/http/streams';
import { processorMs } from '../support/processorTime';

const DEEP = 10_000;

/** A list in a list in a list … */
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** Answers to a send with HTTP 200, as they go over the wire. */
const noes = [
	'{"error":"session disconnected"}',
	'{"status":"failed"}',
	'{"ok":false}',
	'{"success":false}',
	'{"success":"false","message":"no"}',
	'{"success":"no","message":"no"}',
	'{"sent":false}',
	'{"accepted":"false"}',
	'{"errors":{"to":["Required"]}}',
	'{"code":"422","message":"Unprocessable"}',
	'[{"success":false,"message":"not on WhatsApp"}]',
	'{"message":"sent","state":"rejected"}',
	'{"status":"ERROR: device is offline"}',
	...['disconnected', 'not_connected', 'Not Connected', 'expired', 'cancelled', 'canceled', 'logged out'].map(
		statusOf,
	),
	...['unsuccessful', 'tidak terkirim', 'gagal', 'Gagal kirim', 'send_failed', 'Failed to send'].map(statusOf),
];

function statusOf(status: string): string {
	return JSON.stringify({ status });
}

/** Answers that say both; only a no in the provider's own form is surely one. */
const contested = [
	'{"success":true,"error":"quota exceeded"}',
	'{"success":true,"data":{"status":"Failed","id":7}}',
	'{"success":true,"data":{"error":{"message":"no such session"}}}',
	'{"success":true,"errors":{"to":["Required"]}}',
	'{"success":true,"code":404}',
	'{"success":true,"data":[{"error":"not on WhatsApp"}]}',
	'{"success":true,"sent":false}',
	'{"success":true,"data":{"status":"cancelled"}}',
	'{"status":200,"error":"Tidak ada perangkat"}',
];

const unknowns = [
	'[]',
	'null',
	'true',
	'17',
	'"maintenance"',
	'"success"',
	'{}',
	'{"message":"please wait"}',
	'{"status":""}',
	'{"error":null,"errors":[]}',
	'{"msgId":null,"message_id":"","id":0}',
	'{"success":true',
	'OK',
	'',
	'<html><title>Maintenance</title></html>',
	'{"code":500,"message":"try later"}',
	deep(DEEP),
];

const yeses = [
	'{"success":true}',
	'{"success":true,"messageId":null}',
	'{"ok":true,"data":{}}',
	'{"success":"true"}',
	'{"status":"success"}',
	'{"status":"berhasil","message":"pesan terkirim","data":{}}',
	'{"status":200,"message":"message sent"}',
	'{"status":"200"}',
	'{"status":202,"message":"Queued"}',
	'{"code":202,"message":"Queued for dispatch"}',
	'{"meta":{"status":200,"message":"Success"}}',
	'{"queued":true}',
	'{"accepted":true}',
];

/** What comes with a yes without being a no: fields of the answer, and of the message in it. */
const besides: IDataObject[] = [
	...[
		...[
			'',
			'none',
			'None.',
			'N/A',
			'-',
			'--',
			'no error',
			'No errors',
			'tidak ada',
			'tidak ada error',
			'null',
			'false',
		],
		...['0', '00', '000', 'ERROR_NONE', 'success', 0, null, false],
		...[[], {}, { code: 0 }, { code: '0', message: '' }, { code: 0, message: 'No errors' }, { count: 0 }],
	].map((error) => ({ error: error as IDataObject })),
	{ error_code: '00', errors: { code: 0, message: 'none' } },
	{ type: 'error_report' },
	{ result: 'Failure rate 0%' },
	{ state: 'Failover queue' },
	{ outcome: 'no error' },
	{ attempts: [{ channel: 'whatsapp', status: 'failed' }] },
	{ previous: { status: 'failed', success: false } },
	{ device: { id: 'd', status: 'DISCONNECTED', last_disconnect: { error: 'timeout', code: 408 } } },
	{ sender: { status: 'failed' } },
	{ queue: { failed: ['x'], status: 'failed', error: 'x' } },
	{ utm_mark: { type: 'error' } },
	{ rate_limit: { code: 429, error: 'near' } },
	{ operator: { code: 421 } },
	{ a: { b: { c: { status: 'failed' } } } },
];

/** Answers that give a reason, or name something that is no message. */
const noMessage = [
	'{"session_id":"s","message":"session is not connected"}',
	'{"id":"req_1","message":"session is not connected"}',
	'{"session":{"id":"s","status":"logged_out"},"message":"scan the QR code"}',
	'{"message":"Device offline","device":{"id":"d1","status":"DISCONNECTED"}}',
	'{"message":"device not connected or not found","data":{"id":"dev1"}}',
	'{"status":null,"message":"device not connected","data":{"id":1}}',
	'{"code":200,"message":"number not registered"}',
	'{"status":"success","message":"Perangkat tidak terhubung"}',
];

describe.each(providers)('$name judges', ({ type, api, bench, yes, contested: own }) => {
	let server: ScriptedServer;
	let engine: Engine;

	beforeAll(async () => {
		server = await startScriptedServer();
		engine = createEngine({
			nodes: { [type]: bench.node },
			credentialTypes: [bench.credential],
			credentials: { [bench.credentialType]: bench.credentialFor(server.url) },
		});
	});
	afterAll(async () => {
		await server.close();
		await engine.close();
	});

	const send = async (body: string, status = 200): Promise<IDataObject> => {
		server.script({ status, body });
		server.reset();
		const { options = {}, ...parameters } = bench.sendText;
		const result = await engine.runNode({
			type,
			// Of a message with a key, one try is enough here.
			parameters: { ...parameters, options: { ...(options as IDataObject), retries: 0 } },
			items: recipients(1),
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(server.requests).toHaveLength(1);
		return result.outputs[0]?.[0]?.json ?? {};
	};

	it.each(noes)('%s as a refusal', async (body) => {
		const { error, details } = await send(body);
		expect(details).toMatchObject({ outcome: 'refused' });
		expect((details as IDataObject).description).toMatch(/^Nothing was sent\./);
		expect(error).not.toMatch(/may have been/);
	});

	it.each([...contested, ...own.map((body) => JSON.stringify(body))])('%s as neither', async (body) => {
		const json: unknown = JSON.parse(body);
		const verdict = api.judge({ status: 200, headers: {}, text: body, json, incomplete: false });
		const { error, details } = await send(body);
		if (verdict?.ok === false) return expect(details).toMatchObject({ outcome: 'refused' });
		expect(details).toMatchObject({ outcome: 'unknown' });
		expect(error).toMatch(/says both yes and no: .*the message may have been sent$/);
	});

	it.each(noMessage)('%s not as a success', async (body) => {
		expect((await send(body)).details).toMatchObject({ outcome: 'unknown' });
	});

	it.each(besides.map((fields) => [JSON.stringify(fields), fields]))(
		'%s beside a yes as none',
		async (_shown, fields) => {
			for (const body of [
				{ success: true, ...fields },
				{ success: true, data: { ...fields } },
			]) {
				const json = await send(JSON.stringify(body));
				expect(json).not.toHaveProperty('error');
				expect(json).not.toHaveProperty('details');
			}
		},
	);

	it.each(unknowns.map((body) => [body.slice(0, 60), body]))('%s as an unknown outcome', async (_shown, body) => {
		const { error, details } = await send(body);
		expect(details).toMatchObject({ outcome: 'unknown' });
		expect(error).toMatch(/the message may have been sent$/);
	});

	it.each([...yeses, ...yes.map((body) => JSON.stringify(body))])('%s as a success', async (body) => {
		const json = await send(body);
		expect(json).not.toHaveProperty('error');
		expect(json).not.toHaveProperty('details');
	});

	it.each([200, 400, 500])('HTTP %d with words nested ten thousand deep, without breaking', async (status) => {
		for (const name of ['message', 'error', 'errors', 'meta', 'data', 'success', 'reason_code', 'code']) {
			const { error, details } = await send(`{"${name}":${deep(DEEP)}}`, status);
			expect(error).not.toMatch(/call stack/);
			expect(['unknown', 'refused']).toContain((details as IDataObject).outcome);
			if (status === 500) expect(details).toMatchObject({ outcome: 'unknown' });
		}
	});

	/** What the client makes of an answer: its data, or the failure; anything else is thrown. */
	const judged = async (status: number, bytes: Buffer, effect: Effect): Promise<unknown> => {
		const client = new GatewayClient({
			api: { ...api, rateLimit: undefined },
			credential: bench.credentialFor('https://gateway.example'),
			transport: sendingBy(async () => answerInPieces([bytes], status)),
		});
		const sending = client.send({ method: 'POST', path: '/any', json: {}, effect, maxAttempts: 1 });
		return await sending.catch((error: unknown) => {
			if (error instanceof GatewayError) return error.failure;
			throw new Error(`not a GatewayError: ${inspect(error)}`);
		});
	};

	const name = fc.constantFrom(
		...['success', 'ok', 'status', 'state', 'code', 'meta', 'data', 'message', 'error', 'errors', 'reason_code'],
		...['reason', 'fb_response', 'delivery', 'id', 'msgId', 'is_sent', 'type', '__proto__', 'toString', ''],
	);
	const value = fc.letrec((tie) => ({
		any: fc.oneof(
			{ maxDepth: 4 },
			fc.constantFrom(
				true,
				false,
				null,
				'',
				'success',
				'failed',
				'200',
				'404',
				200,
				404,
				500,
				0,
				1e308,
				'\u0000',
			),
			fc.jsonValue(),
			fc.array(tie('any'), { maxLength: 3 }),
			fc.dictionary(name, tie('any'), { maxKeys: 4 }),
		),
	})).any;
	const nested = fc
		.tuple(name, fc.integer({ min: 1, max: 20_000 }), fc.boolean())
		.map(([key, levels, isList]) =>
			isList ? `{"${key}":${deep(levels)}}` : `{"${key}":`.repeat(levels) + '1' + '}'.repeat(levels),
		);
	const body = fc.oneof(
		{ weight: 6, arbitrary: value.map((made) => Buffer.from(JSON.stringify(made))) },
		{ weight: 1, arbitrary: nested.map((text) => Buffer.from(text)) },
		{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
	);

	it('whatever comes as a success or a known failure, and never by another error', async () => {
		const status = fc.oneof(
			fc.constantFrom(200, 201, 202, 204, 303, 400, 404, 429, 500),
			fc.integer({ min: 200, max: 599 }),
		);
		const effect = fc.constantFrom<Effect>('read', 'change', 'send');
		await fc.assert(
			fc.asyncProperty(status, body, effect, async (code, bytes, does) => {
				const found = await judged(code, bytes, does);
				expect(() => JSON.stringify(found)).not.toThrow();
				if (code >= 300) expect(found).toHaveProperty('outcome');
				if (code >= 300 && code < 400 && does !== 'read') expect(found).toMatchObject({ outcome: 'unknown' });
			}),
			{ numRuns: 200 },
		);
	});

	/** The secrets of a credential in the writings that an answer may have them in. */
	const writings = (secret: string): string[] => {
		const bytes = Buffer.from(secret);
		const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
		return [
			secret,
			bytes.toString('base64'),
			Buffer.from(`user:${secret}`).toString('base64'),
			bytes.toString('hex').toUpperCase(),
			encodeURIComponent(secret),
			`%${hex.join('%')}`,
			`%25${hex.join('%25')}`,
			`\\u00${hex.join('\\u00')}`,
			`&#x${hex.join(';&#x')};`,
		];
	};

	it.each([200, 422, 500])('HTTP %d with secrets in any field, and shows none of them', async (status) => {
		const secrets = api.secrets(bench.credentialFor(server.url)).filter((secret) => secret.length >= 4);
		expect(secrets).not.toHaveLength(0);
		for (const secret of secrets) {
			for (const written of writings(secret)) {
				const no = { code: written, reason_code: written, message: `no ${written}`, status: 'failed' };
				const all = { ...no, success: false, error: written, errors: { [written]: [written] } };
				const shown = JSON.stringify([
					await send(
						JSON.stringify({ ...all, meta: { ...all, code: 422 }, reason: written, data: written }),
						status,
					),
					await send(`the key ${written} is wrong`, status),
					await send(`<title>${written}</title>`, status),
				]);
				// As it is shown, and as it was written into the JSON above.
				for (const hidden of [written, JSON.stringify(written).slice(1, -1)])
					expect(shown).not.toContain(hidden);
			}
		}
	});

	it('long texts of any kind in a time that grows with them alone', async () => {
		for (const piece of ['.', ' ', '@', '0', '<', '"code":', '%', '\\']) {
			const long = `${piece.repeat(100_000 / piece.length)}x`;
			const all = { code: long, reason_code: long, message: long, error: long, errors: { [long]: [long] } };
			const whole = Buffer.from(JSON.stringify({ ...all, success: false, meta: { ...all, status: 'fail' } }));
			const taken = await processorMs(async () => {
				await judged(200, whole, 'send');
				await judged(422, Buffer.from(long), 'send');
			});
			// A pattern that grows with the square takes five seconds for each of the texts.
			expect(taken).toBeLessThan(4_000);
		}
	});
});
