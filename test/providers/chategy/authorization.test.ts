import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { chategyAccount } from '../../../sandbox';
import { type RecordedRequest, startScriptedServer } from '../../support/scriptedServer';
import { itOnUndici } from '../../support/transport';
import { type Bench, credentialFor, startBench } from './bench';
import { SOON_MS } from '../../support/soon';

const { max, ownPhone, telegram } = chategyAccount;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
});

const run = async (parameters: IDataObject) => await bench.run(parameters as INodeParameters);
const only = async (parameters: IDataObject) => {
	const result = await run(parameters);
	expect(result.error).toBeUndefined();
	expect(result.outputs[0]).toHaveLength(1);
	return result.outputs[0]?.[0]?.json as IDataObject;
};

/** What an error shows to the user and keeps beside it. The node as the user set it up is the workflow itself. */
const visible = (error: object | undefined) =>
	JSON.stringify({ ...error, message: (error as Error | undefined)?.message, node: undefined });

describe('MAX', () => {
	const maxTo = (operation: string, more: IDataObject = {}) => ({ resource: 'maxAuthorization', operation, ...more });

	it('by phone number and code, and out again', async () => {
		expect(await only(maxTo('sendPhone', { phoneNumber: `+${ownPhone}` }))).toEqual({ success: true });
		expect(await only(maxTo('sendCode', { code: max.code }))).toEqual({ success: true });
		expect(await only({ resource: 'account', operation: 'get' })).toMatchObject({
			customer_id: chategyAccount.customerId,
		});
		expect(await only(maxTo('closeSession', { account: 'credential' }))).toEqual({ success: true });
	});

	it("a wrong code is refused with the provider's message, and not shown", async () => {
		await only(maxTo('sendPhone', { phoneNumber: `+${ownPhone}` }));
		const { error } = await run(maxTo('sendCode', { code: '000111' }));
		expect(error?.message).toMatch(/^Chategy refused the request: ".*confirmation code invalid.*"$/);
		expect(visible(error)).not.toContain('000111');
	});

	it('a missing session cannot be closed', async () => {
		await run(maxTo('closeSession', { account: 'credential' }));
		const { error } = await run(maxTo('closeSession', { account: 'credential' }));
		expect(error?.message).toMatch(/^Chategy refused the request: ".*session_not_found.*"$/);
	});
});

describe('Telegram', () => {
	const telegramTo = (operation: string, more: IDataObject = {}) => ({
		resource: 'telegramAuthorization',
		operation,
		options: { timeLimit: 15 },
		...more,
	});

	it('by phone number, code and password, and back to the start', async () => {
		await only(telegramTo('reset', { account: 'credential' }));
		expect(await only(telegramTo('getState'))).toEqual({ status: 'wait_phone' });
		expect(await only(telegramTo('sendPhone', { phoneNumber: `+${ownPhone}` }))).toEqual({ status: 'wait_code' });
		expect(await only(telegramTo('sendCode', { code: telegram.code }))).toEqual({ status: 'wait_password' });
		expect(await only(telegramTo('sendPassword', { password: telegram.password }))).toEqual({
			status: 'authorized',
		});
		expect(await only(telegramTo('getState'))).toEqual({ status: 'authorized' });
		expect(await only(telegramTo('reset', { account: 'credential' }))).toEqual({ status: 'wait_phone' });
	});

	it("a wrong code is refused with the provider's message, and not shown", async () => {
		await only(telegramTo('reset', { account: 'credential' }));
		await only(telegramTo('sendPhone', { phoneNumber: `+${ownPhone}` }));
		const { error } = await run(telegramTo('sendCode', { code: '000111' }));
		expect(error?.message).toMatch(/^Chategy refused the request: ".+"$/);
		expect(visible(error)).not.toContain('000111');
		expect(await only(telegramTo('getState'))).toEqual({ status: 'wait_code' });
	});

	itOnUndici('an unknown token is refused as for any request', async () => {
		const credential = credentialFor(bench.sandbox.baseUrl('chategy'));
		const credentials = { chategyApi: { ...credential, accessToken: 'not-the-right-token' } };
		const { error } = await bench.run(telegramTo('getState'), { credentials });
		expect(error?.message).toMatch(/^Chategy did not accept the credential/);
		expect(visible(error)).not.toContain('not-the-right-token');
	});
});

