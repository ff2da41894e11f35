import { type IConnections, type INode, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Chatalo } from '../../nodes/Chatalo/Chatalo.node';
import { exampleWorkflows, PACKAGE_PREFIX } from '../support/exampleWorkflows';
import { NodeTypeRegistry } from '../support/n8n/nodeTypes';
import { providerNodes, providers } from '../support/providers';
import { coveredNotes, heightOfText, overlaps, roomAboveButton } from './layout';

/** The versions of n8n's own nodes, as n8n 2.41 has them. */
const BASE: Record<string, number[]> = {
	'@n8n/n8n-nodes-langchain.agent': [1, 1.9, 2, 2.2, 3, 3.1],
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': [1, 1.1, 1.2, 1.3],
	'@n8n/n8n-nodes-langchain.memoryBufferWindow': [1, 1.1, 1.2, 1.3, 1.4],
	'@n8n/n8n-nodes-langchain.openAi': [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 2, 2.1, 2.2, 2.3],
	'n8n-nodes-base.code': [1, 2],
	'n8n-nodes-base.dataTable': [1, 1.1],
	'n8n-nodes-base.dataTableTool': [1, 1.1],
	'n8n-nodes-base.executeWorkflow': [1, 1.1, 1.2, 1.3, 1.4],
	'n8n-nodes-base.executeWorkflowTrigger': [1, 1.1, 1.2],
	'n8n-nodes-base.filter': [1, 2, 2.1, 2.2, 2.3],
	'n8n-nodes-base.form': [1, 2.3, 2.4, 2.5],
	'n8n-nodes-base.formTrigger': [1, 2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6],
	'n8n-nodes-base.if': [1, 2, 2.1, 2.2, 2.3],
	'n8n-nodes-base.manualTrigger': [1],
	'n8n-nodes-base.merge': [1, 2, 2.1, 3, 3.1, 3.2],
	'n8n-nodes-base.noOp': [1],
	'n8n-nodes-base.readWriteFile': [1, 1.1],
	'n8n-nodes-base.removeDuplicates': [1, 1.1, 2],
	'n8n-nodes-base.scheduleTrigger': [1, 1.1, 1.2, 1.3, 1.4],
	'n8n-nodes-base.set': [1, 2, 3, 3.1, 3.2, 3.3, 3.4, 3.5],
	'n8n-nodes-base.splitInBatches': [1, 2, 3],
	'n8n-nodes-base.splitOut': [1],
	'n8n-nodes-base.stickyNote': [1],
	'n8n-nodes-base.switch': [1, 2, 3, 3.1, 3.2, 3.3, 3.4],
	'n8n-nodes-base.wait': [1, 1.1],
};

const types = new NodeTypeRegistry(providerNodes());

const ours = new Map<string, INodeTypeDescription>(
	Object.keys(providerNodes()).map((name) => [name, types.getByNameAndVersion(name).description]),
);

/** How much higher than its text a sticky note may be, in pixels. */
const NOTE_SLACK = 30;

/** How much lower the next row of a long workflow begins, in pixels. */
const NEXT_ROW = 400;

const root = path.join(__dirname, '..', '..');
const files = exampleWorkflows();

/** The pages for users. */
const documentation = ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => path.join('docs', name))]
	.filter((name) => name.endsWith('.md'))
	.map((name) => readFileSync(path.join(root, name), 'utf8'))
	.join('\n');

/** What n8n makes of an action node for an AI agent: one more field, for the model to read. */
function descriptionOf({ type }: INode): INodeTypeDescription | undefined {
	const name = type.slice(PACKAGE_PREFIX.length);
	return ours.get(name) ?? ours.get(name.replace(/Tool$/, ''));
}

/** The paths of all values, those of a resource locator as one. */
function pathsOf(value: unknown, at = ''): string[] {
	const isPlain = typeof value === 'object' && value !== null && !('__rl' in value);
	const entries = isPlain ? Object.entries(value) : [];
	return entries.length === 0 ? [at] : entries.flatMap(([key, inner]) => pathsOf(inner, `${at}/${key}`));
}

