import type { IDataObject } from 'n8n-workflow';
import { mimeTypeOption, mimeTypeSchema } from '../../shared/messaging/fields/files';
import { captionField } from '../../shared/messaging/fields/content';
import { onOrOff, trimmedText } from '../../shared/messaging/fields/schemas';
import { wholeText } from '../../shared/messaging/fields/textOptions';
import { recipientOf } from '../../shared/messaging/sentMessage';
import { field } from '../../shared/operations/define/field';
import { defineOperation, type OperationContext, type OutputItem } from '../../shared/operations/define/operation';
import { sent } from '../api/outputs';
import { sendRequest } from '../api/requests';
import { addressOfFile } from '../api/upload';
import { mediaSource, type MediaSource, voiceNoteOption } from '../fields/media';
import { commonBody, delivery, mentionsOption, sendFields, sendOptions, type SendValues } from '../fields/sendFields';

const caption = captionField({ description: 'Optional text below the file' });

const viewOnce = field(
	{
		displayName: 'View Once',
		name: 'viewOnce',
		type: 'boolean',
		default: false,
		description: 'Whether the recipient can open it only once',
	},
	onOrOff,
);

const fileName = field(
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice.pdf',
		description:
			'The file name that the recipient sees. Leave empty to use the name of the binary file, if you send one.',
	},
	trimmedText,
);

const mimeType = field({ ...mimeTypeOption, placeholder: 'e.g. application/pdf' }, mimeTypeSchema);

const image = { ...sendFields, media: mediaSource('photo.jpg') };
const video = { ...sendFields, media: mediaSource('video.mp4') };
const document = { ...sendFields, media: mediaSource('invoice.pdf') };
const audio = { ...sendFields, media: mediaSource('voice.ogg') };
const sticker = { ...sendFields, media: mediaSource('sticker.webp') };
const captionOptions = sendOptions([mentionsOption, mimeTypeOption]);
const stickerOptions = sendOptions([mimeTypeOption]);
const audioOptions = sendOptions([mimeTypeOption, voiceNoteOption]);
const documentOptions = sendOptions([mentionsOption]);

/**
 * Sends a file by its URL, after uploading it if it is in the input item.
 *
 * @param urlName the field for the URL, which differs by kind
 * @param content what else this kind has; absent values are left out
 */
async function sendFile(
	values: SendValues & { media: MediaSource },
	context: OperationContext,
	{ kind, urlName, content = {} }: { kind: string; urlName: string; content?: IDataObject },
): Promise<OutputItem[]> {
	const dispatch = delivery(values);
	const { data } = await context.sendMessage(async () =>
		sendRequest(dispatch, {
			...commonBody(values),
			kind,
			[urlName]: await addressOfFile(values.media, dispatch, context),
			mime_type: values.options.mimeType,
			...content,
		}),
	);
	return [{ json: sent(data, recipientOf(values.recipient)) }];
}

/** API reference: folder Messages, Send Image Message; Send View Once Message. */
export const sendImage = defineOperation({
	value: 'sendImage',
	name: 'Send Image',
	action: 'Send an image',
	description: 'Send an image, with or without a caption, to a person or a group',
	effect: 'send',
	fields: { ...image, caption, viewOnce, options: captionOptions },
	textMessage: wholeText(),
	run: async (values, context) =>
		await sendFile(values, context, {
			kind: 'image',
			urlName: 'imageUrl',
			content: { caption: values.caption || undefined, viewOnce: values.viewOnce || undefined },
		}),
});

/** API reference: folder Messages, Send Video Message; that View Once works as for an image is inferred. */
export const sendVideo = defineOperation({
	value: 'sendVideo',
	name: 'Send Video',
	action: 'Send a video',
	description: 'Send a video, with or without a caption, to a person or a group',
	effect: 'send',
	fields: { ...video, caption, viewOnce, options: captionOptions },
	textMessage: wholeText(),
	run: async (values, context) =>
		await sendFile(values, context, {
			kind: 'video',
			urlName: 'videoUrl',
			content: { caption: values.caption || undefined, viewOnce: values.viewOnce || undefined },
		}),
});

/** API reference: folder Messages, Send Document Message. */
export const sendDocument = defineOperation({
	value: 'sendDocument',
	name: 'Send Document',
	action: 'Send a document',
	description: 'Send a document or another file to a person or a group',
	effect: 'send',
	fields: { ...document, caption, fileName, mimeType, options: documentOptions },
	textMessage: wholeText(),
	run: async (values, context) => {
		const { media, mimeType: chosen } = values;
		const file = media.kind === 'binary' ? { ...media.file, mimeType: chosen ?? media.file.mimeType } : undefined;
		const source: MediaSource = file ? { kind: 'binary', file } : media;
		return await sendFile({ ...values, media: source }, context, {
			kind: 'document',
			urlName: 'documentUrl',
			content: {
				file_name: values.fileName ?? file?.fileName,
				mime_type: chosen ?? file?.mimeType,
				caption: values.caption || undefined,
			},
		});
	},
});

/** API reference: folder Messages, Send Audio Message; `ptt` for a voice note is from the provider's documentation. */
export const sendAudio = defineOperation({
	value: 'sendAudio',
	name: 'Send Audio',
	action: 'Send an audio message',
	description: 'Send an audio file or a voice note to a person or a group',
	effect: 'send',
	fields: { ...audio, options: audioOptions },
	run: async (values, context) =>
		await sendFile(values, context, {
			kind: 'audio',
			urlName: 'audioUrl',
			content: { ptt: values.options.voiceNote || undefined },
		}),
});

/** API reference: folder Messages, Send Sticker Message. */
export const sendSticker = defineOperation({
	value: 'sendSticker',
	name: 'Send Sticker',
	action: 'Send a sticker',
	description: 'Send a sticker (a WebP image) to a person or a group',
	effect: 'send',
	fields: { ...sticker, options: stickerOptions },
	run: async (values, context) => await sendFile(values, context, { kind: 'sticker', urlName: 'stickerUrl' }),
});
