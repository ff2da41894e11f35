/** Stands in for n8n's Code node: JavaScript, once for all items, in a context of its own. */
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { runInNewContext } from 'node:vm';

import { describe } from './standIn';

/** Far above what a few lines take. */
const TIME_LIMIT_MS = 5_000;

export const codeNode: INodeType = {
	description: describe('code', [1, 2], {
		properties: [
			{ displayName: 'Mode', name: 'mode', type: 'hidden', default: 'runOnceForAllItems' },
			{ displayName: 'Language', name: 'language', type: 'hidden', default: 'javaScript' },
			{ displayName: 'JavaScript', name: 'jsCode', type: 'string', default: '', noDataExpression: true },
		],
	}),
	async execute() {
		if (
			this.getNodeParameter('mode', 0) !== 'runOnceForAllItems' ||
			this.getNodeParameter('language', 0) !== 'javaScript'
		) {
			throw new NodeOperationError(this.getNode(), 'The stand-in runs JavaScript, once for all items');
		}
		const code = this.getNodeParameter('jsCode', 0) as string;
		const proxy = this.getWorkflowDataProxy(0) as Record<string, unknown>;
		const $getWorkflowStaticData = (type: string): IDataObject => this.getWorkflowStaticData(type);
		const scope = { $input: proxy.$input, $: proxy.$, $getWorkflowStaticData };
		const running: unknown = runInNewContext(`(async () => {${code}\n})()`, scope, { timeout: TIME_LIMIT_MS });
		return [itemsOf(await running)];
	},
};

/** What n8n takes from a script: items, or plain objects that it wraps. */
function itemsOf(result: unknown): INodeExecutionData[] {
	const list: unknown[] = Array.isArray(result) ? result : [result];
	return list.map((entry, index) => {
		// Objects of the script's own context are made ours, as the way back from n8n's runner does.
		const { json, binary, pairedItem } = entry as Partial<INodeExecutionData>;
		const own = JSON.parse(JSON.stringify(json ?? entry)) as IDataObject;
		return { json: own, pairedItem: pairedItem ?? { item: index }, ...(binary ? { binary } : {}) };
	});
}
