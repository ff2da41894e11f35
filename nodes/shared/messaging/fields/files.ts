import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { bareMimeType, usualMimeType } from '../../mimeType';
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
				const mimeType = file && acceptedType(file, rules);
				const message = file
					? fileProblem(file, mimeType, rules)
					: `this item has no file in the field "${name}"`;
				if (file && mimeType !== undefined && !message) return { ...file, mimeType };
				context.addIssue({ code: 'custom', message });
				return z.NEVER;
			}),
	};
}

/**
 * A file's type as the provider lists it: types come with parameters, in any case and under several names. One of a family
 * that is taken as a whole stays as it is.
 *
 * @returns undefined if it is not taken
 */
function acceptedType({ mimeType }: InputFile, { accepts }: FileRules): string | undefined {
	if (!accepts) return mimeType;
	const bare = bareMimeType(mimeType);
	const listed = accepts.find((type) => type.toLowerCase() === bare);
	const underOtherName = accepts.find((type) => usualMimeType(type) === usualMimeType(bare));
	return listed ?? underOtherName ?? (accepts.includes(`${bare.split('/')[0]}/*`) ? mimeType : undefined);
}

function fileProblem(file: InputFile, taken: string | undefined, { accepts, maxBytes }: FileRules): string | undefined {
	if (accepts && taken === undefined) {
		return `the file is ${bareMimeType(file.mimeType)}; taken are ${accepts.join(', ')}`;
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
