import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

/** A text message, as all providers tell it. */
export interface IncomingText {
	text: string;
	/** Digits. */
	from?: string;
	/** The group that it comes in, with its suffix. */
	group?: string;
	/** Counts the messages: of those without an id only the time tells it, if there is one. */
	count: number;
}

/** How a provider posts a text message; see its inbound contracts. */
export interface IncomingTexts {
	body: (message: IncomingText) => IDataObject;
	headers?: (body: string) => Record<string, string>;
	/** Values that the credential has beside the usual ones. */
	credential?: ICredentialDataDecryptedObject;
	/** Whether the address is pasted by hand. */
	isPasted?: true;
	/** The names that a payload has neither its id nor its time under; undefined if it always has its time. */
	anonymous?: (body: IDataObject) => IDataObject;
	/** Whether all fields are texts, so that the provider may send a form. */
	isFlat?: true;
	/** Whether the connected phone's number is known: from every message, or by asking the provider. */
	tellsOwnNumber?: true;
}

/** Who writes unless another person is given. */
export const PERSON = '6281200000001';
/** When the first message is written, in Unix seconds. */
export const START = 1_789_162_000;

/** Drops fields of an object inside, by the path to it. */
export function without(body: IDataObject, path: string[], ...names: string[]): IDataObject {
	const [first, ...more] = path;
	if (first === undefined) return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
	return { ...body, [first]: without(body[first] as IDataObject, more, ...names) };
}
