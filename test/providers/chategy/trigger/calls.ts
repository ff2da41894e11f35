import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RequestRecord } from '../../../../sandbox';
import type { Deployment } from '../../../support/triggerHost';
import { post, type SandboxTriggerBench, useTriggerBench } from '../../../support/tables/trigger/bench';
import { chategy } from '../bench';
import { chategyExamples } from '../contracts/inbound';
import { Hooks } from './hooks';

type Payload = IDataObject & { payload: IDataObject };
type Example = keyof typeof chategyExamples;

/** Chategy's trigger on the sandbox, new for each test, with the account's list of webhooks. */
interface ChategyTriggerBench extends SandboxTriggerBench<'chategy'> {
	hooks: () => Hooks;
	/** The address in the list that leads to a published workflow. */
	address: (wf: Deployment) => Promise<string>;
	/** What the executions begin with that these payloads start in a published workflow. */
	startedByPosts: (parameters: INodeParameters, ...bodies: unknown[]) => Promise<IDataObject[]>;
}

/** Whether a request changes the list of webhooks. */
export function isWrite({ method, path }: RequestRecord): boolean {
	return path.includes('webhooks') && method !== 'GET';
}

/** Starts the sandbox and an n8n with Chategy's trigger before each test. */
export function useChategyTrigger(): ChategyTriggerBench {
	const trigger = useTriggerBench('chategy', chategy, { isWrite });
	const hooks = () => new Hooks(trigger.bench().sandbox);
	const address = async ({ productionUrl }: Deployment): Promise<string> =>
		(await hooks().all()).find(({ url }) => url.startsWith(productionUrl))?.url ?? '';
	return {
		...trigger,
		hooks,
		address,
		startedByPosts: async (parameters, ...bodies) => {
			const wf = await trigger.publish(parameters);
			const url = await address(wf);
			for (const body of bodies) expect((await post(url, body)).status).toBe(200);
			await wf.idle();
			return wf.executions.map(({ items }) => items[0]?.json as IDataObject);
		},
	};
}

/** An example of the API reference. */
export function sample(name: Example): IDataObject {
	return structuredClone(chategyExamples[name].payload);
}

/** An example with other values inside its payload. */
export function changed(name: Example, change: (payload: IDataObject) => void): IDataObject {
	const body = sample(name) as Payload;
	change(body.payload);
	return body;
}
