import vm from 'node:vm';
import { exampleWorkflows } from '../support/exampleWorkflows';

const SYSTEM = ['id', 'createdAt', 'updatedAt'];

interface Parameters {
	resource: string;
	operation: string;
	tableName?: string;
	dataTableId?: { value: string };
	columns?: { column?: Array<{ name: string; type: string }>; value?: Record<string, unknown>; schema?: Column[] };
	filters?: { conditions?: Array<{ keyName: string; keyValue?: string }> };
	jsCode?: string;
}

interface Column {
	id: string;
	type: string;
}

const examples = exampleWorkflows().filter(({ text }) => text.includes('n8n-nodes-base.dataTable'));

const uses = examples.flatMap(({ name, file }) =>
	file.nodes
		.filter(({ type }) => type.startsWith('n8n-nodes-base.dataTable'))
		.map((node) => ({ name, node: node.name, parameters: node.parameters as unknown as Parameters })),
);

/** The columns with their types, by the name of the table, from every node that creates one. */
const created = uses
	.filter(({ parameters }) => parameters.operation === 'create')
	.map(({ name, parameters: { tableName = '', columns } }) => ({ name, tableName, columns: columns?.column ?? [] }));

const columnsOf = (table: string) => created.find(({ tableName }) => tableName === table)?.columns ?? [];

it('creates a table with the same columns wherever it is created', () => {
	for (const { tableName, columns } of created)
		expect([tableName, columns]).toEqual([tableName, columnsOf(tableName)]);
	// n8n finds a table by a part of its name.
	const names = [...new Set(created.map(({ tableName }) => tableName))];
	expect(names.filter((one) => names.some((other) => other !== one && other.includes(one)))).toEqual([]);
});

it.each(uses.filter(({ parameters }) => parameters.operation !== 'create'))(
	'$name: "$node" uses a table that its workflow creates, and columns that the table has',
	({ name, parameters }) => {
		const table = parameters.dataTableId?.value ?? '';
		expect(created.filter((each) => each.name === name).map(({ tableName }) => tableName)).toContain(table);
		const columns = columnsOf(table);
		const known = [...SYSTEM, ...columns.map((column) => column.name)];
		const filtered = (parameters.filters?.conditions ?? []).map(({ keyName }) => keyName);
		const written = Object.keys(parameters.columns?.value ?? {});
		expect([...filtered, ...written].filter((column) => !known.includes(column))).toEqual([]);
		const types = columns.map(({ name: id, type }) => ({ id, type: type === 'date' ? 'dateTime' : type }));
		const shown = (parameters.columns?.schema ?? types).map(({ id, type }) => ({ id, type }));
		expect(shown).toEqual(types);
	},
);

it('keeps workflows, sessions, and people apart, and a person together whose phone number is not found', () => {
	const keys = uses.flatMap(({ name, parameters }) => {
		const written = parameters.columns?.value?.chat;
		const filtered = (parameters.filters?.conditions ?? []).filter(({ keyName }) => keyName === 'chat');
		return [written, ...filtered.map(({ keyValue }) => keyValue)].flatMap((key) =>
			typeof key === 'string' && key.includes('chat.') ? [[name, key]] : [],
		);
	});
	expect(keys.length).toBeGreaterThan(5);
	const device = /^=\{\{ \$workflow\.id \}\} \{\{ \$\('[\w ]+'\)\.item\.json\.device \}\} /;
	const person = /\{\{ (\S+ ?\S+)\.chat\.lid \|\| \1\.chat\.phone \|\| \1\.chat\.id \}\}$/;
	for (const key of keys) expect(key).toEqual([key[0], expect.stringMatching(device)]);
	for (const key of keys) expect(key).toEqual([key[0], expect.stringMatching(person)]);
});

it('takes one row of a chat, however many there are', () => {
	const reads = uses.filter(({ parameters: { operation, dataTableId } }) => {
		return operation === 'get' && dataTableId?.value === 'whatsapp_chats';
	});
	expect(reads.length).toBeGreaterThan(2);
	for (const { node, parameters } of reads)
		expect([node, parameters]).toEqual([node, expect.objectContaining({ limit: 1, orderByColumn: 'id' })]);
});

type Item = { json: Record<string, unknown>; binary?: Record<string, unknown> };

