import type { IExecuteFunctions, INodeExecutionData, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/** What a stand-in does with its items. */
export type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** The description of a stand-in for a node of n8n-nodes-base; `extra` goes on top. */
export const describe = (
	name: string,
	version: number[],
	extra: Partial<INodeTypeDescription> = {},
): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version,
	description: '',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
	...extra,
});

/** Puts out what came in. */
export const passThrough: Execute = async function () {
	return [this.getInputData()];
};
