import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { FileAnswer } from '../../http/client';
import { wait } from '../../http/timing/wait';
import type { ReadParameter } from '../../operations/define/field';
import { clientFor, type FetchFile, fileFetcherFor } from '../../operations/n8n/context';
import { textOf } from '../../text';
import { apiOf, type GatewayTrigger } from '../definition';
import type { EventMedia, GatewayEvent } from '../event/event';
import { itemOf } from '../receive/output';
import { fewAtOnce } from './atOnce';
import { fileNameOf, mimeTypeOf } from './describe';
import { failureFields, MediaFailure, tooLarge } from './failure';
import { decoded, inlinedFileIn, withoutInlined } from './inlined';
import { maxBytesOf, wholeFile } from './wholeFile';

/** What all files of a call may take together. */
const MAX_TIME_MS = 5 * 60_000;

/** What the files of a call have in common. */
interface Download {
	context: IWebhookFunctions;
	trigger: GatewayTrigger;
	parameter: ReadParameter;
	maxBytes: number;
	/** Aborted when the time is over. */
	signal: AbortSignal;
}

/** A file, and the event as it is with its file beside it. */
interface Fetched {
	bytes: Buffer;
	contentType?: string;
	event: GatewayEvent;
}

/** Events as items with their files, one file after the other. It ends, whatever the servers of the files do. */
export async function itemsWithMedia(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	events: GatewayEvent[],
	parameter: ReadParameter,
): Promise<INodeExecutionData[]> {
	const over = new AbortController();
	const done = new AbortController();
	void wait(MAX_TIME_MS, done.signal).then(
		() => over.abort(),
		() => undefined,
	);
	const maxBytes = maxBytesOf(parameter('options.largestFile'));
	const download: Download = { context, trigger, parameter, maxBytes, signal: over.signal };
	try {
		const items: INodeExecutionData[] = [];
		for (const event of events) items.push(await withMedia(download, event));
		return items;
	} finally {
		done.abort();
	}
}

/** An item with its file. A file that cannot be fetched does not hold the message back: the item says why. */
async function withMedia(download: Download, event: GatewayEvent): Promise<INodeExecutionData> {
	const { parameter, signal } = download;
	const { media } = event;
	if (!media) return itemOf(event, parameter);
	try {
		return await fewAtOnce(async () => await withFile(download, event, media), signal);
	} catch (error) {
		const isOver = signal.aborted && !(error instanceof MediaFailure);
		const shown = isOver ? new MediaFailure('unavailable', 'The file did not arrive in time') : error;
		const item = itemOf(event, parameter);
		return { ...item, json: { ...item.json, ...failureFields(shown) } };
	}
}

async function withFile(download: Download, event: GatewayEvent, media: EventMedia): Promise<INodeExecutionData> {
	const { context, parameter } = download;
	const { bytes, contentType, event: shown } = await fetched(download, event, media);
	const mimeType = mimeTypeOf(media.mimeType, contentType, bytes);
	const property = textOf(parameter('options.binaryPropertyName')) || 'data';
	const binary = await context.helpers.prepareBinaryData(bytes, fileNameOf(event, mimeType), mimeType);
	return { ...itemOf(shown, parameter), binary: { [property]: binary } };
}

/**
 * The file of an event, by the first way that leads to it.
 *
 * @throws what the first way ended with
 */
async function fetched(download: Download, event: GatewayEvent, media: EventMedia): Promise<Fetched> {
	const { maxBytes, signal } = download;
	if (media.sizeBytes !== undefined && media.sizeBytes > maxBytes) throw tooLarge(maxBytes);
	const failures: unknown[] = [];
	for (const way of waysTo(download, event, media)) {
		if (signal.aborted) break;
		const found = await way().catch((error: unknown) => {
			failures.push(error);
		});
		if (found) return found;
	}
	const [first] = failures;
	throw first instanceof Error ? first : new MediaFailure('unavailable', 'The file did not arrive in time');
}

/**
 * A plain address, then what the payload itself holds, then what only the provider can do. Each way is looked for when the
 * one before it has failed: the search through a payload takes its time.
 */
function* waysTo(download: Download, event: GatewayEvent, media: EventMedia): Generator<() => Promise<Fetched>> {
	const { context, trigger, parameter, maxBytes, signal } = download;
	const api = apiOf(trigger, parameter);
	const { url, reference } = media;
	const { fetchMedia } = trigger;
	const fetchFile: FetchFile = async (address, options) => {
		const fetchAny = await fileFetcherFor(context, api);
		return await fetchAny(address, { signal, ...options });
	};
	const whole = async (answer: FileAnswer): Promise<Fetched> => ({
		bytes: await wholeFile(answer, maxBytes),
		contentType: answer.headers['content-type'],
		event,
	});
	if (url !== null) yield async () => await whole(await fetchFile(url));
	const inlined = inlinedFileIn(event.raw);
	if (inlined) {
		yield async () => {
			const file = await whole(decoded(inlined, maxBytes));
			return { ...file, event: { ...event, raw: withoutInlined(event.raw, inlined, file.bytes.length) } };
		};
	}
	if (fetchMedia && (reference !== null || (url === null && !inlined))) {
		yield async () => {
			const client = await clientFor(context, api, signal);
			return await whole(await fetchMedia(client, event, media, fetchFile, { maxBytes }));
		};
	}
}
