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
import { isLarge, toHelperBody } from './requestBody';
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
	return {
		send: async (request, policy) => await send(helpers, request, policy),
		toStream,
		connect: isMocked(context) ? refuseWebSocket : connectWebSocket,
	};
}

async function send(
	helpers: RequestContext['helpers'],
	request: TransportRequest,
	policy: TransportPolicy,
): Promise<TransportResponse> {
	const { timeLimitMs, signal, mayBeFile = false } = request;
	const deadline = new Deadline({ timeLimitMs, signal, mayMove: isLarge(request) || mayBeFile });
	try {
		return await deadline.run(async () => {
			await checkPolicy(request.url, policy);
			const options = await toOptions(request, policy, deadline);
			// The time may be over since.
			deadline.signal.throwIfAborted();
			deadline.isHandedOver = true;
			return toResponse(await answerOf(helpers, options), deadline, mayBeFile);
		});
	} catch (error) {
		throw toTransportError(error, deadline.isHandedOver, signal);
	}
}

async function toOptions(
	request: TransportRequest,
	policy: TransportPolicy,
	deadline: Deadline,
): Promise<IHttpRequestOptions> {
	const { body, headers } = await toHelperBody(request, deadline);
	return {
		method: request.method,
		url: request.url.href,
		headers: { ...ACCEPTED, ...request.headers, ...headers },
		...(body === undefined ? {} : { body: body as IHttpRequestOptions['body'] }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// Its own would begin anew with every byte, and be 5 minutes if it were left out.
		timeout: 0,
		abortSignal: deadline.signal,
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
