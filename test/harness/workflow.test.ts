import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import { createEngine, type Engine } from '../support/engine';
import { echo } from './dummyNodes';

const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});

const to = (...names: string[]) => names.map((name) => ({ node: name, type: 'main' as const, index: 0 }));

describe('workflow files', () => {
	let engine: Engine;
	beforeEach(() => {
		engine = createEngine({ nodes: { echo } });
	});
	afterEach(async () => await engine.close());

	it('runs trigger, set, if and a package node by its full name', async () => {
		const condition = {
			id: '1',
			leftValue: '={{ $json.name }}',
			rightValue: 'x',
			operator: { type: 'string', operation: 'startsWith' },
		};
		const assignment = { id: '1', name: 'name', value: '={{ $json.n === 1 ? "xa" : "b" }}', type: 'string' };
		const file = {
			name: 'Example',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1),
				node('Fields', 'n8n-nodes-base.set', 3.4, { assignments: { assignments: [assignment] } }),
				node('If', 'n8n-nodes-base.if', 2.2, {
					conditions: {
						options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
						conditions: [condition],
						combinator: 'and',
					},
				}),
				node('Echo', 'n8n-nodes-whatsapp-gateways.echo', 1, { value: '={{ $json.name }}!' }),
				node('Nothing', 'n8n-nodes-base.noOp', 1),
				node('Note', 'n8n-nodes-base.stickyNote', 1, { content: 'Hello' }),
			],
			connections: {
				Start: { main: [to('Fields')] },
				Fields: { main: [to('If')] },
				If: { main: [to('Echo'), to('Nothing')] },
			} satisfies IConnections,
		};
		const result = await engine.runWorkflow(file, { items: [{ json: { n: 1 } }, { json: { n: 2 } }] });

		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.outputs('Echo')[0]?.map(({ json }) => json)).toEqual([{ value: 'xa!' }]);
		expect(result.outputs('Nothing')[0]?.map(({ json }) => json)).toEqual([{ name: 'b' }]);
	});

	it('loops in batches', async () => {
		const file = {
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1),
				node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1 }),
				node('Echo', 'echo', 1, { value: '={{ $json.n }}' }),
			],
			connections: {
				Start: { main: [to('Loop')] },
				Loop: { main: [[], to('Echo')] },
				Echo: { main: [to('Loop')] },
			} satisfies IConnections,
		};
		const result = await engine.runWorkflow(file, { items: [{ json: { n: 'a' } }, { json: { n: 'b' } }] });

		expect(result.error).toBeUndefined();
		expect(result.runs('Echo')).toBe(2);
		expect(result.outputs('Loop')[0]?.map(({ json }) => json)).toEqual([{ value: 'a' }, { value: 'b' }]);
	});
});
