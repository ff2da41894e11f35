import type { IBinaryData, ICredentialDataDecryptedObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { cleanFileName } from '../../fileName';
import type { InputFile, ItemReader, ReadParameter } from '../define/field';
import { unwrapLocator } from '../define/locator';
import { parameterReader } from './parameters';
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
	messageKey: (itemIndex: number, part?: number) => string,
): ItemReader {
	const items = context.getInputData();
	// What a model gives must not take the place of what the workflow says.
	const isInput = !isCalledWithinAgent(context);
	const readerOf = (index: number): ReadParameter => {
		const written: ReadParameter = (name) => context.getNodeParameter(name, index, null, { rawExpressions: true });
		const json = isInput ? items[index]?.json : undefined;
		const evaluated: ReadParameter = (name) => {
			const plain = readPlainValue(unwrapLocator(written(name)), json);
			return plain === undefined ? context.getNodeParameter(name, index, null) : plain;
		};
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
		key: (part) => messageKey(itemIndex, part),
	};
}

function inputFile(context: IExecuteFunctions, binary: IBinaryData): InputFile {
	const { data, id, fileName, fileExtension, mimeType } = binary;
	return {
		fileName: cleanFileName(fileName) ?? cleanFileName(fileExtension ? `file.${fileExtension}` : '') ?? 'file',
		mimeType,
		size: id === undefined ? Buffer.byteLength(data, 'base64') : binary.bytes,
		open: async () => (id === undefined ? Buffer.from(data, 'base64') : await context.helpers.getBinaryStream(id)),
	};
}
