import { z } from 'zod';
import { cleanFileName } from '../../shared/fileName';
import { binaryInput } from '../../shared/messaging/fields/files';
import type { Field, InputFile } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import { hasExtension } from './sendOptions';

/** API reference, Sending files: "Formats supported". */
const FILE_TYPES = [
	'application/pdf',
	'application/msword',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'application/vnd.ms-powerpoint',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	// The list omits the last letter; both are accepted.
	'application/vnd.openxmlformats-officedocument.presentationml.presentatio',
	'application/vnd.ms-excel',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/zip',
	'application/x-7z-compressed',
	'audio/ogg',
	'audio/opus',
	'audio/mpeg',
	'audio/mpeg3',
	'audio/x-mpeg-3',
	'audio/AMR',
	'audio/aac',
	'audio/x-hx-aac-adts',
	'audio/AMR-WB',
	'audio/AMR-WB+',
	'audio/3gpp',
	'audio/3gpp2',
	'image/jpeg',
	'image/png',
	'image/webp',
	'video/mp4',
	'text/x-vcard',
];

/** API reference, Sending files: "The maximum size of the received file for sending is 100 mb". */
const MAX_BYTES = 100_000_000;

const checked = binaryInput({ accepts: FILE_TYPES, maxBytes: MAX_BYTES });

/** The item's file under the name it is sent with: File Name of the options, or its own. */
export const file: Field<InputFile> = {
	properties: checked.properties,
	read: (item) => ({
		found: checked.read(item),
		otherName: textOf(item.parameter('options.fileName')).trim(),
	}),
	schema: z
		.object({ found: z.unknown(), otherName: z.string() })
		.transform(({ found, otherName }, context): InputFile => {
			const parsed = checked.schema.safeParse(found);
			for (const { message } of parsed.error?.issues ?? []) context.addIssue({ code: 'custom', message });
			if (!parsed.success) return z.NEVER;
			const fileName = cleanFileName(otherName) ?? parsed.data.fileName;
			// A name entered by the user is judged with the options.
			if (otherName || hasExtension(fileName)) return { ...parsed.data, fileName };
			const message = `the file name "${fileName}" has no extension, such as .pdf. Set File Name in the options`;
			context.addIssue({ code: 'custom', message });
			return z.NEVER;
		}),
};
