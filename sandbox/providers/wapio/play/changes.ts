import { createHash } from 'node:crypto';
import { grouped } from '../../../play/kinds';
import { Bytes, Long, Term } from './encode';
import { image } from './files';
import { ciphertext, protocol, secret } from './parts';
import type { Fields, Row, Scene } from './scene';

/** What changes or points at an earlier message (EVENTS.md 4.5). `target` of the options names it. */
export const CHANGES = grouped<Row>('edits and reactions', {
	messageEdit: {
		says: 'Edited a text',
		message: (scene) => ({
			protocolMessage: {
				key: scene.targetKey(scene.isOwn),
				type: new Term(14, 'MESSAGE_EDIT'),
				editedMessage: { conversation: scene.text },
				timestampMs: new Long(scene.seconds * 1000),
			},
		}),
	},
	captionEdit: {
		says: 'Edited the caption of a photo',
		message: (scene) => ({
			protocolMessage: {
				key: scene.targetKey(scene.isOwn),
				type: new Term(14, 'MESSAGE_EDIT'),
				editedMessage: { imageMessage: image(scene) },
				timestampMs: new Long(scene.seconds * 1000),
			},
		}),
	},
	updateEdit: {
		says: 'Edited a text, as an update',
		as: 'messages.update',
		data: (scene) => [
			{
				key: { ...scene.key, id: scene.options.target ?? scene.id },
				update: {
					message: { editedMessage: { message: { conversation: scene.text } } },
					messageTimestamp: scene.seconds,
				},
			},
		],
	},
	secretEdit: {
		says: 'Edited a text that cannot be read',
		message: (scene) => ({ secretEncryptedMessage: secret(scene, new Term(2, 'MESSAGE_EDIT')) }),
	},
	lateContent: {
		says: 'The words of a message that could not be read before',
		as: 'messages.update',
		data: (scene) => [
			{
				key: scene.key,
				update: {
					message: { conversation: scene.text },
					messageStubType: null,
					messageTimestamp: scene.seconds,
				},
			},
		],
	},
	revoke: { says: 'Deleted a message for everyone', message: (scene) => protocol(scene, 0, 'REVOKE') },
	updateRevoke: {
		says: 'Deleted a message, as an update',
		as: 'messages.update',
		data: (scene) => [
			{
				key: { ...scene.key, id: scene.options.target ?? scene.id },
				update: { message: null, messageStubType: new Term(1, 'REVOKE'), key: scene.key },
			},
		],
	},
	messagesDelete: {
		says: 'Deleted a message, as its own event',
		as: 'messages.delete',
		data: (scene) => ({ keys: [{ ...scene.key, id: scene.options.target ?? scene.id }] }),
	},
	chatCleared: {
		says: 'All messages of a chat deleted',
		as: 'messages.delete',
		data: ({ chat }) => ({ jid: chat, all: true }),
	},
	reactionMessage: {
		says: 'Reacted to a message, or took it back',
		message: (scene) => ({
			reactionMessage: {
				key: scene.targetKey(),
				text: scene.options.emoji === null ? '' : (scene.options.emoji ?? '👍'),
				senderTimestampMs: new Long(scene.seconds * 1000),
			},
		}),
	},
	messagesReaction: {
		says: 'Reacted to a message, as its own event',
		as: 'messages.reaction',
		data: (scene) => [
			{
				key: scene.targetKey(),
				reaction: {
					key: scene.key,
					text: scene.options.emoji === null ? '' : (scene.options.emoji ?? '👍'),
					senderTimestampMs: new Long(scene.seconds * 1000),
				},
			},
		],
	},
	encReactionMessage: {
		says: 'A reaction that cannot be read',
		message: (scene) => ({ encReactionMessage: { targetMessageKey: scene.targetKey(), ...ciphertext() } }),
	},
	pollUpdateMessage: {
		says: 'Voted, in a form that cannot be read',
		message: (scene) => ({
			pollUpdateMessage: {
				pollCreationMessageKey: scene.targetKey(),
				vote: ciphertext(),
				senderTimestampMs: new Long(scene.seconds * 1000),
			},
		}),
	},
	pollUpdates: {
		says: 'Voted, as an update with hashes',
		as: 'messages.update',
		data: (scene) => [{ key: scene.targetKey(), update: { pollUpdates: [vote(scene)] } }],
	},
	pollUpdatesWithPoll: {
		says: 'Voted, as an update with the poll beside it',
		as: 'messages.update',
		data: (scene) => [
			{
				key: scene.targetKey(),
				update: {
					message: {
						pollCreationMessage: {
							name: scene.text,
							options: [{ optionName: 'Morning' }, { optionName: 'Afternoon' }],
							selectableOptionsCount: 1,
						},
					},
					pollUpdates: [vote(scene)],
				},
			},
		],
	},
	pollResults: {
		says: 'The tally of a poll',
		as: 'poll.results',
		data: (scene) => ({
			key: scene.targetKey(),
			pollResult: [
				{ name: 'Morning', voters: [scene.personId] },
				{ name: 'Afternoon', voters: [] },
			],
		}),
	},
	pollResultSnapshotMessage: {
		says: 'The results of a poll, shared',
		message: (scene) => ({ pollResultSnapshotMessage: snapshot(scene) }),
	},
	pollResultSnapshotMessageV3: {
		says: 'The results of a poll, shared, third form',
		message: (scene) => ({ pollResultSnapshotMessageV3: snapshot(scene) }),
	},
});

function vote(scene: Scene): Fields {
	return {
		pollUpdateMessageKey: scene.key,
		vote: { selectedOptions: [new Bytes(createHash('sha256').update('Morning').digest())] },
		senderTimestampMs: new Long(scene.seconds * 1000),
	};
}

function snapshot({ text }: Scene): Fields {
	return {
		name: text,
		pollVotes: [
			{ optionName: 'Morning', optionVoteCount: new Long(3) },
			{ optionName: 'Afternoon', optionVoteCount: new Long(1) },
		],
	};
}
