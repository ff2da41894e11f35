import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf } from '../shared/operations/properties';
import { runOperations } from '../shared/operations/runner';
import { whacenter } from './whacenter.gateway';

export class Whacenter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whacenter',
		name: 'whacenter',
		icon: { light: 'file:../../icons/whacenter.svg', dark: 'file:../../icons/whacenter.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and schedule WhatsApp messages and manage the device and webhook of a Whacenter account',
		defaults: { name: 'Whacenter' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'whacenterApi', required: true }],
		properties: propertiesOf(whacenter),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, whacenter);
	}
}
