/** The HTTP side of the trigger host: reading bodies and answering as n8n 2.41 does. */
import { parseIncomingMessage } from '@n8n/backend-network';
import type { NextFunction, Request, Response } from 'express';
import { jsonParse, UnexpectedError, UserError } from 'n8n-workflow';
import { parse as parseForm } from 'node:querystring';
import { createGunzip, createInflate } from 'node:zlib';

/** An error with the status n8n would answer. */
class ResponseError extends Error {
	constructor(
		message: string,
		readonly status: number,
		readonly hint?: string,
	) {
		super(message);
	}
}

/** What a webhook call is answered: nothing (the node did), or a body with a status. */
export type Answer = { none: true } | { none?: false; body: unknown; status: number };

/**
 * Gives the request what n8n's first middleware gives it: `contentType`, `encoding` and
 * `readRawBody()`. The body is read only when someone asks.
 */
export function rawBodyReader(req: Request, _res: Response, next: NextFunction): void {
	parseIncomingMessage(req);
	req.readRawBody = async () => {
		// Not yet set, although the type says so: reading twice must not wait for a stream that is gone.
		if ((req.rawBody as Buffer | undefined) !== undefined) return;
		const encoding = req.headers['content-encoding'];
		const stream =
			encoding === 'gzip' ? req.pipe(createGunzip()) : encoding === 'deflate' ? req.pipe(createInflate()) : req;
		const chunks: Buffer[] = [];
		for await (const chunk of stream) chunks.push(chunk as Buffer);
		req.rawBody = Buffer.concat(chunks);
	};
	next();
}

const stripBom = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

const isParsable = (contentType: string | undefined) =>
	contentType !== undefined &&
	['application/json', 'text/plain', 'application/x-www-form-urlencoded'].some((type) =>
		contentType.startsWith(type),
	);

/**
 * Reads and parses the body as n8n does for a webhook node of this version: version 1 reads every
 * body, later ones only what they can parse. Multipart and XML bodies are not played.
 */
export async function parseBody(req: Request, nodeVersion: number): Promise<void> {
	const { contentType } = req;
	if (contentType?.startsWith('multipart/') === true) return;
	if (nodeVersion > 1 && !isParsable(contentType)) return;
	await req.readRawBody();
	if (req.rawBody.length === 0) return;
	const text = req.rawBody.toString(req.encoding);
	try {
		if (contentType === 'application/json') req.body = jsonParse<unknown>(stripBom(text));
		else if (contentType === 'application/x-www-form-urlencoded') req.body = { ...parseForm(stripBom(text)) };
		else if (contentType === 'text/plain') req.body = text;
	} catch (error) {
		throw new ResponseError('Failed to parse request body', 422, (error as Error).message);
	}
}

/** Sends an answer, unless the node has answered by itself. */
export function sendAnswer(res: Response, answer: Answer): void {
	if (answer.none === true) return;
	res.status(answer.status);
	if (typeof answer.body === 'string') res.send(answer.body);
	else res.json(answer.body);
}

/** Sends an error in n8n's form. */
export function sendError(res: Response, error: unknown): void {
	if (res.headersSent) return;
	if (error instanceof ResponseError) {
		const { status, message, hint } = error;
		res.status(status).json({ code: status, message, ...(hint === undefined ? {} : { hint }) });
		return;
	}
	const message = error instanceof Error ? error.message : String(error);
	res.status(error instanceof UserError ? 400 : 500).json({ code: 0, message });
}

/** n8n's answer to a call of a URL that nobody registered. */
export function webhookNotFound(method: string, path: string, registered: string[], test: boolean): ResponseError {
	if (registered.length > 0) {
		const methods = registered.join(' or ');
		const message = `This webhook is not registered for ${method} requests. Did you mean to make a ${methods} request?`;
		return new ResponseError(message, 404, '');
	}
	const hint = test
		? "Click the 'Execute workflow' button on the canvas, then try again. (In test mode, the webhook only works for one call after you click this button)"
		: 'The workflow must be active for a production URL to run successfully.';
	return new ResponseError(`The requested webhook "${method} ${path}" is not registered.`, 404, hint);
}

/** What the caller reads when `webhook()` throws: n8n tells nothing of the reason. */
export const startFailure = () => new UnexpectedError('Workflow Webhook Error: Workflow could not be started!');
