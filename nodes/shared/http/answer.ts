import { type ParsedJson, readJson } from './json';
import { asStream, discard, Gathered } from './transport/bytes';
import { type ByteStream, type Transport, TransportError, type TransportResponse } from './transport/transport';

export { parseJson } from './json';

/**
 * The most that is read of an answer that should be JSON: 8 MiB. The largest that providers give is a list that has no pages
 * (contacts with number and name, some 80 bytes each: 100,000 of them).
 */
const MAX_JSON_BYTES = 8 * 1024 * 1024;

/** Larger texts are files, not refusals: 1 MiB. */
const MAX_REFUSAL_BYTES = 1024 * 1024;

/** The most of a provider's words that is shown. */
const MAX_WORDS = 500;

/** Characters of an answer that are looked at to describe it. */
export const MAX_LOOKED_AT = 10_000;

/** Bytes at the front of a body that show whether it is a file or a text. */
const LOOKED_AT_BYTES = 4_096;

/** An answer that was read whole. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	/** As text; empty if there was no body. */
	text: string;
	/** The parsed body; undefined if the text is no JSON. */
	json: unknown;
	/** The connection broke, or a limit was hit, before the end. */
	incomplete: boolean;
	/** Why it cannot be read although it came, in words for the user. */
	problem?: string;
	/** The time limit was over before its end. */
	timedOut?: boolean;
}

/** What a provider's definition makes of an answer. */
export type Verdict =
	| {
			ok: true;
			data: unknown;
			envelope: unknown;
			/** Nothing in it says yes: it merely has the shape of the provider's answers, which is enough for a read. */
			isAssumed?: boolean;
			/** It says yes in a shape that is not the documented one. */
			isNew?: boolean;
	  }
	| {
			ok: false;
			words: string;
			code?: string | number;
			limited?: Limited;
			/** The same answer also says yes, so the outcome is unknown. */
			isContested?: boolean;
			/** The idempotency key came with another request before: of the same message, perhaps, which may have been sent. */
			isKnownKey?: boolean;
	  };

/**
 * For providers without a code for it: the refusal is one by a rate limit. `surely`: it was not processed, so
 * it is sent again after a while. `perhaps`: the error says so, and nothing is sent again.
 */
export type Limited = 'surely' | 'perhaps';

/**
 * Says yes or no in the provider's terms; undefined if the answer is not in the provider's form at all (a proxy's web
 * page, half a JSON, another API).
 */
export type Judge = (answer: Answer) => Verdict | undefined;

/** Reads an answer to its end and parses it whatever its content type says: gateways send JSON as text/html. */
export async function readAnswer(response: TransportResponse): Promise<Answer> {
	const { status, headers, body } = response;
	const undecoded = undecodedProblem(response);
	if (undecoded !== undefined) {
		discard(body);
		return { status, headers, text: '', json: undefined, incomplete: true, problem: undecoded };
	}
	const read = Buffer.isBuffer(body) ? readWhole(body) : await readStream(body);
	const { value, problem }: ParsedJson = read.incomplete ? { value: undefined } : readJson(read.text);
	return { status, headers, json: value, ...(problem === undefined ? {} : { problem }), ...read };
}

/** Says that a body is still encoded: the transport knows no such encoding. */
export function undecodedProblem({ headers }: TransportResponse): string | undefined {
	const encoding = headers['content-encoding'];
	if (encoding === undefined) return undefined;
	return `the response is compressed in a way this node cannot read: ${shorten(encoding).slice(0, 50)}`;
}

/** A body as text, and why it is not all of it. */
type Read = Pick<Answer, 'text' | 'incomplete' | 'problem' | 'timedOut'>;

function readWhole(body: Buffer): Read {
	return body.length > MAX_JSON_BYTES ? tooLarge(body) : { text: body.toString('utf8'), incomplete: false };
}

/** By events: an iterator over a stream costs more than the few bytes of most answers. */
async function readStream(body: ByteStream): Promise<Read> {
	const gathered = new Gathered();
	return await new Promise((resolve) => {
		body.on('data', (piece: Buffer) => {
			if (gathered.size + piece.length <= MAX_JSON_BYTES) return gathered.add(piece);
			resolve(tooLarge(gathered.front()));
			body.destroy();
		});
		body.once('end', () => resolve({ text: gathered.bytes().toString('utf8'), incomplete: false }));
		// The status came, the rest did not: what is there is judged as an incomplete answer.
		body.on('error', (error) => {
			const timedOut = error instanceof TransportError && error.options.timedOut === true;
			resolve({ text: '', incomplete: true, ...(timedOut ? { timedOut } : {}) });
		});
		body.on('close', () => resolve({ text: '', incomplete: true }));
	});
}

function tooLarge(front: Buffer): Read {
	const problem = `the response is larger than ${MAX_JSON_BYTES / 1024 / 1024} MB`;
	return { text: front.subarray(0, MAX_LOOKED_AT).toString('utf8'), incomplete: true, problem };
}

