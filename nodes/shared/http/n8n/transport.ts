import type { IHttpRequestOptions } from 'n8n-workflow';
import type {
	RequestContext,
	Transport,
	TransportPolicy,
	TransportRequest,
	TransportResponse,
} from '../transport/transport';
import { Deadline } from './deadline';
import { toTransportError } from './errors';
import { checkPolicy } from './policy';
import { isMocked } from './mocks';
import { type HelperBody, isStreamed, toHelperBody, toMockBody } from './requestBody';
import { answerIn, toResponse } from './response';
import { toStream } from './streams';
import { connectWebSocket, refuseWebSocket } from './webSocket';

/** Answers are too small to be worth compressing, and what comes anyway is decoded. */
const ACCEPTED = { 'accept-encoding': 'identity' };

/**
 * The transport over n8n's own `httpRequest`, which brings along proxies, the network policy of the instance, tracing, and
 * mocked requests. Needs nothing that n8n Cloud forbids. What it cannot promise is in docs/http-client.md.
 */
export function n8nTransport(context: RequestContext): Transport {
	const { helpers } = context;
	const mocked = isMocked(context);
	return {
		send: async (request, policy) => await send(helpers, request, policy, mocked),
		toStream,
		connect: mocked ? refuseWebSocket : connectWebSocket,
	};
}

async function send(
	helpers: RequestContext['helpers'],
	request: TransportRequest,
	policy: TransportPolicy,
	mocked: boolean,
): Promise<TransportResponse> {
	const { timeLimitMs, signal, mayBeFile = false, onSent } = request;
	const deadline = new Deadline({ timeLimitMs, signal, onSent, mayMove: isStreamed(request) || mayBeFile });
	let release: (() => void) | undefined;
	try {
		return await deadline.run(async () => {
			// A mock answers for hosts that do not exist.
			if (!mocked) await checkPolicy(request.url, policy);
			const body = await (mocked ? toMockBody(request) : toHelperBody(request, deadline));
			release = body.release;
			const options = toOptions(request, policy, body, deadline.signal);
			// The time may be over since.
			deadline.signal.throwIfAborted();
			deadline.leaves();
			const response = toResponse(await answerOf(helpers, options), deadline, mayBeFile);
			// Not as soon as its head is there: n8n's client would break off the response.
			if (release) response.body.once('close', release);
			return response;
		});
	} catch (error) {
		release?.();
		throw toTransportError(error, deadline.wasSent, signal);
	}
}

function toOptions(
	request: TransportRequest,
	policy: TransportPolicy,
	{ body, headers }: HelperBody,
	abortSignal: AbortSignal,
): IHttpRequestOptions {
	return {
		method: request.method,
		url: request.url.href,
		headers: { ...ACCEPTED, ...request.headers, ...headers },
		...(body === undefined ? {} : { body: body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// Its own would begin anew with every byte, and be 5 minutes if it were left out.
		timeout: 0,
		abortSignal,
		skipSslCertificateValidation: policy.allowUnauthorizedCerts === true,
	};
}

async function answerOf(helpers: RequestContext['helpers'], options: IHttpRequestOptions): Promise<unknown> {
	return await helpers.httpRequest(options).catch((error: unknown) => {
		const answer = answerIn(error);
		if (!answer) throw error;
		return answer;
	});
}
