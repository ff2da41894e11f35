import {
	type ICredentialType,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { z } from 'zod';
import type { GatewayApi } from '../../../nodes/shared/http/gatewayApi';
import { timeLimitOption } from '../../../nodes/shared/messaging/fields/options';
import { field } from '../../../nodes/shared/operations/define/field';
import type { Gateway } from '../../../nodes/shared/operations/define/gateway';
import { defineOperation } from '../../../nodes/shared/operations/define/operation';
import { propertiesOf } from '../../../nodes/shared/operations/define/properties';
import { runOperations } from '../../../nodes/shared/operations/run/runner';
import { textOf } from '../../../nodes/shared/text';
import { createEngine, type Engine, type NodeRun } from '../../support/engine';
import { chainOf, retryExecution } from '../../support/executions';
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from '../../support/scriptedServer';

class FinchApi implements ICredentialType {
	name = 'finchApi';
	displayName = 'Finch API';
	properties = [{ displayName: 'Base URL', name: 'baseUrl', type: 'string' as const, default: '' }];
}

const api: GatewayApi = {
	displayName: 'Finch',
	credentialType: 'finchApi',
	authenticate: async (_credential, options) => options,
	baseUrl: ({ baseUrl }) => textOf(baseUrl),
	secrets: () => [],
	judge: ({ json, status }) =>
		json === undefined
			? undefined
			: status < 300
				? { ok: true, data: json, envelope: json }
				: { ok: false, words: 'no' },
};

const text = field({ displayName: 'Text', name: 'text', type: 'string', default: '' }, z.string());
const key = { properties: [], read: (item: { key: () => string }) => item.key(), schema: z.string() };
const options = field(
	{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [timeLimitOption] },
	z.object({ timeLimit: z.number().optional() }),
);

const about = { action: 'Send a text', description: 'Send a text', effect: 'send' as const };

const finch: Gateway = {
	api,
	resources: [
		{
			value: 'message',
			name: 'Message',
			operations: [
				defineOperation({
					...about,
					value: 'send',
					name: 'Send',
					fields: { text, options },
					request: ({ text: body, options: { timeLimit } }) => ({
						method: 'POST',
						path: '/messages',
						json: { body },
						timeLimitMs: timeLimit === undefined ? undefined : timeLimit * 1000,
					}),
				}),
				defineOperation({
					...about,
					value: 'sendKeyed',
					name: 'Send Keyed',
					fields: { key, text, options },
					request: ({ text: body, key: own, options: { timeLimit } }) => ({
						method: 'POST',
						path: '/messages',
						json: { body },
						headers: { 'Idempotency-Key': own },
						repeatable: true,
						timeLimitMs: timeLimit === undefined ? undefined : timeLimit * 1000,
					}),
				}),
				defineOperation({
					...about,
					value: 'sendShaped',
					name: 'Send Shaped',
					fields: { text },
					request: ({ text: body }) => ({ method: 'POST', path: '/messages', json: { body } }),
					output: (data) => ({ id: (data as { message: { id: string } }).message.id }),
				}),
				defineOperation({
					...about,
					value: 'sendJudged',
					name: 'Send Judged',
					fields: { text },
					request: ({ text: body }) => ({ method: 'POST', path: '/messages', json: { body } }),
					refusal: (data) => ((data as { message: { id: string } }).message.id === '' ? 'no id' : undefined),
				}),
			],
		},
	],
};

class Finch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Finch',
		name: 'finch',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Finch' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'finchApi', required: true }],
		properties: propertiesOf(finch),
	};
	async execute(this: IExecuteFunctions) {
		return await runOperations(this, finch);
	}
}

let server: ScriptedServer;
let engine: Engine;

beforeEach(async () => {
	server = await startScriptedServer({ body: { ok: true } });
	engine = createEngine({
		nodes: { finch: Finch },
		credentialTypes: [FinchApi],
		credentials: { finchApi: { baseUrl: server.url } },
	});
});
afterEach(async () => {
	await engine.close();
	await server.close();
});

const parameters = { resource: 'message', operation: 'send', text: '={{ $json.text }}' };
const texts = (count: number) => Array.from({ length: count }, (_none, index) => ({ json: { text: `text ${index}` } }));
const sent = () => server.requests.map(({ json }) => (json as { body: string }).body);
const keys = () => server.requests.map(({ headers }) => headers['idempotency-key']);
const retrying = { type: 'finch', retryOnFail: true, maxTries: 3 } satisfies NodeRun;

/** Refuses the given texts, once each, and takes all others. */
function refusing(...refused: string[]) {
	const left = new Set(refused);
	return ({ json }: { json?: unknown }): ScriptedAnswer =>
		left.delete((json as { body: string }).body) ? { status: 400, body: {} } : { body: { ok: true } };
}

