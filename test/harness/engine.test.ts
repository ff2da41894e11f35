import { NodeApiError } from 'n8n-workflow';

import { createEngine, type Engine } from '../support/engine';
import { startScriptedServer } from '../support/scriptedServer';
import { DummyApi, echo, egress, Flaky, reverseFile, Sleeper, whoAmI } from './dummyNodes';

describe('engine', () => {
	let engine: Engine;
	let flaky: Flaky;
	let sleeper: Sleeper;

	beforeEach(() => {
		flaky = new Flaky();
		sleeper = new Sleeper();
		engine = createEngine({
			nodes: { echo, egress, flaky, reverseFile, sleeper, whoAmI },
			credentialTypes: [DummyApi],
			credentials: { dummyApi: { key: 'not-a-real-key' } },
		});
	});
	afterEach(async () => await engine.close());

	const phones = [{ json: { phone: 'one' } }, { json: { phone: 'bad' } }, { json: { phone: 'three' } }];
	const value = '={{ $json.phone }}';

	it('evaluates expressions for every item and fills in defaults', async () => {
		const items = [{ json: { phone: 'one' } }, { json: { phone: 'two' } }];
		const result = await engine.runNode({ type: 'echo', parameters: { value }, items });

		expect(result.status).toBe('success');
		expect(result.outputs).toEqual([
			[
				{ json: { value: 'one' }, pairedItem: { item: 0 } },
				{ json: { value: 'two' }, pairedItem: { item: 1 } },
			],
		]);
		const untouched = await engine.runNode({ type: 'echo' });
		expect(untouched.outputs[0]?.[0]?.json).toEqual({ value: 'untouched' });
	});

	it('stops at an error and hands it out', async () => {
		const result = await engine.runNode({ type: 'echo', parameters: { value }, items: phones });

		expect(result.status).toBe('error');
		expect(result.outputs).toEqual([]);
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Bad value',
			description: 'Choose another one',
			context: { itemIndex: 1 },
		});
	});

	it('goes on after an error when told to', async () => {
		const result = await engine.runNode({
			type: 'echo',
			parameters: { value },
			items: phones,
			onError: 'continueRegularOutput',
		});

		expect(result.status).toBe('success');
		expect(result.outputs[0]?.map(({ json }) => json)).toEqual([
			{ value: 'one' },
			{ error: 'Bad value' },
			{ value: 'three' },
		]);
	});

	it('sends failed items to the error output with what came in', async () => {
		const result = await engine.runNode({
			type: 'echo',
			parameters: { value },
			items: phones,
			onError: 'continueErrorOutput',
		});

		expect(result.outputs.map((branch) => branch.map(({ json }) => json))).toEqual([
			[{ value: 'one' }, { value: 'three' }],
			[{ phone: 'bad', error: 'Bad value' }],
		]);
	});

	it('runs the whole node again on retry and keeps the node context', async () => {
		const result = await engine.runNode({ type: 'flaky', retryOnFail: true, maxTries: 3 });

		expect(result.outputs[0]?.[0]?.json).toEqual({ runs: 2 });
		expect(flaky.notes).toEqual([undefined, 1]);
	});

	it('cancels a run: the node sees the signal, the execution ends as canceled', async () => {
		const run = engine.startNode({ type: 'sleeper' });
		await sleeper.started;
		run.cancel();

		expect((await run.result).status).toBe('canceled');
		expect(sleeper.cancelled).toBe(true);
	});

	it('cancels a run through a signal', async () => {
		const result = await engine.runNode({ type: 'sleeper', signal: AbortSignal.timeout(50) });

		expect(result.status).toBe('canceled');
	});

	it.each(['filesystem', 'memory'] as const)('stores binary data in %s', async (binaryData) => {
		const other = createEngine({ nodes: { reverseFile }, binaryData });
		const data = await other.storeBinary(Buffer.from('abc'), { fileName: 'a.txt', mimeType: 'text/plain' });
		const { outputs } = await other.runNode({ type: 'reverseFile', items: [{ json: {}, binary: { data } }] });

		const item = outputs[0]?.[0];
		expect(item?.json).toEqual({ stored: binaryData === 'filesystem' });
		expect(item?.binary?.data).toMatchObject({ fileName: 'reversed.txt', mimeType: 'text/plain' });
		expect((await other.binaryBuffer(item)).toString()).toBe('cba');
		await other.close();
	});

	it('gives credentials their defaults and authorises requests', async () => {
		const server = await startScriptedServer({ body: { hello: 'world' } });
		const credentials = { dummyApi: { key: 'another-key', baseUrl: server.url } };
		const { outputs } = await engine.runNode({ type: 'whoAmI', credentials });

		expect(outputs[0]?.[0]?.json).toEqual({
			credential: { key: 'another-key', region: 'eu', baseUrl: server.url },
			answer: { hello: 'world' },
		});
		expect(server.requests[0]?.headers['x-key']).toBe('another-key');
		await server.close();
	});

	it('refuses to start without a required credential, as n8n does', async () => {
		const bare = createEngine({ nodes: { whoAmI } });
		const result = await bare.runNode({ type: 'whoAmI' });

		expect(result.status).toBe('error');
		expect(result.error).toBeDefined();
		await bare.close();
	});

	it('fills dropdowns and resource locators', async () => {
		const options = await engine.loadOptions({ type: 'whoAmI', parameters: { value: 'x' }, method: 'names' });
		expect(options).toEqual([{ name: 'eu-x', value: 1 }]);

		const lookUp = { type: 'whoAmI', method: 'find', filter: 'sales', paginationToken: 'two' };
		const found = await engine.listSearch(lookUp);
		expect(found).toEqual({ results: [{ name: 'sales', value: 'two' }], paginationToken: 'next' });
	});

	it('applies the egress policy of the instance', async () => {
		const parameters = { value: 'http://127.0.0.1:1/' };
		const check = async () => (await engine.runNode({ type: 'egress', parameters })).outputs[0]?.[0]?.json;

		expect(await check()).toEqual({ safe: true, enforced: false });
		engine.setSsrfPolicy({ enabled: true });
		expect(await check()).toEqual({ safe: false, enforced: false });
		engine.setSsrfPolicy({ enabled: true, allowedIpRanges: ['127.0.0.1/32'] });
		expect(await check()).toEqual({ safe: true, enforced: true });
		engine.setSsrfPolicy();
		expect(await check()).toEqual({ safe: true, enforced: false });
	});

	it('keeps NodeApiError fields in the reported error', async () => {
		const failing = createEngine({
			nodes: {
				failing: {
					description: { ...echo.description, name: 'failing' },
					async execute() {
						throw new NodeApiError(
							this.getNode(),
							{ message: 'refused' },
							{ httpCode: '403', message: 'No' },
						);
					},
				},
			},
		});
		const { error } = await failing.runNode({ type: 'failing' });

		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403', message: 'No' });
		await failing.close();
	});
});
