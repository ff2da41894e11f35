import {
	type Failure,
	type IDataObject,
	type INode,
	type INodeProperties,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { GatewayError, type GatewayFailure, type Outcome } from '../../http/gatewayError';
import { FieldRefusal } from '../define/field';
import type { Effect } from '../define/operation';
import { inSeconds, textOf } from '../../text';

/** What is known of an item that failed: `partly sent` for a text of which some parts went out, and the others did not. */
export type ItemOutcome = Outcome | 'partly sent';

/** What a user reads: what happened, and what to do about it. */
interface Explanation {
	message: string;
	description: string;
}

const UNKNOWN_OUTCOME: Record<Effect, { suffix: string; advice: string }> = {
	send: {
		suffix: ': the message may have been sent',
		advice: 'It was not sent again, because that could deliver it twice. Check the chat before resending. The same goes for Retry under Executions.',
	},
	change: {
		suffix: ': the change may have been made',
		advice: 'It was not repeated. Check whether it took effect before you try again.',
	},
	read: { suffix: '', advice: 'Try again later.' },
};

/** A message that the provider knows again by its key was repeated: what it did not do is arrive twice. */
const UNKNOWN_KEYED = {
	suffix: UNKNOWN_OUTCOME.send.suffix,
	advice: 'Every try carried the same key, by which the provider recognizes repeats, so it was not delivered twice. Check the chat before resending.',
};

/** What is certain where the outcome is known. */
const NOTHING_DONE: Record<Effect, string> = {
	send: 'Nothing was sent.',
	change: 'Nothing was changed.',
	read: '',
};

function unknownOutcome({ repeatable, parts }: GatewayFailure, effect: Effect): { suffix: string; advice: string } {
	const usual = effect === 'send' && repeatable ? UNKNOWN_KEYED : UNKNOWN_OUTCOME[effect];
	if (!parts) return usual;
	const { sent, total } = parts;
	return { ...usual, suffix: `: part ${sent + 1} of ${total} of the message may have been sent` };
}

/** Of a text in parts: what is known of the others. */
function aboutParts({ outcome, parts }: GatewayFailure): { suffix: string; sentence: string } | undefined {
	if (!parts) return undefined;
	const { sent, total } = parts;
	const before = sent === 1 ? 'The part before it was sent.' : `The ${sent} parts before it were sent.`;
	const after = sent + 1 < total ? 'The parts after it were not sent.' : '';
	if (outcome === 'unknown') return { suffix: '', sentence: joinSentences(sent > 0 ? before : '', after) };
	if (sent === 0) return undefined;
	return {
		suffix: `: only ${sent} of ${total} parts went out`,
		sentence:
			'Retry On Fail and Retry under Executions send only the rest. A new execution sends the whole message again.',
	};
}

/** Says in plain words what happened to a request and what to do, in the provider's words where it gave any. */
export function explain(failure: GatewayFailure, effect: Effect): Explanation {
	const { message, advice } = sentence(failure, effect);
	const tries = failure.attempts > 1 ? `It was tried ${failure.attempts} times.` : '';
	const parts = aboutParts(failure);
	const nothingDone = failure.outcome === 'unknown' || parts ? '' : NOTHING_DONE[effect];
	// An unknown outcome has to be checked, whatever else the provider's hint says.
	const next =
		failure.outcome === 'unknown' && effect !== 'read' ? [advice, failure.hint ?? ''] : [failure.hint ?? advice];
	return {
		message: message + (parts?.suffix ?? ''),
		description: joinSentences(nothingDone, parts?.sentence ?? '', tries, ...next, failure.tried?.note ?? ''),
	};
}

function sentence(failure: GatewayFailure, effect: Effect): { message: string; advice: string } {
	const { provider, words = '', status } = failure;
	const lost = failure.outcome === 'unknown' ? unknownOutcome(failure, effect) : undefined;
	const suffix = lost?.suffix ?? '';
	const quoted = words ? `: "${words}"` : '';

	switch (failure.kind) {
		case 'refused':
			return {
				message: `${provider} refused the request${quoted}${suffix}`,
				advice: lost?.advice ?? 'Check the fields of this operation.',
			};
		case 'unauthorized':
			return {
				message: `${provider} did not accept the credential${quoted}${suffix}`,
				advice: lost?.advice ?? `Open the ${provider} credential and check its keys and Base URL.`,
			};
		case 'rateLimited':
			return {
				message: `${provider} is limiting requests${quoted}${suffix}`,
				advice: lost?.advice ?? 'Wait a minute and try again, or send fewer messages at a time.',
			};
		case 'redirected':
			return {
				message: `${provider} redirected the request elsewhere (HTTP ${status})${suffix}`,
				advice: joinSentences(
					lost?.advice ?? '',
					'Check the Base URL in the credential: it should be the address of the API itself, with https.',
				),
			};
		case 'unavailable':
			return {
				message: `${provider} returned an error (${answerOf(failure)}${words ? `, "${words}"` : ''})${suffix}`,
				advice: lost?.advice ?? 'Try again later.',
			};
		case 'unreadable':
			return {
				message: `${provider} returned an unreadable response (HTTP ${status}, ${words})${suffix}`,
				advice: joinSentences(
					effect === 'read' ? '' : (lost?.advice ?? ''),
					'Check the Base URL in the credential if this happens every time.',
				),
			};
		case 'timeout':
			return {
				message: `${provider} did not respond within ${inSeconds(failure.timeLimitMs ?? 0)}${suffix}`,
				advice: lost?.advice ?? 'Try again later.',
			};
		case 'network':
			return lost
				? { message: `The connection to ${provider} was lost (${words})${suffix}`, advice: lost.advice }
				: {
						message: `Could not connect to ${provider} (${words})`,
						advice: 'Check the Base URL in the credential, and whether this n8n can reach it.',
					};
		case 'blocked':
			return {
				message: `This n8n does not allow requests to the address of ${provider} (${words})`,
				advice: 'Check the Base URL in the credential, or ask your administrator to allow the address (N8N_SSRF_ALLOWED_HOSTNAMES).',
			};
		case 'changed':
			return lost
				? {
						message: `${provider} accepted the message in an earlier try, but its fields can no longer be read`,
						advice: lost.advice,
					}
				: {
						message: `The rest of the message was not sent through ${provider}, because its fields can no longer be read`,
						advice: 'Correct the fields of this operation first.',
					};
		case 'misconfigured':
			return {
				message: `The ${provider} credential cannot be used: ${words}`,
				advice: 'Open the credential and write the Base URL in full, starting with https://.',
			};
		case 'unsupported':
			return { message: `This n8n cannot connect to ${provider} (${words})`, advice: '' };
		case 'cancelled':
			return {
				// n8n takes an error for the user's own Stop by the word "canceled".
				message: `The execution was canceled while waiting for ${provider}${suffix}`,
				advice: lost?.advice ?? '',
			};
	}
}

/** What identifies the failure: the HTTP status, or with a good one the provider's own code. */
function answerOf({ status, code }: GatewayFailure): string {
	const isGood = status !== undefined && status < 300;
	return isGood && code !== undefined ? `code ${code}` : `HTTP ${status}`;
}

/**
 * Any error of an item as the one that n8n shows.
 *
 * @param properties of the node, to name a refused field as the user sees it
 */
export function toNodeError(
	error: unknown,
	context: {
		node: INode;
		/** Absent where there are no items, as in a trigger. */
		itemIndex?: number;
		effect: Effect;
		properties: INodeProperties[];
		/** Whether a send or change of the item may have been made before an error that is none of the gateway's. */
		mayHaveActed?: boolean;
		/** Takes secrets out of the words of such an error. */
		clean?: (text: string) => string;
	},
): NodeApiError | NodeOperationError {
	const { node, itemIndex, effect, properties, mayHaveActed = false, clean } = context;
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof FieldRefusal) {
		const { message, description } = explainRefusal(error, properties, effect);
		return operationError(node, message, { itemIndex, description });
	}
	if (error instanceof GatewayError) {
		const { message, description } = explain(error.failure, effect);
		const nodeError = new NodeApiError(node, asResponse(error.failure, message), {
			message,
			description,
			httpCode: error.failure.status === undefined ? undefined : String(error.failure.status),
			itemIndex,
			failure: toN8nFailure(error.failure),
		});
		return withOwnWords(nodeError, message);
	}
	const cause = cleanError(error, clean);
	if (!mayHaveActed) return new NodeOperationError(node, cause, { itemIndex });
	const { suffix, advice } = UNKNOWN_OUTCOME[effect];
	const nodeError = new NodeOperationError(node, cause, { itemIndex, description: advice });
	nodeError.message = `${cause.message}${suffix}`;
	return nodeError;
}

