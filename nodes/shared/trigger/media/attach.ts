import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { GatewayError } from '../../http/gatewayError';
import { plainMimeType } from '../../mimeType';
import type { ReadParameter } from '../../operations/define/field';
import { clientFor, fileFetcherFor } from '../../operations/n8n/context';
import { explain } from '../../operations/n8n/errors';
import { messageOf, textOf } from '../../text';
import { apiOf, type GatewayTrigger } from '../definition';
import type { GatewayEvent } from '../event/event';
import { itemOf } from '../receive/output';

/** Events as items with their files, one file after the other. */
export async function itemsWithMedia(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	events: GatewayEvent[],
	parameter: ReadParameter,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const event of events) items.push(await withMedia(context, trigger, event, parameter));
	return items;
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
		const mimeType = plainMimeType(headers['content-type']) ?? plainMimeType(event.media.mimeType);
		const fileName = event.media.fileName ?? undefined;
		const property = textOf(parameter('options.binaryPropertyName')) || 'data';
		const binary = await context.helpers.prepareBinaryData(body, fileName, mimeType);
		return { ...item, binary: { [property]: binary } };
	} catch (error) {
		const reason = error instanceof GatewayError ? explain(error.failure, 'read').message : messageOf(error);
		return { ...item, json: { ...item.json, mediaError: reason } };
	}
}
