import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { field, type Field, type InputFile } from '../../operations/define/field';
import { textOf } from '../../text';
import { requiredId } from './schemas';

/** What a file must be to be taken. */
interface FileRules {
	/** MIME types; `image/*` stands for all images. Any if absent. */
	accepts?: string[];
	maxBytes?: number;
}

/** A file of the input item, for providers that take uploads. It is checked before anything is sent. */
export function binaryInput(rules: FileRules = {}): Field<InputFile> {
	const property: INodeProperties = {
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the input binary field containing the file to be sent',
	};
	return {
		properties: [property],
		read: ({ parameter, file }) => {
			const name = textOf(parameter(property.name)).trim();
			return { name, file: file(name) };
		},
		schema: z
			.object({ name: z.string(), file: z.custom<InputFile | undefined>() })
			.transform(({ name, file }, context) => {
				const message = file ? fileProblem(file, rules) : `this item has no file in the field "${name}"`;
				if (file && !message) return file;
				context.addIssue({ code: 'custom', message });
				return z.NEVER;
			}),
	};
}

function fileProblem(file: InputFile, { accepts, maxBytes }: FileRules): string | undefined {
	const family = `${file.mimeType.split('/')[0]}/*`;
	if (accepts && !accepts.includes(file.mimeType) && !accepts.includes(family)) {
		return `the file is ${file.mimeType}; taken are ${accepts.join(', ')}`;
	}
	if (maxBytes !== undefined && file.size !== undefined && file.size > maxBytes) {
		const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
		return `the file has ${megabytes(file.size)} MB; at most ${megabytes(maxBytes)} MB are taken`;
	}
	return undefined;
}

/** The item's field that a downloaded file is put into. */
export const binaryOutput: Field<string> = field(
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
	},
	requiredId('name the output field, for example data'),
);
