/** What the editor makes of the node: which fields and credentials it shows, and what is under its name. */
import { type INodeParameters, type INodeTypeDescription, NodeHelpers, Workflow } from 'n8n-workflow';
import { routedResources } from '../../nodes/WhatsAppGateways/operations';
import { WhatsAppGateways } from '../../nodes/WhatsAppGateways/WhatsAppGateways.node';
import { createEngine } from '../support/engine';
import { providers } from '../support/providers';

const type = 'whatsAppGateways';
const engine = createEngine({ nodes: { [type]: WhatsAppGateways } });
afterAll(async () => await engine.close());

const { description } = new WhatsAppGateways();
const allOperations = routedResources.flatMap(({ value: resource, operations }) =>
	operations.map(({ operation: { value, name } }) => ({ resource, operation: value, name })),
);

/** The node with these parameters, those left out as usual or absent. */
function nodeWith(parameters: INodeParameters, isLoaded = true) {
	const workflow = new Workflow({
		nodes: [{ id: '1', name: 'Node', type, typeVersion: 1, position: [0, 0], parameters }],
		connections: {},
		active: false,
		nodeTypes: engine.nodeTypes,
	});
	const node = workflow.getNode('Node');
	if (!node) throw new Error('The node is missing');
	return { workflow, node: isLoaded ? node : { ...node, parameters } };
}

function subtitleOf(parameters: INodeParameters): unknown {
	const { workflow, node } = nodeWith(parameters);
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
}

/**
 * The fields that the editor takes for the choice of a login, and hides (n8n 2.41, getMainAuthField in nodeTypesUtils.ts): all
 * of its choices show a credential.
 */
function hiddenAsLogin({ credentials = [], properties }: INodeTypeDescription): string[] {
	const shows = credentials.flatMap(({ displayOptions }) => Object.entries(displayOptions?.show ?? {}));
	return properties
		.filter(({ name, options = [] }) => {
			const values = shows.filter(([shown]) => shown === name).flatMap(([, of]) => of ?? []);
			const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
			return values.length > 0 && choices.length > 0 && choices.every((value) => values.includes(value));
		})
		.map(({ name }) => name);
}

it('has no field that the editor hides as the choice of a login', () => {
	const nodes = providers.map(({ node }) => (typeof node === 'function' ? new node() : node));
	for (const each of [...nodes, new WhatsAppGateways()]) {
		expect(hiddenAsLogin((each as WhatsAppGateways).description)).toEqual([]);
	}
	// The rule finds what it looks for.
	const credentials = providers.map(({ type: value }) => ({
		name: `${value}Api`,
		displayOptions: { show: { providers: [value] } },
	}));
	expect(hiddenAsLogin({ ...description, credentials })).toContain('providers');
});

describe.each(allOperations)('$resource $operation', ({ resource, operation, name }) => {
	it.each([true, false])('shows the credentials of the chosen providers alone; as loaded: %s', (isLoaded) => {
		const parameters = { resource, operation, providers: ['wapio', 'chatalo'] };
		const { node } = nodeWith(parameters, isLoaded);
		const shown = NodeHelpers.getActiveCredentialTypes(node, description);
		expect([...(shown ?? [])].sort()).toEqual(['chataloApi', 'wapioApi']);
	});

	it('shows them right after Providers: in front of the field that follows it', () => {
		const { node } = nodeWith({ resource, operation, providers: ['wapio'] });
		const fields = description.properties.filter((property) =>
			NodeHelpers.displayParameter(node.parameters, property, node, description),
		);
		const deciding = Object.keys(description.credentials?.[0]?.displayOptions?.show ?? {});
		const place = Math.max(...fields.map(({ name: field }, index) => (deciding.includes(field) ? index : -1)));
		expect(fields.slice(0, place).map(({ name: field }) => field)).toEqual(['resource', 'operation', 'providers']);
	});

	it('names the operation and the providers in their order under the node', () => {
		const separator = operation === 'reply' ? ', ' : ' → ';
		const names = ['Wapio', 'BalesOtomatis', 'Chatalo'].join(separator);
		const parameters = { resource, operation, providers: ['wapio', 'balesOtomatis', 'chatalo'] };
		expect(subtitleOf(parameters)).toBe(`${name}: ${names}`);
		expect(subtitleOf({ resource, operation })).toBe(name);
		expect(subtitleOf({ resource, operation, providers: 'wapio' })).toBe(`${name}: Wapio`);
	});
});
