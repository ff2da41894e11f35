import type { IDataObject, IHookFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

const description: INodeTypeDescription = {
	displayName: 'Dummy Trigger',
	name: 'dummyTrigger',
	group: ['trigger'],
	version: 1,
	description: '',
	defaults: { name: 'Dummy Trigger' },
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
	webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
	properties: [{ displayName: 'Label', name: 'label', type: 'string', default: 'none' }],
};

/** A trigger that keeps the URL in a slot, as a gateway does, and does as the request body says. */
export class DummyTrigger implements INodeType {
	description = description;
	/** The provider's one slot. */
	static slot: string | undefined;
	/** How many of the next creates throw. */
	static failures = 0;
	/** What checkExists answers. */
	static exists = false;
	/** Static data that delete found. */
	static deleted: IDataObject[] = [];

	webhookMethods: INodeType['webhookMethods'] = {
		default: {
			async checkExists() {
				return DummyTrigger.exists;
			},
			async create(this: IHookFunctions) {
				const data = this.getWorkflowStaticData('node');
				data.replaced = DummyTrigger.slot ?? 'nothing';
				data.tries = Number(data.tries ?? 0) + 1;
				if (DummyTrigger.failures > 0) {
					DummyTrigger.failures -= 1;
					throw new Error('The provider is down');
				}
				DummyTrigger.slot = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions) {
				DummyTrigger.deleted.push({ ...this.getWorkflowStaticData('node') });
				DummyTrigger.slot = undefined;
				return true;
			},
		},
	};

	webhook: INodeType['webhook'] = async function () {
		const body = this.getBodyData();
		const raw = this.getRequestObject().rawBody.length;
		if (body.throw === true) throw new Error('Broken handler');
		if (body.ignore === true) return {};
		if (body.refuse === true) {
			this.getResponseObject().status(401).json({ message: 'Forged' });
			return { noWebhookResponse: true };
		}
		const seen = this.getWorkflowStaticData('node');
		seen.calls = Number(seen.calls ?? 0) + 1;
		const label = this.getNodeParameter('label');
		const json = { ...body, label, raw, calls: seen.calls };
		if (body.selfAnswered === true) {
			this.getResponseObject().status(202).end('thanks');
			return { noWebhookResponse: true, workflowData: [[{ json }]] };
		}
		return { workflowData: [[{ json }]] };
	};

	/** Forgets everything between tests. */
	static reset(): void {
		DummyTrigger.slot = undefined;
		DummyTrigger.failures = 0;
		DummyTrigger.exists = false;
		DummyTrigger.deleted = [];
	}
}
