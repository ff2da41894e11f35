import type { INodeParameters } from 'n8n-workflow';
import { type Bench, recipients, startProviderBench } from '../../support/bench';
import { chategy } from './provider';

let bench: Bench;
beforeAll(async () => {
	bench = await startProviderBench(chategy.bench);
});
beforeEach(() => bench.sandbox.control.reset());
beforeEach(() => bench.sandbox.control.setRateLimit('chategy', null));
afterAll(async () => await bench.close());

const run = async (parameters: INodeParameters) =>
	await bench.run({ ...bench.sendText, ...parameters }, { items: recipients(1) });
const channels = (...names: string[]): INodeParameters => ({
	channels: { channel: names.map((name) => ({ name })) },
});
const requests = () => bench.sandbox.control.messages().map(({ text }) => text);

describe('Text Format', () => {
	it.each([
		['without channels', {}, '*bold*'],
		['on WhatsApp only', channels('whatsapp'), '*bold*'],
		['on another channel as well', channels('whatsapp', 'sms'), 'bold'],
	])('%s', async (_where, parameters, expected) => {
		const { error } = await run({ text: '**bold**', options: { textFormat: 'markdown' }, ...parameters });
		expect(error).toBeUndefined();
		expect(requests()).toEqual([expected]);
	});
});

describe('Long Texts', () => {
	const text = 'word '.repeat(1000);

	it('are refused by the number of characters that Chategy accepts', async () => {
		const { error } = await run({ text: 'a'.repeat(3_501) });
		expect(error?.message).toBe(
			'Text: the text has 3501 characters; Chategy accepts at most 3500. Shorten it, or set Long Texts to Split',
		);
		expect(requests()).toEqual([]);
	});

	it('are split to that length, even if a longer one was chosen', async () => {
		const { error } = await run({ text, options: { longTexts: 'split', longestPart: 4000 } });
		expect(error).toBeUndefined();
		expect(requests()).toHaveLength(2);
	});

	it('have External IDs of their own', async () => {
		const { error } = await run({ text, options: { longTexts: 'split', externalId: 'order-1' } });
		expect(error).toBeUndefined();
		const sent = JSON.stringify(bench.sandbox.control.messages());
		expect(sent).toContain('"order-1"');
		expect(sent).toContain('"order-1#2"');
	});

	it.each([
		['waitForFinalStatus', true, 'Wait for Final Status'],
		['sendAt', new Date(Date.now() + 3_600_000).toISOString(), 'Send At'],
	])('are not split with %s', async (name, value, label) => {
		const { error } = await run({ text, options: { longTexts: 'split', [name]: value } });
		expect(error?.message).toContain(`Options → ${label}: the text is too long for one message`);
		expect(error?.description).toBe('Nothing was sent.');
		expect(requests()).toEqual([]);
	});
});
