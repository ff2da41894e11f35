import type { NodeOperationError } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { useTriggerBench } from '../../support/tables/trigger/bench';
import { startTriggerHost } from '../../support/triggerHost';
import { byId, chatalo, type ChataloBench, startBench } from './bench';

/** 70,000 bytes take more than one read. */
const BYTES = Buffer.from(Array.from({ length: 70_000 }, (_none, index) => index % 251));

// By where it keeps files, n8n reads a download in different ways: from a stream, or by the events of one.
describe.each(['filesystem', 'memory'] as const)('files with n8n that keeps them in: %s', (binaryData) => {
	let bench: ChataloBench;
	beforeEach(async () => {
		bench = await startBench({ binaryData });
	});
	afterEach(() => bench.close());

	it.each([
		['a picture', BYTES, 'image/png'],
		['a large text', Buffer.alloc(1_500_000, '[1,'), 'text/plain'],
		['a small text', Buffer.from('{"price":5}'), 'application/json'],
	])('Download Media stores %s, byte for byte', async (_kind, bytes, mimeType) => {
		const { reference } = bench.sandbox.control.addMedia(bytes, mimeType);
		const result = await bench.run({
			resource: 'message',
			operation: 'downloadMedia',
			device: byId(bench.device),
			mediaReference: reference,
			binaryPropertyName: 'file',
		});
		const stored = await bench.engine.binaryBuffer(result.outputs[0]?.[0], 'file');
		expect(stored.equals(bytes)).toBe(true);
	});

	it('the trigger stores the file of a message', async () => {
		const host = await startTriggerHost(bench.engine);
		try {
			const wf = host.deploy({ type: 'chataloTrigger', parameters: { options: { downloadMedia: true } } });
			await wf.activate();
			await bench.sandbox.control.incoming('chatalo', 'image');
			// The provider has its answer before the file is fetched.
			const end = Date.now() + 30_000;
			while (wf.executions.length === 0 && Date.now() < end) await sleep(20);
			await wf.idle();
			const item = wf.executions[0]?.items[0];
			expect(item?.json.mediaError).toBeUndefined();
			expect((await bench.engine.binaryBuffer(item, 'data')).length).toBeGreaterThan(50);
		} finally {
			await host.close();
		}
	});
});

describe('the media reference', () => {
	const PATH = '/messages/download';
	const trigger = useTriggerBench('chatalo', chatalo, { isWrite: ({ path }) => path.endsWith(PATH) });

	/** The trigger's output for a picture with this reference. */
	const received = async (file_encoded: unknown) =>
		(
			await trigger.startedBy({ options: { downloadMedia: true } }, [
				['image', { overrides: { media_info: { file_encoded } } }],
			])
		)[0];

	it.each([[null], [''], [' '], [{}]])('is not requested if it is %j', async (file_encoded) => {
		const item = await received(file_encoded);
		expect(item).toMatchObject({ event: 'message', type: 'image', mediaErrorKind: 'none' });
		expect(item?.mediaError).toBe('The message does not say where its file is');
		expect(trigger.writes()).toBe(0);
	});

	it('is in no error, whatever Chatalo answers', async () => {
		const reference = 'eyJpdiI6ImEgc2VjcmV0IGtleSJ9';
		const body = { meta: { code: 400, message: `The file ${reference} has expired` } };
		trigger.control().fault({ kind: 'status', status: 400, path: PATH, times: Infinity, body });
		const item = await received(reference);
		expect(item?.mediaError).toMatch(/has expired/);
		expect(item?.mediaError).not.toContain(reference);
		const { error } = await trigger.bench().run({
			resource: 'message',
			operation: 'downloadMedia',
			device: '7b8f1a52-0c3d-4e5f-8a9b-000000000001',
			mediaReference: reference,
			binaryPropertyName: 'data',
		});
		const { message, description } = error as NodeOperationError;
		expect(message).toMatch(/has expired/);
		expect(`${message} ${String(description)}`).not.toContain(reference);
	});
});
