/** Text Format and Long Texts of the routing node, through every provider. */
import type { IDataObject } from 'n8n-workflow';
import { balesOtomatisAccount, chataloAccount } from '../../sandbox';
import { recipients } from '../support/bench';
import { chainOf } from '../support/executions';
import { startWaitingHost } from '../support/n8n/waitingHost';
import { providers } from '../support/providers';
import { type RoutingBench, startRoutingBench, through, usual } from './bench';

let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const TEXT = '**one** one one one.\n\ntwo two two two.';
const PARTS = ['*one* one one one.', 'two two two two.'];
const options = { textFormat: 'markdown', longTexts: 'split', longestPart: 20 };
const textsSent = (): string[] =>
	bench.sandbox.control.messages().map(({ text }) => (text ?? '').replaceAll('\r\n', '\n'));

const DEVICES: Record<string, string> = {
	chatalo: chataloAccount.devices.authenticated,
	balesOtomatis: balesOtomatisAccount.numbers.connected,
};

describe.each(providers.map(({ name, type }) => ({ name, type })))('$name', ({ type }) => {
	it('sends a text formatted and in parts', async () => {
		const { error, outputs } = await bench.run({ ...through(type), text: TEXT, options }, { items: recipients(1) });
		expect(error).toBeUndefined();
		expect(textsSent()).toEqual(PARTS);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0]?.[0]?.json.messageIds).toHaveLength(2);
	});

	it('replies formatted and in parts', async () => {
		const chat = { type: 'private', phone: '6281200000000', address: '6281200000000' };
		const device = DEVICES[type] ?? null;
		const json: IDataObject = { event: 'message', provider: type, channel: 'whatsapp', device, chat };
		const reply = { operation: 'reply', providers: [type], text: TEXT, event: '' };
		const { error } = await bench.run({ ...reply, options }, { items: [{ json }] });
		expect(error).toBeUndefined();
		expect(textsSent()).toEqual(PARTS);
	});

	it('asks formatted, with the links as they are', async () => {
		const host = await startWaitingHost(bench.engine);
		const question = { operation: 'sendAndWait', message: '**OK**?', phoneNumber: '6281200000000' };
		const parameters = { ...usual, ...through(type), ...question, options: { textFormat: 'markdown' } };
		const execution = host.start(
			chainOf(bench.engine, [{ type: 'whatsAppGateways', nodeName: 'Ask', parameters }]),
		);
		await execution.paused;
		const [sent = ''] = textsSent();
		expect(sent).toMatch(/^\*OK\*\?\n\n.*http/);
		await fetch(/http\S+/.exec(sent)?.[0] ?? '', { method: 'POST' });
		expect((await execution.finished).error).toBeUndefined();
		await host.close();
	});
});
