import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { BoundedMap } from '../boundedMap';
import { cleanFileName } from '../fileName';
import { textOf } from '../text';
import type { FilePart } from './transport/transport';
import type { GatewayRequest, Parameters } from './request';
import type { MultipartBody, TransportRequest } from './transport/transport';

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
 */
export function encode(
	options: IHttpRequestOptions,
	request: GatewayRequest,
): Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'> {
	const url = addressed(options.url, pairs(options.qs ?? {}));

	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(options.headers ?? {})) {
		if (value !== undefined && value !== null) headers[name.toLowerCase()] = textOf(value);
	}

	const encoded = { method: request.method, url, headers };
	const fields = options.body as IDataObject;
	if (request.multipart) {
		return { ...encoded, body: multipart(fields, request.multipart.files) };
	}
	if (request.form) {
		headers['content-type'] = 'application/x-www-form-urlencoded';
		return { ...encoded, body: new URLSearchParams(pairs(fields)).toString() };
	}
	if (request.json || Object.keys(fields).length > 0) {
		headers['content-type'] = 'application/json';
		return { ...encoded, body: JSON.stringify(fields) };
	}
	return encoded;
}

/** Most messages go to the same address as the one before, and taking one apart takes as long as all else here. */
const addresses = new BoundedMap<URL>(20);

/** @returns one that must not be changed */
function addressed(address: string, query: Array<[string, string]>): URL {
	const known = query.length === 0 ? addresses.get(address) : undefined;
	if (known) return known;
	const url = new URL(address);
	for (const [name, value] of query) url.searchParams.append(name, value);
	if (query.length === 0) addresses.set(address, url);
	return url;
}

/** What HTTP clients write as one byte each (RFC 9110, 5.5): tabs, printable ASCII, and Latin-1. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The name of a header whose value HTTP cannot carry, if there is one. */
export function unsendableHeader(headers: Record<string, string>): string | undefined {
	return Object.keys(headers).find((name) => !SENDABLE.test(headers[name] ?? ''));
}

function pairs(values: IDataObject | Parameters): Array<[string, string]> {
	return Object.entries(values).flatMap(([name, value]): Array<[string, string]> => {
		if (value === undefined || value === null) return [];
		if (!Array.isArray(value)) return [[name, textOf(value)]];
		const listName = `${name}[]`;
		return value.map((element) => [listName, textOf(element)]);
	});
}

function multipart(fields: IDataObject, files: FilePart[]): MultipartBody {
	// A header that holds the name must hold nothing else.
	const named = files.map((file) => ({ ...file, fileName: cleanFileName(file.fileName) ?? 'file' }));
	return { fields: pairs(fields), files: named };
}
