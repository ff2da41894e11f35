import { Readable } from 'node:stream';
import { TransportError, type TransportResponse } from './transport';

/** The most that is read of an answer that should be JSON: 32 MiB. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;

/** Larger texts are files, not refusals: 1 MiB. */
const MAX_REFUSAL_BYTES = 1024 * 1024;

/** The most of a provider's words that is shown. */
const MAX_WORDS = 500;

/** An answer that was read whole. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	/** As text; empty if there was no body. */
	text: string;
	/** The parsed body; undefined if the text is no JSON. */
	json: unknown;
	/** The connection broke, or the size limit was hit, before the end. */
	incomplete: boolean;
}

/** What a provider's definition makes of an answer. */
export type Verdict =
	| { ok: true; data: unknown; envelope: unknown }
	| { ok: false; words: string; code?: string | number };

/**
 * Says yes or no in the provider's terms; undefined if the answer is not in the provider's form at all (a proxy's web
 * page, half a JSON, another API).
 */
export type Judge = (answer: Answer) => Verdict | undefined;

/** Reads an answer to its end and parses it whatever its content type says: gateways send JSON as text/html. */
export async function readAnswer(response: TransportResponse): Promise<Answer> {
	const { text, incomplete } = await readText(response.body);
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: incomplete ? undefined : parseJson(text),
		incomplete,
	};
}

async function readText(body: Readable): Promise<{ text: string; incomplete: boolean }> {
	try {
		const { head, rest } = await readHead(body, MAX_JSON_BYTES);
		rest?.destroy();
		return { text: head.toString('utf8'), incomplete: rest !== undefined };
	} catch {
		// The status came, the rest did not: what is there is judged as an incomplete answer.
		return { text: '', incomplete: true };
	}
}

/**
 * The first bytes of a body.
 *
 * @param maxBytes reading stops once more than this many bytes are there
 * @param isEnough reading stops after the first piece if this says so
 * @returns `rest`: the whole body again from its start, or undefined if `head` is all there is
 */
async function readHead(
	body: Readable,
	maxBytes: number,
	isEnough: (firstPiece: Buffer) => boolean = () => false,
): Promise<{ head: Buffer; rest?: Readable }> {
	const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const read: Buffer[] = [];
	let size = 0;
	for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
		read.push(next.value);
		size += next.value.length;
		if (size > maxBytes || (read.length === 1 && isEnough(next.value))) {
			return { head: Buffer.concat(read), rest: Readable.from(again(read, pieces)) };
		}
	}
	return { head: Buffer.concat(read) };
}

async function* again(read: Buffer[], pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	try {
		yield* read;
		for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
	} finally {
		await pieces.return?.();
	}
}

/**
 * Tells a file from a refusal by its bytes, since gateways give PNGs as text/html and refusals with status 200.
 *
 * @returns `file` where it can be no refusal, `answer` where it may be one and was read whole
 * @throws TransportError if the connection broke meanwhile
 */
export async function readFileOrAnswer(
	response: TransportResponse,
): Promise<{ file: Readable } | { answer: Answer; bytes: Buffer }> {
	const isText = (piece: Buffer): boolean => /^[\s\uFEFF]*[{[<]/.test(piece.toString('utf8', 0, 64));
	const { head, rest } = await readHead(response.body, MAX_REFUSAL_BYTES, (piece) => !isText(piece)).catch(
		(cause: unknown) => {
			throw new TransportError('sent', 'the answer broke off before its end', { cause });
		},
	);
	if (rest) return { file: rest };
	const text = head.toString('utf8');
	const { status, headers } = response;
	const answer = { status, headers, text, json: parseJson(text), incomplete: false };
	return { answer, bytes: head };
}

/** Whether the answer is a page for a browser. */
export function isWebPage(answer: Answer): boolean {
	return /^\s*<(!doctype html|html|head|body)/i.test(answer.text);
}

/** The value of a JSON text; undefined if it is none. */
export function parseJson(text: string): unknown {
	const trimmed = text.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return undefined;
	try {
		return JSON.parse(trimmed) as unknown;
	} catch {
		return undefined;
	}
}

/** A few words that say what an unexpected answer looks like, for a person who has to find out where it came from. */
export function describeUnexpected(answer: Answer): string {
	const text = answer.text.trim();
	if (answer.incomplete) return 'the answer broke off before its end';
	if (text === '') return 'the answer was empty';
	if (isWebPage(answer)) {
		const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
		return title ? `the answer was a web page titled "${shorten(title)}"` : 'the answer was a web page';
	}
	if (answer.json !== undefined) return 'the answer has a form this node does not know';
	if (/^[[{]/.test(text)) return 'the answer broke off in the middle of its JSON';
	return `the answer was the text "${shorten(text)}"`;
}

/** One line, of bearable length, without markup. */
export function shorten(words: string): string {
	const line = words.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
	return line.length > MAX_WORDS ? `${line.slice(0, MAX_WORDS - 1)}…` : line;
}
