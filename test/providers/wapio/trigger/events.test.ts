import type { IDataObject } from 'n8n-workflow';
import { type EventOf, wapioAccount } from '../../../../sandbox';
import { describeFilters } from '../../../support/tables/trigger/filters';
import { posted, sample, useSignedTrigger } from './calls';

const { sessions, sender, groups, channel } = wapioAccount;
const ALL = { events: ['*'], options: { includeOwn: true } };

const trigger = useSignedTrigger();
const { publish, incoming } = trigger;

/** All items of the executions that events start in a published workflow. */
const startedBy = async (...[parameters, events]: Parameters<typeof trigger.startedBy>): Promise<IDataObject[]> => {
	const wf = await publish(parameters);
	for (const [event, options] of events) await incoming(event, options);
	await wf.idle();
	return wf.executions.flatMap(({ items }) => items.map(({ json }) => json));
};

const now = () => Math.floor(Date.now() / 1000);
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe('the same event', () => {
	it('under the several names that a message has starts one', async () => {
		const key = {
			id: '3EB0SAME',
			fromMe: false,
			remoteJid: `${sender.number}@s.whatsapp.net`,
			cleanedSenderPn: sender.number,
		};
		const message = { key, messageBody: 'once', messageTimestamp: 1789162034, message: { conversation: 'once' } };
		const events = await startedBy({}, [
			['text', { overrides: { data: { messages: message } } }],
			['personal', { overrides: { data: { messages: message } } }],
			['upsert', { overrides: { data: { messages: [message], type: 'notify' } } }],
		]);
		expect(events.map(({ text }) => text)).toEqual(['once']);
	});

	it('is another one with another id', async () => {
		expect(await startedBy({}, [['text'], ['text']])).toHaveLength(2);
	});

	it('several messages in one call are an item each', async () => {
		const wf = await publish();
		await incoming('several', { times: 2 });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
		const items = wf.executions[0]?.items ?? [];
		expect(items.map(({ json }) => (json.text as string).slice(-6))).toEqual(['part 1', 'part 2', 'part 3']);
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(3);
	});
});