/** Runs a Code node of an example over rows of its tables. `nodes`: what the others returned. */
function run(workflow: string, node: string, input: Item[], nodes: Record<string, Item[]> = {}): Item[] {
	const file = examples.find(({ file: each }) => each.id === workflow)?.file;
	const parameters = file?.nodes.find(({ name }) => name === node)?.parameters;
	const { jsCode = '' } = (parameters ?? {}) as unknown as Parameters;
	const returned = (name: string) => {
		const items = nodes[name];
		return { isExecuted: items !== undefined, all: () => items ?? [], itemMatching: (at: number) => items?.[at] };
	};
	const globals = {
		$: returned,
		$input: { all: () => input },
		$execution: { id: '7' },
		$workflow: { id: workflow },
	};
	const result: unknown = vm.runInNewContext(`(() => {${jsCode}})()`, globals);
	// Objects of another context are never equal to those of this one.
	return JSON.parse(JSON.stringify(result)) as Item[];
}

const items = (rows: object[]): Item[] => rows.map((json) => ({ json: { ...json } }));
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
const event = (text: string, more: object = {}) =>
	JSON.stringify({
		device: 'session',
		type: 'text',
		text,
		sender: { name: 'Sari', phone: '6281' },
		chat: { address: '6281@s.whatsapp.net' },
		...more,
	});

describe.each(['wapioQuickMsgs', 'wapioService'])('%s: whose turn it is', (workflow) => {
	const row = (id: number, seconds: number, more: object = {}) => ({
		id,
		chat: 'a',
		receivedAt: ago(seconds),
		busyUntil: ago(seconds),
		attempts: 0,
		replyKey: null,
		reply: null,
		answeredAt: null,
		...more,
	});
	const turns = (rows: object[], own?: number) =>
		run(
			workflow,
			'Whose Turn?',
			items(rows),
			own === undefined ? {} : { 'Store the Message': items([{ id: own }]) },
		).map(({ json }) => json);
	const answered = (count: number, seconds: number) =>
		Array.from({ length: count }, (_none, at) =>
			row(100 + at, seconds, { answeredAt: ago(seconds), replyKey: `reply ${at}`, reply: 'sent' }),
		);

	it('is that of the newest message, with a key for the reply', () => {
		expect(turns([row(1, 10), row(2, 8)], 1)).toEqual([]);
		const uuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/) as unknown;
		expect(turns([row(1, 10), row(2, 8)], 2)).toEqual([
			{ chat: 'a', isFree: true, reply: null, replyKey: uuid, wish: null, attempts: 1 },
		]);
	});

	it('is nobody’s while an earlier reply is on its way; the newest message waits for it', () => {
		const rows = [row(1, 60, { busyUntil: ago(-60), replyKey: 'first', attempts: 1 }), row(2, 8)];
		expect(turns(rows, 2)).toEqual([{ chat: 'a', isFree: false }]);
		expect(turns(rows)).toEqual([]);
	});

	it('is that of the sweep once nobody waits any more, for all that no reply is stored for', () => {
		expect(turns([row(1, 10)])).toEqual([]);
		const begun = row(1, 400, { replyKey: 'first', attempts: 1, wish: 'stale' });
		const [turn, ...others] = turns([begun, row(2, 300)]);
		expect(others).toEqual([]);
		// The newer message has all its attempts still.
		expect(turn).toMatchObject({ isFree: true, reply: null, wish: null, attempts: 1 });
		expect(turn?.replyKey).not.toBe('first');
	});

	it('brings a stored reply first, as it is', () => {
		const saved = { replyKey: 'first', reply: 'stored', wish: 'a person', attempts: 1 };
		expect(turns([row(1, 400, { attempts: 3 }), row(2, 300, saved), row(3, 60)])).toEqual([
			{ chat: 'a', isFree: true, ...saved, attempts: 2 },
		]);
	});

	it('passes over what failed five times, and what is older than a day', () => {
		const failed = row(1, 400, { replyKey: 'first', attempts: 5 });
		expect(turns([failed, row(2, 90_000)])).toEqual([]);
		expect(turns([failed, row(2, 90_000), row(3, 50)])).toMatchObject([{ reply: null, attempts: 1 }]);
	});

	it('is nobody’s while the last attempt of an earlier message is on its way', () => {
		const last = row(1, 400, { replyKey: 'first', attempts: 5, busyUntil: ago(-60) });
		expect(turns([last, row(2, 8)], 2)).toEqual([{ chat: 'a', isFree: false }]);
	});

	it('comes 20 times in any 60 minutes, in each chat', () => {
		const other = row(2, 50, { chat: 'b' });
		const chats = (rows: object[]) => turns([...rows, row(1, 50), other]).map(({ chat }) => chat);
		expect(chats(answered(19, 3_500))).toEqual(['a', 'b']);
		expect(chats(answered(20, 3_500))).toEqual(['b']);
		expect(chats(answered(20, 3_700))).toEqual(['a', 'b']);
		// Two messages that one reply answered count once.
		expect(chats([...answered(19, 60), ...answered(19, 60)])).toEqual(['a', 'b']);
		// What a person answered is no reply of the agent's.
		const byPerson = answered(20, 60).map((each) => ({ ...each, reply: null }));
		expect(chats(byPerson)).toEqual(['a', 'b']);
	});
});

