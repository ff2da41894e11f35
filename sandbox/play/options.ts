import { z } from 'zod';
import { INLINE_PLACES, MEDIA_FAULTS, PLAIN_PLACES } from '../media';

/** Chats other than a private one; anything else in `chat` is the id of a chat. */
export const CHATS = ['private', 'group', 'channel', 'broadcast', 'story'] as const;
/** How the body is labeled. `form` also writes it as a form; `none` sends no Content-Type. */
export const CONTENT_TYPES = ['json', 'text', 'form', 'none'] as const;
/** How a library's numbers, bytes and enumerated words end up in JSON. */
export const FORMS = ['plain', 'protobuf', 'object', 'indexed'] as const;

const lid = z.string().regex(/^\d+$/, 'digits, without @lid');
const count = z.int().min(0);

/** The options of a played event. Which of these a provider can express differs: `GET /control/<provider>/incoming` says. */
export const playOptions = z.strictObject({
	text: z.string().optional().describe('What is written: the text, the caption or the label'),
	name: z.string().nullable().optional().describe('Name of the sender'),
	phone: z.string().nullable().optional().describe('Phone of the other person; null hides it'),
	lid: lid.nullable().optional().describe('LID of the other person; null leaves it out'),
	addressing: z.enum(['phone', 'lid']).optional().describe('Which of the two is the id of the chat'),
	chat: z
		.string()
		.optional()
		.describe(`Where: ${CHATS.join(', ')}, or the id of a chat`),
	own: z.boolean().optional().describe('The account itself wrote it'),
	source: z.enum(['app', 'api']).optional().describe('What made an own message'),
	id: z.string().optional().describe('Id of the message'),
	withoutId: z.boolean().optional().describe('Leaves the id out'),
	timestamp: count.optional().describe('Seconds since 1970'),
	withoutTimestamp: z.boolean().optional().describe('Leaves the time out'),
	target: z.string().optional().describe('Id of the message it is about'),
	emoji: z.string().nullable().optional().describe('The reaction; null takes it back'),
	wrappers: z.array(z.string()).max(40).optional().describe('Wrappers around the content, outermost first'),
	quoted: z
		.union([
			z.boolean(),
			z.strictObject({ id: z.string().optional(), text: z.string().optional(), story: z.boolean().optional() }),
		])
		.optional()
		.describe('Answers an earlier message'),
	forwarded: z
		.union([z.boolean(), count, z.literal('channel')])
		.optional()
		.describe('Forwarded, how many times, or from a channel'),
	mentions: z
		.array(z.string())
		.optional()
		.describe('Ids of the people mentioned; "me" is the account, "all" and "group" mention those'),
	ad: z
		.union([z.boolean(), z.enum(['full', 'opaque', 'link'])])
		.optional()
		.describe('Comes from an ad or a link'),
	expiration: count.optional().describe('Timer of the chat in seconds'),
	as: z
		.union([z.string(), z.array(z.string()).min(1)])
		.optional()
		.describe('Name of the event; several deliver it once under each'),
	envelope: z.enum(['current', 'sdk', 'flat']).optional().describe('The frame around the data'),
	form: z.enum(FORMS).optional().describe('How numbers, bytes and enumerated words are written'),
	history: z.enum(['append', 'set']).optional().describe('Queued while offline, or back-filled'),
	contentType: z.enum(CONTENT_TYPES).optional().describe('Label of the body'),
	media: z
		.strictObject({
			fault: z.enum(MEDIA_FAULTS).optional(),
			plain: z.enum(PLAIN_PLACES).optional(),
			inline: z.enum(INLINE_PLACES).optional(),
			dataUri: z.boolean().optional(),
			mimeType: z.string().nullable().optional(),
			fileName: z.string().nullable().optional(),
			size: count.max(200_000_000).optional(),
		})
		.optional()
		.describe('The file: what goes wrong with it, where it is, what it claims to be'),
	status: z.union([z.string(), z.int()]).optional().describe('The status that is reported'),
	deliveryId: z.int().optional().describe('Id of the sent message'),
	overrides: z.record(z.string(), z.unknown()).optional().describe('Laid over the body, field by field'),
});

export type PlayOptions = z.output<typeof playOptions>;

export type PlayOption = keyof PlayOptions;

/** The options with their sentences, for a menu. */
export function optionsOf(names: readonly PlayOption[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, playOptions.shape[name].description ?? '']));
}