/** Parameters of one of our nodes that it does not know, or that do not belong to the chosen operation. */
function unknownParameters(node: INode, description: INodeTypeDescription): string[] {
	const { toolDescription, ...parameters } = node.parameters;
	const isTool = node.type.endsWith('Tool');
	const known =
		NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	const there = new Set(pathsOf(known));
	const unknown = pathsOf(parameters).filter((each) => !there.has(each) && !isEmptyCollection(parameters, each));
	return toolDescription === undefined || isTool ? unknown : [...unknown, '/toolDescription'];
}

function isEmptyCollection(parameters: INode['parameters'], each: string): boolean {
	const value = parameters[each.slice(1)];
	return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Whether a node calls the workflow that an item names. */
function callsStored({ type, parameters }: INode): boolean {
	const { workflowId } = parameters as { workflowId?: { value?: string } };
	return type === 'n8n-nodes-base.executeWorkflow' && workflowId?.value === '={{ $json.workflowId }}';
}

/** Whether a connection goes from one node straight to another. */
function leadsTo(connections: IConnections, from: string, to: string): boolean {
	return (connections[from]?.main ?? []).some((targets) => targets?.some(({ node }) => node === to));
}

/** Whether connections lead from one node to another, over any others. */
function leadsBack(connections: IConnections, from: string, to: string): boolean {
	const seen = new Set<string>();
	const open = [from];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (name === to) return true;
		if (seen.has(name)) continue;
		seen.add(name);
		open.push(...(connections[name]?.main ?? []).flatMap((targets) => (targets ?? []).map(({ node }) => node)));
	}
	return false;
}

/** Values that are not among the options of their field. */
function wrongChoices(node: INode, description: INodeTypeDescription): string[] {
	const parameters =
		NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
	return description.properties.flatMap((property) => {
		if (property.type !== 'options' && property.type !== 'multiOptions') return [];
		if (property.typeOptions?.loadOptionsMethod !== undefined || !(property.name in parameters)) return [];
		if (!NodeHelpers.displayParameter(parameters, property, node, description)) return [];
		const values = (property.options ?? []).map((option) => ('value' in option ? option.value : undefined));
		const chosen = [parameters[property.name]].flat();
		return chosen
			.filter((value) => !values.includes(value as string))
			.map((value) => `${property.name}: ${JSON.stringify(value)}`);
	});
}

