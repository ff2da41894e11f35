/** Stand-ins for n8n's nodes that send items on different ways, and to other workflows. */
import type { INodeExecutionData, INodeParameterResourceLocator, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { describe, passThrough } from '../standIn';

/** By rules, the first that fits. Of the fallbacks there is only none: what fits no rule ends. */
export const switchNode: INodeType = {
	description: describe('switch', [3, 3.1, 3.2, 3.3, 3.4], {
		// The engine counts outputs by what comes out of them.
		outputs: Array.from({ length: 4 }, () => NodeConnectionTypes.Main),
		properties: [
			{ displayName: 'Mode', name: 'mode', type: 'hidden', default: 'rules' },
			{
				displayName: 'Rules',
				name: 'rules',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				options: [
					{
						displayName: 'Rule',
						name: 'values',
						values: [
							{
								displayName: 'Conditions',
								name: 'conditions',
								type: 'filter',
								default: {},
								typeOptions: {
									filter: { version: 2, caseSensitive: '={{!$parameter.options.ignoreCase}}' },
								},
							},
							{ displayName: 'Rename Output', name: 'renameOutput', type: 'boolean', default: false },
							{ displayName: 'Output Name', name: 'outputKey', type: 'string', default: '' },
						],
					},
				],
			},
			{ displayName: 'Loose', name: 'looseTypeValidation', type: 'boolean', default: false },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [{ displayName: 'Ignore Case', name: 'ignoreCase', type: 'boolean', default: true }],
			},
		],
	}),
	async execute() {
		const count = (this.getNodeParameter('rules.values', 0, []) as unknown[]).length;
		const outputs: INodeExecutionData[][] = Array.from({ length: count }, () => []);
		this.getInputData().forEach((item, index) => {
			const fits = outputs.find(
				(_output, rule) =>
					// n8n-core evaluates the filter itself when asked to extract the value.
					this.getNodeParameter(`rules.values[${rule}].conditions`, index, false, { extractValue: true }) ===
					true,
			);
			fits?.push({ ...item, pairedItem: { item: index } });
		});
		return outputs;
	},
};

/** Once with all items, and waits for the end. */
export const executeWorkflow: INodeType = {
	description: describe('executeWorkflow', [1.1, 1.2, 1.3], {
		properties: [
			{ displayName: 'Source', name: 'source', type: 'hidden', default: 'database' },
			{ displayName: 'Workflow', name: 'workflowId', type: 'workflowSelector', default: '' },
			{ displayName: 'Mode', name: 'mode', type: 'hidden', default: 'once' },
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	}),
	async execute() {
		const { value } = this.getNodeParameter('workflowId', 0) as INodeParameterResourceLocator;
		const { data } = await this.executeWorkflow({ id: String(value) }, this.getInputData());
		return data.map((items) => items ?? []);
	},
};

export const executeWorkflowTrigger: INodeType = {
	description: describe('executeWorkflowTrigger', [1, 1.1], {
		group: ['trigger'],
		inputs: [],
		properties: [{ displayName: 'Input', name: 'inputSource', type: 'hidden', default: 'workflowInputs' }],
	}),
	execute: passThrough,
};
