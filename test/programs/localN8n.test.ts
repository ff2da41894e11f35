import { registerAgain } from '../../scripts/n8n/localN8n';

const PACKAGE = 'n8n-nodes-whatsapp-gateways';

function workflow(id: string, type = `${PACKAGE}.chataloTrigger`) {
	return {
		id,
		name: `Workflow ${id}`,
		active: true,
		versionId: `${id}-draft`,
		activeVersionId: `${id}-live`,
		nodes: [
			{ id: 'n', name: 'Trigger', type, typeVersion: 1, position: [0, 0] as [number, number], parameters: {} },
		],
		connections: {},
	};
}

/** An n8n whose workflows share one slot: it refuses a workflow while another holds the slot. */
function n8nWith(workflows: Array<ReturnType<typeof workflow>>, holder: string | undefined) {
	const calls: string[] = [];
	let slot = holder;
	return {
		calls,
		slot: () => slot,
		publishedWorkflows: async () => await Promise.resolve(workflows),
		unpublish: async (id: string) => {
			calls.push(`unpublish ${id}`);
			if (slot === id) slot = undefined;
			await Promise.resolve();
		},
		publish: async (id: string, version?: string) => {
			calls.push(`publish ${id} ${version}`);
			if (slot !== undefined) return await Promise.reject(new Error(`used by ${slot}`));
			slot = id;
		},
	};
}

describe('registering again when npm start has started n8n', () => {
	it('covers every published workflow with one of our triggers, not only the examples', async () => {
		const n8n = n8nWith([workflow('mine'), workflow('other', 'n8n-nodes-base.scheduleTrigger')], undefined);
		expect(await registerAgain(n8n, PACKAGE)).toEqual([]);
		expect(n8n.calls).toEqual(['unpublish mine', 'publish mine mine-live']);
	});

	it('gives the slot to the workflow that was published first, even if n8n has given it to another', async () => {
		const n8n = n8nWith([workflow('first'), workflow('refused')], 'refused');
		expect(await registerAgain(n8n, PACKAGE)).toEqual([
			{ id: 'refused', problem: '"Workflow refused" could not be published: used by first' },
		]);
		expect(n8n.slot()).toBe('first');
	});
});
