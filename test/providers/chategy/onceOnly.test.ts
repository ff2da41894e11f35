import { chategy as gateway } from '../../../nodes/Chategy/chategy.gateway';
import { describeRetryTable, type RetryTable } from '../../support/tables/retryTable';
import type { INodeParameters } from 'n8n-workflow';
import { chainOf, retryExecution } from '../../support/executions';
import { type Bench, recipients, startProviderBench } from '../../support/bench';
import { chategy, keyedChategy } from './bench';

const { sendTo, phoneNumber, text } = chategy.sendText;

const sends: RetryTable['sends'] = {
	'delivery.sendAndWait': { parameters: { sendTo, phoneNumber, message: text }, items: 1 },
	'delivery.send': { parameters: { sendTo, phoneNumber, text } },
	'delivery.sendFile': {
		parameters: { sendTo, phoneNumber, binaryPropertyName: 'data', caption: text },
		file: { fileName: 'invoice.pdf', mimeType: 'application/pdf' },
	},
	'delivery.sendBulk': { parameters: { numbersFrom: 'field', phoneNumbers: phoneNumber, text } },
};

describeRetryTable({ displayName: 'Chategy', provider: chategy, gateway, sends });
describeRetryTable({
	displayName: 'Chategy with an idempotency key',
	provider: keyedChategy,
	gateway,
	keyed: true,
	sends,
});

describe('"Retry execution" of an edited workflow', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startProviderBench(keyedChategy);
	});
	afterAll(async () => {
		await bench.close();
	});
	beforeEach(() => bench.sandbox.control.reset());

	const sender = { type: 'chategy', nodeName: 'Send', parameters: { ...chategy.sendText, options: { retries: 0 } } };
	const inBulk = { resource: 'delivery', operation: 'sendBulk', numbersFrom: 'items', phoneNumber, text: 'hello' };
	const sent = () => bench.sandbox.control.messages().length;
	const failedAndEdited = async (first: INodeParameters, second: INodeParameters) => {
		const file = chainOf(bench.engine, [{ ...sender, parameters: first }]);
		const failed = await bench.engine.runWorkflow(file, { items: recipients(3) });
		expect(failed.error).toBeDefined();
		const node = file.nodes.find(({ name }) => name === 'Send');
		if (node) node.parameters = second;
		return await retryExecution(bench.engine, file, failed);
	};

	it.each(['status', 'dropAfter'] as const)(
		'item by item, then all in one request: nothing more goes out (%s)',
		async (kind) => {
			bench.sandbox.control.fault(kind === 'status' ? { kind, status: 400, skip: 1 } : { kind, skip: 1 });
			const result = await failedAndEdited(sender.parameters, inBulk);
			expect(result.error?.message).toBe(
				'The execution that this one retries sent some of these items one by one',
			);
			expect(sent()).toBe(kind === 'status' ? 1 : 2);
		},
	);

	it('all in one request, then item by item: nothing more goes out', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter' });
		const result = await failedAndEdited({ ...inBulk, options: { retries: 0 } }, sender.parameters);
		expect(result.error?.message).toBe('The execution that this one retries sent these items in one request');
	});

	it('a corrected number that the retry does not use is not reported as a recipient', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter' });
		const corrected = { ...sender.parameters, phoneNumber: '6281299999999' };
		const result = await failedAndEdited(sender.parameters, corrected);
		expect(result.outputs('Send')[0]?.map(({ json }) => json.phone)).toEqual([
			null,
			'6281299999999',
			'6281299999999',
		]);
		const hints = result.run.data.resultData.runData.Send?.at(-1)?.hints ?? [];
		expect(hints.map(({ message }) => message).join()).toMatch(/repeated as they were, under their keys/);
	});
});