const row = (id: number, text: string, sentAt: string, more: object = {}) => ({
	id,
	chat: 'a',
	replyKey: 'key a',
	event: event(text),
	messageId: `message-${id}`,
	sentAt,
	receivedAt: `2026-01-01T00:01:${String(id).padStart(2, '0')}.000Z`,
	claimedBy: '7',
	...more,
});

const claimed = [
	row(3, 'third', '2026-01-01T00:00:02.000Z'),
	row(1, 'second', '2026-01-01T00:00:01.000Z'),
	// Stored last, written first.
	row(4, 'first', '2026-01-01T00:00:00.000Z'),
	// Stored twice.
	row(7, 'first', '2026-01-01T00:00:00.000Z', { messageId: 'message-4' }),
	row(5, 'of another execution', '2026-01-01T00:00:03.000Z', { claimedBy: '8' }),
	row(6, 'of another chat', '2026-01-01T00:00:03.000Z', { chat: 'b', replyKey: 'key b' }),
];

const join = (workflow: string, rows: object[], input: Item[] = items([{}])) =>
	run(workflow, 'Join the Messages', input, { 'Claim the Messages': items(rows) });

describe.each(['wapioQuickMsgs', 'wapioService'])('%s: joining', (workflow) => {
	it('joins what it has claimed, chat by chat, in the order in which it was written', () => {
		const [first, second, ...others] = join(workflow, claimed);
		expect(others).toEqual([]);
		expect(first?.json).toMatchObject({ chat: 'a', replyKey: 'key a', text: 'first\nsecond\nthird' });
		expect(second?.json).toMatchObject({ chat: 'b', replyKey: 'key b', text: 'of another chat' });
	});

	it('does nothing if another execution was faster', () => {
		const lost = claimed.map((each) => ({ ...each, claimedBy: '8' }));
		expect(join(workflow, lost)).toEqual([]);
	});

	it.each([
		[
			'(location, Shop, Main Street 1, 1, 2)',
			{ type: 'location', location: { latitude: 1, longitude: 2, name: 'Shop', address: 'Main Street 1' } },
		],
		['(contact, Ana, +62 811)', { type: 'contact', contacts: [{ name: 'Ana', phones: ['+62 811'] }] }],
		[
			'(document, price list.pdf) see here',
			{ type: 'document', text: 'see here', media: { fileName: 'price list.pdf' } },
		],
		['(sticker)', { type: 'sticker', media: { fileName: null } }],
		['(empty message)', { text: '' }],
	])('puts into words what is not text: %s', (text, more) => {
		const rows = [row(1, '', '2026-01-01T00:00:00.000Z', { event: event('', { text: null, ...more }) })];
		expect(join(workflow, rows)[0]?.json.text).toBe(text);
	});
});

it('gives the agent what a voice note says, and each picture with the words under it', () => {
	const read: Item[] = [
		{ json: { id: 1, heard: 'heard' } },
		{ json: { id: 3, seen: true }, binary: { data: { mimeType: 'image/jpeg' } } },
		{ json: { id: 4, seen: false } },
	];
	const [item] = join('wapioService', claimed.slice(0, 3), read);
	expect(item?.json.text).toBe('(a picture that could not be opened) first\nheard\nthird');
	expect(item?.binary).toEqual({ picture1: { mimeType: 'image/jpeg' } });
});

it('sends what an earlier try stored, instead of another reply', () => {
	const rows = claimed.map((each) => ({ ...each, reply: each.chat === 'a' ? 'stored' : null }));
	expect(join('wapioQuickMsgs', rows).map(({ json }) => json.reply)).toEqual(['stored', undefined]);
	const [reply, ...others] = run('wapioService', 'One per Reply', items(rows.slice(0, 3)));
	expect(others).toEqual([]);
	expect(reply?.json).toMatchObject({ replyKey: 'key a', reply: 'stored', address: '6281@s.whatsapp.net' });
	// For WhatsApp Gateways: Reply, which needs the event.
	expect(reply?.json.event).toMatchObject({ device: 'session', text: 'third' });
});

