import type { IBinaryData, IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { FileAnswer, Success } from '../../http/client';
import type { FetchOptions } from '../../http/fetchFile';
import type { GatewayApi } from '../../http/gatewayApi';
import type { Effect, GatewayRequest } from '../../http/request';
import type { SocketConnection } from '../../http/transport/socket';
import type { Bytes } from '../../http/transport/transport';
import { isObject } from '../../object';
import { textOf } from '../../text';
import { batchOptions } from './batchOptions';
import { type Field, FieldRefusal, type Fields, type ItemReader, type ReadParameter, type Values } from './field';
import { withOptions } from './options';
import { beginning, type Paging } from './paging';
import type { MessageParts, TextMessage } from './textMessage';

export type { Effect };

/** What an operation can do while it runs; everything about n8n's items stays with the runner. */
export interface OperationContext {
	/** For what is no message: reads, changes, uploads. */
	send: (request: GatewayRequest) => Promise<Success>;
	/**
	 * For a message: it goes out once when n8n runs the node again. Its request is composed here, and what composing takes,
	 * such as an upload, is done here as well: none of it happens for a message that was accepted before.
	 */
	sendMessage: (compose: () => Promise<GatewayRequest>) => Promise<Success>;
	/**
	 * For a text that may be several messages: each part goes out once and in order, and waits for its turn. A part whose
	 * retry continues an earlier try is taken from there.
	 *
	 * @param compose makes the request of a part; the first part has the number 0
	 */
	sendParts: (
		parts: MessageParts,
		compose: (text: string, part: number) => Promise<GatewayRequest>,
	) => Promise<Success[]>;
	download: (request: GatewayRequest) => Promise<FileAnswer>;
	/** Fetches a file from an address that others may have chosen, without the credential; see `fetchFile`. */
	fetchFile: (address: string, options?: FetchOptions) => Promise<FileAnswer>;
	/** Hands a file to n8n's binary storage, a stream without gathering it in memory. */
	storeBinary: (body: Bytes, fileName?: string, mimeType?: string) => Promise<IBinaryData>;
	/** A value of the chosen credential. */
	credential: ReadParameter;
	/** A pause that Stop ends at once. */
	sleep: (ms: number) => Promise<void>;
	/** Opens a websocket, held to the same network policy as requests. */
	connect: (address: string) => Promise<SocketConnection>;
	/** Posts a picture to an address of the user's. @throws Error when it is not taken */
	handOn: (url: string, handout: Handout) => Promise<void>;
	/** The address that a provider calls to end a wait; see {@link waitForCall}. */
	callbackUrl: () => string;
	/** An address with these parameters, signed by n8n, that a person opens to end a wait. */
	responseUrl: (parameters: Record<string, string>) => string;
	/** What an agent gives to the tool whose use a person is asked to approve; undefined where this is no such question. */
	reviewed: () => IDataObject | undefined;
	/** Keeps what the call that ends the wait has to know; see `keptForCall`. */
	keepForCall: (value: IDataObject) => void;
	/** Lets the execution wait for a call, or go on with `onTimeout` (the node's input without it) when none has come. */
	waitForCall: (until: Date, onTimeout?: IDataObject) => Promise<void>;
}

/** A picture with some words about it. */
export interface Handout {
	fields: Record<string, string>;
	file: { content: Buffer; fileName: string; mimeType: string };
}

/** An item of output. The runner links it to its input item, or to all of them, unless the operation knows better. */
export type OutputItem = Pick<INodeExecutionData, 'json' | 'binary' | 'pairedItem'>;

/** How an operation is written down; see {@link defineOperation}. */
interface OperationDefinition<F extends Fields> {
	/** n8n's internal name, e.g. `sendText`. */
	value: string;
	/** In the Operation list, Title Case. */
	name: string;
	/** In the node panel, e.g. "Send a text message". */
	action: string;
	description: string;
	effect: Effect;
	fields: F;
	/**
	 * The request that these values ask for. Either this or `run`.
	 *
	 * @param part which part of a text message it is for, the first being 0; the text among the values is that part
	 */
	request?: (values: Values<F>, part: number) => GatewayRequest;
	/**
	 * For the few operations that are not one request with data as its answer.
	 *
	 * @param parts of a text message
	 */
	run?: (values: Values<F>, context: OperationContext, parts: MessageParts) => Promise<OutputItem[]>;
	/** For sends of a text: how it is formatted, and split if it is long. */
	textMessage?: TextMessage<Values<F>>;
	/** How further pages are asked for; adds the fields Return All and Limit. */
	paging?: Paging;
	/** A "no" inside an answer that says yes: returns the provider's words, or ours where it has none. */
	refusal?: (data: unknown) => string | undefined;
	/**
	 * Shapes the answer's data; by default it is returned unchanged, a list as one item for each element. Sends return the
	 * fields that all sends share; see `SentMessage`.
	 *
	 * @param envelope the whole answer
	 */
	output?: (data: unknown, values: Values<F>, envelope: unknown) => IDataObject | IDataObject[];
	/** What the user should know about the output, shown under it. */
	notice?: string;
	/** Whether the operation runs once for all input items, with the fields of the first. */
	oneForAll?: (item: ItemReader) => boolean;
	/** A send of one message, for which messages at once and pauses mean nothing. */
	isSingle?: boolean;
	/**
	 * Its message carries a link that only its own execution answers to, so a "Retry execution" sends another one in place
	 * of one whose outcome is unknown.
	 */
	isBound?: boolean;
	/**
	 * For operations that do away with something, or cut a connection: the names of the parameters that say of what. Each
	 * has to be filled in; a default of the credential does not do.
	 */
	destructive?: readonly string[];
	/** Options that come to those of its fields. */
	addedOptions?: readonly INodeProperties[];
	/** Where an operation needs another credential than its gateway's usual one. */
	api?: GatewayApi;
}

/** An operation with the types of its fields closed over: what the runner and the property builder work with. */
export interface Operation {
	value: string;
	name: string;
	action: string;
	description: string;
	effect: Effect;
	fields: Field[];
	paging?: Paging;
	api?: GatewayApi;
	notice?: string;
	isBound?: boolean;
	oneForAll?: (item: ItemReader) => boolean;
	/** See {@link OperationDefinition.destructive}. */
	destructive?: readonly string[];
	/**
	 * Reads and judges the parameters of one item.
	 *
	 * @throws FieldRefusal naming the property that is wrong
	 */
	prepare: (item: ItemReader) => PreparedOperation;
}

/** An operation with the values of one item, ready to go. */
export interface PreparedOperation {
	/** Values that must not be seen in errors. */
	secrets: string[];
	request?: GatewayRequest;
	/** The text of a message in parts, and the request of each. */
	parts?: MessageParts & { request: (text: string, part: number) => GatewayRequest };
	run?: (context: OperationContext) => Promise<OutputItem[]>;
	refusal?: (data: unknown) => string | undefined;
	output: (data: unknown, envelope: unknown) => IDataObject | IDataObject[];
}

/** Defines an operation as data. The runner does everything else: parameters, requests, pages, items, errors. */
export function defineOperation<F extends Fields>(definition: OperationDefinition<F>): Operation {
	const { value, name, action, description, effect, paging, api, request, run, output } = definition;
	const { notice, oneForAll, isBound, destructive, textMessage } = definition;
	const named: Array<[string, Field]> = Object.entries(definition.fields);
	const fields: Field[] = Object.values(definition.fields);
	const isBatch = effect === 'send' && definition.isSingle !== true;
	const usualOptions = isBatch ? batchOptions : (paging?.start?.options ?? []);
	const addedOptions = definition.addedOptions ?? textMessage?.options ?? usualOptions;
	return {
		value,
		name,
		action,
		description,
		effect,
		paging,
		api,
		notice,
		isBound,
		oneForAll,
		destructive,
		fields: withOptions(fields, addedOptions),
		prepare: (item) => {
			const { values: written, secrets } = readFields<F>(named, item);
			const parts = textMessage ? partsOf(textMessage, written, item.parameter) : NO_PARTS;
			const valuesOf = (text: string | undefined): Values<F> =>
				textMessage ? { ...written, [textMessage.field]: text } : written;
			const values = valuesOf(parts.texts[0]);
			for (const target of destructive ?? []) refuseDefault(target, item);
			return {
				secrets,
				request: request && beginning(paging, request(values, 0), item.parameter),
				parts: textMessage && request && { ...parts, request: (text, part) => request(valuesOf(text), part) },
				run: run && (async (context) => await run(values, context, parts)),
				refusal: definition.refusal,
				output: (data, envelope) => (output ? output(data, values, envelope) : asOutput(data)),
			};
		},
	};
}

const NO_PARTS: MessageParts = { texts: [], to: undefined };

function partsOf<V extends object>(
	{ field, to, parts }: TextMessage<V>,
	values: V,
	parameter: ReadParameter,
): MessageParts {
	const byName = values as Record<string, unknown>;
	return { texts: parts(textOf(byName[field]), values, parameter), to: byName[to] };
}

/** @throws FieldRefusal for a parameter that is empty, whatever a field makes of that */
function refuseDefault(name: string, { parameter }: ItemReader): void {
	const given = parameter(name);
	const isEmpty = isObject(given) ? Object.keys(given).length === 0 : !hasSigns(given);
	if (isEmpty) {
		throw new FieldRefusal(name, 'choose it here. Operations that cannot be undone never use a default');
	}
}

/** Whether something was filled in: an expression that found nothing gives false or 0 as well, or invisible characters. */
function hasSigns(given: unknown): boolean {
	if (given === false || given === 0) return false;
	return textOf(given).replace(/[\s\p{Cf}\p{Cc}]/gu, '') !== '';
}

function readFields<F extends Fields>(
	fields: ReadonlyArray<[string, Field]>,
	item: ItemReader,
): { values: Values<F>; secrets: string[] } {
	const secrets: string[] = [];
	const values = fields.map(([name, each]) => {
		const raw = each.read(item);
		// What is judged with other facts is read together with them.
		const written = isObject(raw) && 'written' in raw ? raw.written : raw;
		if (each.secret && typeof written === 'string') secrets.push(written);
		return [name, judged(name, each, raw)];
	});
	return { values: Object.fromEntries(values) as Values<F>, secrets };
}

/** @throws FieldRefusal for a value that is not what the field must be */
function judged(name: string, { properties, schema }: Field, raw: unknown): unknown {
	const parsed = schema.safeParse(raw);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const path = (issue?.path ?? []).map(String);
	const names = properties.map((property) => property.name);
	// A field without properties of its own reads another one's, and names it.
	const startsAtProperty = path[0] !== undefined && (names.length === 0 || names.includes(path[0]));
	const whole = startsAtProperty ? path : [names[0] ?? name, ...path];
	throw new FieldRefusal(whole.join('.'), issue?.message ?? 'the value cannot be used');
}

function asOutput(data: unknown): IDataObject | IDataObject[] {
	return data as IDataObject | IDataObject[];
}
