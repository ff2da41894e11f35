/** Stands in for n8n's Form Trigger and Form: the pages themselves are not shown, the execution waits where n8n's would. */
import type { INodeType } from 'n8n-workflow';

import { describe, passThrough } from './standIn';

/** n8n's own nodes wait until then, and n8n knows it as "without end". */
const FOREVER = new Date('3000-01-01T00:00:00.000Z');

/** Its items are what was filled in, by the labels of the fields. */
export const formTrigger: INodeType = {
	description: describe('formTrigger', [2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6], { group: ['trigger'], inputs: [] }),
	execute: passThrough,
};

/** A page waits for its fields (`submitForm` of the waiting host); a form ending returns what came in. */
export const form: INodeType = {
	description: describe('form', [1, 2.3, 2.4, 2.5], {
		group: ['input'],
		properties: [{ displayName: 'Page Type', name: 'operation', type: 'hidden', default: 'page' }],
	}),
	async execute() {
		if (this.getNodeParameter('operation', 0) === 'page') await this.putExecutionToWait(FOREVER);
		return [this.getInputData()];
	},
};
