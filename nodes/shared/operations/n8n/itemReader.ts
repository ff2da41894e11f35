import type { IBinaryData, ICredentialDataDecryptedObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { InputFile, ItemReader } from '../define/field';
import { readBooleanText } from './booleanText';
import { unwrapLocator } from './parameters';
import { readPlainValue } from './plainValues';
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
	messageKey: (itemIndex: number, content: string) => string,
): ItemReader {
	const items = context.getInputData();
	// What a model gives must not take the place of what the workflow says.
	const isInput = !isCalledWithinAgent(context);
	const parameterOf = (name: string, index: number): unknown => {
		const written: unknown = context.getNodeParameter(name, index, null, { rawExpressions: true });
		const found = readPlainValue(unwrapLocator(written), isInput ? items[index]?.json : undefined);
		const value = found === undefined ? unwrapLocator(context.getNodeParameter(name, index, null)) : found;
		return readBooleanText(name, value, properties);
	};
	return {
		parameter: (name) => parameterOf(name, itemIndex),
		everyItem: (name) => items.map((_item, index) => parameterOf(name, index)),
		count: () => items.length,
		credential: (name) => credential[name],
		timezone: () => context.getTimezone(),
		file: (property) => {
			const binary = items[itemIndex]?.binary?.[property];
			return binary && inputFile(context, binary);
		},
		key: (content = '') => messageKey(itemIndex, content),
	};
}

function inputFile(context: IExecuteFunctions, binary: IBinaryData): InputFile {
	const { data, id, fileName, fileExtension, mimeType } = binary;
	return {
		fileName: fileName ?? (fileExtension ? `file.${fileExtension}` : 'file'),
		mimeType,
		size: id === undefined ? Buffer.byteLength(data, 'base64') : binary.bytes,
		open: async () => (id === undefined ? Buffer.from(data, 'base64') : await context.helpers.getBinaryStream(id)),
	};
}
