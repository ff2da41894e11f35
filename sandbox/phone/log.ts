import { isPlain } from '../merge';
import { mask, maskUrls } from '../control/mask';
import type { RequestRecord } from '../types';
import type { WebhookRecord } from './journal';

/** A request or a webhook, readable and without secrets. */
export interface LogEntry {
	id: string;
	kind: 'request' | 'webhook';
	provider: string;
	at: number;
	method: string;
	/** A request: its path and query. A webhook: where it was posted. */
	target: string;
	/** A status, or what happened in place of one. */
	outcome: string;
	/** What made it go wrong, if it was asked to. */
	fault: string | null;
	headers: Record<string, string>;
	body: string;
	/** What came back from a webhook's receiver. */
	response: string | null;
	ms: number | null;
}

/** Beside the providers' own. */
const ALWAYS_SECRET = [
	'authorization',
	'cookie',
	'set-cookie',
	'file_encoded',
	'mediakey',
	'x-webhook-signature',
	'access_token',
];
const MAX_BODY = 6_000;
const MAX_RESPONSE = 1_000;

/** Shows the log without the names and the values that are secret. */
export class LogView {
	private readonly names: ReadonlySet<string>;
	private readonly values: readonly string[];

	/** @param values the secrets themselves, which are hidden wherever they are */
	constructor(names: Iterable<string>, values: Iterable<string>) {
		this.names = new Set([...ALWAYS_SECRET, ...names]);
		this.values = [...new Set(values)].filter((value) => value.length >= 6);
	}

	request(record: RequestRecord, index: number): LogEntry {
		const query = Object.entries(this.fields(record.query))
			.map(([name, value]) => `${name}=${asText(value)}`)
			.join('&');
		return {
			id: `request-${index}`,
			kind: 'request',
			provider: record.provider,
			at: record.at,
			method: record.method,
			target: this.hide(`${record.path}${query === '' ? '' : `?${query}`}`),
			outcome: String(record.answered),
			fault: record.fault ?? null,
			headers: this.headers(record.headers),
			body: this.body(record.body, MAX_BODY),
			response: null,
			ms: null,
		};
	}

	webhook({ id, provider, at, webhook, attempt, headers, delivery }: WebhookRecord): LogEntry {
		return {
			id: `webhook-${id}`,
			kind: 'webhook',
			provider,
			at,
			method: 'POST',
			target: this.hide(webhook.url),
			outcome: delivery === undefined ? 'pending' : String(delivery.status ?? delivery.error ?? 'no response'),
			fault: attempt > 1 ? `delivery ${attempt} of the same webhook` : null,
			headers: this.headers(headers),
			body: this.body(parsed(webhook.body), MAX_BODY),
			response: delivery === undefined ? null : this.body(parsed(delivery.body), MAX_RESPONSE),
			ms: delivery?.ms ?? null,
		};
	}

	private fields(value: unknown): Record<string, unknown> {
		const masked = mask(value, this.names);
		return isPlain(masked) ? masked : {};
	}

	private headers(headers: Record<string, unknown>): Record<string, string> {
		return Object.fromEntries(
			Object.entries(this.fields(headers)).flatMap(([name, value]) =>
				value === undefined ? [] : [[name, this.hide(asText(value)).slice(0, MAX_RESPONSE)]],
			),
		);
	}

	private body(value: unknown, limit: number): string {
		if (value === undefined || value === '') return '';
		const text = typeof value === 'string' ? value : JSON.stringify(mask(value, this.names), null, 2);
		const hidden = this.hide(text.slice(0, limit * 4));
		return hidden.length > limit ? `${hidden.slice(0, limit)}\n… (${text.length} characters)` : hidden;
	}

	private hide(text: string): string {
		return this.values.reduce((rest, value) => rest.replaceAll(value, '***'), maskUrls(text));
	}
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
