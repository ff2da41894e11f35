import type { IDataObject } from 'n8n-workflow';
import { createEngine, type Engine } from '../support/engine';
import { type ScriptedServer, startScriptedServer } from '../support/scriptedServer';
import type { Deployment } from '../support/triggerHost';
import { post, type Redelivery, type TriggerBench, useTriggerHost } from '../support/tables/trigger/bench';
import { Pigeon, PigeonApi, PigeonPastedTrigger, PigeonTrigger, PigeonUnseenTrigger } from './pigeon';

export const TOKEN = 'pigeon-token-for-tests';

/** n8n with Pigeon's nodes, and a server that says yes to everything until it is scripted. */
interface PigeonBench {
	engine: () => Engine;
	server: () => ScriptedServer;
}

/** Starts both before each test and ends them afterwards. */
export function usePigeon(): PigeonBench {
	let server: ScriptedServer;
	let engine: Engine;
	beforeEach(async () => {
		server = await startScriptedServer({ body: { ok: true, result: { sent: true } } });
		engine = createEngine({
			nodes: {
				pigeon: Pigeon,
				pigeonTrigger: PigeonTrigger,
				pigeonPastedTrigger: PigeonPastedTrigger,
				pigeonUnseenTrigger: PigeonUnseenTrigger,
			},
			credentialTypes: [PigeonApi],
			credentials: { pigeonApi: { token: TOKEN, baseUrl: server.url } },
		});
	});
	afterEach(async () => {
		await engine.close();
		await server.close();
	});
	return { engine: () => engine, server: () => server };
}

/** The event that is made of {@link sample}. */
export const event: IDataObject = {
	event: 'message',
	provider: 'pigeon',
	id: 'm-0',
	timestamp: null,
	direction: 'incoming',
	device: null,
	chat: { id: null, type: 'private' },
	sender: { id: null, phone: null, name: null },
	type: 'text',
	text: 'hello',
	media: null,
	location: null,
	replyTo: null,
	messageId: null,
	channel: 'whatsapp',
};

/** A message as Pigeon posts it: several texts in one call. */
export function sample(id = 'm', texts = ['hello']): IDataObject {
	return { id, texts };
}

/**
 * Starts one of Pigeon's triggers before each test.
 *
 * @param addresses what the provider posts messages to
 * @param headers of the calls of the provider
 */
export function usePigeonTrigger(
	{ engine, server }: PigeonBench,
	type: string,
	addresses: (published: Deployment[]) => string[],
	headers: (body: string) => Record<string, string> = () => ({}),
): TriggerBench {
	const host = useTriggerHost(engine);
	let published: Deployment[];
	beforeEach(() => {
		published = [];
	});
	const deploy: TriggerBench['deploy'] = (parameters, credentials) =>
		host().deploy({ type, parameters, credentials });
	const deliver = async ({ times = 1, parallel = false }: Redelivery = {}): Promise<number[]> => {
		const body = JSON.stringify(sample());
		const calls = addresses(published).flatMap((url) => Array.from({ length: times }, () => url));
		const once = async (url: string) => (await post(url, body, headers(body))).status;
		if (parallel) return await Promise.all(calls.map(once));
		const statuses: number[] = [];
		for (const url of calls) statuses.push(await once(url));
		return statuses;
	};
	return {
		displayName: () => 'Pigeon',
		deploy,
		publish: async (parameters) => {
			const wf = deploy(parameters);
			await wf.activate();
			published.push(wf);
			return wf;
		},
		requests: () => server().requests.length,
		writes: () => server().requests.filter(({ method }) => method !== 'GET').length,
		deliver,
	};
}