/** An error whose words, the stack among them, hold no secret; the same one if it held none. */
function cleanError(error: unknown, clean: (text: string) => string = (text) => text): Error {
	const found = error instanceof Error ? error : new Error(textOf(error) || 'unknown error');
	const message = clean(found.message);
	return message === found.message ? found : new Error(message);
}

/**
 * What is known of an item that failed. An error that is none of the gateway's, and no refused field, comes from our own
 * steps or n8n's: what had been sent by then is sent.
 *
 * @param mayHaveActed whether a send or change of the item may have been made before
 */
export function outcomeOf(error: unknown, mayHaveActed: boolean): ItemOutcome {
	if (error instanceof GatewayError) {
		const { outcome, parts } = error.failure;
		return outcome !== 'unknown' && parts && parts.sent > 0 ? 'partly sent' : outcome;
	}
	return mayHaveActed && !(error instanceof FieldRefusal) ? 'unknown' : 'not sent';
}

/** An error with this message and no other. */
export function operationError(
	node: INode,
	message: string,
	options: { itemIndex?: number; description?: string } = {},
): NodeOperationError {
	return withOwnWords(new NodeOperationError(node, message, options), message);
}

/** n8n replaces messages that contain certain words, such as "replaceExisting" (EEXIST); ours are written to be shown as they are. */
function withOwnWords<T extends NodeApiError | NodeOperationError>(error: T, message: string): T {
	error.message = message;
	return error;
}

