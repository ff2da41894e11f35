import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { File } from 'node:buffer';
import type { Readable } from 'node:stream';
import { FormData } from 'undici';
import { textOf } from '../text';
import { withGcPressure } from './gcPressure';
import type { FilePart, GatewayRequest, Parameters } from './request';
import type { TransportRequest } from './transport';

/** How lists are written in queries and forms: `key[]=1&key[]=2` or `key=1&key=2`. */
export type ArrayFormat = 'brackets' | 'repeat';

/**
 * A request as n8n's credentials know it, so that one `authenticate` serves n8n's HTTP Request node, the credential
 * test and this package alike.
 */
export function toHttpRequestOptions(request: GatewayRequest, baseUrl: string): IHttpRequestOptions {
	return {
		method: request.method,
		url: baseUrl + request.path,
		headers: { accept: 'application/json, */*;q=0.5', ...request.headers },
		qs: { ...request.query },
		body: { ...(request.json ?? request.form ?? request.multipart?.fields) },
	};
}

/**
 * The authorised request, encoded for the wire.
 *
 * @param options what the credential's `authenticate` returned
 * @param request the request it was made from, which says how the body is written
 * @param arrayFormat how the provider wants lists
 */
export function encode(
	options: IHttpRequestOptions,
	request: GatewayRequest,
	arrayFormat: ArrayFormat,
): Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'> {
	const url = new URL(options.url);
	for (const [name, value] of pairs(options.qs ?? {}, arrayFormat)) {
		url.searchParams.append(name, value);
	}

	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(options.headers ?? {})) {
		if (value !== undefined && value !== null) headers[name.toLowerCase()] = textOf(value);
	}

	const encoded = { method: request.method, url, headers };
	const fields = options.body as IDataObject;
	if (request.multipart) {
		return { ...encoded, body: multipart(fields, request.multipart.files, arrayFormat) };
	}
	if (request.form) {
		headers['content-type'] = 'application/x-www-form-urlencoded';
		return { ...encoded, body: new URLSearchParams(pairs(fields, arrayFormat)).toString() };
	}
	if (request.json || Object.keys(fields).length > 0) {
		headers['content-type'] = 'application/json';
		return { ...encoded, body: JSON.stringify(fields) };
	}
	return encoded;
}

function pairs(values: IDataObject | Parameters, arrayFormat: ArrayFormat): Array<[string, string]> {
	return Object.entries(values).flatMap(([name, value]): Array<[string, string]> => {
		if (value === undefined || value === null) return [];
		if (!Array.isArray(value)) return [[name, textOf(value)]];
		const listName = arrayFormat === 'brackets' ? `${name}[]` : name;
		return value.map((element) => [listName, textOf(element)]);
	});
}

function multipart(fields: IDataObject, files: FilePart[], arrayFormat: ArrayFormat): FormData {
	const form = new FormData();
	for (const [name, value] of pairs(fields, arrayFormat)) form.append(name, value);
	for (const file of files) form.append(file.name, new StreamedFile(file));
	return form;
}

/**
 * undici writes a form's files by asking each for its size and its stream. This one answers from the source, so the
 * bytes pass through in pieces instead of being gathered first.
 */
class StreamedFile extends File {
	constructor(private readonly part: FilePart) {
		super([], part.fileName, { type: part.mimeType });
		Object.defineProperty(this, 'size', { value: part.size });
	}

	override stream(): ReturnType<File['stream']> {
		const { part } = this;
		const read = async function* (): AsyncGenerator<Uint8Array> {
			const source: Readable = await part.open();
			yield* withGcPressure(source as AsyncIterable<Uint8Array>);
		};
		return ReadableStream.from(read()) as ReturnType<File['stream']>;
	}
}