describe('what n8n takes for a failure is tried again without being sent again', () => {
	it.each(['', 0, 'none', {}])('an answer that went well and carries error: %j', async (error) => {
		server.script({ body: { ok: true, error } });
		const result = await engine.runNode({ ...retrying, parameters, items: texts(2) });

		expect(result.status).toBe('success');
		expect(sent()).toEqual(['text 0', 'text 1']);
	});
});

describe('an answer of an unexpected shape', () => {
	it.each(['sendShaped', 'sendJudged'])('is a message that may have been sent: %s', async (operation) => {
		server.script({ body: { other: true } });
		const result = await engine.runNode({ ...retrying, parameters: { ...parameters, operation }, items: texts(1) });

		expect(result.error?.message).toMatch(/^Finch returned an unreadable response .*may have been sent$/);
		expect(sent()).toEqual(['text 0']);
	});
});

describe('an execution that is retried', () => {
	const failed = async (options: Partial<NodeRun> & Pick<NodeRun, 'parameters'>) => {
		const file = chainOf(engine, [{ type: 'finch', nodeName: 'Finch', ...options }]);
		const first = await engine.runWorkflow(file, { items: texts(3) });
		expect(first.status).toBe('error');
		return { file, first };
	};

	it('goes on where it failed, also when only the time limit was raised', async () => {
		server.script(refusing('text 1'));
		const { file, first } = await failed({ parameters });
		const [, node] = file.nodes;
		if (node) node.parameters = { ...parameters, options: { timeLimit: 90, retries: 5 } };
		const again = await retryExecution(engine, file, first);

		expect(again.status).toBe('success');
		expect(again.outputs('Finch')[0]).toHaveLength(3);
		expect(sent()).toEqual(['text 0', 'text 1', 'text 1', 'text 2']);
	});

	it('asks under another idempotency key after a refusal, and for nothing that went well', async () => {
		server.script(refusing('text 1'));
		const { file, first } = await failed({ parameters: { ...parameters, operation: 'sendKeyed' } });
		const [, node] = file.nodes;
		if (node) node.parameters = { ...node.parameters, options: { timeLimit: 90, retries: 5 } };
		await retryExecution(engine, file, first);

		expect(sent()).toEqual(['text 0', 'text 1', 'text 1', 'text 2']);
		const [, refused, repeated] = keys();
		// A provider may answer a key that it knows with the refusal again.
		expect(repeated).not.toBe(refused);
		expect(new Set(keys()).size).toBe(4);
	});

	it('asks again under the same key for what may have been sent', async () => {
		server.script([{ drop: true }, { body: { ok: true } }]);
		const { file, first } = await failed({
			parameters: { ...parameters, operation: 'sendKeyed', options: { retries: 0 } },
		});
		await retryExecution(engine, file, first);

		expect(sent()).toEqual(['text 0', 'text 0', 'text 1', 'text 2']);
		expect(new Set(keys()).size).toBe(3);
	});

	it('does not send what went out in its new words', async () => {
		server.script(refusing('text 1'));
		const { file, first } = await failed({ parameters: { ...parameters, operation: 'sendKeyed' } });
		const [, node] = file.nodes;
		const text = '={{ $json.text === "text 2" ? "text 2" : $json.text + "!" }}';
		if (node) node.parameters = { ...parameters, operation: 'sendKeyed', text, options: { timeLimit: 90 } };
		await retryExecution(engine, file, first);

		expect(sent()).toEqual(['text 0', 'text 1', 'text 1!', 'text 2']);
		expect(new Set(keys()).size).toBe(4);
	});

	it('another execution has other keys', async () => {
		const send = { type: 'finch', parameters: { ...parameters, operation: 'sendKeyed' }, items: texts(1) };
		for (let times = 0; times < 2; times++) await engine.runNode(send);
		expect(new Set(keys()).size).toBe(2);
	});
});

describe('with several under way, the error that ends the run speaks of all of them', () => {
	it('also of those that ended after it, and of what may have been sent', async () => {
		server.script(({ json }) => {
			const { body } = json as { body: string };
			if (body === 'text 0') return { status: 400, body: {} };
			return body === 'text 2' ? { delay: 100, drop: true } : { delay: 50, body: { ok: true } };
		});
		const items = texts(6);
		const result = await engine.runNode({
			type: 'finch',
			parameters: { ...parameters, options: { messagesAtOnce: 3 } },
			items,
		});

		expect(result.error?.context).toMatchObject({ itemIndex: 0 });
		expect(result.error?.description).toBe(
			'Nothing was sent. Check the fields of this operation. 1 of 6 items went through before this one; 3 were not tried. 1 more may have gone through: check the chats.',
		);
	});
});
