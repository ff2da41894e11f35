import type { IDataObject } from 'n8n-workflow';
import { stateOf } from '../../../../nodes/shared/trigger/receive/states';
import { boundedId } from '../../../../nodes/shared/trigger/event/hash';
import { messageEvent } from '../../../../nodes/shared/trigger/whatsapp/message';
import { namedEvent } from '../../../../nodes/shared/trigger/whatsapp/namedEvent';
import type { EventSource } from '../../../../nodes/shared/trigger/whatsapp/reading';
import { receiptEvent } from '../../../../nodes/shared/trigger/whatsapp/status';
import { reactionEvent, updateEvents } from '../../../../nodes/shared/trigger/whatsapp/update';
import { GROUP, JID, SECONDS, TARGET, targetKey, TIME } from './fixtures/base';

const source: EventSource = { provider: 'gateway', device: 'D1', raw: {}, timestamp: null, eventId: null };

describe('boundedId', () => {
	it('leaves ids as they are, and keeps long ones apart', () => {
		expect(boundedId('3EB0')).toBe('3EB0');
		const [one, other] = [`${'a'.repeat(4_000_000)}1`, `${'a'.repeat(4_000_000)}2`];
		expect(boundedId(one).length).toBeLessThanOrEqual(200);
		expect(boundedId(one)).not.toBe(boundedId(other));
		expect(boundedId(one)).toBe(boundedId(one));
	});
});

const key = (id: string, more: IDataObject = {}): IDataObject => ({ remoteJid: JID, fromMe: false, id, ...more });

const edit = (id: string, conversation: string) =>
	messageEvent(source, {
		key: key(id),
		messageTimestamp: SECONDS,
		message: {
			protocolMessage: { type: 14, key: targetKey(true), editedMessage: { conversation } },
		},
	});

describe('stateOf', () => {
	it('is the same for an edit that is reported twice, and another for the next one', () => {
		const update = { message: { editedMessage: { message: { conversation: 'a' } } }, messageTimestamp: SECONDS };
		const [twin] = updateEvents(source, { key: key(TARGET), update }) ?? [];
		expect(twin?.id).not.toBe(edit('E1', 'a').id);
		expect(stateOf(twin ?? edit('E1', 'x'))).toEqual(stateOf(edit('E1', 'a')));
		expect(stateOf(edit('E2', 'b'))?.key).toBe(stateOf(edit('E1', 'a'))?.key);
		expect(stateOf(edit('E2', 'b'))?.value).not.toBe(stateOf(edit('E1', 'a'))?.value);
	});

	it('is kept for each person that reacts, and each that reads', () => {
		const by = (participant: string, text: string) =>
			stateOf(
				reactionEvent(source, {
					key: key(TARGET, { remoteJid: GROUP }),
					reaction: { text, key: key('R', { remoteJid: GROUP, participant }) },
				}),
			);
		expect(by('1111111@lid', '👍')).toEqual(by('1111111@lid', '👍'));
		expect(by('1111111@lid', '')).toMatchObject({ key: by('1111111@lid', '👍')?.key });
		expect(by('2222222@lid', '👍')?.key).not.toBe(by('1111111@lid', '👍')?.key);
		const read = (userJid: string, status: number) =>
			stateOf(receiptEvent(source, { key: key(TARGET, { remoteJid: GROUP }), receipt: { userJid }, status }));
		expect(read('1111111@lid', 4)?.key).not.toBe(read('2222222@lid', 4)?.key);
		expect(read('1111111@lid', 3)?.value).not.toBe(read('1111111@lid', 4)?.value);
	});

	it('is the connection of a device, and nothing of what is no state', () => {
		const session = (status: string) => stateOf(namedEvent(source, 'session.status', { status }));
		expect(session('connected')).not.toEqual(session('disconnected'));
		expect(session('connected')?.key).toBe(session('disconnected')?.key);
		expect(stateOf(messageEvent(source, { key: key('M'), message: { conversation: 'a' } }))).toBeNull();
		expect(stateOf(namedEvent(source, 'chats.update', { id: JID }))).toBeNull();
	});
});

it.each([
	['reaction', { reactionMessage: { key: targetKey(true), text: '👍' } }],
	['vote', { pollUpdateMessage: { pollCreationMessageKey: targetKey(true), vote: { encPayload: 'AA' } } }],
])('a %s under the id of its message never falls together with the message', (name, message) => {
	const event = messageEvent(source, { key: key(TARGET), messageTimestamp: SECONDS, message });
	expect(event.id).toBe(`${TARGET}:${name}:${JID}:${TIME}`);
});
