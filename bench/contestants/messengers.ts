/* The nodes that send and read messages. Each takes the number and the text from its items by expressions. */
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { loadPackage } from '../../scripts/n8n/packed';
import type { CredentialValues } from '../../test/support/n8n/credentials';
import { createEngine, type Engine } from '../../test/support/engine';
import type { Effect, Messenger, Places } from '../jobs';
import { chataloPaths, DEVICE, ensureCount, KEYS, recipients, type Running } from './items';
import { LOOPED, nodesFromN8n, oneByOne } from './n8nNodes';

/** Loads a contestant, with nothing of the others. */
export async function startNode(name: Exclude<Messenger, 'undici'>, places: Places): Promise<Running> {
	switch (name) {
		case 'chatalo':
			return await startChatalo(places.ours);
		case 'single':
			return await startChatalo(places.single);
		case 'evolution':
			return await startEvolution(places);
		case 'httpRequest':
			return startHttpRequest(places, loopedHttpRequest);
		case 'httpRequestAtOnce':
			return startHttpRequest(places, httpRequestAtOnce);
	}
}

const chataloParameters: Record<Effect, INodeParameters> = {
	sends: {
		resource: 'message',
		operation: 'sendText',
		device: { __rl: true, mode: 'id', value: DEVICE },
		sendTo: 'person',
		phoneNumber: '={{ $json.phone }}',
		text: '={{ $json.text }}',
		options: {},
	},
	reads: {
		resource: 'contact',
		operation: 'checkNumber',
		device: { __rl: true, mode: 'id', value: DEVICE },
		phoneNumber: '={{ $json.phone }}',
		options: {},
	},
};

/** @param folder of the package */
async function startChatalo(folder: string): Promise<Running> {
	const engine = createEngine(await loadPackage(folder));
	return {
		run: async (effect, items, address) => {
			const result = await engine.runNode({
				type: `${path.basename(folder)}.chatalo`,
				parameters: chataloParameters[effect],
				items: recipients(items),
				credentials: { chataloApi: { ...KEYS, baseUrl: `${address}/api/v1` } },
			});
			if (result.error) throw result.error;
			ensureCount(result.outputs[0]?.length ?? 0, items);
			return result;
		},
		close: async () => await engine.close(),
	};
}

const evolutionParameters: Record<Effect, INodeParameters> = {
	sends: {
		resource: 'messages-api',
		operation: 'send-text',
		instanceName: 'bench',
		remoteJid: '={{ $json.phone }}',
		messageText: '={{ $json.text }}',
		options_message: {},
	},
	reads: {
		resource: 'chat-api',
		operation: 'check-number',
		instanceName: 'bench',
		numbers: '={{ $json.phone }}',
	},
};

async function startEvolution({ benchModules, n8nModules }: Places): Promise<Running> {
	const folder = path.join(benchModules, 'n8n-nodes-evolution-api');
	const engine = createEngine({ ...(await loadPackage(folder)), nodes: nodesFromN8n(n8nModules) });
	const type = 'n8n-nodes-evolution-api.evolutionApi';
	return {
		run: async (effect, items, address) => {
			const credentials = { evolutionApi: { 'server-url': address, apikey: KEYS.secretKey } };
			const parameters = evolutionParameters[effect];
			// Its reads look at the first item only.
			if (effect === 'reads') return await runLoop(engine, oneByOne(type, 1, parameters), items, credentials);
			const result = await engine.runNode({ type, parameters, items: recipients(items), credentials });
			if (result.error) throw result.error;
			ensureCount(result.outputs[0]?.length ?? 0, items);
			return result;
		},
		close: async () => await engine.close(),
	};
}

type HttpRun = (engine: Engine, parameters: INodeParameters, items: number) => Promise<unknown>;

function startHttpRequest({ n8nModules }: Places, run: HttpRun): Running {
	const engine = createEngine({ nodes: nodesFromN8n(n8nModules) });
	return {
		run: async (effect, items, address) => await run(engine, httpParameters(effect, address), items),
		close: async () => await engine.close(),
	};
}

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

const loopedHttpRequest: HttpRun = async (engine, parameters, items) => {
	const version = engine.nodeTypes.getByNameAndVersion(HTTP_REQUEST).description.version;
	return await runLoop(engine, oneByOne(HTTP_REQUEST, Math.max(...[version].flat()), parameters), items);
};

const httpRequestAtOnce: HttpRun = async (engine, parameters, items) => {
	const result = await engine.runNode({ type: HTTP_REQUEST, parameters, items: recipients(items) });
	if (result.error) throw result.error;
	ensureCount(result.outputs[0]?.length ?? 0, items);
	return result;
};

const runLoop = async (
	engine: Engine,
	workflow: ReturnType<typeof oneByOne>,
	items: number,
	credentials?: CredentialValues,
): Promise<unknown> => {
	const result = await engine.runWorkflow(workflow, { items: recipients(items), credentials });
	if (result.error) throw result.error;
	ensureCount(result.runs(LOOPED), items);
	return result;
};

function httpParameters(effect: Effect, address: string): INodeParameters {
	const fields = {
		device_id: DEVICE,
		number: '={{ $json.phone }}',
		...(effect === 'sends' ? { type: 'text', message: '={{ $json.text }}' } : {}),
	};
	const pairs = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));
	return {
		method: 'POST',
		url: address + chataloPaths[effect],
		authentication: 'none',
		sendHeaders: true,
		headerParameters: { parameters: pairs({ 'X-Public-Key': KEYS.publicKey, 'X-Secret-Key': KEYS.secretKey }) },
		sendBody: true,
		contentType: 'json',
		specifyBody: 'keypair',
		bodyParameters: { parameters: pairs(fields) },
		options: {},
	};
}
