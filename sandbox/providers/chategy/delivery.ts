import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ControlError, type Delivery, Refusal, type Revision } from '../../types';
import { operatorOf } from './client';
import { Parameters, unprocessable } from './fields';
import { checkFile } from './files';
import { providerTime, readBulk, readMessage } from './message';
import type { Channel, Instance } from './seed';
import { type ChategyState, type DeliveryRecord, idOf, notFound, SUCCESS } from './state';
import { DELETED, DELIVERED, type DeliveryStatus, READ, statusOf } from './statuses';

/** "The request is repeated every 2 minutes 10 times until it receives the HTTP code 200" (API reference). */
const MAX_CALLBACKS = 10;

/** The routes that send, show and delete messages, below `/api/v1`. */
export function addDeliveryRoutes(api: FastifyInstance, state: ChategyState): void {
	api.post('/delivery', async (request) => {
		const { instance, parameters, remember } = receive(request, state);
		const message = readMessage(parameters, instance, 'required');
		const delivery = state.addDelivery(message, 'text', parameters.values);
		remember();
		progress(state, delivery);
		return { delivery: accepted(delivery, 'Accepted'), meta: SUCCESS };
	});
	api.post('/send_file', async (request) => {
		const { instance, parameters, remember } = receive(request, state);
		const message = readMessage(parameters, instance, null, checkFile(parameters));
		const delivery = state.addDelivery(message, 'file', parameters.values);
		remember();
		progress(state, delivery);
		const { sender_name, status_description, ...rest } = accepted(delivery, 'Received');
		return {
			delivery: {
				...rest,
				sender_name,
				reply_to_message_id: parameters.text('reply_to_message_id') ?? null,
				simulate_typing: parameters.flag('simulate_typing') ?? true,
				status_description,
			},
			meta: SUCCESS,
		};
	});
	api.post('/bulk_delivery', async (request) => {
		const { instance, parameters, remember } = receive(request, state);
		const messages = readBulk(parameters, instance);
		for (const message of messages) progress(state, state.addDelivery(message, 'bulk', parameters.values));
		remember();
		const [{ channels, scheduledAt, senderName, text, utmMark } = noMessages()] = messages;
		return {
			bulk_delivery: {
				dispatch_routing: channels,
				phones_numbers: messages.flatMap(({ phone }) => phone ?? []),
				scheduled_at: providerTime(scheduledAt),
				sender_name: senderName,
				state: 2,
				text,
				url_shorting: false,
				utm_mark: utmMark,
			},
			meta: SUCCESS,
		};
	});
	api.get('/delivery/:id', async (request) => {
		const { customerId } = state.client(request);
		const delivery = state.deliveries.find((one) => one.id === idOf(request) && one.customerId === customerId);
		if (delivery === undefined) throw notFound();
		return { delivery: shown(delivery), meta: SUCCESS };
	});
	api.delete('/delivery/:id', async (request) => {
		const { customerId } = state.client(request);
		deleteFromMessenger(state.deliveries.find((one) => one.id === idOf(request) && one.customerId === customerId));
		state.context.revise(String(idOf(request)), { isDeleted: true });
		return { meta: SUCCESS };
	});
}

/**
 * Moves a delivery to a status. Where the client left a callback URL it is called, in the documented form, until it
 * answers 200: for a final status always, for another one only when asked ("after updating the status … to the final
 * one", API reference).
 *
 * @returns what came back from each callback
 * @throws a ControlError for an unknown delivery or status
 */
export async function moveDelivery(
	state: ChategyState,
	move: { id?: number; statusId: number; channel?: Channel; callback?: boolean },
): Promise<Delivery[]> {
	const delivery =
		move.id === undefined ? state.deliveries.at(-1) : state.deliveries.find(({ id }) => id === move.id);
	if (delivery === undefined)
		throw new ControlError(
			move.id === undefined ? 'There is no delivery yet.' : `There is no delivery ${move.id}.`,
		);
	const status = statusOf(move.statusId);
	if (status === undefined) throw new ControlError(`Chategy has no status ${move.statusId}.`);
	delivery.statusId = status.id;
	delivery.channel = move.channel ?? delivery.channel ?? delivery.channels[0] ?? null;
	state.context.revise(String(delivery.id), revisionOf(status));
	if (delivery.callbackUrl === null || !(move.callback ?? status.isFinal)) return [];

	const { signal } = state.life;
	const webhook = {
		url: delivery.callbackUrl,
		body: JSON.stringify(callbackBody(delivery)),
		headers: () => ({ 'Content-Type': 'application/json' }),
	};
	const callbacks: Delivery[] = [];
	while (callbacks.length < MAX_CALLBACKS && !signal.aborted) {
		if (callbacks.length > 0) await state.context.wait(state.settings.callbackIntervalMs, signal);
		if (signal.aborted || state.context.isClosing()) break;
		const callback = await state.context.post(webhook, callbacks.length + 1);
		callbacks.push(callback);
		if (callback.status === 200) break;
	}
	return callbacks;
}

