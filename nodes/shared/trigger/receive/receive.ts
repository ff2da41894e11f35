import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { GatewayError } from '../../http/gatewayError';
import type { ReadParameter } from '../../operations/define/field';
import { clientFor } from '../../operations/n8n/context';
import { parametersOf } from '../../operations/n8n/parameters';
import { messageOf } from '../../text';
import { apiOf, type GatewayTrigger, type WebhookCall } from '../definition';
import { bounded } from '../event/bounded';
import type { GatewayEvent } from '../event/event';
import { itemsWithMedia } from '../media/attach';
import { mediaFileName } from '../media/describe';
import { needsOwnIds, ownIdsOf } from '../ownIds';
import { propertiesOfTrigger } from '../properties';
import { countryOfEntries } from '../register/credential';
import { bodyOf } from './body';
import { Claims, deliveryOf, started } from './claims';
import { type EventFilter, filterOf, withAge } from './filter';
import { isGenuine } from './genuine';
import { itemOf } from './output';
import { TimeLimit } from './timeLimit';

/**
 * The `webhook` of every trigger node. Forged calls are answered 401, calls of another form 400, and neither starts an
 * execution; a delivery that was seen before, or is filtered out, is answered 200 and starts none either. What starts one
 * is answered by n8n, when it has the execution (n8n 2.41; n8n 1.123 answers before): if n8n is killed in between, the
 * provider delivers it again.
 *
 * It throws nothing: n8n would start a failed execution for it.
 */
export async function receiveWebhook(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
): Promise<IWebhookResponseData> {
	const arrivedAt = Date.now();
	const limit = new TimeLimit();
	const claims = new Claims(context, deliveryOf(context.getHeaderData(), trigger, arrivedAt));
	try {
		const body = bodyOf(context);
		const call = callOf(context, body);
		const parameter = parametersOf(context, propertiesOfTrigger(trigger));
		if (!(await isGenuine(context, trigger, call, parameter))) {
			return answer(context, 401, 'This address is not known here');
		}
		const events = body && trigger.parse(call);
		if (!events) {
			return answer(context, 400, `This is not a webhook of ${apiOf(trigger, parameter).displayName}`);
		}

		const filter = filterOf(parameter, {
			choiceOf: trigger.choiceOf,
			country: await countryOfEntries(context, trigger, parameter),
			ownIds: needsOwnIds(parameter) ? await limit.within(ownIdsOf(context, trigger, parameter)) : undefined,
		});
		const sift = sieve(context, claims);
		const arrived = events.map((event) => received(event, parameter, arrivedAt));
		const looked = await lookedUp(context, trigger, sift(arrived, filter.first), parameter, limit);
		const wanted = takenOf(context, claims, sift(looked, filter.second), ignoredMs(parameter));
		if (wanted.length === 0) {
			const areTaken = await limit.within(claims.areTaken());
			return areTaken === false
				? answer(context, 503, 'The first delivery has failed')
				: answer(context, 200, 'ok');
		}

		const isDownloading = trigger.fetchMedia && parameter('options.downloadMedia') === true;
		if (!isDownloading) return started(claims, [wanted.map((event) => itemOf(event, parameter))]);

		const fetching = itemsWithMedia(context, trigger, wanted, parameter);
		const inTime = await limit.within(fetching);
		if (inTime) return started(claims, [inTime]);
		// From here until n8n has the execution, a kill loses a message that was answered.
		const answered = answer(context, 200, 'ok');
		claims.keep();
		return { ...answered, workflowData: [await fetching] };
	} catch (error) {
		claims.release();
		context.logger.error('A webhook could not be handled', {
			node: context.getNode().name,
			reason: error instanceof GatewayError ? error.failure.kind : messageOf(error),
		});
		return answer(context, 500, 'The webhook could not be handled');
	} finally {
		limit.end();
	}
}

function callOf(context: IWebhookFunctions, body: IDataObject | undefined): WebhookCall {
	const { rawBody } = context.getRequestObject();
	return { headers: context.getHeaderData(), query: context.getQueryData() as IDataObject, body, rawBody };
}

/** The option Ignore Repeats Within. */
function ignoredMs(parameter: ReadParameter): number {
	const seconds = parameter('options.ignoreRepeatsWithin');
	return typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : 0;
}

/** An event as it goes on from here: bounded, with when it came and how old it is. */
function received(event: GatewayEvent, parameter: ReadParameter, arrivedAt: number): GatewayEvent {
	const receivedAt = new Date(arrivedAt).toISOString();
	return { ...withAge(bounded(withCleanName(event)), parameter, arrivedAt), receivedAt };
}

type Sieve = (events: GatewayEvent[], check: EventFilter['first']) => GatewayEvent[];

/** Keeps the events that pass a check, and notes why the others do not. */
function sieve(context: IWebhookFunctions, claims: Claims): Sieve {
	return (events, check) =>
		events.filter((event) => {
			const reason = check(event);
			if (reason === null) return true;
			claims.pass(event);
			logDrop(context, event, reason);
			return false;
		});
}

function takenOf(
	context: IWebhookFunctions,
	claims: Claims,
	events: GatewayEvent[],
	ignoreWithinMs: number,
): GatewayEvent[] {
	return events.flatMap((event) => {
		const taken = claims.take(event, ignoreWithinMs);
		if (!taken) logDrop(context, event, 'repeat');
		return taken ?? [];
	});
}

/** Digits that are no part of a word may be a phone number. */
const NUMBER = /(?<![A-Za-z0-9])\d{7,20}(?![A-Za-z0-9])/g;

/** Why an event started nothing. Neither what was written nor whose number it is belongs into a log. */
function logDrop(context: IWebhookFunctions, { event, id }: GatewayEvent, reason: string): void {
	context.logger.debug('An event started nothing', { reason, event, id: id.replace(NUMBER, '…') });
}

/** Events with what the payload leaves out, as far as it can be found in time; one that fails changes nothing. */
async function lookedUp(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	events: GatewayEvent[],
	parameter: ReadParameter,
	limit: TimeLimit,
): Promise<GatewayEvent[]> {
	const { lookUp } = trigger;
	if (!lookUp || events.length === 0) return events;
	const find = async (event: GatewayEvent): Promise<GatewayEvent> => {
		try {
			return await lookUp(await clientFor(context, apiOf(trigger, parameter), limit.signal), event, parameter);
		} catch {
			return event;
		}
	};
	return await Promise.all(events.map(async (event) => (await limit.within(find(event))) ?? event));
}

/** What names a file comes from outside, and is made a path of by whoever saves the file. */
function withCleanName(event: GatewayEvent): GatewayEvent {
	const { media } = event;
	return media ? { ...event, media: { ...media, fileName: mediaFileName(media.fileName) ?? null } } : event;
}

function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	const response = context.getResponseObject();
	if (!response.headersSent) response.status(status).json({ message });
	return { noWebhookResponse: true };
}
