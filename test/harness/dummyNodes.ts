import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError, sleep } from 'n8n-workflow';

type Run = (context: IExecuteFunctions, index: number) => Promise<INodeExecutionData>;

const description = (name: string, extra: Partial<INodeTypeDescription> = {}): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [{ displayName: 'Value', name: 'value', type: 'string', default: 'untouched' }],
	...extra,
});

const perItem = (run: Run): INodeType['execute'] =>
	async function () {
		const output: INodeExecutionData[] = [];
		for (const index of this.getInputData().keys()) {
			try {
				output.push({ pairedItem: { item: index }, ...(await run(this, index)) });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: (error as Error).message }, pairedItem: { item: index } });
			}
		}
		return [output];
	};

/** Puts out the parameter `value` of every item; throws for the value `bad`. */
export const echo: INodeType = {
	description: description('echo'),
	execute: perItem(async (context, index) => {
		const value = context.getNodeParameter('value', index) as string;
		if (value === 'bad') {
			throw new NodeOperationError(context.getNode(), 'Bad value', {
				description: 'Choose another one',
				itemIndex: index,
			});
		}
		return { json: { value } };
	}),
};

/** Fails `failures` times, then returns how often it ran; keeps a note between the tries. */
export class Flaky implements INodeType {
	description = description('flaky');
	runs = 0;
	notes: unknown[] = [];
	failures = 1;

	execute = bind(this, async (self, context) => {
		const memory = context.getContext('node');
		self.runs += 1;
		self.notes.push(memory.lastRun);
		memory.lastRun = self.runs;
		if (self.runs <= self.failures) throw new NodeOperationError(context.getNode(), `Try ${self.runs} failed`);
		return [[{ json: { runs: self.runs } }]];
	});
}

/** Waits until n8n cancels it. */
export class Sleeper implements INodeType {
	description = description('sleeper');
	cancelled = false;
	private start: () => void = () => {};
	/** Settles when the node runs: cancelling before that would cancel something else. */
	readonly started = new Promise<void>((resolve) => {
		this.start = resolve;
	});

	execute = bind(this, async (self, context) => {
		const signal = context.getExecutionCancelSignal();
		signal?.addEventListener('abort', () => {
			self.cancelled = true;
		});
		self.start();
		for (let waited = 0; waited < 5000 && signal?.aborted !== true; waited += 10) await sleep(10);
		return [[{ json: { late: true } }]];
	});
}

/** Reads the binary property `data` as a stream and returns its reverse as a file. */
export const reverseFile: INodeType = {
	description: description('reverseFile'),
	execute: perItem(async (context, index) => {
		const { helpers } = context;
		const { id } = helpers.assertBinaryData(index, 'data');
		const content =
			id === undefined
				? await helpers.getBinaryDataBuffer(index, 'data')
				: await helpers.binaryToBuffer(await helpers.getBinaryStream(id));
		const binary = { data: await helpers.prepareBinaryData(content.reverse(), 'reversed.txt', 'text/plain') };
		return { json: { stored: id !== undefined }, binary };
	}),
};

/** Puts out the credential as the node sees it, and a request as n8n would authorise it. */
export const whoAmI: INodeType = {
	description: description('whoAmI', { credentials: [{ name: 'dummyApi', required: true }] }),
	methods: {
		loadOptions: {
			async names() {
				const { region } = await this.getCredentials<{ region: string }>('dummyApi');
				return [{ name: `${region}-${this.getCurrentNodeParameter('value') as string}`, value: 1 }];
			},
		},
		listSearch: {
			async find(filter, paginationToken) {
				return {
					results: [{ name: filter ?? 'all', value: paginationToken ?? 'first' }],
					paginationToken: 'next',
				};
			},
		},
	},
	execute: perItem(async (context) => {
		const credential = await context.getCredentials<IDataObject>('dummyApi');
		const url = credential.baseUrl as string;
		const answer = (await context.helpers.httpRequestWithAuthentication.call(context, 'dummyApi', {
			url,
			json: true,
		})) as IDataObject;
		return { json: { credential, answer } };
	}),
};

/** What n8n's egress filter says about the URL in `value`. */
export const egress: INodeType = {
	description: description('egress'),
	execute: perItem(async (context, index) => {
		const url = context.getNodeParameter('value', index) as string;
		const safe = await context.helpers.getSecureEgressFilter().validateUrl(url);
		const enforced = await context.helpers.getSecureEgressFilter('enforced').validateUrl(url);
		return { json: { safe: safe.ok, enforced: enforced.ok } };
	}),
};

export class DummyApi implements ICredentialType {
	name = 'dummyApi';
	displayName = 'Dummy API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Region', name: 'region', type: 'string', default: 'eu' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
	];
	authenticate: ICredentialType['authenticate'] = {
		type: 'generic',
		properties: { headers: { 'X-Key': '={{ $credentials.key }}' } },
	};
}

/** n8n calls `execute` with its context as `this`; these nodes need themselves as well. */
function bind<Self>(
	self: Self,
	run: (self: Self, context: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function (this: IExecuteFunctions) {
		return await run(self, this);
	};
}
