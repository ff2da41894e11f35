import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { mimeTypeByName, plainMimeType, usualMimeType } from '../../mimeType';
import { field, type Field, type InputFile } from '../../operations/define/field';
import { textOf } from '../../text';
import { requiredId } from './schemas';

/** What a file must be to be taken. */
interface FileRules {
	/** MIME types; `image/*` stands for all images. Any if absent. */
	accepts?: string[];
	maxBytes?: number;
}

/** The option with which the user says what kind of file it is. */
export const mimeTypeOption: INodeProperties = {
	displayName: 'MIME Type',
	name: 'mimeType',
	type: 'string',
	default: '',
	placeholder: 'e.g. image/jpeg',
	description: 'Type of the file. Leave empty to use the type that n8n or the URL gives.',
};

/** What {@link mimeTypeOption} must be; undefined if it is empty. */
export const mimeTypeSchema = z.unknown().transform((written, context) => {
	const given = textOf(written).trim();
	const type = plainMimeType(given);
	if (given === '' || type !== undefined) return type;
	context.addIssue({ code: 'custom', message: 'this is not a MIME type. Write it like image/jpeg' });
	return z.NEVER;
});

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
			const found = file(name);
			// A wrong one is refused where it is written, in the options.
			const chosen = mimeTypeSchema.safeParse(parameter(`options.${mimeTypeOption.name}`)).data;
			return { name, file: found && { ...found, mimeType: chosen ?? typeOf(found) } };
		},
		schema: z
			.object({ name: z.string(), file: z.custom<InputFile | undefined>() })
			.transform(({ name, file }, context) => {
				const mimeType = file && acceptedType(file, rules);
				const message = file
					? fileProblem(file, mimeType, { ...rules, name })
					: `this item has no file in the field "${name}"`;
				if (file && mimeType !== undefined && !message) return { ...file, mimeType };
				context.addIssue({ code: 'custom', message });
				return z.NEVER;
			}),
	};
}

/** Types that say nothing of a file. */
const ANY_TYPE = /^(application|binary)\/octet-stream$/;

/** A file's type; where that says nothing, the one of its name's extension. */
function typeOf({ mimeType, fileName }: InputFile): string {
	const type = plainMimeType(mimeType);
	if (type !== undefined && !ANY_TYPE.test(type)) return type;
	return mimeTypeByName(fileName) ?? type ?? 'application/octet-stream';
}

/**
 * A file's type as the provider lists it: types come in any case and under several names. One of a family that is taken as
 * a whole stays as it is.
 *
 * @returns undefined if it is not taken
 */
function acceptedType({ mimeType }: InputFile, { accepts }: FileRules): string | undefined {
	if (!accepts) return mimeType;
	const listed = accepts.find((type) => type.toLowerCase() === mimeType);
	const underOtherName = accepts.find((type) => usualMimeType(type) === usualMimeType(mimeType));
	return listed ?? underOtherName ?? (accepts.includes(`${mimeType.split('/')[0]}/*`) ? mimeType : undefined);
}

function fileProblem(
	file: InputFile,
	taken: string | undefined,
	{ accepts, maxBytes, name }: FileRules & { name: string },
): string | undefined {
	if (file.size === 0) return `the file in the field "${name}" is empty`;
	if (accepts && taken === undefined) {
		return `the file is ${file.mimeType}; accepted types are ${accepts.join(', ')}. If it is one of these, set MIME Type in the options`;
	}
	if (maxBytes !== undefined && file.size !== undefined && file.size > maxBytes) {
		const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
		return `the file is ${megabytes(file.size)} MB; the limit is ${megabytes(maxBytes)} MB`;
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
	requiredId('enter a name for the output field, for example data'),
);
