import { grouped, type KindTable } from '../../../play/kinds';
import { ControlError } from '../../../types';
import { Long, Term } from './encode';
import type { Fields, Row, Scene } from './scene';
import { image } from './files';

/** What can be put around any content (EVENTS.md 4.0). */
interface Wrapper {
	says: string;
	/** Default: `{<name>: {message: inner}}`. */
	wrap?: (inner: Fields, scene: Scene) => Fields;
	/** What it wraps when it is played as a separate kind. Default: a text. */
	around?: (scene: Scene) => Fields;
}

const photo = (scene: Scene): Fields => ({ imageMessage: image(scene) });

/** A child of an album, or a copy of a file that came before. */
const child =
	(associationType: number) =>
	(inner: Fields, scene: Scene): Fields => ({
		associatedChildMessage: { message: inner },
		messageContextInfo: {
			messageAssociation: { associationType, parentMessageKey: scene.targetKey(scene.isOwn), messageIndex: 1 },
		},
	});

export const WRAPPERS: KindTable<Wrapper> = {
	...grouped<Wrapper>('messages', {
		ephemeralMessage: { says: 'In a chat with disappearing messages' },
		viewOnceMessage: { says: 'To be seen once', around: photo },
		viewOnceMessageV2: { says: 'To be seen once, second form', around: photo },
		viewOnceMessageV2Extension: { says: 'To be heard once', around: photo },
		documentWithCaptionMessage: { says: 'A document with words below it', around: photo },
		lottieStickerMessage: { says: 'Around a Lottie sticker', around: photo },
		groupMentionedMessage: { says: 'Mentions a group' },
		botInvokeMessage: { says: 'Asks a bot' },
		botForwardedMessage: { says: 'Passed on from a bot' },
		questionMessage: { says: 'A question to a channel' },
		questionReplyMessage: { says: 'A reply to a question' },
		pollCreationMessageV4: { says: 'Around a poll' },
		eventCoverImage: { says: 'The picture of a calendar event', around: photo },
		pollCreationOptionImageMessage: { says: 'The picture of a poll option', around: photo },
		albumChildMessage: { says: 'A photo of an album', wrap: child(1), around: photo },
		statusAddYours: { says: 'Adds to a story' },
		groupStatusMessage: { says: 'A story of a group' },
		groupStatusMessageV2: { says: 'A story of a group, second form' },
		deviceSentMessage: {
			says: 'Written on another device of the account',
			wrap: (inner, { chat, person }) => ({
				deviceSentMessage: { destinationJid: chat, phash: person.lid === null ? '' : '2:abc', message: inner },
			}),
		},
		commentWrapper: {
			says: 'As a comment on a message',
			wrap: (inner, scene) => ({ commentMessage: { message: inner, targetMessageKey: scene.targetKey() } }),
		},
		futureProofMessage: {
			says: 'In a wrapper that nobody knows yet',
			wrap: (inner) => ({ somethingNewMessage: { message: inner } }),
		},
	}),
	...grouped<Wrapper>('notices', {
		hdChildMessage: { says: 'The HD copy of a photo', wrap: child(5), around: photo },
		hevcChildMessage: { says: 'The HEVC copy of a video', wrap: child(10), around: photo },
		hdImageChildMessage: { says: 'The HD copy of a photo, newer form', wrap: child(19), around: photo },
		motionPhotoChildMessage: { says: 'The motion of a photo', wrap: child(12), around: photo },
		statusMentionMessage: { says: 'Mentioned in a story' },
		groupStatusMentionMessage: { says: 'A group mentioned in a story' },
		limitSharingMessage: { says: 'Sharing limited' },
		botTaskMessage: { says: 'A task of a bot' },
	}),
	...grouped<Wrapper>('edits and reactions', {
		editedMessage: {
			says: 'An edited message',
			wrap: (inner, scene) => ({
				editedMessage: {
					message: {
						protocolMessage: {
							key: scene.targetKey(scene.isOwn),
							type: new Term(14, 'MESSAGE_EDIT'),
							editedMessage: inner,
							timestampMs: new Long(scene.seconds * 1000),
						},
					},
				},
			}),
		},
		editedWithoutKey: {
			says: 'An edited message that names no target',
			wrap: (inner) => ({ editedMessage: { message: inner } }),
		},
	}),
};

/** Puts wrappers around a message, the first one outermost. Throws a ControlError for an unknown one. */
export function wrap(content: Fields, names: readonly string[], scene: Scene): Fields {
	return names.reduceRight((inner, name) => {
		const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
		if (wrapper === undefined)
			throw new ControlError(`There is no wrapper "${name}". There are ${Object.keys(WRAPPERS).join(', ')}.`);
		return wrapper.wrap?.(inner, scene) ?? { [name]: { message: inner } };
	}, content);
}

/** Each wrapper as a separate kind, around suitable content. */
export const WRAPPED: KindTable<Row> = Object.fromEntries(
	Object.entries(WRAPPERS).map(([name, { says, group, around }]) => [
		name,
		{
			says,
			group,
			message: (scene: Scene) => wrap(around?.(scene) ?? { conversation: scene.text }, [name], scene),
			...(name === 'deviceSentMessage' ? { own: true as const } : {}),
			...(name.startsWith('group') ? { inGroup: true as const } : {}),
		},
	]),
);
