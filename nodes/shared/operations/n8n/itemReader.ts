import type { IBinaryData, ICredentialDataDecryptedObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { cleanFileName } from '../../fileName';
import { onceEach, oncePer } from '../../once';
import type { InputFile, ItemReader, ReadParameter } from '../define/field';
import { parameterReader, plainFirst } from './parameters';
import { isCalledWithinAgent } from './toolCall';

/**
 * Reads an input item of a running node.
 *
 * @param credential the one chosen in the node
 * @param properties of the operation
 * @param messageKey see {@link ItemReader.key}
 */
export function itemReader(
	context: IExecuteFunctions,
	itemIndex: number,
	credential: ICredentialDataDecryptedObject,
	properties: INodeProperties[],
	messageKey: (itemIndex: number, part?: number, recipient?: string) => string,
): ItemReader {
	const items = context.getInputData();
	// What a model gives must not take the place of what the workflow says.
	const isInput = !isCalledWithinAgent(context);
	const written = writtenParameters(context);
	const readerOf = (index: number): ReadParameter => {
		const json = isInput ? items[index]?.json : undefined;
		const evaluated = plainFirst(written, json, (name) => context.getNodeParameter(name, index, null));
		return parameterReader({ written, evaluated }, properties);
	};
	return {
		parameter: readerOf(itemIndex),
		everyItem: (name) => items.map((_item, index) => readerOf(index)(name)),
		count: () => items.length,
		credential: (name) => credential[name],
		timezone: () => context.getTimezone(),
		file: (property) => {
			const binary = items[itemIndex]?.binary?.[property];
			return binary && inputFile(context, binary);
		},
		key: (part, recipient) => messageKey(itemIndex, part, recipient),
	};
}

/** What is written in the node's parameters, expressions not resolved: the same for all items, so it is asked for once. */
const writtenParameters = oncePer((context: IExecuteFunctions): ReadParameter =>
	onceEach((name) => context.getNodeParameter(name, 0, null, { rawExpressions: true })),
);

function inputFile(context: IExecuteFunctions, binary: IBinaryData): InputFile {
	const { data, id, fileName, fileExtension, mimeType } = binary;
	return {
		fileName: cleanFileName(fileName) ?? cleanFileName(fileExtension ? `file.${fileExtension}` : '') ?? 'file',
		mimeType,
		size: id === undefined ? Buffer.byteLength(data, 'base64') : binary.bytes,
		open: async () => (id === undefined ? Buffer.from(data, 'base64') : await context.helpers.getBinaryStream(id)),
	};
}
