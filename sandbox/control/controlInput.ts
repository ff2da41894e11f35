import { z } from 'zod';
import type { ChaosSpec, FaultAction, FaultSpec, FaultTarget } from '../http/faults';
import { MEDIA_FAULTS } from '../media';
import { playOptions } from '../play/options';
import { ControlError } from '../types';

/* What the HTTP control API accepts. Unknown fields are refused, because a mistyped one would silently do nothing. */

const headers = z.record(z.string(), z.string());
const path = z.string().optional();
const target = {
	provider: z.string().optional(),
	method: z.string().optional(),
	path,
	pathRegex: z.string().optional(),
};

const kinds = {
	latency: z.strictObject({
		kind: z.literal('latency'),
		ms: z.number(),
		when: z.enum(['before', 'after']).optional(),
	}),
	status: z.strictObject({
		kind: z.literal('status'),
		status: z.int().min(200).max(599),
		headers: headers.optional(),
		body: z.unknown().optional(),
		accepted: z.boolean().optional(),
	}),
	html: z.strictObject({ kind: z.literal('html'), html: z.string().optional(), accepted: z.boolean().optional() }),
	truncated: z.strictObject({ kind: z.literal('truncated') }),
	bodyError: z.strictObject({
		kind: z.literal('bodyError'),
		code: z.int().optional(),
		message: z.string().optional(),
	}),
	dropBefore: z.strictObject({ kind: z.literal('dropBefore'), reset: z.boolean().optional() }),
	dropAfter: z.strictObject({ kind: z.literal('dropAfter'), reset: z.boolean().optional() }),
	dropDuring: z.strictObject({ kind: z.literal('dropDuring') }),
	hang: z.strictObject({ kind: z.literal('hang'), accepted: z.boolean().optional() }),
};

const aim = {
	...target,
	/** JSON has no Infinity. */
	times: z.union([z.int().min(1), z.literal('always')]).optional(),
	skip: z.int().min(0).optional(),
};

const fault = z.discriminatedUnion('kind', [
	kinds.latency.extend(aim),
	kinds.status.extend(aim),
	kinds.html.extend(aim),
	kinds.truncated.extend(aim),
	kinds.bodyError.extend(aim),
	kinds.dropBefore.extend(aim),
	kinds.dropAfter.extend(aim),
	kinds.dropDuring.extend(aim),
	kinds.hang.extend(aim),
]);

const action = z.discriminatedUnion('kind', [
	kinds.latency,
	kinds.status,
	kinds.html,
	kinds.truncated,
	kinds.bodyError,
	kinds.dropBefore,
	kinds.dropAfter,
	kinds.dropDuring,
	kinds.hang,
]);

const chaos = z.strictObject({
	...target,
	seed: z.number(),
	share: z.number().min(0).max(1),
	kinds: z.array(action).min(1),
});

export const inputs = {
	fault,
	chaos,
	incoming: z.strictObject({
		event: z.string(),
		slot: z.string().optional(),
		times: z.int().min(1).max(1000).optional(),
		parallel: z.boolean().optional(),
		overrides: z.record(z.string(), z.unknown()).optional(),
	}),
	play: playOptions.extend({
		kind: z.string(),
		times: z.int().min(1).max(1000).optional(),
		parallel: z.boolean().optional(),
	}),
	mediaFault: z.strictObject({ fault: z.enum(MEDIA_FAULTS).nullable(), file: z.string().optional() }),
	deliver: z.strictObject({
		url: z.string().optional(),
		slot: z.string().optional(),
		body: z.string(),
		headers: headers.optional(),
	}),
	webhook: z.strictObject({ url: z.string().nullable(), slot: z.string().optional() }),
	rateLimit: z
		.strictObject({ limit: z.int().min(0), windowMs: z.number().positive(), retryAfter: z.boolean().optional() })
		.nullable(),
	deviceStatus: z.strictObject({ status: z.string() }),
	settings: z.record(z.string(), z.unknown()),
	idleTimeout: z.strictObject({ ms: z.number(), announce: z.boolean().optional() }),
	media: z.strictObject({ size: z.int().min(0), mimeType: z.string() }),
	requestFilter: z.strictObject(target),
	messageFilter: z.strictObject({ provider: z.string().optional() }),
};

/** Reads a control call's input, or says what is wrong with it. */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw new ControlError(z.prettifyError(result.error));
}

/** A fault as it came over HTTP, turned into the one the control takes. */
export function toFaultSpec(input: z.output<typeof fault>): FaultSpec {
	const { provider, method, path: prefix, pathRegex, times, skip, ...what } = input;
	const doing: FaultAction = what;
	return {
		...doing,
		...toTarget({ provider, method, path: prefix, pathRegex }),
		times: times === 'always' ? Infinity : (times ?? 1),
		skip: skip ?? 0,
	};
}

/** Random faults as they came over HTTP. */
export function toChaosSpec(input: z.output<typeof chaos>): ChaosSpec {
	const { provider, method, path: prefix, pathRegex, ...what } = input;
	return { ...what, ...toTarget({ provider, method, path: prefix, pathRegex }) };
}

/** A target as it came over HTTP, where a pattern is a separate string. */
export function toTarget(input: z.output<typeof inputs.requestFilter>): FaultTarget {
	const { provider, method, path: prefix, pathRegex } = input;
	return {
		...(provider === undefined ? {} : { provider }),
		...(method === undefined ? {} : { method }),
		...(pathRegex === undefined ? (prefix === undefined ? {} : { path: prefix }) : { path: pattern(pathRegex) }),
	};
}

function pattern(source: string): RegExp {
	try {
		return new RegExp(source);
	} catch (error) {
		throw new ControlError(`pathRegex: ${error instanceof Error ? error.message : String(error)}`);
	}
}