describe('WhatsApp', () => {
	const whatsApp = (operation: string, more: IDataObject = {}) => ({
		resource: 'whatsAppAuthorization',
		operation,
		...more,
	});
	const scan = async () => await bench.sandbox.control.action('chategy', 'scan');
	const logOut = async () => await bench.sandbox.control.action('chategy', 'logOut');

	beforeEach(async () => {
		await logOut();
	});

	it('the QR code is a PNG in the chosen field, and a text', async () => {
		const result = await run(whatsApp('getQrCode', { binaryPropertyName: 'code' }));
		expect(result.error).toBeUndefined();
		const item = result.outputs[0]?.[0];
		expect(item?.json).toEqual({ authorized: false, qr: expect.stringMatching(/^\S{20,}$/) as string });
		expect(item?.binary?.code).toMatchObject({ mimeType: 'image/png' });
		const png = await bench.engine.binaryBuffer(item, 'code');
		expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
		expect(png.length).toBeGreaterThan(200);
	});

	it('waits until the code is scanned', async () => {
		const running = run(whatsApp('waitUntilScanned', { options: { timeLimit: 20 } }));
		await new Promise((resolve) => setTimeout(resolve, 1000));
		await scan();
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.[0]?.json).toEqual({ authorized: true });
	});

	describe('delivers each new code while it waits', () => {
		const taking = async (answer: Parameters<typeof startScriptedServer>[0]) => {
			const target = await startScriptedServer(answer);
			bench.sandbox.control.configure('chategy', { qrLifeMs: 400 });
			const url = `${target.url}/webhook/qr?key=not-to-be-seen`;
			const running = run(whatsApp('waitUntilScanned', { options: { timeLimit: 20, codesUrl: url } }));
			const received = async (count: number) => {
				while (target.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
			};
			return { target, running, received };
		};
		const formOf = async ({ headers, body }: RecordedRequest) =>
			await new Response(new Uint8Array(body), {
				headers: { 'content-type': headers['content-type'] ?? '' },
			}).formData();

		it('as a picture, each once, over one connection that stays open until the scan', async () => {
			const { target, running, received } = await taking({ status: 200, body: { message: 'ok' } });
			try {
				await received(1);
				const [socket] = (await bench.sandbox.control.action('chategy', 'sockets')) as Array<{ id: unknown }>;
				await received(3);
				const sockets = (await bench.sandbox.control.action('chategy', 'sockets')) as Array<{ id: unknown }>;
				expect(sockets.map(({ id }) => id)).toEqual([socket?.id]);
				await scan();
				const result = await running;
				expect(result.error).toBeUndefined();
				expect(result.outputs[0]?.[0]?.json).toEqual({
					authorized: true,
					codesSent: target.requests.length,
				});

				const forms = await Promise.all(target.requests.map(formOf));
				const codes = forms.map((form) => form.get('qr'));
				expect(new Set(codes).size).toBe(codes.length);
				for (const [index, form] of forms.entries()) {
					expect(form.get('number')).toBe(String(index + 1));
					expect(form.get('customerId')).toBe(String(chategyAccount.customerId));
					const file = form.get('data') as File;
					expect([file.name, file.type]).toEqual(['chategy-whatsapp-qr.png', 'image/png']);
					const picture = Buffer.from(await file.arrayBuffer());
					expect(picture.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
				}
				for (const { method, headers } of target.requests) {
					expect(method).toBe('POST');
					expect(headers.authorization).toBeUndefined();
				}
			} finally {
				await target.close();
			}
		});

		it('a URL that accepts none ends the wait at once, with a message that does not show it', async () => {
			const { target, running } = await taking({ status: 404 });
			try {
				const { error } = await running;
				expect(error?.message).toMatch(
					/^The QR code could not be delivered \(.*404.*\)\. Check Send Each Code To in the options/,
				);
				expect(visible(error)).not.toContain('not-to-be-seen');
				expect(target.requests).toHaveLength(1);
			} finally {
				await target.close();
			}
		});

		it('one that fails later has another chance with the next code', async () => {
			const { target, running, received } = await taking([{ status: 200 }, { status: 500 }, { status: 200 }]);
			try {
				await received(3);
				await scan();
				expect((await running).outputs[0]?.[0]?.json).toMatchObject({ authorized: true });
			} finally {
				await target.close();
			}
		});

		it('an invalid URL is refused before anything is opened', async () => {
			const { error } = await run(whatsApp('waitUntilScanned', { options: { codesUrl: 'my phone' } }));
			expect(error?.message).toMatch(/^Options → Send Each Code To: this is not a web address/);
		});
	});

	it('connected already: there is no code, and nothing to wait for', async () => {
		await scan();
		const result = await run(whatsApp('getQrCode', { binaryPropertyName: 'code' }));
		expect(result.outputs[0]?.[0]?.json).toEqual({ authorized: true });
		expect(result.outputs[0]?.[0]?.binary).toBeUndefined();
		expect(await only(whatsApp('waitUntilScanned'))).toEqual({ authorized: true });
	});

	it('nobody scans it: the time limit says so', async () => {
		const start = Date.now();
		const { error } = await run(whatsApp('waitUntilScanned', { options: { timeLimit: 2 } }));
		expect(error?.message).toMatch(/2 seconds/);
		expect(Date.now() - start).toBeLessThan(SOON_MS);
	});

	it('Stop while waiting ends the node at once, and the connection with it', async () => {
		const stop = new AbortController();
		const running = bench.run(whatsApp('waitUntilScanned', { options: { timeLimit: 60 } }), {
			signal: stop.signal,
		});
		await new Promise((resolve) => setTimeout(resolve, 1000));
		stop.abort();
		const stopped = Date.now();
		expect((await running).status).toBe('canceled');
		expect(Date.now() - stopped).toBeLessThan(SOON_MS);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(bench.sandbox.control.connections().open).toBeLessThanOrEqual(1);
	});

	it('another client is refused', async () => {
		const { error } = await run(
			whatsApp('getQrCode', { binaryPropertyName: 'code', options: { customerId: '1', timeLimit: 10 } }),
		);
		expect(error?.message).toMatch(/^Chategy (refused the request|did not accept the credential)/);
	});

	it('a lost connection is reported in plain words', async () => {
		const running = run(whatsApp('waitUntilScanned', { options: { timeLimit: 20 } }));
		await new Promise((resolve) => setTimeout(resolve, 1000));
		await bench.sandbox.control.action('chategy', 'dropSockets');
		expect((await running).error?.message).toMatch(
			/^The connection to Chategy was lost|^Could not connect to Chategy/,
		);
	});

	itOnUndici('a socket that is refused says so', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 403, path: '/socket', times: Infinity });
		const { error } = await run(whatsApp('getQrCode', { binaryPropertyName: 'code' }));
		expect(error?.message).toMatch(/^Chategy did not accept the credential/);
		expect(visible(error)).not.toContain(chategyAccount.accessToken);
	});
});
