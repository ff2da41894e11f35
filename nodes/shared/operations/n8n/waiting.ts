import type {
	IDataObject,
	IExecuteFunctions,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { isSecretRight } from '../../http/secrets';
import { textOf } from '../../text';
import { requireSignature } from './n8n1';

/** What every call to a waiting execution has in common. */
const restart = {
	name: 'default',
	responseMode: 'onReceived',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
} as const;

/** What a node must declare so that a waiting execution can be called back: by a provider, or by a person's browser. */
export const waitingWebhooks: IWebhookDescription[] = [
	{ ...restart, httpMethod: 'GET' },
	{ ...restart, httpMethod: 'POST' },
];

/** What is kept in the node's context until a call comes. */
interface Kept {
	kept?: IDataObject;
	run?: string;
	callToken?: string;
}

/** Name in the query of a callback address of n8n 1. */
const TOKEN = 'token';

/** Name in the query of a person's link: in which run of the node it was sent, counted from 0, which is left out. */
const RUN = 'run';
const FIRST_RUN = '0';

/**
 * The address that resumes this execution at this node: n8n's resume address carries a token that cannot be guessed, and
 * is meant for the whole execution; the node's id in it makes it this node's own. That of n8n 1 carries none, and gets one
 * here: the same for each try, since the provider may call the address of the first.
 */
export function callbackUrl(context: IExecuteFunctions): string {
	const resumeUrl = new URL(textOf(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	resumeUrl.pathname = `${resumeUrl.pathname.replace(/\/$/, '')}/${context.getNode().id}`;
	if (resumeUrl.searchParams.has('signature')) return resumeUrl.toString();
	const memory: Kept = context.getContext('node');
	memory.callToken ??= randomUUID();
	resumeUrl.searchParams.set(TOKEN, memory.callToken);
	return resumeUrl.toString();
}

/**
 * An address with these parameters, signed by n8n, that a person opens to end a wait. In a loop n8n would sign the same one
 * each time, and an earlier link would answer the next question: so it also says which run of the node it is for.
 */
export function responseUrl(context: IExecuteFunctions, parameters: Record<string, string>): string {
	requireSignature(context);
	const run = runIndexOf(context);
	return context.getSignedResumeUrl(run === FIRST_RUN ? parameters : { ...parameters, [RUN]: run });
}

function runIndexOf(context: IExecuteFunctions): string {
	return textOf(context.evaluateExpression('{{ $runIndex }}', 0));
}

/** Whether a person's link is for the run of the node that waits, and not for an earlier one of a loop. */
export function isForThisRun(context: IWebhookFunctions): boolean {
	const { [RUN]: run = FIRST_RUN } = context.getQueryData() as IDataObject;
	return run === (memoryOf(context, 'run') ?? FIRST_RUN);
}

/**
 * Lets the execution wait for a call to {@link callbackUrl}. It is saved and survives n8n restarts.
 *
 * @param onTimeout the output when no call came in time. n8n then hands on what the node was given, so this takes its
 *   place; until then the webhook reads it as `$json`. Without it the node's input goes on
 */
export async function waitForCall(context: IExecuteFunctions, until: Date, onTimeout?: IDataObject): Promise<void> {
	if (onTimeout) context.getExecuteData().data.main = [[{ json: onTimeout, pairedItem: { item: 0 } }]];
	await context.putExecutionToWait(until);
}

/**
 * Keeps a value until a call to this node comes. In a call n8n evaluates the node's expressions as in its first run, whichever
 * run it is that waits.
 */
export function keepForCall(context: IExecuteFunctions, value: IDataObject): void {
	const memory: Kept = context.getContext('node');
	memory.kept = value;
	memory.run = runIndexOf(context);
}

/** What {@link keepForCall} kept last; nothing that is known to be of some shape. */
export function keptForCall(context: IWebhookFunctions): unknown {
	return memoryOf(context, 'kept');
}

/**
 * A node's name as a text within an expression. An expression ends at a pair of braces and takes no line break, and n8n
 * refuses some words in it: a name may be any.
 */
export function quotedName(name: string): string {
	const units = [...Array(name.length).keys()].map((at) => name.charCodeAt(at));
	return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}

function memoryOf(context: IWebhookFunctions, key: keyof Kept): unknown {
	return context.evaluateExpression(`{{ $(${quotedName(context.getNode().name)}).context.${key} }}`);
}

/** What a call to a waiting node means; undefined if it is none that concerns it. */
type ReadCallback = (body: unknown, waiting: IDataObject) => { final: boolean; item: IDataObject } | undefined;

/**
 * The `webhook` of a node that waits for a provider's call. A final one lets the execution go on with its item; others
 * are answered and the execution goes on waiting, so that the provider does not repeat them.
 *
 * @param read judges a call; the second argument is what would go on at the time limit
 */
export function receiveCallback(context: IWebhookFunctions, read: ReadCallback): IWebhookResponseData {
	const token = memoryOf(context, 'callToken');
	if (typeof token === 'string' && !isSecretRight((context.getQueryData() as IDataObject)[TOKEN], token)) {
		context.getResponseObject().status(401).json({ message: 'Invalid token' });
		return { noWebhookResponse: true };
	}
	const waiting = context.evaluateExpression('{{ $json }}') as unknown as IDataObject;
	const call = read(context.getBodyData(), waiting);
	if (!call?.final) return { webhookResponse: { message: 'ok' } };
	return {
		webhookResponse: { message: 'ok' },
		workflowData: [[{ json: call.item, pairedItem: { item: 0 } }]],
	};
}