/**
 * The first bytes of a body.
 *
 * @param maxBytes reading stops once more than this many bytes are there
 * @param isEnough reading stops when this says so of the bytes at the front
 * @returns `rest`: the whole body again from its start, or undefined if `head` is all there is
 */
async function readHead(
	body: ByteStream,
	maxBytes: number,
	isEnough: (head: Buffer) => boolean,
	toStream: Transport['toStream'],
	toError: ToError,
): Promise<{ head: Buffer; rest?: ByteStream }> {
	const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const gathered = new Gathered();
	for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
		const wasLong = gathered.size >= LOOKED_AT_BYTES;
		gathered.add(next.value);
		const isFound = !wasLong && isEnough(gathered.front().subarray(0, LOOKED_AT_BYTES));
		if (isFound || gathered.size > maxBytes) {
			// A separate stream, not the body with the head put back: n8n reads some files by events, and would wait for
			// those of a body that was read from before, and for an error that has been.
			const head = gathered.bytes();
			const rest = toStream(again(head, pieces, toError));
			// A generator that was never started runs no `finally`: the connection is let go of here.
			rest.once('close', () => body.destroy());
			// Destroyed with an error before anybody reads it, it must not end the process.
			rest.on('error', () => undefined);
			return { head, rest };
		}
	}
	return { head: gathered.bytes() };
}

/** What a stream is to break with where the transport broke it off. */
type ToError = (cause: unknown) => unknown;

async function* again(head: Buffer, pieces: AsyncIterator<Buffer>, toError: ToError): AsyncGenerator<Buffer> {
	yield head;
	try {
		for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
	} catch (cause) {
		throw toError(cause);
	}
}

/** Why the bytes of a file stopped: what the transport says, or that they broke off. */
export function brokenFile(cause: unknown): TransportError {
	if (cause instanceof TransportError) return cause;
	return new TransportError('sent', 'the response was cut off', { cause });
}

/**
 * Tells a file from a refusal by its bytes, since gateways give PNGs as text/html and refusals with status 200.
 *
 * @param toStream of the transport that the response came by
 * @param toError what the file breaks with where the transport breaks it off
 * @returns `file` where it can be no refusal, `answer` where it may be one and was read whole
 * @throws TransportError if the connection broke
 */
export async function readFileOrAnswer(
	response: TransportResponse,
	toStream: Transport['toStream'],
	toError: ToError = brokenFile,
): Promise<{ file: ByteStream } | { answer: Answer; bytes: Buffer }> {
	if (undecodedProblem(response) !== undefined) {
		return { answer: await readAnswer(response), bytes: Buffer.alloc(0) };
	}
	const { head, rest } = await readHead(
		asStream(response.body, toStream),
		MAX_REFUSAL_BYTES,
		isNoText,
		toStream,
		toError,
	).catch((cause: unknown) => {
		throw brokenFile(cause);
	});
	if (rest) return { file: rest };
	const text = head.toString('utf8');
	const { status, headers } = response;
	const { value, problem } = readJson(text);
	return { answer: { status, headers, text, json: value, problem, incomplete: false }, bytes: head };
}

/** White space and the bytes of a byte order mark, which may stand before JSON and HTML. */
const LEADING_BYTES = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

/** Whether the first bytes rule out JSON and HTML. */
function isNoText(head: Buffer): boolean {
	const first = head.find((byte) => !LEADING_BYTES.has(byte));
	return first !== undefined && !'{[<'.includes(String.fromCharCode(first));
}

/** Whether the answer is a page for a browser. */
export function isWebPage(answer: Answer): boolean {
	return /^\s*<(!doctype html|html|head|body)/i.test(answer.text);
}

/** A few words that say what an unexpected answer looks like, for a person who has to find out where it came from. */
export function describeUnexpected(answer: Answer): string {
	// Enough to recognize what it is; patterns over megabytes would hold up n8n.
	const text = answer.text.slice(0, MAX_LOOKED_AT).trim();
	if (answer.problem !== undefined) return answer.problem;
	if (answer.incomplete) return 'the response was cut off';
	if (text === '') return 'the response was empty';
	if (isWebPage(answer)) {
		const title = /<title[^<>]*>([^<]*)</i.exec(text)?.[1]?.trim();
		return title ? `the response was a web page titled "${shorten(title)}"` : 'the response was a web page';
	}
	if (answer.json !== undefined) return 'the response has an unknown format';
	if (/^[[{]/.test(text)) return 'the response was cut off in the middle of its JSON';
	return `the response was the text "${shorten(text)}"`;
}

/** One line, of bearable length, without markup. */
export function shorten(words: string): string {
	const line = words
		.slice(0, MAX_LOOKED_AT)
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	const characters = [...line];
	return characters.length > MAX_WORDS ? `${characters.slice(0, MAX_WORDS - 1).join('')}…` : line;
}
