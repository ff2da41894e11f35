/* The phone of the sandbox in a browser, by itself: no n8n, a server of the test receives its webhooks. */
import { expect, test as base } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox, wapioAccount } from '../../../sandbox';
import { PhonePage } from '../editor/phonePage';

/** A server that receives the webhooks. */
export interface Receiver {
	url: string;
	bodies: string[];
}

export const test = base.extend<{ sandbox: Sandbox; receiver: Receiver; phone: PhonePage }>({
	sandbox: async ({}, use) => {
		const sandbox = await startSandbox();
		await use(sandbox);
		await sandbox.close();
	},
	receiver: async ({ sandbox }, use) => {
		const bodies: string[] = [];
		const server = createServer((request, response) => {
			let body = '';
			request.setEncoding('utf8').on('data', (part: string) => (body += part));
			request.on('end', () => {
				bodies.push(body);
				response.end('ok');
			});
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
		sandbox.control.setWebhook('wapio', url);
		await use({ url, bodies });
		server.closeAllConnections();
		server.close();
	},
	/** The page with the chat of Amina open, and an eye on what the browser complains about. */
	phone: async ({ page, sandbox, receiver }, use) => {
		void receiver;
		const complaints: string[] = [];
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('console', (message) => {
			// A refused call is shown by the page itself.
			const isOurs = message.type() === 'error' && !message.text().startsWith('Failed to load resource');
			if (isOurs) complaints.push(message.text());
		});
		const phone = new PhonePage(page, sandbox.url);
		await phone.goto();
		await phone.openChat(/^Shop/, 'Amina');
		await use(phone);
		expect(complaints, 'complaints of the browser').toEqual([]);
	},
});

/** A message of a workflow to Amina, through Wapio. */
export async function send(sandbox: Sandbox, message: object, path = 'send-message'): Promise<Response> {
	return await fetch(`${sandbox.url}/wapio/api/${path}`, {
		method: 'POST',
		headers: {
			Authorization: `Bearer ${wapioAccount.pat}`,
			'x-session-id': wapioAccount.sessions.connected,
			'content-type': 'application/json',
		},
		body: JSON.stringify({
			to: wapioAccount.sender.number,
			...(path === 'send-message' ? { kind: 'text' } : {}),
			...message,
		}),
	});
}

/** The last webhook that came, once there are as many. */
export async function webhook(receiver: Receiver, count: number): Promise<unknown> {
	await expect.poll(() => receiver.bodies.length, { message: 'webhooks' }).toBe(count);
	return JSON.parse(receiver.bodies.at(-1) ?? 'null');
}