/** Adds to an error that n8n shows what else the user should know, such as how many items were done before. */
export function withNote(error: unknown, note: string): unknown {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.description = joinSentences(error.description ?? '', note) || undefined;
	}
	return error;
}

/** How a refused field is reported: with its name as the user sees it. Nothing was done. */
export function explainRefusal(
	refusal: FieldRefusal,
	properties: INodeProperties[],
	effect: Effect = 'send',
): Explanation {
	return {
		message: `${displayNameOf(refusal.property, properties)}: ${refusal.problem}`,
		// Of a read, not even the question.
		description: NOTHING_DONE[effect] || NOTHING_DONE.send,
	};
}

/**
 * The facts of a failure for a workflow to branch on; part of the output of a failed item.
 *
 * @param outcome what {@link outcomeOf} says of it
 * @returns `outcome` (`not sent`, `refused`, `unknown`, `partly sent`), `description`, of a text in parts `partsSent` and
 *   `partsTotal`, and where there was an answer `httpCode`, the provider's `code`, `retryAfterMs`
 */
export function failureDetails(
	error: unknown,
	shown: NodeApiError | NodeOperationError,
	outcome = outcomeOf(error, false),
): IDataObject {
	const description = shown.description ?? undefined;
	const { status, code, attempts, retryAfterMs, parts }: Partial<GatewayFailure> =
		error instanceof GatewayError ? error.failure : {};
	const { sent: partsSent, total: partsTotal } = parts ?? {};
	const details = { outcome, description, partsSent, partsTotal, attempts, httpCode: status, code, retryAfterMs };
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

/** Sentences in one paragraph, empty ones left out. */
export function joinSentences(...sentences: string[]): string {
	return sentences.filter((part) => part !== '').join(' ');
}

function asResponse(failure: GatewayFailure, message: string): JsonObject {
	const { outcome, status, code, attempts } = failure;
	return { message, outcome, attempts, httpStatus: status ?? null, providerCode: code ?? null };
}

function toN8nFailure(failure: GatewayFailure): Failure | undefined {
	switch (failure.kind) {
		case 'rateLimited':
			return { cause: 'rate-limited', retryAfterMs: failure.retryAfterMs };
		case 'unauthorized':
			return { cause: 'credential-invalid' };
		case 'unavailable':
			return { cause: 'temporarily-unavailable', retryAfterMs: failure.retryAfterMs };
		case 'blocked':
		case 'misconfigured':
		case 'redirected':
			return { cause: 'configuration-invalid' };
		default:
			return undefined;
	}
}

function displayNameOf(path: string, properties: INodeProperties[]): string {
	// Numbers are places in a list, which have no name of their own.
	const names = path.split('.').filter((step) => !/^\d+$/.test(step));
	const found: string[] = [];
	let level: unknown[] = properties;
	for (const name of names) {
		const property = level.filter(isNamed).find((candidate) => candidate.name === name);
		if (!property) break;
		found.push(property.displayName);
		level = [...(property.options ?? []), ...(property.values ?? [])];
	}
	return found.join(' → ') || path;
}

interface Named {
	name: string;
	displayName: string;
	options?: unknown[];
	values?: unknown[];
}

function isNamed(value: unknown): value is Named {
	return typeof value === 'object' && value !== null && 'name' in value && 'displayName' in value;
}
