import { type Parameters, Problems, unprocessable } from './fields';

/** "The maximum size of the received file for sending is 100 mb" (API reference). */
const MAX_FILE = 100 * 1024 * 1024;

/** The API reference's list, of which one line is cut short: it is the one that ends in `presentation` here. */
const MIME_TYPES = new Set(
	[
		'application/pdf',
		'application/msword',
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		'application/vnd.ms-powerpoint',
		'application/vnd.openxmlformats-officedocument.presentationml.presentation',
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
	].map((type) => type.toLowerCase()),
);

/**
 * Checks a file that is to be sent. The words for a MIME type are the API reference's, the others are inferred, as is that
 * the part's own content type decides and not the file's bytes.
 *
 * @returns what is wrong with the name and the kind, for the caller to add to
 * @throws a Refusal for a file that is missing, too large or of a type that is not taken
 */
export function checkFile(parameters: Parameters): Problems {
	const file = parameters.file('file');
	if (file === undefined) throw unprocessable({ file: ['the file cannot be empty'] });
	const mimeType = file.mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
	if (!MIME_TYPES.has(mimeType)) throw unprocessable({ base: ['invalid mime type'] });
	if (file.size > MAX_FILE) throw unprocessable({ base: ['file size is too large'] });

	const problems = new Problems();
	const name = parameters.text('file_name');
	if (name === undefined) problems.add('file_name', 'the file_name cannot be empty');
	else if (!/[^.]\.[A-Za-z0-9]+$/.test(name)) problems.add('file_name', 'file_name must contain the file extension');
	const type = parameters.text('type');
	if (type !== undefined && type !== 'document' && type !== 'image') problems.add('type', 'type invalid');
	return problems;
}