const chatOf = (workflow: string) => `${workflow} session 6281`;
const own = (text: string, more: object = {}) => ({
	id: 'own',
	device: 'session',
	chat: { phone: '6281' },
	direction: 'outgoing',
	timestamp: ago(60),
	text,
	silentMinutes: 30,
	backWord: '/bot',
	...more,
});
const reply = '## Opening hours\n\n**Monday** to [Saturday](https://example.com), 9 to 18.';

describe('who wrote an own message', () => {
	const agent = (message: object) =>
		run('wapioService', 'By a Person?', items([{ chat: chatOf('wapioService'), reply }]), {
			Settings: items([message]),
		}).map(({ json }) => json.isBack);
	const replies = JSON.stringify([{ id: 'earlier', at: ago(60), text: reply }]);
	const takeover = (message: object, row: object = { replies }) =>
		run('wapioTakeover', 'Look at the Chat', items([row]), { Settings: items([message]) }).map(({ json }) => json);

	it('is the workflow, where the text is one that it sent, however late', () => {
		expect(agent(own('*Opening hours*\n\n*Monday* to Saturday: https://example.com, 9 to 18.'))).toEqual([]);
		// A part of it.
		expect(agent(own('to Saturday: https://example.com, 9 to 18.', { timestamp: ago(3_000) }))).toEqual([]);
		expect(takeover(own(reply))).toMatchObject([{ who: 'nobody' }]);
		// The last part of a long one, and one without a letter.
		const sent = (text: string, full: string) =>
			run('wapioService', 'By a Person?', items([{ chat: chatOf('wapioService'), reply: full }]), {
				Settings: items([own(text)]),
			});
		const long = `${'A long explanation. '.repeat(300)}\n\nHave a nice day!`;
		expect(sent('Have a nice day!', long)).toEqual([]);
		expect(sent('Have a nice day!', 'Thanks. Have a nice day!')).toHaveLength(1);
		expect(sent('👍', '👍')).toEqual([]);
	});

	it('is a person otherwise, also right after a reply', () => {
		for (const text of ['I am on it', 'Monday', '👍', null])
			expect([text, agent(own(text as string))]).toEqual([text, [false]]);
		expect(agent(own(reply, { source: 'app' }))).toEqual([false]);
		expect(agent(own(' /BOT '))).toEqual([true]);
		expect(takeover(own('I am on it'))).toMatchObject([{ who: 'person' }]);
		expect(takeover(own('/bot'))).toMatchObject([{ who: 'back' }]);
	});

	it('makes the silence count from when it was written', () => {
		const timestamp = ago(7_200);
		const until = new Date(new Date(timestamp).getTime() + 1_800_000).toISOString();
		expect(takeover(own('I am on it', { timestamp }))).toMatchObject([{ silentUntil: until }]);
		const later = ago(-60);
		expect(takeover(own('I am on it', { timestamp }), { silentUntil: later })).toMatchObject([
			{ silentUntil: later },
		]);
	});

	it('gives a chat three replies in any 60 minutes, and each message one', () => {
		const message = own('Hello', { direction: 'incoming', id: 'new' });
		const sent = (count: number, seconds: number) => ({
			replies: JSON.stringify(
				Array.from({ length: count }, (_none, at) => ({ id: `${at}`, at: ago(seconds), text: 'Hi' })),
			),
		});
		const who = (row: object) => takeover(message, row).map((each) => each.who);
		expect(who({})).toEqual(['customer']);
		expect(who(sent(2, 60))).toEqual(['customer']);
		expect(who(sent(3, 3_500))).toEqual(['nobody']);
		expect(who(sent(3, 3_700))).toEqual(['customer']);
		expect(who({ replies: JSON.stringify([{ id: 'new', at: ago(10), text: 'Hi' }]) })).toEqual(['nobody']);
		expect(who({ silentUntil: ago(-60) })).toEqual(['nobody']);
	});

	it('leaves to the person what was written before the person answered', () => {
		const message = own('Hello', { direction: 'incoming', id: 'new', timestamp: ago(7_200) });
		const who = (row: object) => takeover(message, row).map((each) => each.who);
		expect(who({ personAt: ago(7_100), silentUntil: ago(5_300) })).toEqual(['nobody']);
		expect(who({ personAt: ago(7_300), silentUntil: ago(5_500) })).toEqual(['customer']);
		// Both in one call.
		const rows = items([{ id: 1 }, { id: 1 }, { id: 2 }]);
		const Settings = items([message, own('I am on it'), message]);
		const all = run('wapioTakeover', 'Look at the Chat', rows, { Settings });
		expect(all.map(({ json }) => json.who)).toEqual(['nobody', 'person', 'customer']);
	});
});
