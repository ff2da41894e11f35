import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { addressField } from '../../shared/messaging/fields/content';
import { binaryInput } from '../../shared/messaging/fields/files';
import { type Field, type InputFile, showFor } from '../../shared/operations/define/field';

/** The largest file that Wapio accepts (provider documentation of POST /api/upload): 16 MB. */
export const MAX_FILE_BYTES = 16_000_000;

/** Whether an audio file is shown as a voice note. */
export const voiceNoteOption: INodeProperties = {
	displayName: 'Voice Note',
	name: 'voiceNote',
	type: 'boolean',
	default: true,
	description: 'Whether the audio appears as a voice note recorded in the chat. Use an OGG file with the Opus codec.',
};

/** A file by its URL, or one in the input item, which is uploaded first. */
export type MediaSource = { kind: 'url'; url: string } | { kind: 'binary'; file: InputFile };

const binary = binaryInput({ maxBytes: MAX_FILE_BYTES });

const mediaSourceProperty: INodeProperties = {
	displayName: 'File From',
	name: 'mediaSource',
	type: 'options',
	options: [
		{ name: 'Binary Field', value: 'binary', description: 'A file in the input item' },
		{ name: 'URL', value: 'url', description: 'A file on the web' },
	],
	default: 'url',
};

/**
 * Where a file to send comes from.
 *
 * @param fileName an example for the kind of file
 */
export function mediaSource(fileName: string): Field<MediaSource> {
	const fileUrl = addressField({
		displayName: 'File URL',
		name: 'fileUrl',
		example: `https://example.com/${fileName}`,
		description: 'Public URL of the file to send. Wapio downloads it from there.',
	});
	return {
		properties: [
			mediaSourceProperty,
			...fileUrl.properties.map((property) => showFor({ mediaSource: ['url'] }, property)),
			...binary.properties.map((property) => showFor({ mediaSource: ['binary'] }, property)),
		],
		read: (item) => {
			const source = item.parameter('mediaSource');
			return { source, value: (source === 'binary' ? binary : fileUrl).read(item) };
		},
		schema: z
			.object({ source: z.enum(['url', 'binary'], { error: 'choose URL or Binary Field' }), value: z.unknown() })
			.transform(({ source, value }, context): MediaSource => {
				const url = source === 'url' ? fileUrl.schema.safeParse(value) : undefined;
				if (url?.success) return { kind: 'url', url: url.data };
				const file = source === 'binary' ? binary.schema.safeParse(value) : undefined;
				if (file?.success) return { kind: 'binary', file: file.data };
				const [issue] = (url ?? file)?.error?.issues ?? [];
				const path = [source === 'url' ? 'fileUrl' : 'binaryPropertyName'];
				context.addIssue({ code: 'custom', path, message: issue?.message ?? 'the file cannot be used' });
				return z.NEVER;
			}),
	};
}
