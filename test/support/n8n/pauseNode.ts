import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/** Lets the execution wait, and hands on what it was given: n8n's Wait node. */
export const pauseNode: INodeType = {
	description: {
		displayName: 'Pause',
		name: 'pause',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Pause' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		await this.putExecutionToWait(new Date(Date.now() + 60_000));
		return [this.getInputData()];
	},
};
