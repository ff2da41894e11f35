import type { Success } from '../../shared/http/client';
import type { FilePart } from '../../shared/http/transport/transport';
import type { GatewayRequest, Parameters } from '../../shared/http/request';
import { timeLimitMs } from '../../shared/messaging/fields/options';
import type { Asked } from '../../shared/messaging/sentMessage';
import { isObject } from '../../shared/object';
import type { OperationContext, OutputItem } from '../../shared/operations/define/operation';
import { joinParts, type MessageParts } from '../../shared/operations/define/textMessage';
import { type Idempotency, signed } from '../fields/idempotency';
import type { Recipient } from '../fields/recipient';
import { writtenMoment } from '../fields/schedule';
import type { PlainOptions, SendOptions } from '../fields/sendOptions';
import { sentDelivery } from './outputs';

/** One message, whatever its request looks like. */
export interface OutgoingMessage {
	recipient: Recipient;
	channels: string[] | undefined;
	options: SendOptions;
	idempotency: Idempotency | undefined;
	/** Whether only the most useful fields of the delivery are returned. */
	simplify: boolean;
	/** The parameters that only this kind of message has, as the API reference names them. */
	content: Parameters;
	/** The text of a text message, which may be several. */
	parts?: MessageParts;
	/** Builds the request, except for what all messages have in common. */
	request: (parameters: Parameters) => GatewayRequest;
}

/** API reference, Delivery: as JSON, because a long text does not fit into a URL, and URLs appear in logs. */
export function textRequest(parameters: Parameters): GatewayRequest {
	return { method: 'POST', path: '/api/v1/delivery', json: { ...parameters } };
}

/** API reference, Sending files: the parameters in the query. The name `file` of the part is from the provider's own usage. */
export function fileRequest(file: Omit<FilePart, 'name'>) {
	return (parameters: Parameters): GatewayRequest => ({
		method: 'POST',
		path: '/api/v1/send_file',
		query: parameters,
		multipart: { fields: {}, files: [{ ...file, name: 'file' }] },
	});
}

/**
 * Sends a message and, if wanted, lets the execution wait for its final status.
 *
 * @returns the message; for one that was accepted before, the external ID and the provider's words instead
 */
export async function deliver(message: OutgoingMessage, context: OperationContext): Promise<OutputItem[]> {
	const { options } = message;
	const callbackUrl = options.waitForFinalStatus ? context.callbackUrl() : options.callbackUrl;
	const signedPart = (part: number, text?: string) => {
		const content = text === undefined ? message.content : { ...message.content, text };
		return signed(parametersOf({ ...message, content }, callbackUrl, part), message.idempotency, part);
	};
	const composedIds: unknown[] = [];
	const compose = async (part: number, text?: string): Promise<GatewayRequest> => {
		const { parameters, request } = signedPart(part, text);
		composedIds[part] = parameters.external_id;
		const whole = { ...message.request(parameters), ...request, timeLimitMs: timeLimitMs(options) };
		return await Promise.resolve(whole);
	};
	const sent = message.parts
		? await context.sendParts(message.parts, async (text, part) => await compose(part, text))
		: [await context.sendMessage(async () => await compose(0))];

	const alreadyReceived = ({ data }: Success): boolean => isObject(data) && data.alreadyReceived === true;
	const deliveries = sent.map((success, part) => {
		const data: unknown = success.data;
		// What is taken over from an earlier try was neither composed nor repeated.
		const external_id = repeatedId(success) ?? composedIds[part] ?? signedPart(part).parameters.external_id;
		const answered = isObject(data) && alreadyReceived(success) ? { ...data, external_id } : data;
		return sentDelivery(answered, askedOf(message), message.simplify);
	});
	const delivery = joinParts(deliveries);
	const isRepeated = sent.some(alreadyReceived);
	const isEarlier = sent.some((success) => success.isEarlier === true);
	// The status of a message that another execution sent goes to that execution: one with the same External ID, or the one
	// that this execution retries.
	const isOurs = !isEarlier && (!isRepeated || options.externalId === undefined);
	if (options.waitForFinalStatus && isOurs) {
		const until = new Date(Date.now() + options.waitLimit * 60_000);
		const waited = { delivered: null, timedOut: true, waitedMinutes: options.waitLimit };
		await context.waitForCall(until, { ...delivery, ...waited });
	}
	return [{ json: delivery }];
}

/** The external ID of the request that was repeated in place of what is composed now. */
function repeatedId({ repeated }: Success): unknown {
	if (repeated === undefined) return undefined;
	const { json, query } = JSON.parse(repeated) as GatewayRequest;
	return (json ?? query)?.external_id;
}

/** The recipient and schedule for the output, if the response does not have them. */
export function askedOf({ recipient, options }: { recipient: Recipient; options: { sendAt?: Date } }): Asked {
	const isScheduled = options.sendAt !== undefined;
	// API reference, `tdlib_user_id`: "the group ID is always negative".
	const isGroup = 'tdlib_user_id' in recipient && recipient.tdlib_user_id.startsWith('-');
	if (isGroup) return { groupId: recipient.tdlib_user_id, isScheduled };
	return { phone: 'phone' in recipient ? recipient.phone : null, isScheduled };
}

/**
 * A message as parameters of the API reference; unset ones are left out.
 *
 * @param part of a text, the first being 0: each has an ID of its own, and the first is the reply
 */
export function parametersOf(
	{
		recipient,
		channels,
		options,
		content,
	}: Pick<OutgoingMessage, 'recipient' | 'channels' | 'content'> & { options: PlainOptions },
	callbackUrl: string | undefined,
	part = 0,
): Parameters {
	const { externalId } = options;
	const all: Parameters = {
		...recipient,
		...content,
		dispatch_routing: channels,
		callback_url: callbackUrl,
		external_id: externalId !== undefined && part > 0 ? `${externalId}#${part + 1}` : externalId,
		priority: options.priority,
		reply_to_message_id: part === 0 ? options.replyToMessageId : undefined,
		scheduled_at: options.sendAt && writtenMoment(options.sendAt),
		sender_name: options.senderName,
		simulate_typing: options.showTyping,
		utm_mark: options.utmMark,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
