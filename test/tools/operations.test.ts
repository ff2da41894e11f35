import { play } from '../contracts/play';
import type { Contract } from '../contracts/types';
import { type AgentMode, ScriptedAgent, toolOf } from '../support/n8n/agent';
import { createEngine, type Engine } from '../support/engine';
import { providers } from '../support/providers';
import { type RecordedRequest, startScriptedServer } from '../support/scriptedServer';
import { openedToModel } from './asTool';

type Said = (value: unknown) => { value: unknown; type: string };

const AS_GIVEN: Said = (value) => ({ value, type: typeof value });
/** Models write numbers and switches as text, too. */
const AS_TEXT: Said = (value) => ({ value: String(value), type: 'string' });

/** What a request asks for; keys that are made anew for each message left out. */
const essence = ({ method, path, query, json, body, headers }: RecordedRequest) => {
	const isMultipart = headers['content-type']?.startsWith('multipart/') === true;
	return { method, path, query, body: json ?? (isMultipart ? body.length : body.toString()) };
};

/** What is made of the moment, such as a time, is not compared. */
const fieldsOf = (items: unknown): string[][] =>
	(Array.isArray(items) ? items : []).map((item: object) => Object.keys(item));

describe.each(providers)('every operation of $name as a tool', (provider) => {
	const agent = new ScriptedAgent();
	const tool = `${provider.type}Tool`;
	let engine: Engine;
	beforeAll(() => {
		engine = createEngine({
			nodes: { [provider.type]: provider.node, [tool]: toolOf(provider.node), agent },
			credentialTypes: Object.values(provider.credentials).map(({ source }) => source),
		});
	});
	afterAll(async () => await engine.close());

	// A model has no files to give, and keys differ from run to run.
	const isFit = ({ binary, credential }: Contract) =>
		binary === undefined && credential?.idempotencyKey === undefined;
	const cases = provider.contracts.filter(isFit).flatMap((contract) => {
		const answer = contract.answers.find(({ error, status }) => error === undefined && status < 300);
		const name = [contract.source, contract.variant].filter((part) => part !== undefined).join(', ');
		return answer ? [[name, contract, answer] as const] : [];
	});

	describe.each<[AgentMode, Said]>([
		['within', AS_GIVEN],
		['engine', AS_TEXT],
	])('run by the agent or the engine: %s', (mode, as) => {
		it.each(cases)('%s', async (_name, contract, answer) => {
			const plain = await play(engine, provider, contract, answer);
			const { resource, operation, before = [], parameters, credential } = contract;
			const { properties } = engine.nodeTypes.getByNameAndVersion(tool).description;
			const opened = openedToModel({ resource, operation, ...parameters }, properties, as);
			const { status, headers, body } = answer;
			const server = await startScriptedServer([...before.map((step) => step.answer), { status, headers, body }]);
			try {
				const baseUrl = server.url + provider.basePath;
				const credentials = Object.fromEntries(
					Object.entries(provider.credentials).map(([type, { values }]) => [
						type,
						{ ...values, baseUrl, ...credential },
					]),
				);
				const node = { type: tool, nodeName: 'The tool', parameters: opened.parameters };
				const run = await agent.run(
					engine,
					mode,
					[node],
					[[{ tool: 'The tool', arguments: opened.arguments }]],
					{ credentials },
				);

				// A tool that sent nothing has said why.
				const refusal = server.requests.length === 0 ? run.answers : undefined;
				expect({ requests: server.requests.map(essence), refusal }).toEqual({
					requests: plain.requests.map(essence),
					refusal: undefined,
				});
				const [heard = ''] = run.answers;
				const items = (plain.result.outputs[0] ?? []).map(({ json }) => json);
				expect(fieldsOf(JSON.parse(heard))).toEqual(fieldsOf(JSON.parse(JSON.stringify(items))));
				for (const secret of provider.secrets) expect(heard).not.toContain(secret);
				expect(run.tools[0]?.name).toBe('The_tool');
				expect(run.tools[0]?.description).toMatch(/^[A-Z].* in \w+$/);
			} finally {
				await server.close();
			}
		});
	});
});
