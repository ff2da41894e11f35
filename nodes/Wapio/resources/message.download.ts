import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { binaryOutput } from '../../shared/messaging/fields/files';
import { optionsField } from '../../shared/messaging/fields/options';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { field } from '../../shared/operations/define/field';
import { defineOperation } from '../../shared/operations/define/operation';
import { mimeTypeOf, nameByType } from '../../shared/trigger/media/describe';
import { MediaFailure } from '../../shared/trigger/media/failure';
import { downloadEncrypted } from '../../shared/trigger/media/whatsapp/download';
import { isReference, usableFile } from '../../shared/trigger/media/whatsapp/reference';
import { LARGEST_FILE_MB, maxBytesOf, wholeFile } from '../../shared/trigger/media/wholeFile';
import { decryptedByWapio } from '../api/media';
import { session } from '../fields/session';

const NO_REFERENCE =
	'this is not the media reference of a Wapio message. Use media.reference from the Wapio Trigger unchanged, for example {{ $json.media.reference }}; it starts with wa1.';

const mediaReference = field(
	{
		displayName: 'Media Reference',
		name: 'mediaReference',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.media.reference }}',
		description:
			'The media.reference of a message in the output of the trigger. Treat it like a password: anyone who has it can open this file.',
	},
	requiredId('enter the media reference of a received message, for example {{ $json.media.reference }}').transform(
		(written, context) => {
			try {
				if (isReference(written)) return usableFile(written);
				context.addIssue({ code: 'custom', message: NO_REFERENCE });
			} catch (error) {
				const message = error instanceof MediaFailure ? problemOf(error) : NO_REFERENCE;
				context.addIssue({ code: 'custom', message });
			}
			return z.NEVER;
		},
	),
	{ secret: true },
);

function problemOf({ kind }: MediaFailure): string {
	return kind === 'blocked'
		? "the file is not on WhatsApp's servers, so it is not downloaded"
		: 'the reference is damaged. Use media.reference from the Wapio Trigger unchanged, with nothing cut off or added';
}

const largestFileOption: INodeProperties = {
	displayName: 'Largest File (MB)',
	name: 'largestFile',
	type: 'number',
	typeOptions: { minValue: 0.1, numberPrecision: 1 },
	default: LARGEST_FILE_MB,
	description: 'The largest file to download, in megabytes. A larger file causes an error.',
};

const largestFile = z.coerce
	.number({ error: 'enter a number of megabytes' })
	.positive({ error: 'enter more than 0 MB' });

/**
 * Decrypts the file of a received message: here, or if that fails, through the provider. The provider's requests for it come
 * from its own node and SDKs, not from the API reference.
 */
export const downloadMedia = defineOperation({
	value: 'downloadMedia',
	name: 'Download Media',
	action: 'Download a received file',
	description: 'Download and decrypt the file of a received message into a binary field',
	effect: 'read',
	fields: {
		session,
		mediaReference,
		binaryOutput,
		options: optionsField([largestFileOption], { largestFile: largestFile.optional() }),
	},
	run: async (values, { send, fetchFile, storeBinary }) => {
		const { mediaReference: file } = values;
		const maxBytes = maxBytesOf(values.options.largestFile);
		const answer = await downloadEncrypted(file, {
			fetchFile,
			maxBytes,
			askGateway: async () => await decryptedByWapio(file, { session: values.session }, { send, fetchFile }),
		});
		const bytes = await wholeFile(answer, maxBytes);
		const mimeType = mimeTypeOf(file.mime, answer.headers['content-type'], bytes);
		const binary = await storeBinary(bytes, nameByType(file.kind.toLowerCase(), mimeType), mimeType);
		return [
			{
				json: { mimeType: binary.mimeType, fileName: binary.fileName, fileSize: bytes.length },
				binary: { [values.binaryOutput]: binary },
			},
		];
	},
});
