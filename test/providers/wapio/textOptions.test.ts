/** Text Format of what is not a message of its own: the question of a poll, and an edit. */
import { findOperation } from '../../../nodes/shared/operations/define/gateway';
import { propertiesOfOperation } from '../../../nodes/shared/operations/define/properties';
import { wapio as gateway } from '../../../nodes/Wapio/wapio.gateway';
import { type Bench, recipients, startProviderBench } from '../../support/bench';
import { wapio } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startProviderBench(wapio);
});
afterAll(async () => await bench.close());
beforeEach(() => bench.sandbox.control.reset());

const lastBody = () => bench.sandbox.control.requests().at(-1)?.body;

it('asks the question of a poll in plain words, and leaves its answers as they are', async () => {
	const { sendTo, phoneNumber } = wapio.sendText;
	const answers = ['**Morning**', '_Evening_'];
	const { error } = await bench.run(
		{
			resource: 'message',
			operation: 'sendPoll',
			sendTo,
			phoneNumber,
			question: '**When** does it suit you? See [our site](https://example.com)',
			pollOptions: { option: answers.map((text) => ({ text })) },
			options: { textFormat: 'markdown' },
		},
		{ items: recipients(1) },
	);
	expect(error).toBeUndefined();
	expect(lastBody()).toMatchObject({
		poll: { question: 'When does it suit you? See our site (https://example.com)', options: answers },
	});
});

describe('an edit', () => {
	const edit = { resource: 'message', operation: 'edit', messageId: 'bps_msg_1' };

	it('is refused if its text is too long, or empty without the Markdown', async () => {
		const long = await bench.run({ ...edit, text: 'a'.repeat(65_537) });
		expect(long.error?.message).toBe(
			'Text: the text has 65537 characters; WhatsApp accepts at most 65536. Shorten it',
		);
		const empty = await bench.run({ ...edit, text: '<!-- nothing -->', options: { textFormat: 'markdown' } });
		expect(empty.error?.message).toMatch(/^Text: nothing is left of this Markdown to show/);
		expect(bench.sandbox.control.requests()).toEqual([]);
	});

	it('offers nothing that is for sends', () => {
		const options = propertiesOfOperation(findOperation(gateway, 'message', 'edit'))
			.filter(({ name, type }) => name === 'options' && type === 'collection')
			.flatMap((collection) => collection.options ?? []);
		expect(options.map(({ name }) => name)).toEqual(['textFormat']);
	});
});
