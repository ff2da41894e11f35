import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { addressField } from '../../shared/messaging/fields/content';
import { binaryInput } from '../../shared/messaging/fields/files';
import { defaultCountryOption, optionsField, timeLimitMs, timeLimitOption } from '../../shared/messaging/fields/options';
import { personOrGroup, type PersonOrGroup } from '../../shared/messaging/fields/recipients';
import type { Field, InputFile } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import { idempotencyKey, idempotencyKeyOption, idempotencyKeySchema, session } from './session';
import { group, mentionsOf } from './recipients';
import type { Dispatch } from '../api/requests';

/** The largest file that is taken (provider documentation of POST /api/upload): 16 MB. */
export const MAX_FILE_BYTES = 16_000_000;

const replyOption: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyToMessageId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3EB0C431C26A1916E07A',
	description: 'The message that this one answers; it is shown above it',
};

const mentionsOption: INodeProperties = {
	displayName: 'Mentions',
	name: 'mentions',
	type: 'string',
	default: '',
	placeholder: 'e.g. 6281234567890, 6289876543210',
	description: 'Phone numbers of members to mention, separated by commas. The text must contain @ and the number, too.',
};

/** MIME type of a file, where its address does not tell. */
export const mimeTypeOption: INodeProperties = {
	displayName: 'MIME Type',
	name: 'mimeType',
	type: 'string',
	default: '',
	placeholder: 'e.g. image/jpeg',
	description: 'What kind of file it is, where its address does not tell',
};

/** Whether an audio file is shown as a voice note. */
export const voiceNoteOption: INodeProperties = {
	displayName: 'Voice Note',
	name: 'voiceNote',
	type: 'boolean',
	default: false,
	description: 'Whether the audio appears as if it was recorded in the chat. The file should be OGG with the codec Opus.',
};

/** The options of a send, of which all may be absent. */
export interface SendOptions {
	timeLimit?: number;
	defaultCountry?: string;
	replyToMessageId?: string;
	mentions: string[];
	mimeType?: string;
	voiceNote?: boolean;
}

const optional = z.preprocess((written) => textOf(written).trim() || undefined, z.string().optional()).optional();

/** The Options of a send; the mentions are read by its Default Country. */
export function sendOptions(properties: INodeProperties[] = []): Field<SendOptions> {
	const base = optionsField(
		[defaultCountryOption, idempotencyKeyOption, mentionsOption, replyOption, timeLimitOption, ...properties],
		{
			idempotencyKey: idempotencyKeySchema.optional(),
			replyToMessageId: optional,
			mentions: z.unknown().optional(),
			mimeType: optional,
			voiceNote: z.boolean({ error: 'switch it on or off' }).optional(),
		},
	);
	return {
		...base,
		schema: base.schema.transform((chosen, context): SendOptions => {
			const mentions = mentionsOf(chosen.mentions, chosen.defaultCountry);
			if (Array.isArray(mentions)) return { ...chosen, mentions };
			context.addIssue({ code: 'custom', path: ['options', 'mentions'], message: mentions.problem });
			return z.NEVER;
		}),
	};
}

/** Whom a message goes to. */
export const recipient: Field<PersonOrGroup> = personOrGroup(group);

/** Collection: `to`: a number in digits; a group by its id (provider documentation). */
export function addressOf(to: PersonOrGroup): string {
	return to.kind === 'person' ? to.number : to.groupId;
}

/** What every send asks for besides its content. */
export const sendFields = { session, recipient, key: idempotencyKey };

/** The values of {@link sendFields} and of the options. */
export interface SendValues {
	session: string | undefined;
	recipient: PersonOrGroup;
	key: string;
	options: SendOptions;
}

/** How a send goes out. */
export function dispatchOf(values: Pick<SendValues, 'session' | 'key'> & { options: { timeLimit?: number } }): Dispatch {
	return {
		session: values.session,
		idempotencyKey: values.key,
		timeLimitMs: timeLimitMs(values.options),
	};
}

/** The part of a message that is the same for all kinds; absent options are left out. */
export function frameOf({ recipient: to, options }: SendValues) {
	return {
		to: addressOf(to),
		quoted_message_id: options.replyToMessageId,
		mentions: options.mentions.length > 0 ? options.mentions : undefined,
	};
}

/** A file by its address, or one of the input item, which is uploaded first. */
export type MediaSource = { kind: 'url'; url: string } | { kind: 'binary'; file: InputFile };

const fileUrl = addressField({
	displayName: 'File URL',
	name: 'fileUrl',
	example: 'https://example.com/picture.jpg',
	description: 'Public address of the file to send. Wapio fetches it from there.',
});

const binary = binaryInput({ maxBytes: MAX_FILE_BYTES });

const mediaSourceProperty: INodeProperties = {
	displayName: 'File From',
	name: 'mediaSource',
	type: 'options',
	options: [
		{ name: 'Binary Field of the Item', value: 'binary' },
		{ name: 'URL', value: 'url' },
	],
	default: 'url',
};

/** Where a file to send comes from. */
export const mediaSource: Field<MediaSource> = {
	properties: [
		mediaSourceProperty,
		...fileUrl.properties.map((property) => showFor('url', property)),
		...binary.properties.map((property) => showFor('binary', property)),
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

function showFor(source: MediaSource['kind'], property: INodeProperties): INodeProperties {
	return { ...property, displayOptions: { show: { mediaSource: [source] } } };
}
