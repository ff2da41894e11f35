/**
 * Small stand-ins for the n8n-nodes-base nodes that example workflows use; the real package is not
 * installed. They take the parameters that n8n's own versions write into a workflow file.
 */
import type { AssignmentCollectionValue, IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { BINARY_ENCODING, NodeConnectionTypes } from 'n8n-workflow';
import { constants } from 'node:fs';

import { textOf } from '../../../nodes/shared/text';
import { codeNode } from './codeNode';
import { form, formTrigger } from './formNodes';
import { executeWorkflow, executeWorkflowTrigger, switchNode } from './nodes/subWorkflows';
import { describe, passThrough } from './standIn';

const start: INodeType = {
	description: describe('manualTrigger', [1], { group: ['trigger'], inputs: [] }),
	execute: passThrough,
};

/** Its hours never strike here: whoever runs a workflow is the clock. */
const scheduleTrigger: INodeType = {
	description: describe('scheduleTrigger', [1, 1.1, 1.2, 1.3, 1.4], { group: ['trigger'], inputs: [] }),
	execute: passThrough,
};

const noOp: INodeType = { description: describe('noOp', [1]), execute: passThrough };

const stickyNote: INodeType = {
	description: describe('stickyNote', [1], { inputs: [], outputs: [] }),
	execute: passThrough,
};

const setFields: INodeType = {
	description: describe('set', [3, 3.1, 3.2, 3.3, 3.4], {
		properties: [
			{ displayName: 'Mode', name: 'mode', type: 'hidden', default: 'manual' },
			{ displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}' },
			{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} },
			{ displayName: 'Include Other', name: 'includeOtherFields', type: 'boolean', default: false },
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	}),
	async execute() {
		const items = this.getInputData().map((item, index) => {
			const keep = this.getNodeParameter('includeOtherFields', index) === true;
			const json: IDataObject = keep ? { ...item.json } : {};
			if (this.getNodeParameter('mode', index) === 'raw') {
				const raw = this.getNodeParameter('jsonOutput', index) as string | IDataObject;
				Object.assign(json, typeof raw === 'string' ? JSON.parse(raw) : raw);
			} else {
				const { assignments } = this.getNodeParameter(
					'assignments',
					index,
				) as Partial<AssignmentCollectionValue>;
				for (const { name, value } of assignments ?? []) json[name] = value;
			}
			return { json, pairedItem: { item: index }, ...(keep && item.binary ? { binary: item.binary } : {}) };
		});
		return [items];
	},
};

const ifNode: INodeType = {
	description: describe('if', [2, 2.1, 2.2, 2.3], {
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['true', 'false'],
		properties: [
			{
				displayName: 'Conditions',
				name: 'conditions',
				type: 'filter',
				default: {},
				typeOptions: { filter: { version: 2 } },
			},
			{ displayName: 'Loose', name: 'looseTypeValidation', type: 'boolean', default: true },
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	}),
	async execute() {
		const branches: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
		this.getInputData().forEach((item, index) => {
			// n8n-core evaluates the filter itself when asked to extract the value.
			const matches = this.getNodeParameter('conditions', index, false, { extractValue: true }) === true;
			branches[matches ? 0 : 1].push({ ...item, pairedItem: { item: index } });
		});
		return branches;
	},
};

const splitInBatches: INodeType = {
	description: describe('splitInBatches', [3], {
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['done', 'loop'],
		properties: [
			{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 },
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	}),
	async execute() {
		const memory = this.getContext('node') as { left?: INodeExecutionData[]; done?: INodeExecutionData[] };
		const input = this.getInputData();
		if (memory.left === undefined) {
			memory.left = input.map((item, index) => ({ ...item, pairedItem: { item: index } }));
			memory.done = [];
		} else {
			memory.done = [...(memory.done ?? []), ...input];
		}
		const batch = memory.left.splice(0, this.getNodeParameter('batchSize', 0) as number);
		return batch.length === 0 ? [memory.done ?? [], []] : [[], batch];
	},
};

const splitOut: INodeType = {
	description: describe('splitOut', [1], {
		properties: [
			{ displayName: 'Fields To Split Out', name: 'fieldToSplitOut', type: 'string', default: '' },
			{ displayName: 'Include', name: 'include', type: 'hidden', default: 'noOtherFields' },
			{ displayName: 'Fields To Include', name: 'fieldsToInclude', type: 'string', default: '' },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [{ displayName: 'Destination', name: 'destinationFieldName', type: 'string', default: '' }],
			},
		],
	}),
	async execute() {
		const items = this.getInputData().flatMap((item, index) => {
			const text = (name: string): string => textOf(this.getNodeParameter(name, index, ''));
			const field = text('fieldToSplitOut');
			const name = text('options.destinationFieldName') || field;
			const others = text('include') === 'selectedOtherFields' ? text('fieldsToInclude').split(',') : [];
			const kept = Object.fromEntries(others.map((other) => [other.trim(), item.json[other.trim()]]));
			const list = item.json[field];
			const elements: unknown[] = Array.isArray(list) ? list : [];
			return elements.map((element) => {
				// n8n spreads an object where nothing else is kept, and puts everything else under a name.
				const isSpread =
					typeof element === 'object' && element !== null && name === field && others.length === 0;
				const json: IDataObject = isSpread ? { ...element } : { [name]: element as IDataObject, ...kept };
				return { json, pairedItem: { item: index } };
			});
		});
		return [items];
	},
};

/** Writes a file, with n8n's own limits of where to; it reads none. */
const readWriteFile: INodeType = {
	description: describe('readWriteFile', [1, 1.1], {
		properties: [
			{ displayName: 'Operation', name: 'operation', type: 'hidden', default: 'read' },
			{ displayName: 'File Path and Name', name: 'fileName', type: 'string', default: '' },
			{ displayName: 'Input Binary Field', name: 'dataPropertyName', type: 'string', default: 'data' },
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	}),
	async execute() {
		const items: INodeExecutionData[] = [];
		for (const [index, item] of this.getInputData().entries()) {
			const fileName = this.getNodeParameter('fileName', index) as string;
			const field = textOf(this.getNodeParameter('dataPropertyName', index));
			const binary = this.helpers.assertBinaryData(index, field);
			const content = binary.id
				? await this.helpers.getBinaryStream(binary.id)
				: Buffer.from(binary.data, BINARY_ENCODING);
			const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
			await this.helpers.writeContentToFile(await this.helpers.resolvePath(fileName), content, flags);
			items.push({ ...item, json: { ...item.json, fileName }, pairedItem: { item: index } });
		}
		return [items];
	},
};

/** Stand-ins by their full type name. */
export const baseNodes: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': start,
	'n8n-nodes-base.scheduleTrigger': scheduleTrigger,
	'n8n-nodes-base.formTrigger': formTrigger,
	'n8n-nodes-base.form': form,
	'n8n-nodes-base.code': codeNode,
	'n8n-nodes-base.readWriteFile': readWriteFile,
	'n8n-nodes-base.noOp': noOp,
	'n8n-nodes-base.stickyNote': stickyNote,
	'n8n-nodes-base.set': setFields,
	'n8n-nodes-base.if': ifNode,
	'n8n-nodes-base.splitInBatches': splitInBatches,
	'n8n-nodes-base.splitOut': splitOut,
	'n8n-nodes-base.switch': switchNode,
	'n8n-nodes-base.executeWorkflow': executeWorkflow,
	'n8n-nodes-base.executeWorkflowTrigger': executeWorkflowTrigger,
};

/** Type of the node that emits the items of a single-node run. */
export const START_NODE_TYPE = 'n8n-nodes-base.manualTrigger';
