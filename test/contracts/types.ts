import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

/** A request as the provider's API reference documents it. */
export interface ExpectedRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Relative to the base URL, e.g. `/messages`. */
	path: string;
	/** Exactly these pairs, in any order. */
	query?: Array<[string, string]>;
	/** The headers that matter: authorisation and content type. A pattern for a value that nobody can foresee; undefined for none. */
	headers: Record<string, string | RegExp | undefined>;
	/** The JSON body, exactly. Without `json`, `form` and `multipart` the body is empty. */
	json?: unknown;
	/** The pairs of an urlencoded body, in any order. */
	form?: Array<[string, string]>;
	/** The fields of a multipart body, in any order; none of them a file. */
	multipart?: Array<[string, string]>;
	/** The one file of a multipart body; without `multipart` the body has nothing beside it. */
	file?: { name: string; fileName: string; mimeType: string; content: Buffer };
}

/** An answer of the provider, and what the node has to make of it. */
export interface ContractAnswer {
	name: string;
	status: number;
	headers?: Record<string, string>;
	/** An object goes out as JSON. */
	body: string | object | Buffer;
	/** The API reference shows no such body: it is put together from what the prose says. */
	inferred?: true;
	/** Output items, in order. */
	output?: IDataObject[];
	/** Files of the first output item by property name. */
	binary?: Record<string, { mimeType: string; content: Buffer }>;
	/** Instead of output: parts of the error's message and description, in any case. */
	error?: { messageIncludes: string[] };
	/** The request must not be repeated, whatever the answer. */
	once?: true;
}

/** One request of an API reference: what a user sets, what goes out, what can come back. */
export interface Contract {
	/** Folders and name of the request in the API reference. */
	source: string;
	/** The API reference does not have it: `source` names what else documents it, and it counts for none of its requests. */
	beyond?: true;
	/** Other requests of the API reference that do the same by another transport: the node makes `request` for all of them. */
	covers?: string[];
	/** What is special about this entry, when a request has several. */
	variant?: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
	/** Values of the credential that differ from the provider's usual ones. */
	credential?: ICredentialDataDecryptedObject;
	/** Files of the input item by field name. */
	binary?: Record<string, { fileName: string; mimeType: string; content: Buffer }>;
	/** What the operation asks for before, with the answer it gets; such as an upload. */
	before?: Array<{ request: ExpectedRequest; answer: Pick<ContractAnswer, 'status' | 'body'> }>;
	request: ExpectedRequest;
	answers: ContractAnswer[];
}

/** A request the provider sends to us. */
export interface InboundContract {
	source: string;
	/** The body as the API reference shows it, real values in place of masked ones. */
	payload: IDataObject;
}
