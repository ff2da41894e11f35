import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IBinaryData, ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import type { InputFile, ItemReader } from './field';
import { readWritten } from './written';
import { unwrapLocator } from './parameters';
import { beginningOf } from './sendMemory';

/**
 * Reads an input item of a running node.
 *
 * @param credential the one chosen in the node
 */
export function itemReader(
	context: IExecuteFunctions,
	itemIndex: number,
	credential: ICredentialDataDecryptedObject,
): ItemReader {
	const items = context.getInputData();
	const parameterOf = (name: string, index: number): unknown => {
		const written: unknown = context.getNodeParameter(name, index, null, { rawExpressions: true });
		const found = readWritten(unwrapLocator(written), items[index]?.json);
		return found === undefined ? unwrapLocator(context.getNodeParameter(name, index, null)) : found;
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
		key: () => {
			const run = context.evaluateExpression('{{ $runIndex }}', itemIndex);
			// Two n8n may run copies of one workflow on one account.
			const place = [context.getInstanceId(), beginningOf(context), context.getNode().id];
			const parts = [...place, run, itemIndex];
			return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
		},
	};
}

function inputFile(context: IExecuteFunctions, binary: IBinaryData): InputFile {
	const { data, id, fileName, fileExtension, mimeType } = binary;
	return {
		fileName: fileName ?? (fileExtension ? `file.${fileExtension}` : 'file'),
		mimeType,
		size: id === undefined ? Buffer.byteLength(data, 'base64') : binary.bytes,
		open: async () =>
			id === undefined
				? Readable.from([Buffer.from(data, 'base64')])
				: await context.helpers.getBinaryStream(id),
	};
}
