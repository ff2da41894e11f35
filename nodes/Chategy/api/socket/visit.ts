import type { z } from 'zod';
import { type Answer, shorten } from '../../../shared/http/answer';
import { type FailureKind, GatewayError, type GatewayFailure } from '../../../shared/http/gatewayError';
import { withoutSecrets } from '../../../shared/http/secrets';
import type { OperationContext } from '../../../shared/operations/define/operation';
import { textOf } from '../../../shared/text';
import { chategyApi } from '../chategyApi';
import { PhoenixRoom, type Reply } from './phoenix';
import { type Push, type Room, STATE_EVENT } from './rooms';

const { displayName: provider } = chategyApi;

/** The actions in a joined room. */
interface Visit {
	/** Pushes an event and waits for the reply. @throws GatewayError `refused` with the provider's words */
	push: (push: Push) => Promise<void>;
	/**
	 * Waits for a wanted state.
	 *
	 * @param schema of states; other payloads are skipped
	 * @returns the state, or only the latest one if the time limit is reached first
	 */
	waitFor: <S>(schema: z.ZodType<S>, isWanted: (state: S) => boolean, timeLimitMs: number) => Promise<Seen<S>>;
}

interface Seen<S> {
	wanted?: S;
	latest?: S;
}

/**
 * Joins a room while `work` runs, then leaves it and closes the connection, whatever the result.
 *
 * @throws GatewayError if the room cannot be joined (nothing has happened then), or what `work` throws
 */
export async function visit<T>(
	{ connect }: Pick<OperationContext, 'connect'>,
	room: Room,
	work: (visit: Visit) => Promise<T>,
): Promise<T> {
	const connection = await entering(room, connect(room.address));
	const phoenix = new PhoenixRoom(connection, room.topic, provider);
	try {
		await entering(room, join(phoenix, room));
		return await work({
			push: async ({ event, payload, secrets = [] }) => {
				const reply = await phoenix.push(event, payload);
				const failure = refusalIn(reply, [...room.secrets, ...secrets]);
				if (failure) throw new GatewayError({ ...failure, hint: chategyApi.hint?.(failure) });
			},
			waitFor: async (schema, isWanted, timeLimitMs) => await waitFor(phoenix, schema, isWanted, timeLimitMs),
		});
	} finally {
		phoenix.leave();
		await connection.close();
	}
}

async function join(phoenix: PhoenixRoom, { secrets }: Room): Promise<void> {
	const failure = refusalIn(await phoenix.join(), secrets);
	if (!failure) return;
	const kind: FailureKind = /unauthori[sz]ed|not authori[sz]ed|forbidden/i.test(failure.words ?? '')
		? 'unauthorized'
		: failure.kind;
	throw new GatewayError({ ...failure, kind });
}

/** A step before any request: if it fails, nothing has happened, and the hint is about the connection. */
async function entering<T>(room: Room, step: Promise<T>): Promise<T> {
	return await step.catch((error: unknown) => {
		if (!(error instanceof GatewayError)) throw error;
		const { failure } = error;
		const outcome = failure.outcome === 'unknown' ? 'not sent' : failure.outcome;
		throw new GatewayError({ ...failure, outcome, hint: failure.hint ?? entryHint(failure, room) });
	});
}

function entryHint(failure: GatewayFailure, { addressField, entryHint: own = '' }: Room): string | undefined {
	switch (failure.kind) {
		case 'misconfigured':
			return `Open the Chategy credential and enter the full ${addressField}, starting with ${addressField === 'Base URL' ? 'https' : 'wss'}://.`;
		case 'network':
		case 'redirected':
		case 'timeout':
		case 'unavailable':
			return `Check ${addressField} in the Chategy credential, and that this n8n can reach it. ${own}`.trim();
		case 'refused':
		case 'unauthorized':
			return `${chategyApi.hint?.(failure) ?? 'Check the Chategy credential.'} ${own}`.trim();
		default:
			return undefined;
	}
}

/**
 * The refusal in a reply, if there is one. Its content has the form of the API's other responses (API reference: the response to
 * a wrong phone number); Phoenix itself gives the reason in `reason`.
 */
function refusalIn({ ok, response }: Reply, secrets: string[]): GatewayFailure | undefined {
	const answer: Answer = { status: 200, headers: {}, text: '', json: response, incomplete: false };
	const verdict = chategyApi.judge(answer);
	const refused = verdict?.ok === false ? verdict : undefined;
	if (ok && !refused) return undefined;
	const words = refused?.words ?? (reasonOf(response) || 'no reason given');
	return {
		provider,
		kind: refused?.code === 401 ? 'unauthorized' : 'refused',
		outcome: 'refused',
		words: shorten(withoutSecrets(words, secrets)),
		code: refused?.code === undefined ? undefined : textOf(refused.code),
		attempts: 1,
	};
}

function reasonOf(response: unknown): string {
	if (typeof response !== 'object' || response === null) return textOf(response);
	return 'reason' in response ? textOf(response.reason) : '';
}

async function waitFor<S>(
	phoenix: PhoenixRoom,
	schema: z.ZodType<S>,
	isWanted: (state: S) => boolean,
	timeLimitMs: number,
): Promise<Seen<S>> {
	const end = Date.now() + timeLimitMs;
	let latest: S | undefined;
	for (;;) {
		const event = await phoenix.next(Math.max(0, end - Date.now()));
		if (event === undefined) return { latest };
		const { data } = event.event === STATE_EVENT ? schema.safeParse(event.payload) : {};
		if (data !== undefined) {
			latest = data;
			if (isWanted(data)) return { wanted: data, latest };
		}
		if (Date.now() >= end) return { latest };
	}
}
