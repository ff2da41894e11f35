import type { INodeParameters } from 'n8n-workflow';
import type { RecordedRequest } from './scriptedServer';

/** What an event's value names. */
export type TakenKind =
	'person' | 'lid' | 'group' | 'channel' | 'telegram' | 'telegramGroup' | 'max' | 'message' | 'delivery';

/** A field of the action node that takes values of the same provider's events. */
export interface TakingField {
	/** Operation and field as the editor shows them. */
	title: string;
	/** The whole operation, with an expression in the field. */
	parameters: (expression: string) => INodeParameters;
	/** What the request names there. */
	sent: (request: RecordedRequest) => unknown;
	/** What it takes, and as what that goes out: of a person the digits are given, of all others the id. */
	takes: Partial<Record<TakenKind, (value: string) => unknown>>;
}

/** A sender, as the sandbox plays it, who gets an answer. */
export interface WritingSender {
	who: string;
	event: string;
	/** What has to be chosen under Events for it; all events unless given. */
	events?: string[];
	overrides?: Record<string, unknown>;
	/** Value of the event, title of the field, and what the request names; typed by hand. */
	answers: Array<[expression: string, title: string, sent: unknown]>;
}

/** What an event's values may be put into. */
export interface RoundTrip {
	fields: TakingField[];
	senders: WritingSender[];
}

/** A value of a JSON body. */
export const inJson =
	(name: string) =>
	({ json }: RecordedRequest): unknown =>
		(json as Record<string, unknown> | undefined)?.[name];

/** A field of a multipart body. */
export const inMultipart =
	(name: string) =>
	({ body }: RecordedRequest): unknown =>
		new RegExp(`name="${name}"\\r\\n\\r\\n(.*)\\r\\n`).exec(body.toString())?.[1];

/** For what goes out as it is given. */
export const same = (value: string): string => value;

/** An id in a field with a list. */
export const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });
