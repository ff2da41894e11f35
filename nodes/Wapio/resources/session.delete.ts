import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { GatewayError } from '../../shared/http/gatewayError';
import { path } from '../../shared/http/request';
import { onOrOff, secondsToWait } from '../../shared/messaging/fields/schemas';
import { isObject } from '../../shared/object';
import { collectionField } from '../../shared/operations/define/field';
import { defineOperation, type OperationContext } from '../../shared/operations/define/operation';
import { textOf } from '../../shared/text';
import { wapioApi } from '../api/wapioApi';
import { chosenOnly, personalTokenOnly } from '../fields/session';

/** Milliseconds between two checks of an operation: a second at first, then longer, because each counts toward the rate limit. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** "Accepted": queued, not done yet. */
const ACCEPTED = 202;

/** Final states of an operation. The API reference names none; these are usual (inferred), as is `finished_at`. */
const AT_END = /^(succeeded|success|completed?|done|finished|deleted|failed|failure|error|cancell?ed)$/i;
const FAILED = /^(failed|failure|error|cancell?ed)$/i;

const options = collectionField(
	{ displayName: 'Options', name: 'options', placeholder: 'Add option' },
	[
		{
			displayName: 'Wait for Deletion',
			name: 'waitForDeletion',
			type: 'boolean',
			default: true,
			description:
				'Whether to wait until the session is deleted, instead of continuing as soon as Wapio has accepted the request',
		},
		{
			displayName: 'Wait Limit (Seconds)',
			name: 'waitLimit',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			default: 120,
			displayOptions: { show: { waitForDeletion: [true] } },
			description: 'How long to wait for the deletion',
		},
	],
	z.object({
		waitForDeletion: onOrOff.default(false),
		waitLimit: secondsToWait.default(120),
	}),
);

/** API reference: folder Sessions, Delete a session: it is queued, and its key is revoked immediately. */
export const deleteSession = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a session',
	description: 'Delete a session. Its key stops working immediately. Needs a personal access token.',
	effect: 'change',
	destructive: ['session'],
	fields: { ...personalTokenOnly, session: chosenOnly, options },
	run: async (values, context) => {
		const { data, status } = await context.send({
			method: 'DELETE',
			path: path`/v1/whatsapp-sessions/${values.session}`,
		});
		if (!isObject(data)) return [{ json: { deleted: status !== ACCEPTED, session_id: values.session } }];
		const operation = values.options.waitForDeletion
			? await untilFinished(data, values.options.waitLimit, context)
			: data;
		const deleted = isAtEnd(operation) && !FAILED.test(textOf(operation.status));
		return [{ json: { deleted, ...operation } }];
	},
});

/**
 * Checks an operation until it is finished (GET /v1/operations/{id}, provider documentation).
 *
 * @param limit seconds
 * @throws GatewayError when it failed, or is not finished in time
 */
async function untilFinished(
	queued: IDataObject,
	limit: number,
	{ send, sleep }: Pick<OperationContext, 'send' | 'sleep'>,
): Promise<IDataObject> {
	const id = textOf(queued.operation_id).trim();
	let operation = queued;
	let pause = FIRST_PAUSE_MS;
	const end = Date.now() + limit * 1000;
	while (id !== '' && !isAtEnd(operation)) {
		const left = end - Date.now();
		if (left <= 0) throw notInTime(operation, limit);
		const { data } = await sleep(Math.min(pause, left))
			.then(async () => await send({ method: 'GET', path: path`/v1/operations/${id}` }))
			.catch((error: unknown) => {
				throw afterQueued(error);
			});
		operation = isObject(data) ? data : operation;
		pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
	}
	if (FAILED.test(textOf(operation.status))) throw failed(operation);
	return operation;
}

/** A failed check says nothing about the deletion, which was requested before. */
function afterQueued(error: unknown): unknown {
	return error instanceof GatewayError
		? new GatewayError({ ...error.failure, outcome: 'unknown' }, { cause: error })
		: error;
}

function isAtEnd({ status, finished_at }: IDataObject): boolean {
	return textOf(finished_at) !== '' || AT_END.test(textOf(status));
}

function failed({ error, status }: IDataObject): GatewayError {
	const reason = textOf(isObject(error) ? (error.message ?? error) : error);
	return new GatewayError({
		provider: wapioApi.displayName,
		kind: 'refused',
		outcome: 'refused',
		words: `the session was not deleted (${reason || textOf(status)})`,
		attempts: 1,
	});
}

function notInTime({ operation_id, status }: IDataObject, limit: number): GatewayError {
	return new GatewayError({
		provider: wapioApi.displayName,
		kind: 'timeout',
		outcome: 'unknown',
		timeLimitMs: limit * 1000,
		hint: `Wapio accepted the deletion and is still working on it (operation ${textOf(operation_id)}, ${textOf(status) || 'no status'}). Increase Wait Limit if it needs longer.`,
		attempts: 1,
	});
}
