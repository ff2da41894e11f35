import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { GatewayError } from '../../http/gatewayError';
import { isSecretRight } from '../../http/secrets';
import type { ReadParameter } from '../../operations/define/field';
import { clientFor, fileFetcherFor } from '../../operations/n8n/context';
import { explain } from '../../operations/n8n/errors';
import { parametersOf } from '../../operations/n8n/parameters';
import { textOf } from '../../text';
import { apiOf, type GatewayTrigger, type WebhookCall } from '../definition';
import type { GatewayEvent } from '../event/event';
import { propertiesOfTrigger } from '../properties';
import { secretFor } from '../register/lifecycle';
import { givenSecret } from '../register/webhookAddress';
import { isNewEvent } from './dedupe';
import { filterOf } from './filter';

/**
 * The `webhook` of every trigger node. Forged calls are answered 401, calls of another form 400, and neither starts an
 * execution; a delivery that was seen before, or is filtered out, is answered 200 and starts none either.
 *
 * It throws nothing: n8n would start a failed execution for it.
 */
export async function receiveWebhook(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
): Promise<IWebhookResponseData> {
	try {
		const call = callOf(context);
		if (!(await isGenuine(context, trigger, call))) {
			return answer(context, 401, 'This address is not known here');
		}
		const events = trigger.parse(call);
		const parameter = parametersOf(context, propertiesOfTrigger(trigger));
		if (!events) {
			return answer(context, 400, `This is not a webhook of ${apiOf(trigger, parameter).displayName}`);
		}

		const isWanted = filterOf(parameter, trigger.choiceOf, await countryOf(context, trigger, parameter));
		const wanted = events.filter(isWanted).filter((event) => isFirst(context, event));
		// Answered here and now: n8n saves what was seen only for a call that is answered before its execution starts,
		// and a provider shall not deliver again while files are fetched.
		const answered = answer(context, 200, 'ok');
		if (wanted.length === 0) return answered;

		const isDownloading = trigger.fetchMedia && parameter('options.downloadMedia') === true;
		if (!isDownloading) {
			return { ...answered, workflowData: [wanted.map((event) => itemOf(event, parameter))] };
		}
		const items: INodeExecutionData[] = [];
		for (const event of wanted) items.push(await withMedia(context, trigger, event, parameter));
		return { ...answered, workflowData: [items] };
	} catch (error) {
		context.logger.error('A webhook could not be handled', {
			node: context.getNode().name,
			reason: error instanceof GatewayError ? error.failure.kind : nameOfError(error),
		});
		return answer(context, 500, 'The webhook could not be handled');
	}
}

function callOf(context: IWebhookFunctions): WebhookCall {
	const { rawBody } = context.getRequestObject();
	return {
		headers: context.getHeaderData(),
		query: context.getQueryData() as IDataObject,
		body: context.getBodyData(),
		rawBody,
	};
}

async function isGenuine(context: IWebhookFunctions, trigger: GatewayTrigger, call: WebhookCall): Promise<boolean> {
	if (trigger.registration.kind === 'byHand' && !trigger.verify) {
		const chosen = textOf(parametersOf(context, propertiesOfTrigger(trigger))('options.secret')).trim();
		return chosen === '' || isSecretRight(givenSecret(call.query), chosen);
	}
	const api = apiOf(trigger, parametersOf(context, propertiesOfTrigger(trigger)));
	const credential = await context.getCredentials(api.credentialType);
	const secret = secretFor(context, api, credential);
	if (trigger.verify) return trigger.verify(call, credential, secret);
	return isSecretRight(givenSecret(call.query), secret);
}

/** The credential's Default Country, where there are senders to compare with. */
async function countryOf(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	parameter: ReadParameter,
): Promise<string | undefined> {
	if (!parameter('options.senders')) return undefined;
	const credential = await context.getCredentials(apiOf(trigger, parameter).credentialType);
	return textOf(credential.defaultCountry);
}

/** Tests see every delivery; production sees each event once. */
function isFirst(context: IWebhookFunctions, event: GatewayEvent): boolean {
	if (context.getMode() === 'manual') return true;
	const node = context.getNode();
	const triggerId = `${context.getWorkflow().id} ${node.webhookId ?? node.id}`;
	return isNewEvent(triggerId, event.id, context.getWorkflowStaticData('node'));
}

function itemOf(event: GatewayEvent, parameter: ReadParameter): INodeExecutionData {
	if (parameter('output') === 'raw') return { json: event.raw };
	return { json: { ...event } };
}

/** An item with its file. A file that cannot be fetched does not hold the message back: the item says why. */
async function withMedia(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	event: GatewayEvent,
	parameter: ReadParameter,
): Promise<INodeExecutionData> {
	const item = itemOf(event, parameter);
	if (!event.media || !trigger.fetchMedia) return item;
	try {
		const api = apiOf(trigger, parameter);
		const client = await clientFor(context, api);
		const fetchFile = await fileFetcherFor(context, api);
		const { body, headers } = await trigger.fetchMedia(client, event, event.media, fetchFile);
		const mimeType = headers['content-type']?.split(';')[0] ?? event.media.mimeType ?? undefined;
		const fileName = event.media.fileName ?? undefined;
		const property = textOf(parameter('options.binaryPropertyName')) || 'data';
		const binary = await context.helpers.prepareBinaryData(body, fileName, mimeType);
		return { ...item, binary: { [property]: binary } };
	} catch (error) {
		const reason = error instanceof GatewayError ? explain(error.failure, 'read').message : nameOfError(error);
		return { ...item, json: { ...item.json, mediaError: reason } };
	}
}

function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	const response = context.getResponseObject();
	if (!response.headersSent) response.status(status).json({ message });
	return { noWebhookResponse: true };
}

function nameOfError(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown error';
}
