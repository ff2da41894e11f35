import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ReadParameter } from './field';

/** The text of a message as it goes out: whole, or in parts that are messages of their own. */
export interface MessageParts {
	/** At least one, in order. */
	texts: string[];
	/** The recipient in some form, to notice that it changed between two tries. */
	to: unknown;
}

/** How a send treats its text, for the operations that have one; see `textMessage`. */
export interface TextMessage<V> {
	/** The field with the text. */
	field: string;
	/** The field with the recipient. */
	to: string;
	/** All options that the operation gets: those of every send, and those for its text. */
	options: readonly INodeProperties[];
	/**
	 * The text as the options say, in parts if it is too long.
	 *
	 * @throws FieldRefusal if it cannot be sent
	 */
	parts: (text: string, values: V, parameter: ReadParameter) => string[];
}

/** The one output of a message that went out in parts: that of the first part, with the IDs of all. */
export function joinParts(parts: IDataObject[]): IDataObject {
	const [first = {}, ...others] = parts;
	if (others.length === 0) return first;
	const { messageId = null, ...rest } = first;
	return { messageId, messageIds: parts.map((part) => part.messageId ?? null), ...rest };
}
