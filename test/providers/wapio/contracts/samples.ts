/** What the contracts of Wapio share: ids, the credential, and the forms of requests and answers. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';

/** Tokens and the secret of webhooks; no error may show them. */
export const wapioKeys = {
	sessionKey: 'bps_sk_key-of-one-session-for-tests',
	pat: 'bps_pat_token-of-the-account-for-tests',
	signingSecret: 'signing-secret-for-tests',
};

export const SESSION = 'bps_sess_ws_01J8ZQ';
export const MESSAGE = 'bps_msg_01J8ZR';
export const PHONE = '212600000000';
export const OTHER_PHONE = '212600000001';
export const JID = `${PHONE}@s.whatsapp.net`;
export const GROUP = '120363000000000001@g.us';
/** The group as it appears in a path. */
export const GROUP_PATH = '/api/groups/120363000000000001%40g.us';
export const CHANNEL = '120363000000000000@newsletter';

/** Idempotency keys are UUIDs, and different in each run. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const session = byId(SESSION);
/** As the editor stores it when nothing is chosen. */
export const noSession = { __rl: true, mode: 'list', value: '' };
export const group = byId(GROUP);
export const contact = byId(PHONE);

/** For operations that no session-scoped key may call, and for variants with an account's token. */
export const asAccount = { credential: { token: wapioKeys.pat } };

const auth = { authorization: `Bearer ${wapioKeys.sessionKey}` };
const accountAuth = { authorization: `Bearer ${wapioKeys.pat}` };

/** A request with a session-scoped key. With a path below /api nothing says which session is meant: the key does. */
export function request(
	method: ExpectedRequest['method'],
	path: string,
	part: Partial<ExpectedRequest> = {},
): ExpectedRequest {
	const unnamed = path.startsWith('/api/') ? { 'x-session-id': undefined } : {};
	const typed = part.json === undefined ? {} : { 'content-type': 'application/json' };
	return { method, path, ...part, headers: { ...auth, ...unnamed, ...typed, ...part.headers } };
}

/** The same with an account's token. */
export function accountRequest(expected: ExpectedRequest): ExpectedRequest {
	return { ...expected, headers: { ...expected.headers, ...accountAuth } };
}

/** The same with an account's token, naming the session as the official node does: in the header, and in body or query. */
function namingSession(expected: ExpectedRequest): ExpectedRequest {
	const named = accountRequest({ ...expected, headers: { ...expected.headers, 'x-session-id': SESSION } });
	if (expected.json === undefined) return { ...named, query: [...(expected.query ?? []), ['session_id', SESSION]] };
	return { ...named, json: { ...expected.json, session_id: SESSION } };
}

/** A contract again, with an account's token and a session. */
export function withAccount(contract: Contract): Contract {
	const { parameters } = contract;
	return {
		...contract,
		...asAccount,
		variant: [contract.variant, 'account token and session'].filter(Boolean).join(', '),
		parameters: { ...parameters, session },
		request: namingSession(contract.request),
		answers: contract.answers.slice(0, 1),
	};
}

/** 200 with a body. */
export function ok(body: object, output: IDataObject[], part: Partial<ContractAnswer> = {}): ContractAnswer {
	return { name: '200 OK', status: 200, body, output, ...part };
}

/** The API reference shows no body. A yes without words is output as such. */
export function empty(status = 200): ContractAnswer {
	return { name: `${status} without a body`, status, body: '', output: [{ success: true }] };
}

/** The body of a refusal, in the API reference's form. */
export function refusal(message: string, reason_code: string, errors?: IDataObject): IDataObject {
	return { success: false, message, reason_code, ...(errors === undefined ? {} : { errors }) };
}

export const unauthorized: ContractAnswer = {
	name: '401 Unauthorized',
	status: 401,
	body: refusal('Missing or invalid Bearer token', 'unauthorized', { token: ['Unknown'] }),
	error: { messageIncludes: ['did not accept the credential', 'Missing or invalid Bearer token'] },
	once: true,
};

export const forbidden: ContractAnswer = {
	name: '403 Forbidden',
	status: 403,
	body: refusal('This route needs a personal access token', 'forbidden', {}),
	error: { messageIncludes: ['This route needs a personal access token'] },
	once: true,
};

export const notFound: ContractAnswer = {
	name: '404 Not Found',
	status: 404,
	body: refusal('There is no such resource, or you may not see it', 'not_found', {}),
	error: { messageIncludes: ['There is no such resource, or you may not see it'] },
	once: true,
};

export const conflict: ContractAnswer = {
	name: '409 Conflict',
	status: 409,
	body: refusal('The session is connected already', 'conflict', {}),
	error: { messageIncludes: ['The session is connected already'] },
	once: true,
};

export const invalid: ContractAnswer = {
	name: '422 Unprocessable Entity',
	status: 422,
	body: refusal('Validation failed', 'validation_error', { to: ['Required'] }),
	error: { messageIncludes: ['Validation failed', 'to', 'Required'] },
	once: true,
};

/** The API reference's errors are a map of anything, its example a number. */
export const oddErrors: ContractAnswer = {
	...invalid,
	name: '422 with errors of another kind',
	body: refusal('Validation failed', 'validation_error', { key_0: 8418 }),
	error: { messageIncludes: ['Validation failed', 'key_0', '8418'] },
};

/** The API reference has 60 seconds, which the node would wait for: an hour is more than it has. */
export const limited: ContractAnswer = {
	name: '429 Too Many Requests',
	status: 429,
	headers: { 'Retry-After': '3600' },
	body: refusal('Rate limit exceeded', 'rate_limited'),
	error: { messageIncludes: ['limiting requests', 'Rate limit exceeded'] },
	once: true,
};

/** "No" in an answer whose status says yes. */
export const refusedInside: ContractAnswer = {
	name: 'a refusal inside HTTP 200',
	status: 200,
	body: refusal('The session is asleep', 'session_unavailable'),
	inferred: true,
	error: { messageIncludes: ['The session is asleep'] },
	once: true,
};

/** One contract. No session is chosen unless its parameters say so. */
export function contract(
	source: string,
	resource: string,
	operation: string,
	part: Partial<Contract> & Pick<Contract, 'request' | 'answers'>,
): Contract {
	const parameters: INodeParameters = { session: noSession, ...part.parameters };
	return { source, resource, operation, ...part, parameters };
}