/** The body of a callback (API reference, "Callback of the sending status"). */
export function callbackBody(
	delivery: Pick<DeliveryRecord, 'id' | 'senderName' | 'statusId' | 'channel'>,
): Record<string, unknown> {
	return {
		delivery: {
			sender_name: delivery.senderName,
			id: delivery.id,
			status: {
				status_id: delivery.statusId,
				description: descriptionOf(delivery),
				dispatch_routing: delivery.channel,
			},
		},
	};
}

/** Who sends what, and whether it is the first time: only requests with a `checksum` header are asked that. */
function receive(
	request: FastifyRequest,
	state: ChategyState,
): { instance: Instance; parameters: Parameters; remember: () => void } {
	const instance = state.client(request);
	const parameters = Parameters.of(request);
	const { checksum } = request.headers;
	const id = parameters.text('external_id');
	if (checksum !== undefined) {
		if (!parameters.matchesChecksum(String(checksum), instance.idempotencyKey))
			throw new Refusal(400, 'Invalid checksum');
		// That the id alone decides, and that a refused request does not use it up, is inferred.
		if (id !== undefined && instance.seen.has(id))
			throw new Refusal(409, 'Request with current params has already been received');
	}
	return {
		instance,
		parameters,
		remember: () => void (checksum !== undefined && id !== undefined && instance.seen.add(id)),
	};
}

/** Lets a delivery reach its status automatically, if the settings say so. */
function progress(state: ChategyState, { id }: DeliveryRecord): void {
	const { autoStatus, autoStatusMs } = state.settings;
	const { signal } = state.life;
	if (autoStatus === null) return;
	void state.context.wait(autoStatusMs, signal).then(async () => {
		if (!signal.aborted && !state.context.isClosing()) await moveDelivery(state, { id, statusId: autoStatus });
	});
}

/** A delivery as the answer to its sending shows it. */
function accepted(delivery: DeliveryRecord, description: string) {
	return {
		callback_url: delivery.callbackUrl,
		dispatch_routing: delivery.channels,
		external_id: delivery.externalId,
		id: delivery.id,
		phone: plus(delivery.phone),
		priority: delivery.priority,
		scheduled_at: providerTime(delivery.scheduledAt),
		sender_name: delivery.senderName,
		status_description: description,
		status_id: delivery.statusId,
		sum: '0.0',
		total_sms: delivery.totalSms,
		traffic_category: 0,
		utm_mark: delivery.utmMark,
	};
}

/** A delivery as its own request shows it. That one without a number has no operator is inferred. */
function shown(delivery: DeliveryRecord): unknown {
	return {
		callback_url: delivery.callbackUrl,
		external_id: delivery.externalId,
		id: delivery.id,
		operator: delivery.phone === null ? null : operatorOf(delivery.phone),
		phone: plus(delivery.phone),
		scheduled_at: providerTime(delivery.scheduledAt),
		sender_name: delivery.senderName,
		status: { description: descriptionOf(delivery), status_id: delivery.statusId },
		sum: '0.00',
		total_sms: delivery.totalSms,
		traffic_category: 0,
		utm_mark: delivery.utmMark,
	};
}

/** Takes a message back, or says why not: the four refusals are the API reference's, their order is inferred. */
function deleteFromMessenger(delivery: DeliveryRecord | undefined): void {
	const channel = delivery?.channel ?? delivery?.channels[0];
	const name = channel === 'tdlib' ? 'tdlib_delivery' : 'delivery';
	if (delivery === undefined || delivery.statusId === DELETED) throw unprocessable({ [name]: [`${name} not found`] });
	if (channel !== 'tdlib' && channel !== 'whatsapp')
		throw unprocessable({ dispatch_type: ['dispatch_type invalid'] });
	if (delivery.statusId !== DELIVERED) throw unprocessable({ delivery: ['delivery not_complete'] });
	delivery.statusId = DELETED;
}

function descriptionOf({ statusId }: Pick<DeliveryRecord, 'statusId'>): string {
	return statusOf(statusId)?.description ?? '';
}

function revisionOf({ id, description, isFinal }: DeliveryStatus): Revision {
	const status = id === READ ? 'read' : id === DELIVERED ? 'delivered' : isFinal ? 'failed' : undefined;
	return {
		note: description,
		...(status === undefined ? {} : { status }),
		...(id === DELETED ? { isDeleted: true } : {}),
	};
}

function plus(phone: string | null): string | null {
	return phone === null ? null : `+${phone}`;
}

function noMessages(): never {
	throw new Error('a bulk delivery without recipients was accepted');
}