describe('kinds of events', () => {
	const jid = (number: string, ending: string) => matching(new RegExp(`^${number}(${ending.replace('.', '\\.')})?$`));
	const privately = { id: jid(sender.number, '@s.whatsapp.net'), type: 'private', phone: sender.number };
	const family = { id: jid(groups.family.replace('@g.us', ''), '@g.us'), type: 'group' };
	const amina = { phone: sender.number, name: sender.name };

	it.each<[EventOf<'wapio'>, IDataObject]>([
		['text', { event: 'message', type: 'text', chat: privately, sender: amina, direction: 'incoming' }],
		['personal', { event: 'message', type: 'text', chat: privately, sender: amina }],
		['upsert', { event: 'message', type: 'text', chat: privately, sender: amina }],
		['sdk', { event: 'message', type: 'text', chat: privately, sender: amina, device: sessions.connected }],
		[
			'image',
			{
				event: 'message',
				type: 'image',
				text: matching(/^Message 1/),
				media: { mimeType: 'image/jpeg', caption: matching(/^Message 1/) },
			},
		],
		[
			'document',
			{
				event: 'message',
				type: 'document',
				text: null,
				media: { mimeType: 'application/pdf', fileName: 'invoice.pdf', caption: null },
			},
		],
		['group', { event: 'message', type: 'text', chat: family, sender: amina }],
		['channel', { event: 'message', type: 'text', chat: { id: channel, type: 'channel' } }],
		['own', { event: 'message', type: 'text', direction: 'outgoing', chat: privately }],
		['lid', { event: 'message', chat: { type: 'private' }, sender: amina }],
		[
			'hidden',
			{
				event: 'message',
				chat: { type: 'private' },
				sender: { id: jid(sender.lid, '@lid'), phone: null, name: sender.name },
			},
		],
		[
			'reaction',
			{
				event: 'message_reaction',
				type: 'reaction',
				text: '👍',
				reaction: { emoji: '👍' },
				replyTo: matching(/^3EB0/),
				chat: privately,
			},
		],
		['edit', { event: 'message_edited', text: matching(/, edited$/), chat: privately, replyTo: matching(/^3EB0/) }],
		['delete', { event: 'message_deleted', chat: privately, replyTo: matching(/^3EB0/) }],
		[
			'receipt',
			{
				event: 'message_status',
				status: { messageId: matching(/^3EB0/), name: matching(/read/i), code: 4, delivered: true },
			},
		],
		[
			'call',
			{
				call: { id: matching(/^CALL/), isVideo: true, isGroup: false, state: 'offer' },
				sender: { phone: sender.number },
			},
		],
		['poll', { event: 'poll_vote', vote: { results: [{ option: 'Morning', count: 1 }, { option: 'Afternoon' }] } }],
		['groupParticipants', { event: 'group-participants.update', chat: family, group: { action: 'add' } }],
		['groupUpdate', { event: 'groups.update' }],
		['contact', { event: 'contacts.upsert' }],
		['chat', { event: 'chats.update' }],
		['sessionStatus', { event: 'session.status', session: { state: 'disconnected', reason: null } }],
		['qr', { event: 'qrcode.updated' }],
	])('%s', async (kind, expected) => {
		const events = await startedBy(ALL, [[kind]]);
		expect(events).toMatchObject([
			{
				provider: 'wapio',
				device: sessions.connected,
				id: matching(/./),
				...expected,
			},
		]);
	});

	const NO_MESSAGES = [
		'edit',
		'reaction',
		'delete',
		'receipt',
		'call',
		'poll',
		'groupParticipants',
		'groupUpdate',
		'contact',
		'chat',
		'sessionStatus',
		'qr',
	] as const;

	it('nothing else is mistaken for a message', async () => {
		const events = await startedBy(
			ALL,
			NO_MESSAGES.map((kind) => [kind]),
		);
		expect(events.map(({ event }) => event)).toHaveLength(NO_MESSAGES.length);
		expect(events.map(({ event }) => event)).not.toContain('message');
	});

	it('none of it starts a workflow with the usual events, nor does a notice', async () => {
		const wf = await publish({ options: { includeOwn: true } });
		for (const kind of NO_MESSAGES) await incoming(kind);
		const message = (parts: IDataObject) => ({
			overrides: { data: { messages: { messageBody: null, ...parts } } },
		});
		await incoming(
			'text',
			message({ message: { conversation: undefined, pinInChatMessage: { type: 1, key: {} } } }),
		);
		await incoming('text', message({ message: null, messageStubType: 40 }));
		await incoming(
			'text',
			message({ message: { conversation: undefined, protocolMessage: { type: 0, key: { id: 'x' } } } }),
		);
		await incoming('text');
		await wf.idle();
		expect(wf.executions.flatMap(({ items }) => items.map(({ json }) => json.event))).toEqual(['message']);
	});

	it.each<[string, EventOf<'wapio'>, string]>([
		['message_edited', 'edit', 'message_edited'],
		['message_deleted', 'delete', 'message_deleted'],
		['message_reaction', 'reaction', 'message_reaction'],
		['poll_vote', 'poll', 'poll_vote'],
		['message_status', 'receipt', 'message_status'],
		['call', 'call', 'call'],
		['groups', 'groupUpdate', 'groups.update'],
		['contacts', 'contact', 'contacts.upsert'],
		['chats', 'chat', 'chats.update'],
		['session', 'sessionStatus', 'session.status'],
		['qr', 'qr', 'qrcode.updated'],
	])('the choice %s is for them alone', async (choice, kind, event) => {
		const events = await startedBy({ events: [choice], options: { includeOwn: true } }, [
			['text'],
			[kind],
			['image'],
		]);
		expect(events.map((item) => item.event)).toEqual([event]);
	});

	it('an edit is not taken for the message that it changes', async () => {
		const key = {
			id: '3EB0EDITED',
			fromMe: false,
			remoteJid: `${sender.number}@s.whatsapp.net`,
			cleanedSenderPn: sender.number,
		};
		const edited = (conversation: string) => ({
			overrides: {
				data: [
					{
						key,
						update: { message: { editedMessage: { message: { conversation } } }, messageTimestamp: now() },
					},
				],
			},
		});
		const events = await startedBy({ events: ['message', 'message_edited'] }, [
			['text', { overrides: { data: { messages: { key } } } }],
			['edit', edited('first')],
			['edit', edited('second')],
			['edit', edited('second')],
		]);
		expect(events.map(({ text }) => text)).toEqual([matching(/^Message/), 'first', 'second']);
	});

	it('each step of a message is a separate receipt', async () => {
		const events = await startedBy({ events: ['message_status'] }, [
			['receipt', { overrides: { data: { key: { id: 'SAME' }, status: 3 } } }],
			['receipt', { overrides: { data: { key: { id: 'SAME' }, status: 4 } } }],
			['receipt', { overrides: { data: { key: { id: 'SAME' }, status: 4 } } }],
		]);
		expect(events.map(({ status }) => (status as IDataObject).code)).toEqual([3, 4]);
	});
});

const from = (number: string) => ({
	overrides: { data: { messages: { key: { cleanedSenderPn: number, senderPn: `${number}@s.whatsapp.net` } } } },
});

describeFilters(trigger, {
	own: [['own']],
	groups: [['group']],
	elsewhere: [['channel']],
	// Behind a LID, the number is a field of its own.
	senders: { wanted: ['lid', from('212612345678')], other: ['lid', from('212612345679')] },
	written: '+212 612-345678',
});

describe('filters of Wapio', () => {
	it('by kind of event, even if the provider sends others as well', async () => {
		const wf = await publish({ events: ['message_status'] });
		expect((await posted(wf, sample())).status).toBe(200);
		await incoming('receipt');
		await wf.idle();
		expect(wf.executions.map(({ items }) => items[0]?.json.event)).toEqual(['message_status']);
	});
});
