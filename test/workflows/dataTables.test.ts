import vm from 'node:vm';
import { exampleWorkflows } from '../support/exampleWorkflows';

const SYSTEM = ['id', 'createdAt', 'updatedAt'];

interface Parameters {
	resource: string;
	operation: string;
	tableName?: string;
	dataTableId?: { value: string };
	columns?: { column?: Array<{ name: string; type: string }>; value?: Record<string, unknown>; schema?: Column[] };
	filters?: { conditions?: Array<{ keyName: string }> };
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

/** Runs a Code node of an example over rows of its tables. */
function run(workflow: string, { claimed, input }: { claimed: object[]; input: object[] }): Array<{ json: object }> {
	const file = examples.find(({ file: each }) => each.id === workflow)?.file;
	const node = file?.nodes.find(({ name }) => name === 'Join the Messages');
	const { jsCode = '' } = (node?.parameters ?? {}) as unknown as Parameters;
	const items = (rows: object[]) => ({ all: () => rows.map((json) => ({ json })) });
	const globals = { $: () => items(claimed), $input: items(input), $execution: { id: '7' } };
	const result: unknown = vm.runInNewContext(`(() => {${jsCode}})()`, globals);
	// Objects of another context are never equal to those of this one.
	return JSON.parse(JSON.stringify(result)) as Array<{ json: object }>;
}

const event = JSON.stringify({ device: 'session', sender: { name: 'Sari', phone: '6281' } });
const row = (id: number, text: string, sentAt: string, more: object = {}) => ({
	id,
	chat: 'a',
	text,
	event,
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
	row(5, 'of another execution', '2026-01-01T00:00:03.000Z', { claimedBy: '8' }),
	row(6, 'of another chat', '2026-01-01T00:00:03.000Z', { chat: 'b' }),
];

describe.each(['wapioQuickMsgs', 'wapioService'])('%s', (workflow) => {
	it('joins what it has claimed, chat by chat, in the order in which it was written', () => {
		const [first, second, ...others] = run(workflow, { claimed, input: [{}] });
		expect(others).toEqual([]);
		const known = { device: 'session', lastMessageId: 'message-3' };
		expect(first?.json).toMatchObject({ chat: 'a', text: 'first\nsecond\nthird', ...known });
		expect(second?.json).toMatchObject({ chat: 'b', text: 'of another chat', lastMessageId: 'message-6' });
	});

	it('does nothing if another execution was faster', () => {
		const lost = claimed.map((each) => ({ ...each, claimedBy: '8' }));
		expect(run(workflow, { claimed: lost, input: [{}] })).toEqual([]);
	});
});

it('puts what a voice note says in its place', () => {
	const heard = [{ id: 1, text: 'heard' }, row(3, 'third', '')];
	const [item] = run('wapioService', { claimed, input: heard });
	expect(item?.json).toMatchObject({ text: 'first\nheard\nthird' });
});

it('sends at most 20 replies an hour to a chat, and leaves the others alone', () => {
	const answered = (count: number) =>
		Array.from({ length: count }, (_none, index) => ({ chat: 'a', claimedBy: `earlier ${index}` }));
	// Two messages that one reply answered count once.
	const chats = (input: object[]) => run('wapioQuickMsgs', { claimed, input }).map(({ json }) => json);
	expect(chats([...answered(19), ...answered(19)])).toHaveLength(2);
	expect(chats(answered(20))).toEqual([expect.objectContaining({ chat: 'b' })]);
});
