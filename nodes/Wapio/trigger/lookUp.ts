import type { INodeProperties } from 'n8n-workflow';
import type { GatewayClient } from '../../shared/http/client';
import { GatewayError } from '../../shared/http/gatewayError';
import type { GatewayRequest } from '../../shared/http/request';
import { wait } from '../../shared/http/timing/wait';
import { type Person, withoutLidAsPhone } from '../../shared/messaging/person';
import type { ReadParameter } from '../../shared/operations/define/field';
import type { GatewayTrigger } from '../../shared/trigger/definition';
import { addressOf } from '../../shared/trigger/event/chatType';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { personIn } from '../api/people';
import { ownUser, phoneByLid } from '../api/requests';
import { isPersonalToken } from '../api/wapioApi';
import { chosenSession } from '../fields/session';

/** Milliseconds that an event waits for a look-up. */
const LIMIT_MS = 3_000;

/** Milliseconds that a refusal is remembered: WhatsApp may reveal a number later. */
const REFUSAL_MS = 3_600_000;

/** Answers that are remembered at most, over all accounts. */
const MOST_ANSWERS = 1_000;

/** The option that turns it on. */
export const lookUpOption: INodeProperties = {
	displayName: 'Look Up Phone Numbers',
	name: 'lookUpPhoneNumbers',
	type: 'boolean',
	default: true,
	description:
		"Whether to ask Wapio for the phone number when an event only has the sender's LID. This takes one request per person and delays the event by up to three seconds.",
};

/** An answer that has arrived or is on its way. */
interface Known {
	answer: Promise<Person | undefined>;
	/** Milliseconds since 1970. */
	until: number;
}

/** By account, session and what was looked up; the oldest first. */
const known = new Map<string, Known>();

/**
 * Fills in the phone number of a sender, and of the person in a private chat, if only the LID is known. It takes one request
 * per person; answers are remembered. What cannot be found stays as it is.
 */
export const lookUp: NonNullable<GatewayTrigger['lookUp']> = async (client, event, parameter) => {
	const lid = lidWithoutPhone(event);
	if (lid === undefined || parameter(`options.${lookUpOption.name}`) !== true) return event;
	const session = sessionOf(client, parameter, event.device);
	const found = await inTime(ask(client, session, lid, phoneByLid(session, lid)));
	const phone = found?.phone ?? null;
	return phone === null ? event : withPhone(event, lid, phone);
};

/** The number and the LID of the account that a session belongs to; none if Wapio does not answer in time. */
export const ownIds: NonNullable<GatewayTrigger['ownIds']> = async (client, parameter) => {
	const session = sessionOf(client, parameter, null);
	const found = await inTime(ask(client, session, 'user', ownUser(session)));
	return [found?.phone, found?.lid].filter((id) => typeof id === 'string');
};

/** The LID to look up: in a private chat, that of the other person. */
function lidWithoutPhone({ chat, sender }: GatewayEvent): string | undefined {
	if (chat.type === 'private' && chat.lid !== undefined && chat.phone === undefined) return chat.lid;
	return sender.phone === null ? sender.lid : undefined;
}

function withPhone(event: GatewayEvent, lid: string, phone: string): GatewayEvent {
	const { chat, sender } = event;
	const isChat = chat.type === 'private' && chat.lid === lid;
	const address = addressOf(chat.type, chat.id, { phone, lid }) ?? undefined;
	return {
		...event,
		chat: isChat ? { ...chat, phone, address } : chat,
		sender: sender.lid === lid && sender.phone === null ? { ...sender, phone } : sender,
	};
}

/** The session as the action node chooses it. If there is none, a personal access token uses that of the event. */
function sessionOf(client: GatewayClient, parameter: ReadParameter, device: string | null): string | undefined {
	const { credential } = client;
	const chosen = chosenSession({ parameter, credential: (name) => credential[name] });
	return chosen || (isPersonalToken(credential.token) && device) || undefined;
}

/** Asks once: simultaneous look-ups of the same person share one answer. */
async function ask(
	client: GatewayClient,
	session: string | undefined,
	what: string,
	request: GatewayRequest,
): Promise<Person | undefined> {
	const key = [client.account, session ?? '', what].join(' ');
	const earlier = known.get(key);
	if (earlier && earlier.until > Date.now()) return await earlier.answer;
	known.delete(key);
	const asking: Known = { answer: Promise.resolve(undefined), until: Number.POSITIVE_INFINITY };
	asking.answer = answerTo(client, what, request).then(({ person, keepMs }) => {
		if (known.get(key) === asking && keepMs === 0) known.delete(key);
		asking.until = Date.now() + keepMs;
		return person;
	});
	known.set(key, asking);
	for (const oldest of known.keys()) {
		if (known.size <= MOST_ANSWERS) break;
		known.delete(oldest);
	}
	return await asking.answer;
}

/** What Wapio knows, and how long to remember it. It throws nothing. */
async function answerTo(
	client: GatewayClient,
	what: string,
	request: GatewayRequest,
): Promise<{ person?: Person; keepMs: number }> {
	try {
		const { data } = await client.send({ ...request, timeLimitMs: LIMIT_MS, maxAttempts: 1 });
		const { phone, lid } = personIn(data, 'phone');
		const person = { phone: withoutLidAsPhone({ phone, lid: what }).phone, lid };
		return { person, keepMs: person.phone === null ? REFUSAL_MS : Number.POSITIVE_INFINITY };
	} catch (error) {
		const isRefusal = error instanceof GatewayError && error.failure.kind === 'refused';
		return { keepMs: isRefusal ? REFUSAL_MS : 0 };
	}
}

/** An answer, or nothing once the limit is over: a request may also have to wait for its turn. */
async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
	const limit = new AbortController();
	const first = await Promise.race([answer, wait(LIMIT_MS, limit.signal).catch(() => undefined)]);
	limit.abort();
	return first as T | undefined;
}