describe.each(files)('$name', ({ name: fileName, file, text, provider }) => {
	const own = file.nodes.filter(({ type }) => type.startsWith(PACKAGE_PREFIX));

	it('has what an import needs, and nothing of the n8n it was made in', () => {
		expect(Object.keys(file).sort()).toEqual(['active', 'connections', 'id', 'name', 'nodes', 'settings']);
		// n8n 1 remembers nothing between executions of a workflow whose id is longer.
		expect(file.id).toMatch(/^\w{1,16}$/);
		expect(text).not.toMatch(/127\.0\.0\.1|localhost|\/tmp\/|pinData|instanceId|versionId/);
		expect(new Set(file.nodes.map(({ id }) => id)).size).toBe(file.nodes.length);
		expect(new Set(file.nodes.map(({ name }) => name)).size).toBe(file.nodes.length);
		for (const { credentials = {} } of file.nodes) {
			for (const [type, { id, name }] of Object.entries(credentials)) {
				expect([type, id, name]).toEqual([
					expect.any(String),
					expect.stringMatching(/^sandbox-\w+$/),
					expect.any(String),
				]);
			}
		}
	});

	it('uses nodes that there are', () => {
		for (const node of file.nodes) {
			const versions = node.type.startsWith(PACKAGE_PREFIX)
				? [descriptionOf(node)?.version].flat()
				: BASE[node.type];
			expect([node.type, versions]).toEqual([node.type, expect.arrayContaining([node.typeVersion])]);
		}
	});

	it('fills in what our nodes need, and nothing else', () => {
		// One that only has others called by their stored ids has none.
		expect(own.length > 0 || file.nodes.some(callsStored)).toBe(true);
		for (const node of own) {
			const description = descriptionOf(node);
			if (!description) throw new Error(`There is no ${node.type}`);
			expect([node.name, unknownParameters(node, description)]).toEqual([node.name, []]);
			expect([node.name, wrongChoices(node, description)]).toEqual([node.name, []]);
			expect([node.name, NodeHelpers.getNodeParametersIssues(description.properties, node, description)]).toEqual(
				[node.name, null],
			);
			const types = (description.credentials ?? []).map(({ name }) => name);
			const given = Object.keys(node.credentials ?? {});
			expect(given.length).toBe(1);
			expect(types).toEqual(expect.arrayContaining(given));
		}
	});

	it('wires and names only nodes of its own', () => {
		const known = new Set(file.nodes.map(({ name }) => name));
		const wired = Object.entries(file.connections).flatMap(([from, kinds]) => [
			from,
			...Object.values(kinds).flatMap((outputs) =>
				outputs.flatMap((targets) => (targets ?? []).map(({ node }) => node)),
			),
		]);
		const referred = [...JSON.stringify(file.nodes).matchAll(/\$\('([^']+)'\)/g)].map(([, name = '']) => name);
		expect([...wired, ...referred].filter((name) => !known.has(name))).toEqual([]);
		const notes = file.nodes.filter(({ type }) => type.endsWith('.stickyNote')).map(({ name }) => name);
		expect([...known].filter((name) => !wired.includes(name) && !notes.includes(name))).toEqual([]);
	});

	it('calls only workflows of this folder, by the ids that an import by command keeps', () => {
		const called = file.nodes
			.filter((node) => node.type === 'n8n-nodes-base.executeWorkflow' && !callsStored(node))
			.map(({ parameters }) => parameters.workflowId);
		const others = files
			.filter((other) => other.name !== fileName)
			.filter((other) => other.file.nodes.some(({ type }) => type === 'n8n-nodes-base.executeWorkflowTrigger'))
			.map((other) => ({
				__rl: true,
				mode: 'list',
				value: other.file.id,
				cachedResultName: other.file.name,
			}));
		for (const reference of called) expect(others).toContainEqual(reference);
		if (!file.nodes.some(callsStored)) return;
		const storing = files.filter((other) => other.text.includes('"workflowId": "={{ $workflow.id }}"'));
		expect(storing.length).toBeGreaterThan(0);
		for (const { file: other } of storing) expect(others.map(({ value }) => value)).toContain(other.id);
	});

	it('is explained by notes that fit their text, and lies from left to right, row by row, without overlaps', () => {
		const notes = file.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
		expect(notes.length).toBeGreaterThan(0);
		for (const { parameters } of notes) {
			const { content, width, height } = parameters as { content: string; width: number; height: number };
			expect(content).toMatch(/^## .+\n/);
			const needed = heightOfText(content, width);
			expect(height).toBeGreaterThanOrEqual(needed);
			expect(height).toBeLessThanOrEqual(needed + NOTE_SLACK);
			const named = [...content.matchAll(/\*\*([A-Z][\w:? ]+)\*\*/g)].map(([, name = '']) => name);
			expect(named.length).toBeGreaterThan(0);
		}
		expect(JSON.stringify(notes)).toMatch(/credential/i);
		expect(overlaps(file.nodes)).toEqual([]);
		expect(coveredNotes(file.nodes)).toEqual([]);
		const left = new Map(file.nodes.map(({ name, position }) => [name, position[0]]));
		const top = new Map(file.nodes.map(({ name, position }) => [name, position[1]]));
		const loops = new Set(
			file.nodes.filter(({ type }) => type === 'n8n-nodes-base.splitInBatches').map(({ name }) => name),
		);
		const waits = file.nodes.filter(({ type }) => type === 'n8n-nodes-base.wait').map(({ name }) => name);
		for (const [from, { main = [] }] of Object.entries(file.connections)) {
			for (const { node } of main.flatMap((targets) => targets ?? [])) {
				// A long workflow goes on in the next row.
				if ((top.get(node) ?? 0) - (top.get(from) ?? 0) >= NEXT_ROW) continue;
				// Waits again, until it is its turn.
				if (waits.includes(node) && leadsBack(file.connections, node, from)) continue;
				// The end of a round goes back to its loop.
				if (loops.has(node) && leadsTo(file.connections, node, from)) continue;
				expect([from, node, (left.get(node) ?? 0) > (left.get(from) ?? 0)]).toEqual([from, node, true]);
			}
		}
	});

	it('says where to start it by hand if n8n would start another trigger', () => {
		const manual = file.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		// The button at the bottom prefers triggers of apps to the manual one, whatever their order and position.
		if (manual === undefined || !own.some(({ type }) => type.endsWith('Trigger'))) return;
		expect(text).toContain(`Point at **${manual.name}** and click **Execute workflow** next to it`);
	});

	it('opens with its nodes clear of the Execute button', () => {
		expect(roomAboveButton(file.nodes)).toBeGreaterThanOrEqual(10);
	});

	it('is described on the page of its provider, and the first one on the page of the examples', () => {
		const name = file.id === 'startHere' ? 'workflows' : provider.toLowerCase();
		const page = readFileSync(path.join(root, 'docs', `${name}.md`), 'utf8');
		expect(page).toContain(`(../workflows/${fileName})`);
	});

	it('has the same title in n8n and wherever the documentation links to it', () => {
		const titles = [...documentation.matchAll(new RegExp(`\\[([^\\]]*)\\]\\([./]*workflows/${fileName}\\)`, 'g'))];
		expect(titles.map(([, title]) => title)).toEqual(titles.map(() => file.name));
	});
});

it('has ids, names and webhook ids once', () => {
	const webhooks = files.flatMap(({ file }) => file.nodes.flatMap(({ webhookId }) => webhookId ?? []));
	for (const list of [files.map(({ file }) => file.id), files.map(({ file }) => file.name), webhooks]) {
		expect(new Set(list).size).toBe(list.length);
	}
});

it('shows each provider in at least two workflows', () => {
	for (const { type: name } of providers) {
		const using = files.filter(({ file }) =>
			file.nodes.some(({ type }) => type.toLowerCase().startsWith(`${PACKAGE_PREFIX}${name}`.toLowerCase())),
		);
		expect([name, using.length >= 2]).toEqual([name, true]);
	}
});

it('sees what is wrong', () => {
	const chatalo = new Chatalo().description;
	const list = files.find(({ name }) => name === 'chatalo-send-to-a-list.json');
	const [node] = (list?.file.nodes ?? []).filter(({ type }) => type === `${PACKAGE_PREFIX}chatalo`);
	if (!node) throw new Error('There is no Chatalo node');
	const changed = (parameters: INode['parameters']): INode => ({
		...node,
		parameters: { ...node.parameters, ...parameters },
	});
	expect(unknownParameters(changed({ options: { defaultContry: 'ID' } }), chatalo)).toEqual([
		'/options/defaultContry',
	]);
	expect(unknownParameters(changed({ caption: 'x' }), chatalo)).toEqual(['/caption']);
	expect(wrongChoices(changed({ operation: 'sendTxt' }), chatalo)).toEqual(['operation: "sendTxt"']);
	expect(NodeHelpers.getNodeParametersIssues(chatalo.properties, changed({ text: '' }), chatalo)).not.toBeNull();
	expect(overlaps([node, { ...node, name: 'Other', position: [node.position[0] + 99, node.position[1]] }])).toEqual([
		'Send Text and Other',
	]);
	// Ten lines of text, and a heading above one of them.
	expect(heightOfText('a'.repeat(700), 540)).toBe(202);
	expect(heightOfText('## a\na', 540)).toBe(70);
	const note = { ...node, type: 'n8n-nodes-base.stickyNote', position: [0, -900] as [number, number] };
	expect(roomAboveButton([node, { ...note, parameters: { width: 500, height: 400 } }])).toBeLessThan(0);
});
