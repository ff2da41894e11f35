import type { FastifyInstance } from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { localOnly } from './guard';
import { named } from '../http/named';

const FOLDER = path.join(__dirname, 'page');
const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** Everything a chat shows is foreign: nothing runs but the page's own script, and nothing is loaded from elsewhere. */
const POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob:",
	"media-src 'self' blob:",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

/** Offers the phone under `/phone`, to this machine only. */
export function addPhonePage(app: FastifyInstance): void {
	app.register(
		named('phone', async (page: FastifyInstance) => {
			page.addHook('onRequest', localOnly);
			page.addHook('onSend', async (_request, reply, payload) => {
				reply.headers({
					'Content-Security-Policy': POLICY,
					'X-Content-Type-Options': 'nosniff',
					'X-Frame-Options': 'DENY',
					'Referrer-Policy': 'no-referrer',
					'Cross-Origin-Opener-Policy': 'same-origin',
					'Cross-Origin-Resource-Policy': 'same-origin',
					'Cache-Control': 'no-store',
				});
				return payload;
			});
			page.get('/phone/', async (_request, reply) => await reply.redirect('/phone'));
			for (const name of readdirSync(FOLDER)) {
				const url = name === 'index.html' ? '/phone' : `/phone/${name}`;
				const type = TYPES[path.extname(name)];
				if (type === undefined) continue;
				page.get(
					url,
					async (_request, reply) => await reply.type(type).send(readFileSync(path.join(FOLDER, name))),
				);
			}
		}),
	);
	// A file comes from someone else but has the page's origin: opened directly, it must not run as a page.
	app.addHook('onRequest', async (request, reply) => {
		if (!/^\/(files|v)\//.test(request.url)) return;
		reply.headers({
			'Content-Security-Policy':
				"default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
			'X-Content-Type-Options': 'nosniff',
		});
	});
}
